package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Scene;
import java.util.List;

/// All that was found in a set of captures.
///
/// @param inputs what was read
/// @param clocks how the nodes' clocks differ, the reference node left out
/// @param points every capture point
/// @param records how many records were read
/// @param distinctPackets how many packets they are
/// @param flowsTotal how many flows there are
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
        List<FlowReport> flows,
        List<Finding> findings,
        Scene scene,
        List<String> limits) {

    public Analysis {
        inputs = List.copyOf(inputs);
        clocks = List.copyOf(clocks);
        points = List.copyOf(points);
        flows = List.copyOf(flows);
        findings = List.copyOf(findings);
        limits = List.copyOf(limits);
    }
}
