package hopline.flows.state.pktmon;

import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.MacText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads component lists and counters of `pktmon`, as JSON, as tables, and as the records at the end of
/// `etl2txt`.
public final class PktmonReader {

    private static final Pattern ROW =
            Pattern.compile("^\\s*(\\d{1,5})\\s+((?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2})\\s+(\\S.*?)\\s*$");
    private static final Pattern COMPONENT = Pattern.compile(
            "\\[Microsoft-Windows-PktMon\\]\\s+Component (\\d{1,6}), Type (\\w+)\\s*, Name ([^,]+?)\\s*,\\s*(.*?)\\s*$");
    private static final Pattern PROPERTY = Pattern.compile(
            "\\[Microsoft-Windows-PktMon\\]\\s+Property: Component (\\d{1,6}), (\\w+)\\s*=\\s*(.*?)\\s*$");
    private static final Pattern COUNTERS = Pattern.compile("\\[Microsoft-Windows-PktMon\\]\\s+(Drop|Flow) Counters: "
            + "Component (\\d{1,6}),.*?Packets In (\\d{1,18}),.*?Packets Out (\\d{1,18}),.*");

    private final String file;
    private final PktmonState state;
    private @Nullable ListedComponent open;

    /// Reads into `state` what `file` holds.
    public PktmonReader(String file, PktmonState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes in `object` when it is a group of components; false when it is something else.
    public boolean read(JsonObject object) {
        if (!object.has("Group") || !object.has("Components")) {
            return false;
        }
        for (JsonObject component : object.objects("Components")) {
            if (component.has("Id")) {
                component(component);
            }
            component.objects("Counters").forEach(counter -> counter(component, counter));
        }
        return true;
    }

    private void component(JsonObject component) {
        Map<String, String> properties = new HashMap<>();
        for (JsonObject property : component.objects("Properties")) {
            properties.put(property.text("Name").toLowerCase(Locale.ROOT), property.text("Value"));
        }
        state.add(new PktmonComponent(
                component.number("Id"),
                component.text("Name"),
                component.text("Type"),
                MacText.parse(properties.getOrDefault("mac address", "")),
                properties,
                new Source(file, component.line())));
    }

    private void counter(JsonObject component, JsonObject counter) {
        if (counter.has("Inbound") || counter.has("Outbound")) {
            boolean isDrop = counter.text("Type").toLowerCase(Locale.ROOT).contains("drop");
            state.add(new PktmonCounter(
                    component.text("Name"),
                    counter.text("Name"),
                    isDrop,
                    counter.object("Inbound").wide("Packets").orElse(0),
                    counter.object("Outbound").wide("Packets").orElse(0),
                    new Source(file, counter.line())));
        }
    }

    /// Takes a line when it is one of a component or a counter.
    public boolean line(String text, int number) {
        Source source = new Source(file, number);
        Matcher row = ROW.matcher(text);
        if (row.matches()) {
            OptionalLong mac = MacText.parse(row.group(2));
            state.add(new PktmonComponent(id(row.group(1)), row.group(3), "", mac, Map.of(), source));
            return true;
        }
        if (!text.contains("[Microsoft-Windows-PktMon]")) {
            return false;
        }
        Matcher component = COMPONENT.matcher(text);
        Matcher property = PROPERTY.matcher(text);
        Matcher counters = COUNTERS.matcher(text);
        if (component.find()) {
            String name = component.group(3) + ", " + component.group(4);
            begin(new ListedComponent(Integer.parseInt(component.group(1)), name, component.group(2), source));
        } else if (property.find()) {
            property(Integer.parseInt(property.group(1)), property.group(2), property.group(3), source);
        } else if (counters.find()) {
            boolean isDrop = counters.group(1).equals("Drop");
            long in = Long.parseLong(counters.group(3));
            long out = Long.parseLong(counters.group(4));
            state.add(new PktmonCounter(counters.group(2), isDrop ? "drops" : "flow", isDrop, in, out, source));
        } else {
            return false;
        }
        return true;
    }

    /// Belongs to the component that the lines before told of; where they are not there, it begins one without
    /// a name.
    private void property(int id, String name, String value, Source source) {
        ListedComponent component = open;
        if (component == null || !component.isOf(id)) {
            component = new ListedComponent(id, "", "", source);
            begin(component);
        }
        component.put(name.toLowerCase(Locale.ROOT), value);
        if (name.equals("PhysAddress")) {
            component.mac(MacText.parse(value));
        }
    }

    private void begin(ListedComponent component) {
        end();
        open = component;
    }

    /// Ends what is open.
    public void end() {
        if (open != null) {
            state.add(open.whole());
        }
        open = null;
    }

    private static OptionalInt id(String text) {
        return OptionalInt.of(Integer.parseInt(text));
    }
}
