package hopline.flows.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.decode.Address;
import hopline.decode.stage.StageDetail.Neighbor;
import hopline.flows.scene.Resolutions.Resolution;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.api.Test;

class ResolutionsTest {

    private static Resolutions resolutions(Site site) {
        Resolutions resolutions = new Resolutions();
        site.journeys().forEach(journey -> resolutions.add((Neighbor) journey.detail(), journey));
        return resolutions;
    }

    @Test
    void countsQuestionsAndKnowsTheAnswered() {
        Site site = new Site(Style.OVERLAY);
        site.asks("10.60.1.5", "10.60.1.1", "east veth-cart", "east cbr0").pause(1);
        site.asks("10.60.1.5", "10.60.1.1", "east veth-cart", "east cbr0");
        site.asks("10.60.1.5", "10.60.1.6", "east veth-cart").isTold("10.60.1.5", "10.60.1.6", "east veth-cart");

        assertThat(resolutions(site).all())
                .extracting(Resolution::requests, Resolution::isAnswered)
                .containsExactly(tuple(2, false), tuple(1, true));
    }

    @Test
    void neighbourDiscoveryIsNoDifferent() {
        Site site = new Site(Style.OVERLAY6);
        site.asks("fd60:0:0:1::5", "fe80::1", "east cali-cart").isTold("fd60:0:0:1::5", "fe80::1", "east cali-cart");

        assertThat(resolutions(site).all()).singleElement().satisfies(resolution -> {
            assertThat(resolution.isAnswered()).isTrue();
            assertThat(resolution.target()).isEqualTo(Address.of("fe80::1"));
        });
    }

    @Test
    void probesAndAnnouncementsAreNoQuestions() {
        Site site = new Site(Style.OVERLAY);
        site.asks("0.0.0.0", "10.60.1.5", "east veth-cart").asks("10.60.1.5", "10.60.1.5", "east veth-cart");

        Resolutions resolutions = resolutions(site);

        assertThat(resolutions.all()).isEmpty();
        assertThat(resolutions.isAnnounced(Address.of("10.60.1.5"))).isTrue();
    }

    @Test
    void moreThanItRemembersIsCounted() {
        Site site = new Site(Style.OVERLAY);
        for (int i = 0; i < 16_400; i++) {
            site.asks("10.60.1.5", "10.61." + i / 250 + "." + i % 250, "east veth-cart");
        }

        Resolutions resolutions = resolutions(site);

        assertThat(resolutions.all()).hasSize(16_384);
        assertThat(resolutions.omitted()).isEqualTo(16);
    }
}
