package hopline.cli.redact;

import hopline.decode.redact.TextRedaction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Learns what people named, from where lists say that a name follows: so that a pod named by a word of
/// English is still taken for a name.
final class LearntNames {

    private static final Pattern NAMED = Pattern.compile(
            "\"(?i:(?:pod|node|host|namespace|service|display|short|machine|user|computer|switch|generate)?_?"
                    + "(?:name|namespace|hostname|user|domain))\"\\s*:\\s*\"([^\"\\\\]{1,253})\"");
    private static final Pattern HOST =
            Pattern.compile("(?im)^\\s*(?:host name|hostname|computer ?name)[ .]*:\\s*(\\S+)");
    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?");

    private LearntNames() {}

    static void learn(String text, TextRedaction redaction) {
        for (Pattern pattern : new Pattern[] {NAMED, HOST}) {
            Matcher named = pattern.matcher(text);
            while (named.find()) {
                Matcher word = WORD.matcher(named.group(1));
                while (word.find()) {
                    redaction.learn(word.group());
                }
            }
        }
    }
}
