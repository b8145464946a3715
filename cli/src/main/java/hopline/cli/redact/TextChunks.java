package hopline.cli.redact;

import hopline.capture.secret.Secrets;
import hopline.flows.state.text.TextInput;
import java.io.IOException;

/// A text in pieces that end where a line does, or between words where a line is long. A word that is longer
/// than any piece is left out, since nobody can tell what it would hide at its seams.
final class TextChunks {

    /// Characters of a piece, about.
    private static final int SIZE = 1 << 15;

    /// No piece is longer.
    private static final int MAX_SIZE = 1 << 20;

    /// Characters before the end of a piece that must not announce a secret: it may be behind it.
    private static final int ANNOUNCED = 256;

    /// Characters of the longest name of a character in a page, such as `&#x0002e;`.
    private static final int MAX_REFERENCE = 10;

    private final TextInput input;
    private StringBuilder rest = new StringBuilder();
    private boolean isLeftOut;

    TextChunks(TextInput input) {
        this.input = input;
    }

    /// Whether a word was left out so far.
    boolean isLeftOut() {
        return isLeftOut;
    }

    /// The next piece, empty at the end.
    String next() throws IOException {
        StringBuilder chunk = rest;
        rest = new StringBuilder(SIZE + 256);
        for (int c = input.read(); c != TextInput.END; c = input.read()) {
            chunk.append((char) c);
            if (chunk.length() >= SIZE && (c == '\n' || (chunk.length() >= 2 * SIZE && isEnd(chunk)))) {
                break;
            }
            if (chunk.length() >= MAX_SIZE) {
                return cut(chunk);
            }
        }
        return chunk.toString();
    }

    /// Whether nothing that belongs together would be taken apart behind `chunk`.
    private static boolean isEnd(StringBuilder chunk) {
        int end = chunk.length();
        return isBreak(chunk.charAt(end - 1))
                && !isReference(chunk)
                && !Secrets.mayBegin(chunk.substring(end - ANNOUNCED));
    }

    private static boolean isBreak(int c) {
        return c == ',' || c == '>' || c == ';' || Character.isWhitespace(c);
    }

    /// Whether the semicolon at its end may be that of an escaped character of an address.
    private static boolean isReference(CharSequence text) {
        String end =
                text.subSequence(text.length() - MAX_REFERENCE, text.length()).toString();
        return end.endsWith(";") && end.indexOf('&') >= 0;
    }

    /// What precedes the last word; or else what stands for a word that is too long.
    private String cut(StringBuilder chunk) throws IOException {
        int end = chunk.length();
        while (end > 0 && (chunk.charAt(end - 1) == ';' || !isBreak(chunk.charAt(end - 1)))) {
            end--;
        }
        if (end > 0) {
            rest.append(chunk, end, chunk.length());
            return chunk.substring(0, end);
        }
        while (input.peek() != TextInput.END && !isBreak(input.peek())) {
            input.read();
        }
        isLeftOut = true;
        return Secrets.REMOVED;
    }
}
