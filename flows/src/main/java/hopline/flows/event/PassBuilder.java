package hopline.flows.event;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what one processor logs of one packet at one port: the events follow each other, and those of
/// a rewrite do not repeat whose packet it is.
final class PassBuilder {

    /// What one packet goes through takes microseconds; two packets of one tuple are apart by more.
    private static final long MAX_PAUSE_NANOS = 1_000_000;

    private static final int MAX_STEPS = 64;

    private final String node;
    private final SwitchPort port;
    private final int protocol;
    private final EventLayout layout;
    private final List<Matter> steps = new ArrayList<>();
    private final List<EventTuple> forms = new ArrayList<>();
    private final long firstNanos;
    private long lastNanos;

    private PassBuilder(String node, SwitchPort port, EventTuple form, EventLayout layout, long epochNanos) {
        this.node = node;
        this.port = port;
        this.protocol = form.protocol();
        this.layout = layout;
        this.firstNanos = epochNanos;
        this.lastNanos = epochNanos;
        forms.add(form);
    }

    /// Begins with an event that says whose packet it is; null for others.
    static @Nullable PassBuilder of(String node, SystemEvent event, long epochNanos) {
        SwitchPort port = port(event.matter());
        Optional<EventTuple> form = tuple(event.matter()).flatMap(EventTuple::of);
        if (port == null || form.isEmpty()) {
            return null;
        }
        PassBuilder builder = new PassBuilder(node, port, form.get(), event.layout(), epochNanos);
        builder.steps.add(event.matter());
        return builder;
    }

    /// The port that it happened at, or null when it is about none.
    static @Nullable SwitchPort port(Matter matter) {
        return switch (matter) {
            case Matter.Step step -> step.port();
            case Matter.Dropped drop -> drop.port().orElse(null);
            default -> null;
        };
    }

    private static Optional<Tuple> tuple(Matter matter) {
        return switch (matter) {
            case Matter.RuleMatched match -> Optional.of(match.tuple());
            case Matter.NoRuleMatched none -> Optional.of(none.tuple());
            case Matter.FlowMatched match -> Optional.of(match.tuple());
            case Matter.FlowDecided flow -> Optional.of(flow.tuple());
            case Matter.Dropped drop -> drop.tuple();
            default -> Optional.empty();
        };
    }

    /// Takes the event in when it goes on with this packet.
    boolean add(SystemEvent event, long epochNanos) {
        Matter matter = event.matter();
        SwitchPort at = port(matter);
        boolean here = at != null && at.number() == port.number() && at.inbound() == port.inbound();
        if (!here || epochNanos - lastNanos > MAX_PAUSE_NANOS || steps.size() >= MAX_STEPS || !isOfThisPacket(matter)) {
            return false;
        }
        if (matter instanceof Matter.Rewritten rewritten) {
            EventTuple.of(rewritten.to()).map(form -> form.of(protocol)).ifPresent(forms::add);
        }
        steps.add(matter);
        lastNanos = epochNanos;
        return true;
    }

    /// A packet that comes a second time begins its way anew.
    private boolean isOfThisPacket(Matter matter) {
        Optional<EventTuple> form = tuple(matter).flatMap(EventTuple::of);
        return form.map(forms::contains).orElse(true) && !steps.contains(matter);
    }

    Pass build() {
        return new Pass(node, port, steps, forms, firstNanos, lastNanos, layout);
    }
}
