package hopline.flows.state.vfp;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import hopline.flows.state.text.Digits;
import hopline.flows.state.text.MacText;
import hopline.flows.state.text.TextSection;
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
public final class VfpText implements TextSection {

    /// How collectors head what `vfpctrl` says of a port.
    private static final String COLLECTED = "Policy for port";

    private static final List<String> HEADINGS = List.of("LAYER", "GROUP", "RULE");
    private static final Pattern PORT = Pattern.compile(
            "(?i)(?:policy for port\\s*:|get-port-counter for port\\s*:|vfpctrl(?:\\.exe)?\\s.*?/port\\s)\\s*([0-9a-f-]{36})?.*");
    private static final Pattern GUID =
            Pattern.compile("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
    /// How what one port was asked is called, when each question has a file of its own.
    private static final Pattern PORT_FILE = Pattern.compile("(" + GUID + ")-(?:get|list)-[a-z-]+\\.txt$");

    private static final Pattern ENCAP = Pattern.compile(
            "\\{\\s*IP address=([^,\\s]+),\\s*MAC address=([^,\\s]+)(?:,\\s*GRE key=(\\d{1,8}))?\\s*\\}");
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
    private static final int MAX_TEXT = 400;

    private final String file;
    private final VfpState state;
    private final Map<String, String> shared = new HashMap<>();
    private String port = "";
    private String layer = "";
    private String group = "";
    private String direction = "";
    private boolean awaitsPort;
    private boolean isCollected;
    private boolean isListing;
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
        Matcher named = PORT_FILE.matcher(file);
        if (named.find()) {
            at(named.group(1));
            isCollected = true;
        }
    }

    /// Whether what `vfpctrl` prints begins with that line: alone, a port's state is told by the name of
    /// its `file`.
    public static boolean begins(String line, String file) {
        return begins(line) || (line.contains(" : ") && PORT_FILE.matcher(file).find());
    }

    private static boolean begins(String line) {
        String bare = line.strip();
        return !heading(bare).isEmpty() || bare.equals("ITEM LIST") || isPort(line);
    }

    /// The word that begins a heading; empty when `bare` is none.
    private static String heading(String bare) {
        for (String word : HEADINGS) {
            if (bare.startsWith(word)
                    && bare.substring(word.length()).stripLeading().startsWith(":")) {
                return word;
            }
        }
        return "";
    }

    /// A line that names the port of what follows.
    private static boolean isPort(String line) {
        return (line.contains("for port") || line.contains("vfpctrl"))
                && !line.contains("/list-vmswitch-port")
                && PORT.matcher(line).find();
    }

    @Override
    public boolean line(String text, int number) {
        String bare = text.strip();
        if (isRuler(bare)) {
            return true;
        }
        if (awaitsPort && GUID.matcher(bare).matches()) {
            at(bare);
            return true;
        }
        if (isPort(text)) {
            Matcher portLine = PORT.matcher(text);
            String id = portLine.find() ? portLine.group(1) : null;
            at(id == null ? "" : id);
            awaitsPort = id == null;
            isCollected = bare.startsWith(COLLECTED);
            return true;
        }
        if (bare.equals("ITEM LIST") || text.startsWith("Command ") || text.startsWith("ERROR:")) {
            endRule();
            isListing = bare.equals("ITEM LIST");
            return true;
        }
        String heading = heading(bare);
        if (heading.isEmpty()) {
            return inside(bare, number);
        }
        heading(heading, bare.substring(bare.indexOf(':') + 1).strip(), number);
        return true;
    }

