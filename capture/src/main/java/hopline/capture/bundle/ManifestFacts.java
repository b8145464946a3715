package hopline.capture.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// What a reader of bundles wants to know of a manifest.
///
/// @param node the name of the node that the bundle is about
/// @param isComplete whether all that was to be collected is in it
/// @param started when collecting began; empty when it does not say
/// @param ended when it ended; empty when it does not say
public record ManifestFacts(String node, boolean isComplete, Optional<Instant> started, Optional<Instant> ended) {

    private static final int MAX_DEPTH = 200;
    private static final long MAX_LENGTH = 64L << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_LENGTH)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /// Reads the manifest that `in` delivers, and closes it. Empty when it is no manifest of a bundle, which is no
    /// fault: other files have that name, too.
    public static Optional<ManifestFacts> read(InputStream in) throws IOException {
        String kind = "";
        String node = "";
        boolean complete = false;
        Optional<Instant> started = Optional.empty();
        Optional<Instant> ended = Optional.empty();
        try (JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                boolean isText = value == JsonToken.VALUE_STRING;
                kind = name.equals("kind") && isText ? json.getText() : kind;
                node = name.equals("node") && isText ? json.getText() : node;
                complete = name.equals("complete") ? value == JsonToken.VALUE_TRUE : complete;
                started = name.equals("started") && isText ? time(json.getText()) : started;
                ended = name.equals("ended") && isText ? time(json.getText()) : ended;
                json.skipChildren();
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // Cut short: what was read before counts.
        }
        return kind.equals(Manifest.KIND) && !node.isBlank()
                ? Optional.of(new ManifestFacts(node, complete, started, ended))
                : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
