package hopline.cli.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.text.TextInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextChunksTest {

    private static final int MIB = 1 << 20;

    private static List<String> chunks(String text) throws IOException {
        try (TextInput input = TextInput.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            TextChunks chunks = new TextChunks(input);
            List<String> all = new ArrayList<>();
            for (String chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
                all.add(chunk);
            }
            return all;
        }
    }

    /// Each repeated to a line of 3 MiB.
    @ParameterizedTest
    @ValueSource(
            strings = {"192.168.77.9 ", "192.168.77.9\t", "192.168.77.9,", "&#49;92.168.77.9 ", "password= 83620174 "})
    void aLongLineIsNeverCutInAWord(String part) throws IOException {
        String line = part.repeat(3 * MIB / part.length());

        List<String> chunks = chunks(line);

        assertThat(String.join("", chunks)).isEqualTo(line);
        assertThat(chunks)
                .hasSizeGreaterThan(2)
                .allMatch(chunk -> chunk.length() <= MIB && chunk.endsWith(part.substring(part.length() - 1)));
    }

    @Test
    void aSecretStaysBesideWhatAnnouncesIt() throws IOException {
        String line = "a".repeat(2 * (1 << 15) - 10) + " password= 83620174 " + "the node ".repeat(100);

        assertThat(chunks(line)).anyMatch(chunk -> chunk.contains("password= 83620174"));
    }

    @Test
    void aWordThatIsTooLongIsLeftOut() throws IOException {
        List<String> chunks = chunks("before " + "192.168.77.9/".repeat(2 * MIB / 10) + " behind");

        assertThat(String.join("", chunks)).isEqualTo("before [removed] behind");
    }
}
