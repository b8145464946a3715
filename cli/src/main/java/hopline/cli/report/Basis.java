package hopline.cli.report;

import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.ClockFacts;
import hopline.flows.analysis.InputFacts;
import hopline.flows.rule.Verdict;
import hopline.flows.state.ClusterCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an analysis rests on: what was read, what it can prove, and what it cannot.
public final class Basis {

    private static final int MAX_POINTS = 12;

    /// So many pieces are told of together.
    private static final int MANY = 4;

    private final List<Fact> facts = new ArrayList<>();

    /// One thing worth knowing; neighbours with one label belong together.
    ///
    /// @param text not escaped
    public record Fact(String label, String text, boolean isWarning) {}

    private Basis() {}

    /// In the order in which people want to know.
    public static List<Fact> of(Analysis analysis) {
        Basis basis = new Basis();
        basis.add(
                "Read",
                plural(analysis.inputs().size(), "capture") + ": " + plural(analysis.records(), "record") + " of "
                        + plural(analysis.distinctPackets(), "packet") + span(analysis));
        basis.addInputs(analysis.inputs());
        basis.addCluster(analysis);
        analysis.clocks().forEach(clock -> basis.add("Clocks", describe(clock)));
        EventText.summary(analysis.scene().events()).forEach(line -> basis.add("Events", line));
        basis.add("Flows", verdicts(analysis));
        Proofs.of(analysis).forEach(proof -> basis.add("Proves", proof));
        Proofs.gapsOf(analysis).forEach(gap -> basis.add("Unproven", gap));
        analysis.limits().forEach(limit -> basis.add("Limits", Numerals.groupedIn(limit)));
        return basis.facts;
    }

    private void add(String label, String text) {
        facts.add(new Fact(label, text, false));
    }

    private static String plural(long count, String noun) {
        return TextReport.plural(count, noun);
    }

    private static String span(Analysis analysis) {
        List<InputFacts> timed = analysis.inputs().stream()
                .filter(input -> input.firstNanos() <= input.lastNanos())
                .toList();
        if (timed.isEmpty()) {
            return "";
        }
        long first = timed.stream().mapToLong(InputFacts::firstNanos).min().orElse(0);
        long last = timed.stream().mapToLong(InputFacts::lastNanos).max().orElse(0);
        return (last == first ? ", at " : ", " + Times.duration(last - first) + " from ") + Times.seconds(first);
    }

    /// A long capture in many pieces is told of once.
    private void addInputs(List<InputFacts> inputs) {
        int from = 0;
        while (from < inputs.size()) {
            int until = endOfRow(inputs, from);
            if (until - from >= MANY) {
                addRow(inputs.subList(from, until));
            } else {
                inputs.subList(from, until).forEach(this::addInput);
            }
            from = until;
        }
    }

    /// Where the pieces of one capture end of which there is nothing else to tell.
    private static int endOfRow(List<InputFacts> inputs, int from) {
        int until = from + 1;
        while (until < inputs.size()
                && warnings(inputs.get(from)).isEmpty()
                && warnings(inputs.get(until)).isEmpty()
                && inputs.get(until).baseName().equals(inputs.get(from).baseName())
                && inputs.get(until).node().equals(inputs.get(from).node())) {
            until++;
        }
        return until;
    }

    private void addRow(List<InputFacts> row) {
        List<String> points = row.stream()
                .flatMap(input -> input.capturePoints().stream())
                .distinct()
                .toList();
        String node = row.getFirst().node();
        long records = row.stream().mapToLong(InputFacts::records).sum();
        add(
                "Read",
                row.getFirst().file() + " to " + row.getLast().file() + ": " + plural(row.size(), "file")
                        + (isOnePoint(points, node) ? "" : " of node " + node)
                        + ", " + plural(records, "record") + points(points, node) + harm(row));
    }

    private void addInput(InputFacts input) {
        add(
                "Read",
                input.file() + ": " + node(input) + plural(input.records(), "record")
                        + points(input.capturePoints(), input.node()) + harm(List.of(input)));
        warnings(input).forEach(warning -> facts.add(new Fact("Read", warning, true)));
    }

    private static List<String> warnings(InputFacts input) {
        return Stream.concat(input.problem().stream(), input.warnings().stream())
                .toList();
    }

    /// A file that tells no node is one itself.
    private static String node(InputFacts input) {
        boolean named = !isOnePoint(input.capturePoints(), input.node())
                && !input.node().equals(input.file());
        return named ? "node " + input.node() + ", " : "";
    }

    private static boolean isOnePoint(List<String> points, String node) {
        return points.equals(List.of(node));
    }

    private static String points(List<String> points, String node) {
        if (isOnePoint(points, node) || points.isEmpty()) {
            return "";
        }
        int more = points.size() - MAX_POINTS;
        return " at " + points.stream().limit(MAX_POINTS).collect(Collectors.joining(" "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// How many of the records are not whole, if any.
    private static String harm(List<InputFacts> inputs) {
        long truncated = inputs.stream().mapToLong(InputFacts::truncatedRecords).sum();
        long malformed = inputs.stream().mapToLong(InputFacts::malformedRecords).sum();
        return count(truncated, "cut short") + count(malformed, "malformed");
    }

    private static String count(long records, String how) {
        return records == 0 ? "" : ", " + Numerals.grouped(records) + " " + how;
    }

    private void addCluster(Analysis analysis) {
        ClusterCounts counts = analysis.scene().cluster().counts();
        if (!analysis.scene().cluster().isEmpty()) {
            add(
                    "Cluster",
                    plural(counts.pods(), "pod") + ", " + plural(counts.services(), "service") + ", "
                            + plural(counts.endpoints(), "endpoint") + ", " + plural(counts.nodes(), "node"));
        }
    }

    private static String describe(ClockFacts clock) {
        String pairs = ", by " + plural(clock.pairs(), "packet") + " seen on both";
        if (Math.abs(clock.offsetNanos()) <= clock.uncertaintyNanos()) {
            return clock.node() + " and " + clock.relativeTo() + " agree within "
                    + Times.duration(clock.uncertaintyNanos()) + pairs;
        }
        return clock.node() + " is " + Times.duration(Math.abs(clock.offsetNanos()))
                + (clock.offsetNanos() < 0 ? " behind " : " ahead of ") + clock.relativeTo() + " ± "
                + Times.duration(clock.uncertaintyNanos()) + pairs + "; corrected";
    }

    private static String verdicts(Analysis analysis) {
        String listed = Arrays.stream(Verdict.values())
                .filter(verdict -> analysis.verdicts().containsKey(verdict))
                .map(verdict -> Numerals.grouped(analysis.verdicts().getOrDefault(verdict, 0L)) + " " + verdict.label())
                .collect(Collectors.joining(", "));
        return plural(analysis.flowsTotal(), "flow") + (listed.isEmpty() ? "" : ": " + listed);
    }
}
