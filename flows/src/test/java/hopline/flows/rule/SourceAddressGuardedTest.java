package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Dropped;
import hopline.capture.event.Matter.Dropper;
import hopline.capture.event.SwitchPort;
import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressGuardedTest {

    private static final String AT = "east vEthernet (cart)";
    private static final SwitchPort PORT = new SwitchPort(7, false, "", "");

    private static Site knockAndBeDropped(Dropper by, String reason) {
        Site site = Site.busy(Style.WINDOWS);
        Conversation knock = site.connect("shop/cart", "shop/offer-1:7000").there(way -> way.until(AT));
        Matter drop = new Dropped(by, PORT.label(), Optional.of(PORT), Optional.of(knock.tuple()), reason);
        knock.syn().logs("east", drop).pause(1).syn().logs("east", drop);
        return site;
    }

    @Test
    void theGuardNamesTheAddressItDoesNotKnow() {
        Site site = knockAndBeDropped(Dropper.GUARD, "IPv4 guard");

        assertThat(site.later().faults()).singleElement().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("source-address-guarded");
            assertThat(said.at()).isEqualTo(AT);
            assertThat(said.actual()).startsWith(site.address("shop/cart") + ": IPv4 guard, port 7");
        });
    }

    @ParameterizedTest
    @CsvSource({"GUARD,only IP is let through", "FORWARDING,no destination", "GUARD,ARP limiter"})
    void otherReasonsAreOrdinaryDrops(Dropper by, String reason) {
        assertThat(knockAndBeDropped(by, reason).later().faults())
                .extracting(Said::rule)
                .containsExactly("packet-dropped");
    }
}
