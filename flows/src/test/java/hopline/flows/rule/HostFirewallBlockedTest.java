package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.Matter.Dropped;
import hopline.capture.event.Matter.Dropper;
import hopline.capture.event.Tuple;
import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostFirewallBlockedTest {

    private static Dropped drop(Dropper by, Tuple tuple) {
        return new Dropped(by, "", Optional.empty(), Optional.of(tuple), "blocked by filter 67301 in layer 44");
    }

    /// The platform's event does not tell the protocol.
    private static Tuple untold(Tuple tuple) {
        return new Tuple(
                Tuple.UNTOLD, tuple.source(), tuple.sourcePort(), tuple.destination(), tuple.destinationPort());
    }

    @Test
    void theFilterIsNamed() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation knock = site.connect("shop/cart", "north:9182").there(way -> way);
        Dropped drop = drop(Dropper.FIREWALL, untold(knock.tuple()));
        for (int i = 0; i < 3; i++) {
            knock.syn().logs("north", drop).pause(1);
        }

        assertThat(site.later().faults()).singleElement().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("host-firewall-blocked");
            assertThat(said.at()).isEqualTo(site.uplink("north"));
            assertThat(said.actual()).contains("blocked by filter 67301 in layer 44");
        });
    }

    @Test
    void whatTheStackDropsForAnotherReasonIsAnOrdinaryDrop() {
        Site site = Site.busy(Style.WINDOWS);
        Conversation knock = site.connect("shop/cart", "north:9182");
        Dropped drop = drop(Dropper.STACK, knock.tuple());
        knock.syn().logs("north", drop).pause(1).syn().logs("north", drop);

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-dropped");
    }
}
