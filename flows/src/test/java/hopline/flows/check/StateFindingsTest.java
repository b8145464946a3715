package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What agrees in rule, node, expected and actual is one finding, whose title holds for all of it. What one rule sees
/// too often leaves room for what others see, and is counted.
class StateFindingsTest {

    private static final int BEYOND = 7;

    private static void see(StateFindings findings, StateRule rule, String expected) {
        findings.add(
                rule, Severity.ERROR, "one", new Claim("it is missing", expected, "nothing", "add it"), Stream.of());
    }

    @Test
    void noRuleCrowdsOutAnother() {
        StateFindings findings = new StateFindings();
        StateRule often = new LoadBalancerMissing();
        StateRule once = new ServiceWithoutEndpoints();
        for (int i = 0; i < StateFindings.MAX_FINDINGS + BEYOND; i++) {
            see(findings, often, "balancer " + i);
        }
        see(findings, often, "balancer 0");
        see(findings, once, "an endpoint");

        assertThat(findings.all())
                .hasSize(StateFindings.MAX_FINDINGS + 1)
                .last()
                .satisfies(last -> assertThat(last.rule()).isSameAs(once));
        assertThat(findings.omitted()).isEqualTo(Map.of(often.id(), (long) BEYOND));
    }

    @ParameterizedTest
    @CsvSource({
        "Pod a has it,                             Pod a has it",
        "Pod a has it|Pod a has it,                Pod a has it",
        "Pod a has it|Pod b has it,                Pod a has it (and 1 more alike)",
        "Pod a has it|Pod b has it|Pod c has it,   Pod a has it (and 2 more alike)"
    })
    void aTitleTellsOfTheOthers(String titles, String told) {
        StateFindings findings = new StateFindings();
        StateRule rule = StateRules.all().getFirst();
        Arrays.stream(titles.split("\\|")).forEach(title -> {
            Claim claim = new Claim(title, "one", "other", "Do it.");
            findings.add(rule, Severity.ERROR, "node", claim, Stream.of(new Source(title, 1)));
        });

        assertThat(findings.all())
                .singleElement()
                .satisfies(finding -> assertThat(finding.claim().title()).isEqualTo(told));
    }
}
