package hopline.flows.state.text;

import java.util.ArrayList;
import java.util.List;

/// Objects as PowerShell's list format prints them: `@{a=b; c=d}`, and lists of such in braces.
public final class PowerShellText {

    private PowerShellText() {}

    /// The objects in `text`: `@{Type=HostRoute}, @{…}`. Text recognition may have made `8{` of `@{`.
    public static List<JsonObject> objects(String text, int line) {
        List<JsonObject> objects = new ArrayList<>();
        int end = 0;
        for (int start = begin(text, 0); start >= 0; start = begin(text, end)) {
            end = close(text, start);
            objects.add(fields(text.substring(start, end), line));
        }
        return objects;
    }

    private static int begin(String text, int from) {
        for (int i = Math.max(from, 1); i < text.length(); i++) {
            if (text.charAt(i) == '{' && (text.charAt(i - 1) == '@' || text.charAt(i - 1) == '8')) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int close(String text, int start) {
        int end = text.indexOf('}', start);
        return end < 0 ? text.length() : end;
    }

    private static JsonObject fields(String inside, int line) {
        JsonObject object = new JsonObject(line);
        for (String field : inside.split("[;,] ", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                String value = field.substring(equals + 1).strip();
                object.put(field.substring(0, equals).strip(), new JsonValue.JsonText(line, value));
            }
        }
        return object;
    }

    /// Whether `text` says that something was left out.
    public static boolean isElided(String text) {
        return text.contains("System.Object[]") || text.endsWith("...") || text.endsWith("…");
    }
}
