package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressConflictTest {

    private static final long ONE = 0x0a58_0000_0001L;
    private static final long OTHER = 0x0a58_0000_0002L;
    private static final String ASKER = "10.60.1.5";
    private static final String WANTED = "10.60.1.6";
    private static final String PLACE = "east veth-cart";

    private static Site ask(Site site, long... answers) {
        site.asks(ASKER, WANTED, PLACE);
        for (long mac : answers) {
            site.isToldBy(mac, ASKER, WANTED, PLACE);
        }
        return site.pause(2);
    }

    @Test
    void twoAnswerOneQuestion() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, ONE, OTHER);

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "warning",
                        "address-conflict",
                        PLACE,
                        "one MAC address for " + WANTED,
                        "0a:58:00:00:00:01 and 0a:58:00:00:00:02",
                        List.of()));
    }

    @Test
    void theyAnswerInTurns() {
        Site site = Site.busy(Style.OVERLAY);
        ask(ask(ask(site, ONE), OTHER), ONE);

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("address-conflict");
    }

    @Test
    void aFlowThatFailsMakesItAnError() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, ONE, OTHER);
        site.connect("shop/cart", "shop/till:7000").syn().isReset();

        assertThat(site.later().faults())
                .extracting(Said::severity, Said::rule, Said::flows)
                .containsExactly(tuple("error", "address-conflict", List.of("shop/cart > shop/till")));
    }

    @Test
    void anAddressMayMove() {
        Site site = Site.busy(Style.OVERLAY);
        ask(ask(ask(site, ONE), OTHER), OTHER);

        assertThat(site.later().faults()).isEmpty();
    }

    /// Two routers take turns, and say so.
    @Test
    void anAnnouncedMoveMayBeUndone() {
        Site site = Site.busy(Style.OVERLAY);
        ask(ask(site, ONE).announces(OTHER, WANTED, PLACE), OTHER);
        ask(site.announces(ONE, WANTED, PLACE), ONE);

        assertThat(site.later().faults()).isEmpty();
    }

    /// Linux answers for all its addresses on all its interfaces.
    @Test
    void oneHostMayHaveTwoInterfaces() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, ONE, OTHER);
        site.asks(ASKER, "10.60.1.7", PLACE)
                .isToldBy(ONE, ASKER, "10.60.1.7", PLACE)
                .isToldBy(OTHER, ASKER, "10.60.1.7", PLACE);

        assertThat(site.later().faults()).isEmpty();
    }

    /// A proxy answers each asker in its own name.
    @Test
    void askersAreToldApart() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 3; i++) {
            site.asks(ASKER, "10.60.1.1", PLACE).isToldBy(ONE, ASKER, "10.60.1.1", PLACE);
            site.asks(WANTED, "10.60.1.1", "east veth-till").isToldBy(OTHER, WANTED, "10.60.1.1", "east veth-till");
        }

        assertThat(site.later().faults()).isEmpty();
    }

    /// A switch that gives frames another MAC changes the answer on its way.
    @Test
    void pointsAreToldApart() {
        Site site = Site.busy(Style.OVERLAY);
        for (int i = 0; i < 3; i++) {
            site.asks("192.0.2.12", WANTED, "east eno1", "east veth-till")
                    .isToldBy(ONE, "192.0.2.12", WANTED, "east veth-till")
                    .isToldBy(OTHER, "192.0.2.12", WANTED, "east eno1");
        }

        assertThat(site.later().faults()).isEmpty();
    }
}
