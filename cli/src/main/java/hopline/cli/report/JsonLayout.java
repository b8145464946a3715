package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;

/// Lays JSON out for people, a line for each value, as Jackson's own layout does, octet for octet. That one writes
/// character by character, and half of a report is space.
final class JsonLayout implements PrettyPrinter {

    /// Deeper levels than any of ours stand no further in.
    private static final int LEVELS = 32;

    private static final SerializableString[] LINES = lines("");
    private static final SerializableString[] NEXT_LINES = lines(",");
    private static final SerializableString COLON = new SerializedString(" : ");

    private int level;

    JsonLayout() {}

    private static SerializableString[] lines(String before) {
        SerializableString[] lines = new SerializableString[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            lines[i] = new SerializedString(before + "\n" + "  ".repeat(i));
        }
        return lines;
    }

    private void begin(JsonGenerator json, SerializableString[] lines) throws IOException {
        json.writeRaw(lines[Math.min(level, LEVELS - 1)]);
    }

    private void end(JsonGenerator json, int values, char bracket) throws IOException {
        level--;
        if (values > 0) {
            begin(json, LINES);
        } else {
            json.writeRaw(' ');
        }
        json.writeRaw(bracket);
    }

    @Override
    public void writeRootValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(' ');
    }

    @Override
    public void writeStartObject(JsonGenerator json) throws IOException {
        json.writeRaw('{');
        level++;
    }

    @Override
    public void beforeObjectEntries(JsonGenerator json) throws IOException {
        begin(json, LINES);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(COLON);
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
        begin(json, NEXT_LINES);
    }

    @Override
    public void writeEndObject(JsonGenerator json, int entries) throws IOException {
        end(json, entries, '}');
    }

    @Override
    public void writeStartArray(JsonGenerator json) throws IOException {
        json.writeRaw('[');
        level++;
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
        begin(json, LINES);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        begin(json, NEXT_LINES);
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
        end(json, values, ']');
    }
}
