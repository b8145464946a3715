package hopline.capture.node.process;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of text, line by line: tokens, keys, passwords, certificates. What looks like one is
/// replaced, also when it is none: the loss of a harmless word hurts less.
public final class Secrets {

    /// What stands where a secret stood.
    public static final String REMOVED = "[removed]";

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE)-----");
    private static final Pattern END = Pattern.compile("-----END [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE)-----");
    private static final String NAMES = "(?:[\\w.-]*(?:token|passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key"
            + "|client-key-data|client-certificate-data|certificate-authority-data|sas)[\\w.-]*)";

    /// Each leaves what it finds in its first group.
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("()eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.?[A-Za-z0-9_-]*"),
            Pattern.compile("(?i)((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile("(?i)(\"" + NAMES + "\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\""),
            Pattern.compile("(?i)(--?" + NAMES + "(?:=|\\s+))(?!-)\\S+"),
            Pattern.compile("(?i)(\\b" + NAMES + "\\s*[=:]\\s*)[^\\s,;}]+"),
            Pattern.compile("(://[^/\\s:@]+:)[^@/\\s]+(?=@)"));

    private boolean inBlock;
    private long removed;

    /// For one text, from its first line on.
    public Secrets() {}

    /// How many were taken out so far.
    public long removed() {
        return removed;
    }

    /// The next line without secrets.
    public String clean(String line) {
        if (inBlock || BEGIN.matcher(line).find()) {
            removed += inBlock ? 0 : 1;
            inBlock = !END.matcher(line).find();
            return REMOVED;
        }
        String clean = line;
        for (Pattern pattern : PATTERNS) {
            clean = without(pattern, clean);
        }
        return clean;
    }

    private String without(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        StringBuilder clean = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            clean.append(line, from, matcher.end(1)).append(REMOVED);
            from = matcher.end();
            removed++;
        }
        return from == 0 ? line : clean.append(line, from, line.length()).toString();
    }
}
