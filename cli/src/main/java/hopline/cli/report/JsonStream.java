package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/// Objects one after the other: as an array in one document, or each on a line of its own.
public final class JsonStream {

    private final JsonGenerator json;
    private final boolean lines;

    private JsonStream(JsonGenerator json, boolean lines) {
        this.json = json;
        this.lines = lines;
    }

    /// A document whose array `name` holds the objects.
    public static JsonStream document(OutputStream out, String name) throws IOException {
        JsonGenerator json = JsonReport.generator(out);
        JsonReport.begin(json);
        json.writeArrayFieldStart(name);
        return new JsonStream(json, false);
    }

    /// An object a line ([JSON Lines](https://jsonlines.org)).
    public static JsonStream lines(OutputStream out) throws IOException {
        return new JsonStream(
                InertJson.factory().createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter("")), true);
    }

    /// An array of a document, which its writer has begun and will end.
    static JsonStream within(JsonGenerator json) {
        return new JsonStream(json, false);
    }

    /// A stream to `out` of objects that shall follow others of this one, see [#append]: what is there already when
    /// this returns is no part of them.
    JsonStream piece(OutputStream out) throws IOException {
        if (lines) {
            return lines(out);
        }
        JsonGenerator piece = isCompact() ? JsonReport.compactGenerator(out) : JsonReport.generator(out);
        piece.writeStartObject();
        piece.writeArrayFieldStart("");
        piece.writeNull(); // what follows is set apart from it
        piece.flush();
        return new JsonStream(piece, false);
    }

    private boolean isCompact() {
        return json.getPrettyPrinter() == null;
    }

    /// Adds objects that a [#piece] wrote, from the octet `begin` on.
    void append(byte[] objects, int begin) throws IOException {
        json.flush();
        ((OutputStream) json.getOutputTarget()).write(objects, begin, objects.length - begin);
    }

    JsonGenerator json() {
        return json;
    }

    /// What writes each object.
    public JsonGenerator generator() {
        return json;
    }

    /// After each object.
    public void next() throws IOException {
        if (lines) {
            json.writeRaw('\n');
        }
    }

    /// After the last; `out` stays open.
    public void end() throws IOException {
        if (!lines) {
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        json.close();
    }
}
