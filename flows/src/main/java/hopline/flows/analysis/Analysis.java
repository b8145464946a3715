package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that was found in a set of captures.
///
/// @param inputs what was read
/// @param clocks how the nodes' clocks differ, the reference node left out
/// @param points every capture point
/// @param records how many records were read
/// @param distinctPackets how many packets they are
/// @param flowsTotal how many flows there are
/// @param verdicts how many flows, of all, met which end
/// @param flows the flows reported: first those that a finding names, then the largest
/// @param findings the most serious first
/// @param scene what was learnt of the network
/// @param limits which bounds were hit, in sentences; empty when none
public record Analysis(
        List<InputFacts> inputs,
        List<ClockFacts> clocks,
        List<CapturePoint> points,
        long records,
        long distinctPackets,
        long flowsTotal,
        Map<Verdict, Long> verdicts,
        List<FlowReport> flows,
        List<Finding> findings,
        Scene scene,
        List<String> limits) {

    public Analysis {
        inputs = List.copyOf(inputs);
        clocks = List.copyOf(clocks);
        points = List.copyOf(points);
        verdicts = Map.copyOf(verdicts);
        flows = List.copyOf(flows);
        findings = List.copyOf(findings);
        limits = List.copyOf(limits);
    }

    /// What happened on the finding's node when it began, by what the systems logged beside packets.
    public List<Coincidence> coincidences(Finding finding) {
        if (scene.events().happenings().isEmpty()) {
            return List.of();
        }
        Set<Long> numbers = Set.copyOf(finding.flows());
        List<FlowCase> named = flows.stream()
                .map(FlowReport::flow)
                .filter(flow -> numbers.contains(flow.flow().number()))
                .toList();
        return Coincidence.of(finding, named, scene.events());
    }
}
