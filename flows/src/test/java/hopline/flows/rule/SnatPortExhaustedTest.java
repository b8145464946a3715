package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.Matter;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.VfpRule;
import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnatPortExhaustedTest {

    private static final String AT = "east vEthernet (cart)";
    private static final int TCP = 6;

    private static Conversation browse(Site site) {
        return site.connect("shop/cart", site.outside(443)).there(way -> way.until(AT));
    }

    @ParameterizedTest
    @CsvSource({"0xC000009A, true", "0xC0000001, false"})
    void aTranslatingRuleThatFailsNamesTheConnection(long status, boolean certain) {
        Site site = Site.busy(Style.WINDOWS);
        Conversation browse = browse(site);
        VfpRule rule = new VfpRule("SLB_NAT_LAYER", "OUT", "SNAT_TCP", VfpRule.DYNAMIC_NAT);
        Matter failed = new Matter.RuleMatched(new SwitchPort(7, false, "", ""), rule, browse.tuple(), status);
        browse.syn().logs("east", failed).pause(1).syn().logs("east", failed);

        Finding finding = site.later().finding("snat-port-exhausted");

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.certain()).isEqualTo(certain);
        assertThat(finding.lead().claim().actual()).contains("rule SNAT_TCP of layer SLB_NAT_LAYER failed");
    }

    @Test
    void aShortageNearbyIsTheLikelyCauseOfWhatFailsOutside() {
        Site site = Site.busy(Style.WINDOWS);
        browse(site)
                .syn()
                .logs("east", new Matter.PortsExhausted("nat", TCP, Optional.empty()))
                .pause(1)
                .syn();

        assertThat(site.later().finding("snat-port-exhausted").certain()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"east, 17", "west, 6"})
    void aShortageOfAnotherProtocolOrNodeExplainsNothing(String node, int protocol) {
        Site site = Site.busy(Style.WINDOWS);
        browse(site)
                .syn()
                .logs(node, new Matter.PortsExhausted("nat", protocol, Optional.empty()))
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("snat-port-exhausted");
    }
}
