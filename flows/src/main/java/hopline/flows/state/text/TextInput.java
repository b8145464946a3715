package hopline.flows.state.text;

import hopline.capture.Octets;
import hopline.capture.TextEncoding;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// The text of one file, by line or by character, in whatever encoding PowerShell or Linux wrote it.
///
/// UTF-8, and UTF-16 of either order, with or without a byte order mark. A line ends at CR, LF or both.
/// Memory is bounded by the window: of a longer line only the first [#MAX_LINE] characters are handed out as
/// a line.
public final class TextInput implements Closeable {

    /// Longest line that is handed out whole, in characters.
    public static final int MAX_LINE = 1 << 16;

    /// Returned at the end of the text.
    public static final int END = -1;

    private static final int EXAMINED = 1 << 12;

    private final Reader reader;
    private final char[] window = new char[4 * MAX_LINE];
    private int position;
    private int limit;
    private int line = 1;
    private boolean ended;
    private boolean afterReturn;

    private TextInput(Reader reader) {
        this.reader = reader;
    }

    /// Opens what `in` delivers; closing this closes `in`.
    public static TextInput of(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(EXAMINED);
        byte[] head = buffered.readNBytes(EXAMINED);
        buffered.reset();
        TextInput text = new TextInput(new InputStreamReader(buffered, TextEncoding.of(Octets.wrap(head))));
        text.skipMark();
        return text;
    }

    private void skipMark() throws IOException {
        if (peek() == '\ufeff') {
            position++;
        }
    }

    /// The line that the next character is on, from 1.
    public int line() {
        return line;
    }

    /// The next character without taking it, or [#END].
    public int peek() throws IOException {
        return position < limit || fill(1) ? window[position] : END;
    }

    /// Takes the next character, or [#END].
    public int read() throws IOException {
        if (position >= limit && !fill(1)) {
            return END;
        }
        char c = window[position++];
        if (c == '\n') {
            line += afterReturn ? 0 : 1;
            afterReturn = false;
        } else {
            afterReturn = c == '\r';
            line += afterReturn ? 1 : 0;
        }
        return c;
    }

    /// Takes what lies ahead up to the next quote, backslash or end of line, and appends it to `text`.
    ///
    /// @param most how many characters to take at most, at one go
    void takePlain(StringBuilder text, int most) throws IOException {
        if (position >= limit && !fill(1)) {
            return;
        }
        int end = Math.min(limit, position + most);
        int at = position;
        while (at < end && isPlain(window[at])) {
            at++;
        }
        if (at > position) {
            afterReturn = false;
            text.append(window, position, at - position);
            position = at;
        }
    }

    private static boolean isPlain(char c) {
        return c != '"' && c != '\\' && c != '\n' && c != '\r';
    }

    /// Takes blanks, and gives the next character without taking it, or [#END].
    int skipBlanks() throws IOException {
        while (position < limit || fill(1)) {
            char c = window[position];
            if (c == ' ' || c == '\t') {
                position++;
                afterReturn = false;
            } else if (c == '\n' || c == '\r') {
                read();
            } else {
                return c;
            }
        }
        return END;
    }

    /// The rest of this line, at most [#MAX_LINE] characters of it, without taking it; null at the end of the
    /// text.
    public @Nullable String peekLine() throws IOException {
        skipLineFeed();
        if (peek() == END) {
            return null;
        }
        int length = lineLength();
        return new String(window, position, length);
    }

    /// Takes this line and its end, however long it is.
    public void skipLine() throws IOException {
        skipLineFeed();
        while (position < limit || fill(1)) {
            int end = endOfLine(position);
            afterReturn &= end == position;
            position = end;
            if (position < limit) {
                read();
                break;
            }
        }
        skipLineFeed();
    }

    /// Whether the rest of this line is longer than what [#peekLine] gives.
    public boolean isLineCut() throws IOException {
        return lineLength() == MAX_LINE && !endsLine(MAX_LINE);
    }

    /// The second half of CR LF belongs to the line before.
    private void skipLineFeed() throws IOException {
        if (afterReturn && peek() == '\n') {
            read();
        }
    }

    /// How much of this line is handed out.
    private int lineLength() throws IOException {
        int length = endOfLine(position) - position;
        while (length < MAX_LINE && position + length == limit && fill(length + 1)) {
            length = endOfLine(position + length) - position;
        }
        return Math.min(length, MAX_LINE);
    }

    /// Where the first end of a line is in the window from `at` on; its limit when there is none.
    private int endOfLine(int at) {
        int end = at;
        while (end < limit && window[end] != '\n' && window[end] != '\r') {
            end++;
        }
        return end;
    }

    private boolean endsLine(int offset) throws IOException {
        if (position + offset >= limit && !fill(offset + 1)) {
            return true;
        }
        char c = window[position + offset];
        return c == '\r' || c == '\n';
    }

    /// Makes the next `count` characters available, as far as there are any.
    private boolean fill(int count) throws IOException {
        if (position + count > window.length) {
            System.arraycopy(window, position, window, 0, limit - position);
            limit -= position;
            position = 0;
        }
        while (!ended && limit - position < count) {
            int read = reader.read(window, limit, window.length - limit);
            ended = read < 0;
            limit += Math.max(read, 0);
        }
        return limit - position >= count;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
