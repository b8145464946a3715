package hopline.flows.state.host;

import hopline.flows.state.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the rules of the Windows firewall as `netsh advfirewall firewall show rule name=all` prints them, with
/// `verbose` or without: fields in lines of their own, the action last.
final class FirewallLines {

    private static final Pattern NAME = Pattern.compile("^Rule Name:\\s+(\\S.*?)\\s*$");
    private static final Pattern FIELD =
            Pattern.compile("^(Enabled|Direction|Action|Protocol|LocalPort|Profiles|LocalIP"
                    + "|RemoteIP|RemotePort|Program|Service|InterfaceTypes|Security):\\s+(\\S.*?)\\s*$");
    private static final String ANY = "Any";

    /// Fields that narrow a rule down, by what they say when they do not.
    private static final Map<String, String> NARROWING = Map.of(
            "Profiles", "Domain,Private,Public",
            "LocalIP", ANY,
            "RemotePort", ANY,
            "Program", "System",
            "Service", ANY,
            "InterfaceTypes", ANY,
            "Security", "NotRequired");

    private final String file;
    private final HostState state;
    private final Map<String, String> fields = new HashMap<>();
    private String name = "";
    private int begin;

    FirewallLines(String file, HostState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes a line when it is of a rule.
    boolean line(String text, int number) {
        Matcher named = NAME.matcher(text);
        if (named.matches()) {
            name = named.group(1);
            begin = number;
            fields.clear();
            return true;
        }
        Matcher field = FIELD.matcher(text);
        if (name.isEmpty() || !field.matches()) {
            return false;
        }
        fields.put(field.group(1), field.group(2));
        if (field.group(1).equals("Action")) {
            state.add(rule());
            name = "";
        }
        return true;
    }

    private FirewallRule rule() {
        return new FirewallRule(
                name,
                field("Enabled").equalsIgnoreCase("Yes"),
                field("Direction"),
                field("Action"),
                field("Protocol"),
                field("LocalPort"),
                field("RemoteIP").equalsIgnoreCase(ANY) ? "" : field("RemoteIP"),
                NARROWING.entrySet().stream().anyMatch(limit -> narrows(limit.getKey(), limit.getValue())),
                new Source(file, begin));
    }

    private String field(String key) {
        return fields.getOrDefault(key, "");
    }

    private boolean narrows(String key, String harmless) {
        String value = field(key);
        return !value.isEmpty() && !value.equalsIgnoreCase(ANY) && !value.equalsIgnoreCase(harmless);
    }
}
