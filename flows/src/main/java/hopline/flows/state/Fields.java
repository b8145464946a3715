package hopline.flows.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, each asked for with the type it must have.
///
/// A field that is absent or null reads as empty, as in the API. One of another type makes the item unusable.
///
/// @param path how the object is reached from the item, for messages; ends in a dot unless it is empty
record Fields(JsonNode node, String path) {

    private static final JsonNode NOTHING = MissingNode.getInstance();

    static Fields of(JsonNode item) {
        return new Fields(item, "");
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    Fields object(String name) throws UnusableItemException {
        return new Fields(field(name, JsonNodeType.OBJECT), path + name + ".");
    }

    List<Fields> objects(String name) throws UnusableItemException {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : elements(name, JsonNodeType.OBJECT)) {
            objects.add(new Fields(element, path + name + "[]."));
        }
        return objects;
    }

    List<String> texts(String name) throws UnusableItemException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name, JsonNodeType.STRING)) {
            texts.add(element.textValue());
        }
        return texts;
    }

    String text(String name) throws UnusableItemException {
        return textOf(field(name, JsonNodeType.STRING));
    }

    /// As the API's `IntOrString`.
    String textOrNumber(String name) throws UnusableItemException {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() ? value.asText() : text(name);
    }

    /// `absent` when there is none.
    long number(String name, long absent) throws UnusableItemException {
        JsonNode value = field(name, JsonNodeType.NUMBER);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isIntegralNumber()) {
            throw new UnusableItemException(path + name + " is not a whole number within reason");
        }
        return value.longValue();
    }

    /// `absent` when there is none.
    boolean flag(String name, boolean absent) throws UnusableItemException {
        JsonNode value = field(name, JsonNodeType.BOOLEAN);
        return value.isMissingNode() ? absent : value.booleanValue();
    }

    /// All fields of the object `name`, each a text.
    Map<String, String> textMap(String name) throws UnusableItemException {
        Map<String, String> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                field(name, JsonNodeType.OBJECT).properties()) {
            map.put(entry.getKey(), textOf(typed(entry.getValue(), path + name + "{}", JsonNodeType.STRING)));
        }
        return map;
    }

    private JsonNode field(String name, JsonNodeType type) throws UnusableItemException {
        return typed(node.path(name), path + name, type);
    }

    private List<JsonNode> elements(String name, JsonNodeType type) throws UnusableItemException {
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode element : field(name, JsonNodeType.ARRAY)) {
            JsonNode checked = typed(element, path + name + "[]", type);
            if (!checked.isMissingNode()) {
                elements.add(checked);
            }
        }
        return elements;
    }

    private static JsonNode typed(JsonNode value, String path, JsonNodeType type) throws UnusableItemException {
        if (value.isMissingNode() || value.isNull()) {
            return NOTHING;
        }
        if (value.getNodeType() != type) {
            throw new UnusableItemException(path + " is " + describe(value.getNodeType()) + ", not " + describe(type));
        }
        return value;
    }

    private static String textOf(JsonNode value) {
        @Nullable String text = value.textValue();
        return text == null ? "" : text;
    }

    private static String describe(JsonNodeType type) {
        return switch (type) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case STRING, BINARY -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
        };
    }
}
