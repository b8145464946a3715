package hopline.cli.report;

import hopline.flows.analysis.Analysis;
import hopline.flows.rule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The verdict on an analysis in a sentence: how many faults in how many flows.
///
/// @param counts of errors and warnings, where there are any
/// @param rest what follows the counts, or the whole sentence where there are none
public record Headline(List<Count> counts, String rest) {

    /// How many findings are that serious.
    public record Count(Severity severity, long findings) {

        String noun() {
            return severity.label();
        }
    }

    public Headline {
        counts = List.copyOf(counts);
    }

    /// The verdict on `analysis`.
    public static Headline of(Analysis analysis) {
        List<Count> counts = new ArrayList<>();
        addCount(analysis, Severity.ERROR, counts);
        addCount(analysis, Severity.WARNING, counts);
        String flows = TextReport.plural(analysis.flowsTotal(), "flow");
        if (!counts.isEmpty()) {
            return new Headline(counts, " in " + flows + ".");
        }
        return analysis.flowsTotal() == 0
                ? new Headline(counts, "No flow to judge in " + TextReport.plural(analysis.records(), "record") + ".")
                : new Headline(counts, "No fault found in " + flows + ".");
    }

    private static void addCount(Analysis analysis, Severity severity, List<Count> counts) {
        long findings = analysis.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
        if (findings > 0) {
            counts.add(new Count(severity, findings));
        }
    }

    /// Flows were judged, and nothing was found.
    public boolean isGood() {
        return counts.isEmpty() && rest.startsWith("No fault");
    }

    /// The sentence.
    public String text() {
        return counts.stream()
                        .map(count -> TextReport.plural(count.findings(), count.noun()))
                        .collect(Collectors.joining(" and "))
                + rest;
    }
}
