package hopline.flows.state.collection;

import java.util.regex.Pattern;

/// Counts the lines of a file that nobody knew, and guesses what they are.
final class UnreadLines {

    private static final Pattern PROMPT =
            Pattern.compile("^(?:PS [A-Za-z]:\\\\[^>]*>|[A-Za-z]:\\\\[^>]*>|[\\w.-]+@[\\w.-]+:[^$#]*[$#]|\\$ |# ).*$");
    private static final Pattern TCPDUMP =
            Pattern.compile("^\\d\\d:\\d\\d:\\d\\d\\.\\d+ (?:IP6? |ARP).*", Pattern.DOTALL);
    private static final Pattern TRACE =
            Pattern.compile("^\\[[0-9A-Fa-f]+\\][0-9A-Fa-f]+\\.[0-9A-Fa-f]+::\\d{4}[-/]\\d\\d[-/]\\d\\d[ -]");

    private long count;
    private int first;
    private String guess = "";

    /// Takes a line that nobody knew.
    void line(String text, int number) {
        if (TCPDUMP.matcher(text).matches()) {
            guess("packets printed by tcpdump, not node state: give the capture itself to analyze");
        } else if (TRACE.matcher(text).find()) {
            guess("packets or events printed by pktmon or netsh, not node state: give the .etl itself to analyze");
        } else if (text.startsWith("Trace configuration:")) {
            guess("what netsh says when it starts and stops a trace, not node state");
        }
        if (!isDecoration(text) && !PROMPT.matcher(text).matches()) {
            count(1, number);
        }
    }

    /// Blank, or a line drawn.
    private static boolean isDecoration(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i)) && "=-*_+|".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Counts `lines` lines from `number` on.
    void count(long lines, int number) {
        count += lines;
        first = first == 0 ? number : first;
    }

    /// Remembers what the file may be; the first guess counts.
    void guess(String what) {
        guess = guess.isEmpty() ? what : guess;
    }

    /// How many lines.
    long count() {
        return count;
    }

    /// The first line's number; 0 when there is none.
    int first() {
        return first;
    }

    /// What the file may be.
    String guess() {
        return guess.isEmpty() ? "text of no known kind" : guess;
    }
}
