package hopline.flows.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the JSON documents of one file: lists, whose items are read one at a time, and single objects.
///
/// A list may say what it is, and when it was collected, only after its items.
final class DocumentReader {

    /// The annotation with which a list says when it was collected.
    static final String COLLECTED_AT = "hopline/collected-at";

    private static final String ITEMS = "items";
    private static final String LIST = "List";
    private static final String DEFAULT_NAMESPACE = "default";

    private final JsonParser parser;
    private final OptionalLong stamp;
    private final ItemContext context;
    private final PodParser pods;
    private final ServiceParser services;
    private final EndpointParser endpoints;
    private final NodeParser nodes;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private Document document = new Document();
    private Optional<String> firstKind = Optional.empty();
    private boolean isEmpty = true;
    private boolean recognized;

    /// @param stamp when the file was collected, for lists that do not say
    DocumentReader(JsonParser parser, OptionalLong stamp, ItemContext context) {
        this.parser = parser;
        this.stamp = stamp;
        this.context = context;
        this.pods = new PodParser(context);
        this.services = new ServiceParser(context);
        this.endpoints = new EndpointParser(context);
        this.nodes = new NodeParser(context);
    }

    /// What has been read of one document.
    private static final class Document {
        private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
        private final List<Pod> pods = new ArrayList<>();
        private final List<Service> services = new ArrayList<>();
        private final List<EndpointSet> endpoints = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();
        private boolean isList;
        private int items;

        boolean isEmpty() {
            return pods.isEmpty() && services.isEmpty() && endpoints.isEmpty() && nodes.isEmpty();
        }
    }

    /// Reads to the end of the file; an exception leaves what precedes it in [#snapshots].
    void read() throws IOException {
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                isEmpty = false;
                if (token == JsonToken.START_OBJECT) {
                    document();
                }
            }
        } finally {
            close();
        }
    }

    /// One for each document with something of use, in their order.
    List<Snapshot> snapshots() {
        return snapshots;
    }

    /// Whether there was nothing at all.
    boolean isEmpty() {
        return isEmpty;
    }

    /// Whether there was a list or an object of a kind that is used here, be it empty.
    boolean isRecognized() {
        return recognized;
    }

    /// What the first document that said so called itself.
    Optional<String> firstKind() {
        return firstKind;
    }

    private void document() throws IOException {
        Pruner pruner = new Pruner(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(ITEMS)) {
                items();
            } else if (Pruner.isUsed(name)) {
                document.fields.set(name, pruner.read(name));
            } else {
                parser.skipChildren();
            }
        }
        if (!document.isList) {
            item(document.fields, pruner);
        }
        close();
    }

    private void items() throws IOException {
        document.isList = true;
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            context.begin("the document");
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                context.skip("items is no list");
            }
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            document.items++;
            Pruner pruner = new Pruner(parser);
            item(pruner.read(ITEMS), pruner);
        }
    }

    /// Ends the document, also one that breaks off, and keeps what was read of it.
    private void close() {
        String kind = document.fields.path("kind").asText();
        if (firstKind.isEmpty() && !kind.isEmpty()) {
            firstKind = Optional.of(kind);
        }
        boolean isEmptyList = kind.equals(LIST) && document.isList && document.items == 0;
        recognized |= isEmptyList || listKind().isPresent() || !document.isEmpty();
        if (!document.isEmpty()) {
            snapshots.add(
                    new Snapshot(collectedAt(), document.pods, document.services, document.endpoints, document.nodes));
        }
        document = new Document();
    }

    private OptionalLong collectedAt() {
        JsonNode annotation =
                document.fields.path("metadata").path("annotations").path(COLLECTED_AT);
        return annotation.isTextual() ? context.time(annotation.textValue(), "collection time") : stamp;
    }

    private void item(JsonNode item, Pruner pruner) throws IOException {
        context.begin(document.isList ? "item " + document.items : "the document");
        Optional<ItemKind> kind = kind(item);
        if (kind.isPresent()) {
            recognized = true;
            parse(kind.get(), item, pruner);
        } else {
            context.unusedKind(item.path("kind").asText("items of no known kind"));
        }
    }

    private Optional<ItemKind> kind(JsonNode item) {
        if (item.path("kind").isTextual()) {
            return ItemKind.of(
                    item.path("kind").textValue(), item.path("apiVersion").asText());
        }
        String listKind = document.fields.path("kind").asText();
        return listKind.isEmpty() || listKind.equals(LIST) ? ItemKind.ofShape(item) : listKind();
    }

    /// The kind of item that a list such as `PodList` promises, or of a single object.
    private Optional<ItemKind> listKind() {
        String kind = document.fields.path("kind").asText();
        String version = document.fields.path("apiVersion").asText();
        return ItemKind.of(kind.endsWith(LIST) ? kind.substring(0, kind.length() - LIST.length()) : kind, version);
    }

    private void parse(ItemKind kind, JsonNode item, Pruner pruner) throws IOException {
        try {
            if (pruner.isTooLarge()) {
                throw new UnusableItemException("it is larger than any object can be");
            }
            Fields fields = Fields.of(item);
            NamespacedName id = id(kind, fields.object("metadata"));
            context.take(pruner.textCost() + ItemContext.OBJECT_COST);
            add(kind, id, fields);
        } catch (UnusableItemException e) {
            context.skip(kind.label() + ": " + e.getMessage());
        }
    }

    private NamespacedName id(ItemKind kind, Fields metadata) throws UnusableItemException {
        String name = metadata.text("name");
        if (name.isEmpty()) {
            throw new UnusableItemException("metadata.name is missing");
        }
        String namespace = metadata.text("namespace");
        NamespacedName id =
                new NamespacedName(namespace.isEmpty() ? DEFAULT_NAMESPACE : context.share(namespace), name);
        context.begin(kind == ItemKind.NODE ? name : id.toString());
        return id;
    }

    private void add(ItemKind kind, NamespacedName id, Fields fields)
            throws UnusableItemException, Budget.ExhaustedException {
        switch (kind) {
            case POD -> document.pods.add(pods.parse(id, fields));
            case SERVICE -> document.services.add(services.parse(id, fields));
            case ENDPOINT_SLICE -> document.endpoints.add(endpoints.slice(id, fields));
            case ENDPOINTS -> document.endpoints.add(endpoints.endpoints(id, fields));
            case NODE -> document.nodes.add(nodes.parse(id.name(), fields));
        }
    }
}
