package hopline.capture.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A [SystemEvent] as named texts, from which it can be had again: what a capture that is no trace keeps of it.
///
/// What is read may have been written by anybody: fields that do not make an event make none.
public final class EventFields {

    /// Begins the names of what the system noted beside an event.
    public static final String BESIDE = "WITH_";

    private static final String PORT = "PORT";
    private static final String RULE = "RULE";
    private static final String FROM = "TUPLE";
    private static final String TO = "OUTSIDE";

    private final Map<String, String> fields;

    private EventFields(Map<String, String> fields) {
        this.fields = fields;
    }

    /// The fields of `event`, in an order that suits people, by names of capital letters and underscores.
    public static Map<String, String> of(SystemEvent event) {
        EventFields made = new EventFields(new LinkedHashMap<>());
        made.put("TIME", event.epochNanos());
        made.put("PROVIDER", event.provider());
        made.put("ID", event.id());
        made.put("NAME", event.name());
        made.put("LAYOUT", event.layout().name());
        made.put("PROCESSOR", event.processor());
        event.extended().forEach((what, text) -> made.put(BESIDE + upper(what), text));
        made.put("MATTER", kind(event.matter()));
        made.put(event.matter());
        return made.fields;
    }

    /// The event that `fields` tell; empty when they tell none.
    public static Optional<SystemEvent> read(Map<String, String> fields) {
        EventFields given = new EventFields(fields);
        try {
            return Optional.of(new SystemEvent(
                    given.number("TIME"),
                    given.text("PROVIDER"),
                    given.whole("ID"),
                    given.text("NAME"),
                    EventLayout.valueOf(given.text("LAYOUT")),
                    given.whole("PROCESSOR"),
                    given.extended(),
                    given.matter()));
        } catch (IllegalArgumentException e) { // a number or a word that is none
            return Optional.empty();
        }
    }

    private static String upper(String words) {
        return words.toUpperCase(Locale.ROOT).replace(' ', '_');
    }

    private Map<String, String> extended() {
        Map<String, String> extended = new LinkedHashMap<>();
        fields.forEach((name, text) -> {
            if (name.startsWith(BESIDE) && !text.isEmpty()) {
                extended.put(
                        name.substring(BESIDE.length()).toLowerCase(Locale.ROOT).replace('_', ' '), text);
            }
        });
        return extended;
    }

    private static String kind(Matter matter) {
        return switch (matter) {
            case Matter.RuleMatched match -> "rule-matched";
            case Matter.NoRuleMatched none -> "no-rule-matched";
            case Matter.FlowMatched match -> "flow-matched";
            case Matter.FlowDecided flow -> "flow-decided";
            case Matter.Rewritten to -> "rewritten";
            case Matter.MacsRewritten to -> "macs-rewritten";
            case Matter.Encapsulated into -> "encapsulated";
            case Matter.Decapsulated out -> "decapsulated";
            case Matter.Dropped drop -> "dropped";
            case Matter.Session session -> "session";
            case Matter.PortsExhausted exhausted -> "ports-exhausted";
            case Matter.Operation operation -> "operation";
            case Matter.Raw raw -> "raw";
        };
    }

    private void put(Matter matter) {
        switch (matter) {
            case Matter.Step step -> {
                put(step.port());
                putStep(step);
            }
            case Matter.Dropped drop -> {
                put("BY", drop.by().name());
                put("AT", drop.at());
                drop.port().ifPresent(this::put);
                drop.tuple().ifPresent(tuple -> put(FROM, tuple));
                put("REASON", drop.reason());
            }
            case Matter.Session session -> {
                put("BEGINS", session.begins());
                put(FROM, session.inside());
                put(TO, session.outside());
            }
            case Matter.PortsExhausted exhausted -> {
                put("POOL", exhausted.pool());
                put("PROTOCOL", exhausted.protocol());
                exhausted.tuple().ifPresent(tuple -> put(FROM, tuple));
            }
            case Matter.Operation operation -> put(operation);
            case Matter.Raw raw -> put("OCTETS", raw.octets());
        }
    }

    private void putStep(Matter.Step step) {
        switch (step) {
            case Matter.RuleMatched match -> {
                put(match.rule());
                put(FROM, match.tuple());
                put("STATUS", match.status());
            }
            case Matter.NoRuleMatched none -> {
                put("LAYER", none.layer());
                put(FROM, none.tuple());
            }
            case Matter.FlowMatched match -> {
                put("LAYER", match.layer());
                put("KIND", match.kind());
                put(FROM, match.tuple());
            }
            case Matter.FlowDecided flow -> {
                put(FROM, flow.tuple());
                put("STATUS", flow.status());
            }
            case Matter.Rewritten to -> put(FROM, to.to());
            case Matter.MacsRewritten to -> {
                put("SOURCE", to.source());
                put("DESTINATION", to.destination());
            }
            case Matter.Encapsulated into -> {
                put("SOURCE", into.source());
                put("DESTINATION", into.destination());
                put("KIND", into.type());
                put("KEY", into.key());
            }
            case Matter.Decapsulated out -> {}
        }
    }

