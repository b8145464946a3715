package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.Matter;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.VfpRule;
import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyBlockedTest {

    private static final SwitchPort PORT = new SwitchPort(7, false, "", "cart");
    private static final String AT = "east vEthernet (cart)";

    private static Matter block(Conversation conversation, String rule) {
        return new Matter.RuleMatched(
                PORT, new VfpRule("ACL_ENDPOINT_LAYER", "ACL_OUT", rule, VfpRule.BLOCK), conversation.tuple(), 0);
    }

    private static Conversation knock(Site site) {
        return site.connect("shop/cart", "shop/offer-1:7000").there(way -> way.until(AT));
    }

    @Test
    void theRuleAndItsLayerAreNamed() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation knock = knock(site);
        for (int i = 0; i < 3; i++) {
            knock.syn().logs("east", block(knock, "deny-9")).pause(1);
        }

        Report report = site.later();

        assertThat(report.faults())
                .containsExactly(new Said(
                        "error",
                        "policy-blocked",
                        AT,
                        "to go on, unless the policy means it",
                        "blocked by rule deny-9 of layer ACL_ENDPOINT_LAYER, port 7 (cart)"
                                + " (read by the event's published layout)",
                        List.of("shop/cart > shop/offer-1")));
        assertThat(report.flow("shop/cart > shop/offer-1").verdict()).isEqualTo(Verdict.DROPPED);
        assertThat(report.finding("policy-blocked").effects()).containsKey("connection-unanswered");
    }

    /// The event is about another connection between the same hosts.
    @Test
    void aBlockedNeighbourExplainsNothing() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation knock = knock(site);
        Conversation other = knock(site);
        knock.syn().logs("east", block(other, "deny-9")).pause(1).syn();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("policy-blocked");
    }

    /// HNS' own rule against packets of a service to itself is nobody's policy.
    @Test
    void theGuardAgainstLoopsIsNoPolicy() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation knock = knock(site);
        knock.syn()
                .logs("east", block(knock, "Block_LoopBack17_10.0.0.1"))
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-dropped");
    }

    @Test
    void whatArrivesAllTheSameIsFine() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation open = site.connect("shop/cart", "shop/offer-1:7000");
        open.logs("east", block(open, "deny-9")).whole();

        assertThat(site.later().faults()).isEmpty();
    }
}
