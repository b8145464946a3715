package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.site.Way;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HairpinNotTranslatedTest {

    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"OVERLAY", "ROUTED"})
    void thePodGetsAPacketFromItself(Style style) {
        Site site = Site.busy(style);
        site.connect("shop/till", "shop/pay", "shop/till")
                .there(way -> way.translatedFrom(null))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "hairpin-not-translated",
                        style == Style.OVERLAY ? "east cbr0" : "east kube-br",
                        "source translated to an address of the node, or the service's",
                        "source and destination 10.60.1.6",
                        List.of("shop/till > shop/pay")));
    }

    @Test
    void theBridgeDoesNotSendItBack() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/till", "shop/pay", "shop/till").whole();
        site.connect("shop/till", "shop/pay", "shop/till")
                .there(way -> new Way(way.stations().subList(0, 3)))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "hairpin-not-translated",
                        "east cbr0",
                        "seen again at " + site.at("shop/till"),
                        "nothing after east cbr0",
                        List.of("shop/till > shop/pay")));
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void aPodMayReachItselfUnderItsNodesAddress(Style style) {
        Site site = Site.busy(style);
        site.connect("shop/till", "shop/pay", "shop/till").whole();

        assertThat(site.later().said()).isEmpty();
    }
}
