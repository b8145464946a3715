package hopline.flows.rule;

import hopline.decode.stage.Stage;
import java.util.List;
import java.util.Map;

/// One cause, with all the flows it explains.
///
/// @param id `n1`, `n2`, … in the order of the report
/// @param lead what was seen first of it
/// @param severity the worst of what was seen
/// @param certain whether one observation at least leaves no other cause
/// @param flows the [Flow#number]s of those it explains, the first [Findings#MAX_FLOWS] of them
/// @param flowCount how many there are in all
/// @param packets how many packets it concerns; when it is about captures as a whole, how many records
/// @param firstNanos when the first of those was sent, nanoseconds since 1970
/// @param lastNanos when the last of those was sent
/// @param effects what else the rules saw because of it, and how often
/// @param evidence records that prove it, the most telling first
public record Finding(
        String id,
        Observation lead,
        Severity severity,
        boolean certain,
        List<Long> flows,
        long flowCount,
        long packets,
        long firstNanos,
        long lastNanos,
        Map<String, Long> effects,
        List<Stage> evidence) {

    public Finding {
        flows = List.copyOf(flows);
        evidence = List.copyOf(evidence);
    }

    /// The rule's id.
    public String rule() {
        return lead.rule().id();
    }
}
