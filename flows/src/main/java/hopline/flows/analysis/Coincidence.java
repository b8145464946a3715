package hopline.flows.analysis;

import hopline.capture.event.Action;
import hopline.capture.event.Matter;
import hopline.flows.event.EventLog;
import hopline.flows.event.Happening;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Severity;
import hopline.flows.scene.FlowCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Something that happened on a finding's node when the finding began: perhaps its cause.
///
/// @param beforeNanos how long before the finding's first packet; negative when after it
/// @param concerns it names an address or a name of the finding's flows
public record Coincidence(Happening happening, long beforeNanos, boolean concerns) {

    /// As many are worth telling.
    private static final int MAX = 3;

    /// What names the flows' own addresses may lie that far back.
    private static final long CONCERNED_WITHIN_NANOS = 60_000_000_000L;

    /// What names others must be near.
    private static final long NEAR_NANOS = 2_000_000_000L;

    private static final long AFTER_NANOS = 1_000_000_000L;

    /// Flows of a finding whose addresses are looked for.
    private static final int MAX_FLOWS = 20;

    /// What coincides with `finding`, what concerns it first, then the nearest; notes have none.
    ///
    /// @param flows those of the finding, as far as they are reported
    public static List<Coincidence> of(Finding finding, List<FlowCase> flows, EventLog events) {
        if (finding.severity() == Severity.NOTE || events.happenings().isEmpty()) {
            return List.of();
        }
        Set<String> names = names(flows);
        List<Coincidence> found = new ArrayList<>();
        for (Happening happening : events.happenings()) {
            if (happening.node().equals(finding.lead().place().node())) {
                add(happening, finding, names, found);
            }
        }
        found.sort(Comparator.<Coincidence, Boolean>comparing(each -> !each.concerns)
                .thenComparing(each -> Math.abs(each.beforeNanos)));
        return List.copyOf(found.subList(0, Math.min(MAX, found.size())));
    }

    private static void add(Happening happening, Finding finding, Set<String> names, List<Coincidence> found) {
        long before = finding.firstNanos() - happening.epochNanos();
        boolean concerns = concerns(happening.event().matter(), names);
        boolean inTime = before <= (concerns ? CONCERNED_WITHIN_NANOS : NEAR_NANOS)
                && happening.epochNanos() <= (concerns ? finding.lastNanos() : finding.firstNanos()) + AFTER_NANOS;
        boolean told = found.stream().anyMatch(each -> each.happening.text().equals(happening.text()));
        if (inTime && !told && isCause(happening.event().matter(), concerns, before)) {
            found.add(new Coincidence(happening, before, concerns));
        }
    }

    /// Drops that name whose packet it was are findings already. What was created in good time breaks nothing; what the
    /// flow needed and was created too late, or not, may.
    private static boolean isCause(Matter matter, boolean concerns, long before) {
        return switch (matter) {
            case Matter.Dropped drop -> drop.tuple().isEmpty();
            case Matter.Operation operation ->
                operation.action() == Action.CREATED
                        ? concerns && (before < 0 || !operation.error().isEmpty())
                        : concerns || operation.action() != Action.TOLD;
            default -> true;
        };
    }

    private static boolean concerns(Matter matter, Set<String> names) {
        return matter instanceof Matter.Operation operation
                && operation.about().stream().anyMatch(names::contains);
    }

    private static Set<String> names(List<FlowCase> flows) {
        Set<String> names = new HashSet<>();
        flows.stream().limit(MAX_FLOWS).forEach(flow -> {
            for (var party : List.of(flow.initiator(), flow.target(), flow.responder())) {
                names.add(party.endpoint().address().toString());
                party.pod().ifPresent(pod -> names.add(pod.id().name()));
                party.service()
                        .ifPresent(service -> names.add(service.service().id().name()));
            }
        });
        return names;
    }
}
