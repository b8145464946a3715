package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateRule;
import hopline.flows.check.StateRules;
import hopline.flows.rule.Rule;
import hopline.flows.rule.Rules;
import hopline.flows.rule.Topic;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainVerbTest {

    @Test
    void showsThePageOfARuleAsItIs() {
        Session session = Session.of("explain", "service-wrong-backend");

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .startsWith("service-wrong-backend: a service is sent to an address that is none of its endpoints\n")
                .isEqualTo(Rules.page(Rules.of("service-wrong-backend").orElseThrow()));
    }

    @Test
    void listsAllRulesByTopicWithTheirMeaning() {
        Session session = Session.of("explain");

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .startsWith(
                        """
                        translation
                          service-not-translated       packets to a service go on to its own address, untranslated
                          service-wrong-backend        a service is sent to an address that is none of its endpoints
                        """)
                .contains(
                        """

                        loss
                          packet-dropped               the system itself says that it dropped packets, and why
                          packet-vanished              packets end inside a node, where they should have gone on
                        """);
        assertThat(session.out().lines().filter(line -> line.startsWith("  ")))
                .hasSize(Rules.all().size() + StateRules.all().size())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
    }

    @Test
    void theListNamesEveryTopicOnce() {
        List<String> headings = Topic.all().stream().map(Topic::title).toList();

        assertThat(Session.of("explain").out().lines().filter(headings::contains))
                .containsExactlyElementsOf(headings);
        assertThat(Session.of("explain").out()).contains("\n" + ExplainVerb.STATE_TOPIC + "\n");
    }

    @Test
    void listsTheRulesBehindANumberOfTheCatalogue() {
        assertThat(Session.of("explain", "F19").out())
                .isEqualTo(
                        """
                        F19 is shown by
                          service-wrong-backend        a service is sent to an address that is none of its endpoints
                          load-balancer-stale-backend  a load balancer leads to an address that is none of its service's endpoints
                        """);
        assertThat(Session.of("explain", "F31").out())
                .isEqualTo("F31 is no fault, by design: a Windows node does not reach its own node ports\n");
    }

    @ParameterizedTest
    @MethodSource("hopline.flows.check.Catalogue#entries")
    void everyNumberOfTheCatalogueIsExplained(String fault) {
        Session session = Session.of("explain", fault);

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.out()).startsWith(fault + " is ").doesNotEndWith(" is shown by\n");
        assertThat(session.out().lines().skip(1))
                .allSatisfy(line -> assertThat(line).hasSizeBetween(ExplainVerb.MEANING_COLUMN + 10, 110));
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
        Session session = Session.of("explain", slip.typed());

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.out()).isEmpty();
        assertThat(session.err())
                .isEqualTo("hopline: there is no rule '" + slip.typed() + "': did you mean " + slip.meant()
                        + "? (hopline explain --help)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "kubernetes", "f19"})
    void guessesNothingForWordsLikeNoRule(String typed) {
        Session session = Session.of("explain", typed);

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).startsWith("hopline: there is no rule '" + typed + "'; hopline explain lists them");
    }

    @Test
    void whatWasTypedReachesTheTerminalHarmless() {
        Session session = Session.of("explain", "dns\u001b[2J\u202e");

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).contains("'dns\\u{1b}[2J\\u{202e}'").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void takesOneRuleAtATime() {
        Session session = Session.of("explain", "dns-slow", "dns-failure");

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).isEqualTo("hopline: one rule at a time (hopline explain --help)\n");
    }

    @Test
    void helpShowsBothWaysToUseIt() {
        Session session = Session.of("explain", "--help");

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(session.out())
                .startsWith("usage: hopline explain [RULE]\n")
                .contains("  hopline explain\n", "  hopline explain service-wrong-backend\n");
    }

    static List<String> ids() {
        return Stream.concat(
                        Rules.all().stream().map(Rule::id),
                        StateRules.all().stream().map(StateRule::id))
                .toList();
    }

    @Test
    void everyRuleIsNearestToItself() {
        assertThat(ids()).allSatisfy(id -> assertThat(Nearest.to(id, ids())).hasValue(id));
    }
}
