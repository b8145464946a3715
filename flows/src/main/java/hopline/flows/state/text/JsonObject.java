package hopline.flows.state.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A JSON object; its names are found in upper and lower case alike, because HNS writes them in both.
public final class JsonObject implements JsonValue {

    private final int line;
    private final List<String> names = new ArrayList<>(8);
    private final List<JsonValue> values = new ArrayList<>(8);
    private boolean isCut;

    /// An empty one that begins at `line`.
    public JsonObject(int line) {
        this.line = line;
    }

    /// Adds a field; of a name that occurs twice the last counts.
    public void put(String name, JsonValue value) {
        names.add(name);
        values.add(value);
    }

    /// Notes that the text ends inside it.
    void cut() {
        isCut = true;
    }

    /// Whether the text ends inside it: what it lacks may have stood in the rest.
    public boolean isCut() {
        return isCut;
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public String text() {
        return "";
    }

    @Override
    public List<JsonValue> elements() {
        return List.of(this);
    }

    /// The names as written, in their order.
    public List<String> names() {
        return List.copyOf(names);
    }

    /// The value of the `index`-th field.
    public JsonValue value(int index) {
        return values.get(index);
    }

    /// Whether there is a field of that name that is not null.
    public boolean has(String name) {
        @Nullable JsonValue found = find(name);
        return found != null && !(found instanceof JsonWord word && word.word().equals("null"));
    }

    /// The field's value, or null's when there is none.
    public JsonValue get(String name) {
        @Nullable JsonValue found = find(name);
        return found == null ? new JsonWord(line, "null") : found;
    }

    private @Nullable JsonValue find(String name) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    /// The value of the first of several names that it has.
    public JsonValue first(String... alternatives) {
        for (String name : alternatives) {
            if (has(name)) {
                return get(name);
            }
        }
        return new JsonWord(line, "null");
    }

    /// The field as text; empty when it has none.
    public String text(String name) {
        return get(name).text();
    }

    /// The field as an object, an empty one when it is none.
    public JsonObject object(String name) {
        return get(name).object().orElseGet(() -> new JsonObject(line));
    }

    /// The objects of a list, or the one object that stands for it.
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonValue value : get(name).elements()) {
            if (value instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /// The texts of a list, or of the one text that stands for it.
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : get(name).elements()) {
            String text = value.text();
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// Whether the field is true, as a word or as text in any case.
    public boolean isTrue(String name) {
        return text(name).equalsIgnoreCase("true");
    }

    /// The field as a whole number within `int`.
    public OptionalInt number(String name) {
        OptionalLong number = wide(name);
        return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /// The field as a whole number.
    public OptionalLong wide(String name) {
        return Digits.wide(text(name).strip());
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
