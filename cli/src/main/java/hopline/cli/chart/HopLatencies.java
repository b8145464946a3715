package hopline.cli.chart;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.path.Passage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long packets took from one capture point to the next, told by one packet for each flow and way.
final class HopLatencies {

    private record Between(CapturePoint from, CapturePoint to) {}

    /// The times from one point to the next.
    ///
    /// @param nanos sorted, in nanoseconds
    record Hop(CapturePoint from, CapturePoint to, List<Long> nanos) {

        Hop {
            nanos = List.copyOf(nanos);
        }

        /// The time that this share of all does not exceed; `share` from 0 to 1.
        long quantile(double share) {
            return nanos.get((int) Math.round(share * (nanos.size() - 1)));
        }
    }

    private HopLatencies() {}

    /// Those of all reported flows: the `most` hops that were taken most often.
    static List<Hop> of(Analysis analysis, int most) {
        Map<Between, List<Long>> times = new LinkedHashMap<>();
        for (FlowReport report : analysis.flows()) {
            report.flow().forward().forEach(passage -> add(passage, times));
            report.flow().reverse().forEach(passage -> add(passage, times));
        }
        return times.entrySet().stream()
                .map(entry -> new Hop(
                        entry.getKey().from(),
                        entry.getKey().to(),
                        entry.getValue().stream().sorted().toList()))
                .sorted(Comparator.comparingInt(hop -> -hop.nanos().size()))
                .limit(most)
                .toList();
    }

    private static void add(Passage passage, Map<Between, List<Long>> times) {
        Stage before = null;
        for (Stage stage : passage.path().stages()) {
            if (before != null && stage.epochNanos() > before.epochNanos()) {
                times.computeIfAbsent(new Between(before.point(), stage.point()), hop -> new ArrayList<>())
                        .add(stage.epochNanos() - before.epochNanos());
            }
            before = stage;
        }
    }
}
