package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What agrees in rule, node, expected and actual is one finding, whose title holds for all of it.
class StateFindingsTest {

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
