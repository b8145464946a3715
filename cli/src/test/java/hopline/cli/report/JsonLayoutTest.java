package hopline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// JSON is laid out as Jackson would do it.
class JsonLayoutTest {

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    @Test
    void aLineForEachValue() throws IOException {
        String text = write(new JsonLayout(), json -> {
            json.writeStartObject();
            json.writeStringField("a", "b");
            json.writeArrayFieldStart("c");
            json.writeNumber(1);
            json.writeEndArray();
            json.writeObjectFieldStart("d");
            json.writeEndObject();
            json.writeEndObject();
        });

        assertThat(text)
                .isEqualTo(
                        """
                {
                  "a" : "b",
                  "c" : [
                    1
                  ],
                  "d" : { }
                }""");
    }

    @Property(tries = 300)
    void whateverIsWritten(@ForAll long seed) throws IOException {
        String ours = write(new JsonLayout(), json -> value(json, new Random(seed), 0));
        String jacksons = write(
                new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES),
                json -> value(json, new Random(seed), 0));

        assertThat(ours).isEqualTo(jacksons);
    }

    private static void value(JsonGenerator json, Random random, int depth) throws IOException {
        switch (depth > 20 ? 2 : random.nextInt(3)) {
            case 0 -> {
                json.writeStartObject();
                for (int i = random.nextInt(4); i > 0; i--) {
                    json.writeFieldName("n" + i);
                    value(json, random, depth + 1);
                }
                json.writeEndObject();
            }
            case 1 -> {
                json.writeStartArray();
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(json, random, depth + 1);
                }
                json.writeEndArray();
            }
            default -> json.writeString("text");
        }
    }

    private interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(PrettyPrinter layout, Writer writer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = InertJson.factory().createGenerator(out).setPrettyPrinter(layout)) {
            writer.write(json);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
