package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapturePointMissingTest {

    @Test
    void aPodsInterfaceWasNotCaptured() {
        Site site = Site.busy(Style.OVERLAY).withoutPoint("east veth-cart");

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "note",
                        "capture-point-missing",
                        "east cbr0",
                        "a capture at each pod's own interface",
                        "first seen at cbr0",
                        List.of()));
    }

    /// With one pod on a routed node its only point might as well be the pod's own.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ROUTED")
    void uplinksAloneShowNoPod(Style style) {
        Site site = Site.busy(style);
        site.places().stream()
                .filter(place -> !place.equals(site.uplink(place.split(" ")[0])))
                .forEach(site::withoutPoint);

        assertThat(site.later().said())
                .extracting(Said::severity, Said::rule, Said::at)
                .containsExactlyInAnyOrder(
                        tuple("note", "capture-point-missing", site.uplink("east")),
                        tuple("note", "capture-point-missing", site.uplink("west")),
                        tuple("note", "capture-point-missing", site.uplink("north")));
    }

    /// A pod that nobody speaks with needs no capture.
    @Test
    void silentPodsAreNotNamed() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().pod("shop/idle", "east", "10.60.1.99", "\"phase\": \"Running\"");

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void withoutListsNobodyKnowsThePods() {
        Site site = Site.busy(Style.OVERLAY).withoutPoint("east veth-cart");

        assertThat(site.pause(3).healthyTraffic().analyzeWithoutLists().said()).isEmpty();
    }
}
