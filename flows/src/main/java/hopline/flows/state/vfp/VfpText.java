package hopline.flows.state.vfp;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import hopline.flows.state.text.MacText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text of `vfpctrl`: rules under layers and groups, with or without counters, port states,
/// counters, flows. Indentation does not matter, text recognition has often removed it.
public final class VfpText {

    private static final Pattern HEADING = Pattern.compile("^\\s*(LAYER|GROUP|RULE)\\s*:\\s*(.*?)\\s*$");
    private static final Pattern PORT = Pattern.compile(
            "(?i)(?:policy for port\\s*:|get-port-counter for port\\s*:|vfpctrl(?:\\.exe)?\\s.*?/port\\s)\\s*([0-9a-f-]{36})?.*");
    private static final Pattern GUID = Pattern.compile(
            "^\\s*([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-" + "[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})\\s*$");
    private static final Pattern BACKEND = Pattern.compile("^\\s*\\{\\s*(\\S+) : (\\d{1,5})\\s*\\}\\s*$");
    private static final Pattern ENCAP = Pattern.compile(
            "\\{\\s*IP address=([^,\\s]+),\\s*MAC address=([^,\\s]+)(?:,\\s*GRE key=(\\d{1,8}))?\\s*\\}");
    private static final Pattern PHRASE = Pattern.compile("^\\s*(<none>|[A-Z][A-Za-z0-9 ]+|\\.\\.\\.)\\s*$");
    private static final Pattern PAIR = Pattern.compile(
            "(\\d{1,3}(?:\\.\\d{1,3}){3})\\s*[:, ]\\s*(\\d{1,5})\\b.*?(\\d{1,3}(?:\\.\\d{1,3}){3})\\s*[:, ]\\s*(\\d{1,5})\\b");
    private static final Pattern NAT_POOL = Pattern.compile("NAT pool : (\\S+)");
    private static final Set<String> CONDITIONS = Set.of(
            "protocols",
            "source ip",
            "destination ip",
            "source port",
            "destination port",
            "source ports",
            "destination ports",
            "source mac",
            "destination mac");
    private static final Set<String> COUNTERS =
            Set.of("matched packets", "dropped packets", "pending packets", "dropped flows");
    private static final int MAX_FIELDS = 64;
    private static final int MAX_BACKENDS = 4096;

    private final String file;
    private final VfpState state;
    private final Map<String, String> shared = new HashMap<>();
    private String port = "";
    private String layer = "";
    private String group = "";
    private String direction = "";
    private boolean awaitsPort;
    private boolean modifying;
    private @Nullable Draft draft;
    private int pendingLayerLine;
    private String pendingLayer = "";

    /// A rule while its lines come in.
    private static final class Draft {
        private final String id;
        private final int line;
        private String name = "";
        private String type = "";
        private OptionalInt priority = OptionalInt.empty();
        private final Map<String, String> conditions = new LinkedHashMap<>();
        private final List<Endpoint> backends = new ArrayList<>();
        private final List<VfpRule.Encap> encaps = new ArrayList<>();
        private final Map<String, String> actions = new LinkedHashMap<>();
        private final Map<String, Long> counters = new LinkedHashMap<>();

        Draft(String id, int line) {
            this.id = id;
            this.line = line;
        }
    }

    /// Reads into `state` what `file` holds.
    public VfpText(String file, VfpState state) {
        this.file = file;
        this.state = state;
    }

    /// Whether what `vfpctrl` prints begins with that line.
    public static boolean begins(String line) {
        String bare = line.strip();
        return ((bare.startsWith("LAYER") || bare.startsWith("GROUP") || bare.startsWith("RULE"))
                        && HEADING.matcher(line).matches())
                || bare.equals("ITEM LIST")
                || isPort(line);
    }

    /// A line that names the port of what follows.
    private static boolean isPort(String line) {
        return (line.contains("ort") || line.contains("vfpctrl"))
                && !line.contains("/list-vmswitch-port")
                && PORT.matcher(line).find();
    }

