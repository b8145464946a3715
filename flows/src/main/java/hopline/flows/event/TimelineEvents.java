package hopline.flows.event;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.VfpRule;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// Chooses of a system's events those that stand in a timeline, and counts the others.
public final class TimelineEvents {

    private final Consumer<SystemEvent> shown;
    private final Churn churn = new Churn();
    private final Map<EventLayout, Long> layouts = new EnumMap<>(EventLayout.class);
    private long steps;

    /// Hands to `shown` what is worth a line.
    public TimelineEvents(Consumer<SystemEvent> shown) {
        this.shown = shown;
    }

    /// Takes the next event, in the order of time.
    public void add(SystemEvent event) {
        layouts.merge(event.layout(), 1L, Long::sum);
        if (isWorthALine(event)) {
            shown.accept(event);
        }
    }

    private boolean isWorthALine(SystemEvent event) {
        return switch (event.matter()) {
            case Matter.RuleMatched match -> refusal(match.rule().type() == VfpRule.BLOCK || match.status() != 0);
            case Matter.FlowDecided flow -> refusal(flow.status() != 0);
            case Matter.Step step -> refusal(false);
            case Matter.Dropped drop -> true;
            case Matter.PortsExhausted exhausted -> true;
            case Matter.Raw raw -> true;
            case Matter.Session session -> {
                churn.add("", event.provider(), session);
                yield false;
            }
            case Matter.Operation operation -> {
                churn.add("", event.provider(), operation);
                yield !operation.routine();
            }
        };
    }

    private boolean refusal(boolean refused) {
        steps += refused ? 0 : 1;
        return refused;
    }

    /// No event was heard.
    public boolean isEmpty() {
        return layouts.isEmpty();
    }

    /// How many events there are, by what they were read.
    public Map<EventLayout, Long> layouts() {
        return Collections.unmodifiableMap(layouts);
    }

    /// How often what came and went.
    public Churn churn() {
        return churn;
    }

    /// Steps of packets through the virtual filtering platform that were let through.
    public long steps() {
        return steps;
    }
}
