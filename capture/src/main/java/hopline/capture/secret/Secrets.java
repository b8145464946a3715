package hopline.capture.secret;

import java.util.Locale;
import java.util.regex.Matcher;

/// Takes secrets out of text, line by line: tokens, keys, passwords, certificates. What looks like one is
/// replaced, also when it is none: the loss of a harmless word hurts less. JSON stays JSON.
public final class Secrets {

    /// What stands where a secret stood.
    public static final String REMOVED = "[removed]";

    private boolean inBlock;
    private long removed;

    /// For one text, from its first line on.
    public Secrets() {}

    /// How many were taken out so far.
    public long removed() {
        return removed;
    }

    /// Whether anything in `text` announces a secret, which may be yet to come.
    public static boolean mayBegin(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains(SecretForms.BLOCK_SIGN)
                || SecretForms.families().stream().anyMatch(family -> family.mayBeIn(lower));
    }

    /// The next line without secrets.
    public String clean(String line) {
        if (inBlock) {
            Matcher end = SecretForms.BLOCK_END.matcher(line);
            inBlock = !end.find();
            return inBlock ? REMOVED : REMOVED + clean(line.substring(end.end()));
        }
        String lower = line.toLowerCase(Locale.ROOT);
        String clean = lower.contains(SecretForms.BLOCK_SIGN) ? withoutBlocks(line) : line;
        for (SecretForms.Family family : SecretForms.families()) {
            if (family.mayBeIn(lower)) {
                for (SecretForms.Form form : family.forms()) {
                    clean = without(form, clean);
                }
            }
        }
        return clean;
    }

    private String withoutBlocks(String line) {
        Matcher block = SecretForms.BLOCK.matcher(line);
        return block.replaceAll(found -> {
            removed++;
            inBlock = found.end() == line.length() && isOpen(found.group());
            return Matcher.quoteReplacement(REMOVED);
        });
    }

    /// Whether another block begins behind the last one that ends.
    private static boolean isOpen(String block) {
        Matcher mark = SecretForms.BLOCK_MARK.matcher(block);
        boolean open = false;
        while (mark.find()) {
            open = mark.group().startsWith("-----BEGIN");
        }
        return open;
    }

    private String without(SecretForms.Form form, String line) {
        Matcher matcher = form.pattern().matcher(line);
        StringBuilder clean = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            boolean known = line.substring(matcher.end(1), matcher.end()).equals(form.instead());
            removed += known ? 0 : 1;
            clean.append(line, from, matcher.end(1)).append(form.instead());
            from = matcher.end();
        }
        return from == 0 ? line : clean.append(line, from, line.length()).toString();
    }
}
