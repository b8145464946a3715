package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VxlanNotEncapsulatedTest {

    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"OVERLAY", "OVERLAY6", "WINDOWS"})
    void aPacketToAPodElsewhereTakesTheDefaultRoute(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/offer-1:7000")
                    .there(way -> way.plain()
                            .without("east tun7")
                            .without("east vxlan.calico")
                            .until(site.uplink("east")))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "vxlan-not-encapsulated",
                        site.uplink("east"),
                        "VXLAN VNI 4210 to " + site.address("north"),
                        "no encapsulation",
                        List.of("shop/cart > shop/offer-1", "shop/cart > shop/offer-1")));
    }

    @Test
    void whereNothingIsEncapsulatedNothingIsMissing() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/offer-1:7000")
                .there(way -> way.until("east bond0"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("lost-between-nodes");
    }

    /// Some networks encapsulate only between subnets.
    @Test
    void plainPacketsThatArriveAreFine() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/offer-1:7000")
                .there(way -> way.plain().without("east tun7").without("north tun7"))
                .back(way -> way.plain().without("east tun7").without("north tun7"))
                .whole();

        assertThat(site.later().said()).isEmpty();
    }

    /// Where only the tunnel's device was captured, not the wire, packets leave in the open as far as can be seen.
    @Test
    void theWireWasNotCaptured() {
        Site site = Site.busy(Style.OVERLAY6).withoutPoint("north ens3").withoutCaptureOf("east");

        assertThat(site.later().faults()).isEmpty();
    }
}