    private void put(Matter.Operation operation) {
        put("ACTION", operation.action().name());
        put("KIND", operation.kind());
        put("SUBJECT", operation.subject());
        put("ABOUT", String.join("\n", operation.about()));
        put("ERROR", operation.error());
        put("ROUTINE", operation.routine());
    }

    private Matter matter() {
        return switch (text("MATTER")) {
            case "rule-matched" -> new Matter.RuleMatched(port(), rule(), tuple(FROM), number("STATUS"));
            case "no-rule-matched" -> new Matter.NoRuleMatched(port(), text("LAYER"), tuple(FROM));
            case "flow-matched" -> new Matter.FlowMatched(port(), text("LAYER"), text("KIND"), tuple(FROM));
            case "flow-decided" -> new Matter.FlowDecided(port(), tuple(FROM), number("STATUS"));
            case "rewritten" -> new Matter.Rewritten(port(), tuple(FROM));
            case "macs-rewritten" -> new Matter.MacsRewritten(port(), text("SOURCE"), text("DESTINATION"));
            case "encapsulated" ->
                new Matter.Encapsulated(port(), text("SOURCE"), text("DESTINATION"), text("KIND"), number("KEY"));
            case "decapsulated" -> new Matter.Decapsulated(port());
            case "dropped" ->
                new Matter.Dropped(
                        Matter.Dropper.valueOf(text("BY")),
                        text("AT"),
                        has(PORT) ? Optional.of(port()) : Optional.empty(),
                        told(FROM),
                        text("REASON"));
            case "session" -> new Matter.Session(flag("BEGINS"), tuple(FROM), tuple(TO));
            case "ports-exhausted" -> new Matter.PortsExhausted(text("POOL"), whole("PROTOCOL"), told(FROM));
            case "operation" -> operation();
            case "raw" -> new Matter.Raw(whole("OCTETS"));
            default -> throw new IllegalArgumentException("no matter of that kind");
        };
    }

    private Matter operation() {
        return new Matter.Operation(
                Action.valueOf(text("ACTION")),
                text("KIND"),
                text("SUBJECT"),
                lines("ABOUT"),
                text("ERROR"),
                flag("ROUTINE"));
    }

    /// As they were joined, the empty ones as well.
    private List<String> lines(String name) {
        String text = text(name);
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    private void put(SwitchPort port) {
        put(PORT, port.number());
        put(PORT + "_INBOUND", port.inbound());
        put(PORT + "_NAME", port.name());
        put(PORT + "_FRIENDLY_NAME", port.friendlyName());
    }

    private SwitchPort port() {
        return new SwitchPort(
                number(PORT), flag(PORT + "_INBOUND"), text(PORT + "_NAME"), text(PORT + "_FRIENDLY_NAME"));
    }

    private void put(VfpRule rule) {
        put("LAYER", rule.layer());
        put("GROUP", rule.group());
        put(RULE, rule.rule());
        put(RULE + "_TYPE", rule.type());
    }

    private VfpRule rule() {
        return new VfpRule(text("LAYER"), text("GROUP"), text(RULE), whole(RULE + "_TYPE"));
    }

    private void put(String name, Tuple tuple) {
        put(name + "_PROTOCOL", tuple.protocol());
        put(name + "_SOURCE", tuple.source());
        put(name + "_SOURCE_PORT", tuple.sourcePort());
        put(name + "_DESTINATION", tuple.destination());
        put(name + "_DESTINATION_PORT", tuple.destinationPort());
    }

    private Tuple tuple(String name) {
        return new Tuple(
                whole(name + "_PROTOCOL"),
                text(name + "_SOURCE"),
                whole(name + "_SOURCE_PORT"),
                text(name + "_DESTINATION"),
                whole(name + "_DESTINATION_PORT"));
    }

    private Optional<Tuple> told(String name) {
        return has(name + "_PROTOCOL") ? Optional.of(tuple(name)) : Optional.empty();
    }

    private void put(String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private void put(String name, long value) {
        fields.put(name, Long.toString(value));
    }

    private void put(String name, boolean value) {
        fields.put(name, value ? "yes" : "no");
    }

    private boolean has(String name) {
        return fields.containsKey(name);
    }

    /// Empty when it is not there: empty texts are not written.
    private String text(String name) {
        return fields.getOrDefault(name, "");
    }

    private boolean flag(String name) {
        return text(name).equals("yes");
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    private int whole(String name) {
        return Integer.parseInt(text(name));
    }
}
