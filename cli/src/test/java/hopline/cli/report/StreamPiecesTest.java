package hopline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written in pieces is what would be written in one.
class StreamPiecesTest {

    enum Kind {
        DOCUMENT {
            @Override
            JsonStream stream(OutputStream out) throws IOException {
                return JsonStream.document(out, "numbers");
            }
        },
        LINES {
            @Override
            JsonStream stream(OutputStream out) throws IOException {
                return JsonStream.lines(out);
            }
        };

        abstract JsonStream stream(OutputStream out) throws IOException;
    }

    private static StreamPieces.Writer<Integer> writer(JsonStream stream) {
        return number -> {
            stream.generator().writeStartObject();
            stream.generator().writeNumberField("number", number);
            stream.generator().writeStringField("text", "\u00e4".repeat(number % 50));
            stream.generator().writeEndObject();
            stream.next();
        };
    }

    private static String inOne(Kind kind, int numbers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonStream stream = kind.stream(out);
        for (int i = 0; i < numbers; i++) {
            writer(stream).write(i);
        }
        stream.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String inPieces(Kind kind, int numbers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonStream stream = kind.stream(out);
        StreamPieces<Integer> pieces = new StreamPieces<>(stream, StreamPiecesTest::writer);
        for (int i = 0; i < numbers; i++) {
            pieces.add(i);
        }
        pieces.end();
        stream.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "DOCUMENT, 0",
        "DOCUMENT, 1",
        "DOCUMENT, 2",
        "DOCUMENT, 65",
        "DOCUMENT, 66",
        "DOCUMENT, 5000",
        "LINES, 0",
        "LINES, 1",
        "LINES, 64",
        "LINES, 65",
        "LINES, 5000"
    })
    void isTheSame(Kind kind, int numbers) throws IOException {
        assertThat(inPieces(kind, numbers)).isEqualTo(inOne(kind, numbers));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 3_000})
    void whatAWriterThrowsIsThrown(int bad) throws IOException {
        JsonStream stream = JsonStream.lines(OutputStream.nullOutputStream());
        StreamPieces<Integer> pieces = new StreamPieces<>(stream, piece -> number -> {
            if (number == bad) {
                throw new IOException("number " + number);
            }
            writer(piece).write(number);
        });

        assertThatThrownBy(() -> {
                    for (int i : IntStream.range(0, 4_000).toArray()) {
                        pieces.add(i);
                    }
                    pieces.end();
                })
                .isInstanceOf(IOException.class)
                .hasMessage("number " + bad);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOpen(Kind kind) throws IOException {
        assertThat(inPieces(kind, 200)).endsWith("\n");
    }
}
