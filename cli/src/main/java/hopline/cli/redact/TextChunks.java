package hopline.cli.redact;

import hopline.flows.state.text.TextInput;
import java.io.IOException;

/// A text in pieces that end where a line does, or between words where a line is long.
final class TextChunks {

    /// Characters of a piece, about.
    private static final int SIZE = 1 << 15;

    /// A piece ends here in any case.
    private static final int MAX_SIZE = 1 << 20;

    private final TextInput input;

    TextChunks(TextInput input) {
        this.input = input;
    }

    /// The next piece, empty at the end.
    String next() throws IOException {
        StringBuilder chunk = new StringBuilder(SIZE + 256);
        for (int c = input.read(); c != TextInput.END; c = input.read()) {
            chunk.append((char) c);
            boolean full = chunk.length() >= SIZE && (c == '\n' || (chunk.length() >= 2 * SIZE && isBreak(c)));
            if (full || chunk.length() >= MAX_SIZE) {
                break;
            }
        }
        return chunk.toString();
    }

    /// Where nothing that belongs together is taken apart.
    private static boolean isBreak(int c) {
        return c == ',' || c == '>' || c == ';';
    }
}
