package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.rule.Rule;
import hopline.flows.rule.Rules;
import hopline.flows.rule.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainVerbTest {

    /// What a command line printed, and how it ended.
    record Outcome(int exitCode, String out, String err) {}

    private static Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(args, new Console(printer(out), printer(err), false, false, 100));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Test
    void showsThePageOfARuleAsItIs() {
        Outcome outcome = run("explain", "service-wrong-backend");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("service-wrong-backend: a service is sent to an address that is none of its endpoints\n")
                .isEqualTo(Rules.page(Rules.of("service-wrong-backend").orElseThrow()));
    }

    @Test
    void listsAllRulesByTopicWithTheirMeaning() {
        Outcome outcome = run("explain");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith(
                        """
                        translation
                          service-not-translated  packets to a service go on to its own address, untranslated
                          service-wrong-backend   a service is sent to an address that is none of its endpoints
                        """)
                .contains(
                        """

                        loss
                          packet-vanished         packets end inside a node, where they should have gone on
                        """);
        assertThat(outcome.out().lines().filter(line -> line.startsWith("  ")))
                .hasSameSizeAs(Rules.all())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(92));
    }

    @Test
    void theListNamesEveryTopicOnce() {
        List<String> headings = Topic.all().stream().map(Topic::title).toList();

        assertThat(run("explain").out().lines().filter(headings::contains)).containsExactlyElementsOf(headings);
    }

    record Slip(String typed, String meant) {}

    static final List<Slip> SLIPS = List.of(
            new Slip("service-wrong-backends", "service-wrong-backend"),
            new Slip("service_not_translated", "service-not-translated"),
            new Slip("vxlan-vni-mistmach", "vxlan-vni-mismatch"),
            new Slip("DNS-NXDOMAIN", "dns-nxdomain"),
            new Slip("nxdomain", "dns-nxdomain"),
            new Slip("mtu", "mtu-exceeded"),
            new Slip("retransmission", "retransmissions"));

    @ParameterizedTest
    @FieldSource("SLIPS")
    void suggestsTheNearestRuleForOneThatDoesNotExist(Slip slip) {
        Outcome outcome = run("explain", slip.typed());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("hopline: there is no rule '" + slip.typed() + "': did you mean " + slip.meant()
                        + "? (hopline explain --help)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "kubernetes", "f19"})
    void guessesNothingForWordsLikeNoRule(String typed) {
        Outcome outcome = run("explain", typed);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("hopline: there is no rule '" + typed + "'; hopline explain lists them");
    }

    @Test
    void whatWasTypedReachesTheTerminalHarmless() {
        Outcome outcome = run("explain", "dns\u001b[2J\u202e");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'dns\\u{1b}[2J\\u{202e}'").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void takesOneRuleAtATime() {
        Outcome outcome = run("explain", "dns-slow", "dns-failure");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("hopline: one rule at a time (hopline explain --help)\n");
    }

    @Test
    void helpShowsBothWaysToUseIt() {
        Outcome outcome = run("explain", "--help");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(outcome.out())
                .startsWith("usage: hopline explain [RULE]\n")
                .contains("  hopline explain\n", "  hopline explain service-wrong-backend\n");
    }

    static List<String> ids() {
        return Rules.all().stream().map(Rule::id).toList();
    }

    @Test
    void everyRuleIsNearestToItself() {
        assertThat(ids()).allSatisfy(id -> assertThat(Nearest.to(id, ids())).hasValue(id));
    }
}
