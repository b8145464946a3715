package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VxlanWrongRemoteTest {

    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"OVERLAY", "WINDOWS"})
    void aPodsPacketsGoToAnotherNode(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.remote("192.0.2.13").until(site.uplink("east")))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-wrong-remote",
                        site.uplink("east"),
                        "outer destination 192.0.2.12 (west)",
                        "outer destination 192.0.2.13",
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1")));
    }

    @Test
    void anIpv6UnderlayIsNoDifferent() {
        Site site = Site.busy(Style.OVERLAY6);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.remote("2001:db8::66").until("east ens3"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-wrong-remote",
                        "east ens3",
                        "outer destination 2001:db8::12 (west)",
                        "outer destination 2001:db8::66",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// A node may have more addresses than the lists know of.
    @Test
    void whatArrivesWasSentToTheRightPlace() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.remote("198.51.100.12"))
                .whole();

        assertThat(site.later().said()).isEmpty();
    }
}
