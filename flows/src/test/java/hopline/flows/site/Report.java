package hopline.flows.site;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.rule.Finding;
import hopline.flows.rule.FlowRule;
import hopline.flows.rule.Rules;
import hopline.flows.rule.Severity;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.List;

/// What an analysis says, in words that tests compare.
public record Report(Analysis analysis) {

    /// Rules that are not asked about flows without trouble would see nothing in them; holds for whatever is analysed.
    public Report {
        for (FlowReport report : analysis.flows()) {
            if (report.flow().isUntroubled()) {
                seesNothing(report.flow(), analysis.scene());
            }
        }
    }

    private static void seesNothing(FlowCase flow, Scene scene) {
        for (FlowRule rule : Rules.ofFlows()) {
            boolean asked =
                    rule.seesUntroubled() || (rule.seesNames() && flow.flow().dns() != null);
            if (!asked) {
                assertThat(rule.check(flow, scene))
                        .as("%s in %s, which shows no trouble", rule.id(), name(flow))
                        .isEmpty();
            }
        }
    }

    /// All findings, the most serious first. Whatever concerns a flow must prove it by records.
    public List<Said> said() {
        return analysis.findings().stream().map(this::said).toList();
    }

    /// Those that are no notes.
    public List<Said> faults() {
        return analysis.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(this::said)
                .toList();
    }

    private Said said(Finding finding) {
        assertThat(finding.evidence().isEmpty())
                .as("finding %s about flows has no evidence", finding.rule())
                .isEqualTo(finding.flowCount() == 0 && finding.severity() == Severity.NOTE);
        assertThat(finding.lead().claim().title()).isNotEmpty();
        assertThat(finding.lead().claim().advice()).isNotEmpty();
        return new Said(
                finding.severity().label(),
                finding.rule(),
                finding.lead()
                        .place()
                        .point()
                        .map(CapturePoint::toString)
                        .orElse(finding.lead().place().node()),
                finding.lead().claim().expected(),
                finding.lead().claim().actual(),
                finding.flows().stream()
                        .map(number -> name(flow(number).flow()))
                        .toList());
    }

    private FlowReport flow(long number) {
        return analysis.flows().stream()
                .filter(report -> report.id().equals(FlowReport.id(number)))
                .findFirst()
                .orElseThrow();
    }

    private static String name(FlowCase flow) {
        return flow.initiator().name() + " > " + flow.target().name();
    }

    /// The only finding of that rule.
    public Finding finding(String rule) {
        List<Finding> found = analysis.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        assertThat(found).as("findings of %s among %s", rule, said()).hasSize(1);
        return found.getFirst();
    }

    /// The flows between those, `initiator > target`.
    public List<FlowReport> flows(String name) {
        return analysis.flows().stream()
                .filter(report -> name(report.flow()).equals(name))
                .toList();
    }

    /// The only flow between those.
    public FlowReport flow(String name) {
        assertThat(flows(name)).as("flows %s", name).hasSize(1);
        return flows(name).getFirst();
    }
}
