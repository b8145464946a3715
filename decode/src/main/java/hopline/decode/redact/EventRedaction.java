package hopline.decode.redact;

import hopline.capture.event.EventFields;
import hopline.capture.event.SystemEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a system logged beside packets: its own words, times and numbers stay; addresses, and what people named,
/// are rewritten. What the system noted beside an event is left out: users, containers, stacks.
final class EventRedaction {

    /// Fields in words that are the system's own. Places, reasons and errors also hold what people named: ports, rules.
    private static final Set<String> SYSTEMS =
            Set.of("PROVIDER", "NAME", "LAYOUT", "MATTER", "BY", "KIND", "ACTION", "BEGINS", "ROUTINE");

    private final TextRedaction text;

    EventRedaction(TextRedaction text) {
        this.text = text;
    }

    /// What stands in the place of `event`; empty when it would be none any more.
    Optional<SystemEvent> redact(SystemEvent event) {
        Map<String, String> made = new LinkedHashMap<>(EventFields.of(event));
        made.keySet().removeIf(name -> name.startsWith(EventFields.BESIDE));
        made.replaceAll((name, value) -> SYSTEMS.contains(name) ? value : text.redact(value));
        return EventFields.read(made);
    }
}
