package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.decode.MacAddress;
import hopline.flows.state.Source;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/// Writes the fields of facts: what is unknown is left out, and each fact says its file and line.
final class FactJson {

    private final JsonGenerator json;

    FactJson(JsonGenerator json) {
        this.json = json;
    }

    /// Writes the fields of one fact.
    interface Writer<T> {
        void write(T fact) throws IOException;
    }

    /// A list of objects, each ending with where it was read.
    <T> void list(String field, Collection<T> facts, Function<T, Source> source, Writer<T> writer) throws IOException {
        list(field, facts, fact -> {
            writer.write(fact);
            source(source.apply(fact));
        });
    }

    /// A list of objects.
    <T> void list(String field, Collection<T> facts, Writer<T> writer) throws IOException {
        json.writeArrayFieldStart(field);
        for (T fact : facts) {
            json.writeStartObject();
            writer.write(fact);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void text(String field, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(field, value);
        }
    }

    void text(String field, Optional<?> value) throws IOException {
        text(field, value.map(Object::toString).orElse(""));
    }

    void number(String field, long value) throws IOException {
        json.writeNumberField(field, value);
    }

    void number(String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        }
    }

    void truth(String field, boolean value) throws IOException {
        json.writeBooleanField(field, value);
    }

    void truth(String field, Optional<Boolean> value) throws IOException {
        if (value.isPresent()) {
            truth(field, value.get());
        }
    }

    void mac(String field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, MacAddress.text(value.getAsLong()));
        }
    }

    void texts(String field, Collection<?> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(field);
            for (Object value : values) {
                json.writeString(value.toString());
            }
            json.writeEndArray();
        }
    }

    void map(String field, Map<String, ?> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeObjectFieldStart(field);
            for (Map.Entry<String, ?> entry : new TreeMap<>(values).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue().toString());
            }
            json.writeEndObject();
        }
    }

    void source(Source source) throws IOException {
        json.writeStringField("file", source.file());
        if (source.line() > 0) {
            json.writeNumberField("line", source.line());
        }
    }
}