    /// Nothing, or a line drawn with `=` or `-`.
    private static boolean isRuler(String bare) {
        for (int i = 0; i < bare.length(); i++) {
            if (bare.charAt(i) != '=' && bare.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    private void at(String id) {
        endRule();
        port = id.toLowerCase(Locale.ROOT);
        layer = "";
        group = "";
        direction = "";
        awaitsPort = false;
    }

    private void heading(String kind, String name, int number) {
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
                direction = group.endsWith("_IN") ? "IN" : group.endsWith("_OUT") ? "OUT" : "";
            }
            default -> {
                endLayer(OptionalInt.empty());
                draft = new Draft(share(name), number);
                modifying = false;
            }
        }
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
        if (isPhrase(text)) {
            phrase(text, rule);
            return true;
        }
        int colon = text.indexOf(':');
        String key = colon < 0 ? "" : text.substring(0, colon).strip();
        if (isKey(key)) {
            field(key.toLowerCase(Locale.ROOT), text.substring(colon + 1).strip(), rule, number);
            return true;
        }
        Matcher ends = PAIR.matcher(text);
        boolean isFlow = ends.find();
        if (isFlow) {
            flow(ends, text, number);
        }
        return isFlow || (rule != null && text.startsWith("{"));
    }

    /// What a rule does besides, such as `Decrementing TTL`, is an action without a value.
    private void phrase(String text, @Nullable Draft rule) {
        if (rule != null && Character.isLetter(text.charAt(0)) && rule.actions.size() < MAX_FIELDS) {
            rule.actions.put(share(text.toLowerCase(Locale.ROOT)), "");
        }
    }

    /// Words without a value, such as `Fixing MAC`, and what stands for none or for what was left out.
    private static boolean isPhrase(String text) {
        if (text.charAt(0) < 'A' || text.charAt(0) > 'Z') {
            return text.equals("<none>") || text.equals("...");
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && !(c < 0x80 && Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return true;
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

    /// As in `{ 10.244.0.25 : 53 }`; an IPv6 address has colons of its own.
    private static boolean backend(String text, Draft rule) {
        int colon = text.lastIndexOf(" : ");
        if (colon < 0 || !text.startsWith("{") || !text.endsWith("}")) {
            return false;
        }
        OptionalInt number =
                Digits.number(text.substring(colon + 3, text.length() - 1).strip());
        Optional<Address> address = AddressText.parse(text.substring(1, colon).strip());
        if (address.isPresent()
                && number.isPresent()
                && number.getAsInt() <= 0xffff
                && rule.backends.size() < MAX_BACKENDS) {
            rule.backends.add(new Endpoint(address.get(), number.getAsInt()));
        }
        return true;
    }

    private static boolean encap(String text, Draft rule) {
        Matcher encap = ENCAP.matcher(text);
        if (!encap.find()) {
            return false;
        }
        if (rule.encaps.size() == MAX_BACKENDS) {
            return true;
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
            state.add(new VfpFlow(port, both, share(text), new Source(file, number)));
        }
    }

    private void field(String key, String value, @Nullable Draft rule, int number) {
        if (rule != null) {
            ofRule(key, value, rule);
        } else if (key.equals("direction")) {
            direction = value.toUpperCase(Locale.ROOT).contains("IN") ? "IN" : "OUT";
        } else if (key.equals("priority") && pendingLayerLine > 0) {
            endLayer(Digits.number(value));
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
            case "friendly name" -> rule.name = share(value);
            case "priority" -> rule.priority = Digits.number(value);
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
            rule.actions.put("nat pool", share(pool.group(1)));
        }
    }

    private void other(String key, String value, Draft rule) {
        if (modifying && !value.isEmpty() && CONDITIONS.contains(key)) {
            rule.actions.put(share("modify " + key), share(value));
        } else if (CONDITIONS.contains(key)) {
            rule.conditions.put(share(key), share(value.replace('_', '.')));
        } else if (COUNTERS.contains(key) && Digits.wide(value).isPresent()) {
            rule.counters.put(share(key), Digits.wide(value).getAsLong());
        } else if (!value.isEmpty() && rule.actions.size() < MAX_FIELDS) {
            rule.actions.put(share(key), share(value));
        }
    }

    private String share(String text) {
        if (text.length() > MAX_TEXT) {
            return text.substring(0, MAX_TEXT) + "…";
        }
        if (shared.size() > 1 << 16) {
            return text;
        }
        return shared.computeIfAbsent(text, same -> same);
    }

    /// The last line of a list is `Command … succeeded!`: people leave it out of what they show others, a
    /// collector does not. Of a rule that is cut, what it lacks counts as much as what it has.
    @Override
    public boolean endOfFile() {
        boolean isCut = isCollected && isListing;
        if (isCut) {
            draft = null;
        }
        end();
        return !isCut;
    }

    @Override
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