    /// Takes a line; false when this text ended before it.
    public boolean line(String text, int number) {
        if (text.isBlank() || text.strip().chars().allMatch(c -> c == '=' || c == '-')) {
            return true;
        }
        if (awaitsPort && GUID.matcher(text).matches()) {
            at(text.strip());
            return true;
        }
        if (isPort(text)) {
            Matcher portLine = PORT.matcher(text);
            String id = portLine.find() ? portLine.group(1) : null;
            at(id == null ? "" : id);
            awaitsPort = id == null;
            return true;
        }
        if (text.strip().equals("ITEM LIST") || text.startsWith("Command ") || text.startsWith("ERROR:")) {
            endRule();
            return true;
        }
        Matcher heading = HEADING.matcher(text);
        return heading.matches() ? heading(heading.group(1), heading.group(2), number) : inside(text, number);
    }

    private void at(String id) {
        endRule();
        port = id.toLowerCase(Locale.ROOT);
        layer = "";
        group = "";
        direction = "";
        awaitsPort = false;
    }

    private boolean heading(String kind, String name, int number) {
        endRule();
        switch (kind) {
            case "LAYER" -> {
                layer = share(name);
                group = "";
                direction = "";
                pendingLayer = layer;
                pendingLayerLine = number;
            }
            case "GROUP" -> {
                endLayer(OptionalInt.empty());
                group = share(name);
                direction = name.endsWith("_IN") ? "IN" : name.endsWith("_OUT") ? "OUT" : "";
            }
            default -> {
                endLayer(OptionalInt.empty());
                draft = new Draft(name, number);
                modifying = false;
            }
        }
        return true;
    }

    private void endLayer(OptionalInt priority) {
        if (pendingLayerLine > 0) {
            state.add(new VfpLayer(port, pendingLayer, priority, new Source(file, pendingLayerLine)));
            pendingLayerLine = 0;
        }
    }

    private boolean inside(String text, int number) {
        Draft rule = draft;
        if (rule != null && text.indexOf('{') >= 0 && (backend(text, rule) || encap(text, rule))) {
            return true;
        }
        int colon = text.indexOf(':');
        String key = colon < 0 ? "" : text.substring(0, colon).strip();
        if (isKey(key)) {
            field(key.toLowerCase(Locale.ROOT), text.substring(colon + 1).strip(), rule, number);
            return true;
        }
        Matcher ends = PAIR.matcher(text);
        if (ends.find()) {
            flow(ends, text, number);
            return true;
        }
        boolean isPhrase = PHRASE.matcher(text).matches();
        if (isPhrase
                && rule != null
                && Character.isLetter(text.strip().charAt(0))
                && rule.actions.size() < MAX_FIELDS) {
            rule.actions.put(share(text.strip().toLowerCase(Locale.ROOT)), "");
        }
        return isPhrase;
    }

    /// A letter, then letters, digits and the few marks that names of fields have.
    private static boolean isKey(String key) {
        if (key.isEmpty() || !Character.isLetter(key.charAt(0))) {
            return false;
        }
        for (int i = 1; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!Character.isLetterOrDigit(c) && " /_()-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean backend(String text, Draft rule) {
        Matcher backend = BACKEND.matcher(text);
        if (!backend.matches()) {
            return false;
        }
        Optional<Address> address = AddressText.parse(backend.group(1));
        int number = Integer.parseInt(backend.group(2));
        if (address.isPresent() && number <= 0xffff && rule.backends.size() < MAX_BACKENDS) {
            rule.backends.add(new Endpoint(address.get(), number));
        }
        return true;
    }

    private static boolean encap(String text, Draft rule) {
        Matcher encap = ENCAP.matcher(text);
        if (!encap.find()) {
            return false;
        }
        rule.encaps.add(new VfpRule.Encap(
                AddressText.parse(encap.group(1)),
                MacText.parse(encap.group(2)),
                encap.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(encap.group(3)))));
        return true;
    }

