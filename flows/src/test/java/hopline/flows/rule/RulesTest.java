package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import hopline.flows.check.StateRules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

    /// Ids are a promise to whoever filters by them.
    private static final Set<String> STABLE = Set.of(
            ("service-not-translated service-wrong-backend service-wrong-port reply-not-restored hairpin-not-translated"
                            + " snat-unexpected snat-missing snat-wrong-source snat-port-exhausted snat-port-collision"
                            + " icmp-not-translated vxlan-vni-mismatch vxlan-port-mismatch vxlan-wrong-remote"
                            + " vxlan-wrong-source vxlan-not-encapsulated vxlan-inner-mac-mismatch l2-rewrite-missing"
                            + " wrong-next-hop arp-unanswered packet-dropped packet-vanished lost-between-nodes"
                            + " mtu-exceeded fragment-missing ttl-expired routing-loop connection-refused"
                            + " connection-unanswered connection-reset retransmissions zero-window icmp-unreachable"
                            + " asymmetric-path dns-nxdomain dns-failure dns-unanswered dns-slow dns-wrong-server"
                            + " policy-blocked host-firewall-blocked source-address-guarded address-conflict"
                            + " api-server-unreachable known-build-defect capture-incomplete capture-point-missing"
                            + " clock-unreliable")
                    .split(" "));

    static List<Rule> all() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRuleHasAStableIdAndPointsToTheCatalogueOrNowhere(Rule rule) {
        assertThat(STABLE).contains(rule.id());
        assertThat(rule.reference()).matches("|F\\d\\d(, F\\d\\d)*");
        assertThat(Rules.of(rule.id())).hasValue(rule);
    }

    /// A rule is known by the traffic that it finds and the traffic that it must let pass.
    @ParameterizedTest
    @MethodSource("all")
    void everyRuleHasATestOfItsOwn(Rule rule) {
        assertThatNoException().isThrownBy(() -> Class.forName(rule.getClass().getName() + "Test"));
    }

    /// An id that was promised and that no rule has would be a gap that nobody sees.
    @Test
    void everyStableIdIsOneOfARule() {
        assertThat(STABLE).allSatisfy(id -> assertThat(
                        Rules.of(id).isPresent() || StateRules.of(id).isPresent())
                .as(id)
                .isTrue());
    }

    @Test
    void noIdIsUsedTwice() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates().hasSize(47);
        assertThat(Rules.of("no-such-rule")).isEmpty();
    }
}
