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