    private void flow(Matcher ends, String text, int number) {
        Optional<Address> source = AddressText.parse(ends.group(1));
        Optional<Address> destination = AddressText.parse(ends.group(3));
        int sourcePort = Integer.parseInt(ends.group(2));
        int destinationPort = Integer.parseInt(ends.group(4));
        if (source.isPresent() && destination.isPresent() && sourcePort <= 0xffff && destinationPort <= 0xffff) {
            List<Endpoint> both =
                    List.of(new Endpoint(source.get(), sourcePort), new Endpoint(destination.get(), destinationPort));
            state.add(new VfpFlow(port, both, text.strip(), new Source(file, number)));
        }
    }

    private void field(String key, String value, @Nullable Draft rule, int number) {
        if (rule != null) {
            ofRule(key, value, rule);
        } else if (key.equals("direction")) {
            direction = value.toUpperCase(Locale.ROOT).contains("IN") ? "IN" : "OUT";
        } else if (key.equals("priority") && pendingLayerLine > 0) {
            endLayer(number(value));
        } else if (key.equals("match type") && !group.isEmpty()) {
            state.add(new VfpGroup(port, layer, group, direction, share(value), new Source(file, number)));
        } else if (layer.isEmpty() || !isDescription(key)) {
            state.add(new PortReading(port, direction, share(key), share(value), new Source(file, number)));
        }
    }

    /// What layers and groups say of themselves.
    private static boolean isDescription(String key) {
        return switch (key) {
            case "friendly name", "priority", "flags", "type", "conditions", "match type" -> true;
            default -> false;
        };
    }

    private void ofRule(String key, String value, Draft rule) {
        switch (key) {
            case "friendly name" -> rule.name = value;
            case "priority" -> rule.priority = number(value);
            case "modify", "transposition" -> modifying = true;
            case "type" -> type(value, rule);
            default -> other(key, value, rule);
        }
    }

    /// A rule of dynamic NAT says in a second line of that name what it translates, and with which pool.
    private void type(String value, Draft rule) {
        if (rule.type.isEmpty()) {
            rule.type = share(value.toLowerCase(Locale.ROOT).replace("m encaps", "mapencap"));
            return;
        }
        Matcher pool = NAT_POOL.matcher(value);
        if (pool.find()) {
            rule.actions.put("nat pool", pool.group(1));
        }
    }

    private void other(String key, String value, Draft rule) {
        if (modifying && !value.isEmpty() && CONDITIONS.contains(key)) {
            rule.actions.put("modify " + key, value);
        } else if (CONDITIONS.contains(key)) {
            rule.conditions.put(share(key), share(value.replace('_', '.')));
        } else if (COUNTERS.contains(key) && value.matches("\\d{1,18}")) {
            rule.counters.put(share(key), Long.parseLong(value));
        } else if (!value.isEmpty() && rule.actions.size() < MAX_FIELDS) {
            rule.actions.put(share(key), share(value));
        }
    }

    private static OptionalInt number(String value) {
        return value.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    private String share(String text) {
        if (shared.size() > 1 << 16) {
            return text;
        }
        return shared.computeIfAbsent(text, same -> same);
    }

    /// Ends what is open.
    public void end() {
        endRule();
        endLayer(OptionalInt.empty());
    }

    private void endRule() {
        Draft rule = draft;
        draft = null;
        if (rule != null) {
            state.add(new VfpRule(
                    port,
                    layer,
                    group,
                    direction,
                    rule.name.isEmpty() ? rule.id : rule.name,
                    rule.type,
                    rule.priority,
                    rule.conditions,
                    rule.backends,
                    rule.encaps,
                    rule.actions,
                    rule.counters,
                    new Source(file, rule.line)));
        }
    }
}
