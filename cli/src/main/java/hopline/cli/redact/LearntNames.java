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

    /// Such as of rules that are named after whom they are for; what redacts texts knows them by itself.
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)\\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\\b|\\b[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*\\b|\\b\\d+(?:\\.\\d+){3}\\b");

    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?");

    private LearntNames() {}

    static void learn(String text, TextRedaction redaction) {
        for (Pattern pattern : new Pattern[] {NAMED, HOST}) {
            Matcher named = pattern.matcher(text);
            while (named.find()) {
                Matcher word = WORD.matcher(ADDRESS.matcher(named.group(1)).replaceAll(" "));
                while (word.find()) {
                    if (word.group().length() > 1) { // else all English would be one's name
                        redaction.learn(word.group());
                    }
                }
            }
        }
    }
}
