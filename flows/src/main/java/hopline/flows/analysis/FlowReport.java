package hopline.flows.analysis;

import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import java.util.List;

/// One flow as it is reported.
///
/// @param id `f1`, `f2`, … in the order flows were found
/// @param findings the ids of the findings that name it
public record FlowReport(String id, FlowCase flow, Verdict verdict, List<String> findings) {

    public FlowReport {
        findings = List.copyOf(findings);
    }

    /// The id of the flow with that [hopline.flows.Flow#number].
    public static String id(long number) {
        return "f" + (number + 1);
    }
}
