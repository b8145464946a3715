package hopline.flows.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/// Reads one item and keeps only the fields that are used here, so that neither what an item carries besides
/// (managed fields, volumes, images) nor its sheer size decides how much memory it takes.
final class Pruner {

    /// Far above what etcd lets an object have (1.5 MiB of text in all).
    private static final int MAX_VALUES = 200_000;

    private static final int MAX_CHARACTERS = 4 << 20;

    /// Digits of the numbers that matter: ports and VNIs.
    private static final int MAX_DIGITS = 18;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// For numbers that cannot be what they are used for; [Fields] refuses it.
    private static final JsonNode NOT_WHOLE = NODES.numberNode(Double.NaN);

    private static final Set<String> USED = Set.of(
            "address",
            "addresses",
            "addressType",
            "annotations",
            "apiVersion",
            "clusterIP",
            "clusterIPs",
            "conditions",
            "containerPort",
            "containerStatuses",
            "containers",
            "creationTimestamp",
            "deletionTimestamp",
            "endpoints",
            "externalIPs",
            "externalName",
            "externalTrafficPolicy",
            "finishedAt",
            "hostIP",
            "hostNetwork",
            "ingress",
            "initContainerStatuses",
            "internalTrafficPolicy",
            "ip",
            "kind",
            "labels",
            "loadBalancer",
            "metadata",
            "name",
            "namespace",
            "nodeInfo",
            "nodeName",
            "nodePort",
            "notReadyAddresses",
            "operatingSystem",
            "phase",
            "podCIDR",
            "podCIDRs",
            "podIP",
            "podIPs",
            "port",
            "ports",
            "protocol",
            "ready",
            "selector",
            "serving",
            "spec",
            "startTime",
            "state",
            "status",
            "subsets",
            "targetPort",
            "targetRef",
            "terminated",
            "terminating",
            "topology",
            "type",
            "uid",
            EndpointParser.HOST_NAME,
            DocumentReader.COLLECTED_AT,
            NodeParser.FLANNEL_BACKEND_DATA,
            NodeParser.FLANNEL_BACKEND_TYPE,
            NodeParser.FLANNEL_PUBLIC_IP,
            NodeParser.FLANNEL_PUBLIC_IPV6,
            NodeParser.FLANNEL_VNI,
            NodeParser.FLANNEL_MAC,
            NodeParser.CALICO_IPV4,
            NodeParser.CALICO_IPV6,
            NodeParser.CALICO_VXLAN_IPV4,
            NodeParser.CALICO_VXLAN_MAC);

    /// Objects whose field names are data.
    private static final Set<String> OPEN = Set.of("labels", "selector");

    private final JsonParser parser;
    private int values;
    private int characters;

    /// For one item of what `parser` reads.
    Pruner(JsonParser parser) {
        this.parser = parser;
    }

    /// Reads the value that begins at the parser's token, `name` being the field it belongs to.
    JsonNode read(String name) throws IOException {
        return value(OPEN.contains(name));
    }

    /// Whether a field of that name is worth reading.
    static boolean isUsed(String name) {
        return USED.contains(name);
    }

    /// The item was larger than an item can be, and is not whole.
    boolean isTooLarge() {
        return values > MAX_VALUES || characters > MAX_CHARACTERS;
    }

    /// Octets of text that the item keeps, roughly.
    int textCost() {
        return characters;
    }

    private JsonNode value(boolean all) throws IOException {
        values++;
        if (isTooLarge()) {
            parser.skipChildren();
            return NODES.nullNode();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(all);
            case START_ARRAY -> array(all);
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> number(parser.getText());
            case VALUE_NUMBER_FLOAT -> NOT_WHOLE;
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(boolean all) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (all || USED.contains(name)) {
                characters += all ? name.length() : 0;
                keep(object, name);
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    private void keep(ObjectNode object, String name) throws IOException {
        JsonNode value = value(OPEN.contains(name));
        if (!isTooLarge()) {
            object.set(name, value);
        }
    }

    private ArrayNode array(boolean all) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode element = value(all);
            if (!isTooLarge()) {
                array.add(element);
            }
        }
        return array;
    }

    private JsonNode text(String text) {
        characters += text.length();
        return NODES.textNode(text);
    }

    private static JsonNode number(String text) {
        return text.length() <= MAX_DIGITS ? NODES.numberNode(Long.parseLong(text)) : NOT_WHOLE;
    }
}
