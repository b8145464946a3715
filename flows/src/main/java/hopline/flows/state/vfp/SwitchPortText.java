package hopline.flows.state.vfp;

import hopline.flows.state.Source;
import hopline.flows.state.text.Digits;
import hopline.flows.state.text.MacText;
import hopline.flows.state.text.TextSection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the stanzas of `vfpctrl /list-vmswitch-port`: `Port name : GUID` and what follows it.
public final class SwitchPortText implements TextSection {

    /// `Select-String -Context` marks the line it found.
    private static final Pattern FIELD =
            Pattern.compile("^[> ]*([A-Za-z][A-Za-z0-9 /-]*?)\\s*:(?:\\s*:)?\\s*(.*?)\\s*$");

    private static final Pattern BEGIN = Pattern.compile("^[> ]*Port name\\s*:\\s*\\S+.*");

    private final String file;
    private final VfpState state;
    private final Map<String, String> fields = new HashMap<>();
    private int start;
    private boolean afterBlank;

    /// Reads into `state` what `file` holds.
    public SwitchPortText(String file, VfpState state) {
        this.file = file;
        this.state = state;
    }

    /// Whether a stanza begins with that line.
    public static boolean begins(String line) {
        return line.contains("Port name") && BEGIN.matcher(line).matches();
    }

    @Override
    public boolean line(String text, int number) {
        if (begins(text)) {
            end();
            start = number;
        }
        Matcher field = FIELD.matcher(text);
        if (field.matches()) {
            afterBlank = false;
            fields.putIfAbsent(field.group(1).toLowerCase(Locale.ROOT), field.group(2));
            return fields.size() < 100;
        }
        boolean isProse = !afterBlank && (text.startsWith(" ") || text.strip().endsWith("."));
        afterBlank = text.isBlank();
        return afterBlank || isProse;
    }

    @Override
    public void end() {
        if (fields.containsKey("port name")) {
            String mac = fields.getOrDefault("mac address", "");
            state.add(new SwitchPort(
                    fields.getOrDefault("port name", "").toLowerCase(Locale.ROOT),
                    fields.getOrDefault("port friendly name", ""),
                    number("portid"),
                    fields.getOrDefault("switch friendly name", ""),
                    mac.isEmpty() ? OptionalLong.empty() : MacText.parse(mac),
                    fields.getOrDefault("port type", ""),
                    number("mtu"),
                    new Source(file, start)));
        }
        fields.clear();
    }

    private OptionalInt number(String key) {
        String value = fields.getOrDefault(key, "");
        return Digits.number(value);
    }
}
