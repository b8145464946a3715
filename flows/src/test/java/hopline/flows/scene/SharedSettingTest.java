package hopline.flows.scene;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.flows.path.Topology;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SharedSettingTest {

    private static final Address EAST = Address.of("192.0.2.11");
    private static final Address WEST = Address.of("192.0.2.12");

    private static SharedSetting overlay(Site site) {
        Topology topology = new Topology();
        site.flows().forEach(topology::learnOrder);
        site.flows().forEach(topology::learnPlaces);
        return Vteps.vnis(topology.tunnels(), site.lists().cluster());
    }

    @Test
    void whatTheAnnotationsSayIsRight() {
        Site site = new Site(Style.OVERLAY);
        site.lists().vni("east", 5000).vni("west", 5000).vni("north", 7);

        assertThat(overlay(site.healthyTraffic()).right()).isEqualTo(OptionalInt.of(5000));
    }

    @Test
    void elseWhatIsDecapsulated() {
        Site site = new Site(Style.OVERLAY);
        site.lists().withoutVnis();
        site.connect("shop/cart", "shop/stock-1:7000").there(way -> way.vni(33)).syn();
        for (int i = 0; i < 4; i++) {
            site.connect("shop/cart", "shop/offer-1:7000")
                    .there(way -> way.vni(5000).until("east eno1"))
                    .syn();
        }

        SharedSetting overlay = overlay(site);

        assertThat(overlay.right()).isEqualTo(OptionalInt.of(33));
        assertThat(overlay.usedBy(WEST)).containsExactly(33);
        assertThat(overlay.sent(EAST, 5000)).isPresent();
        assertThat(overlay.sent(WEST, 5000)).isEmpty();
    }

    /// Windows takes none below 4096.
    @Test
    void ofTwoUsedAlikeTheOneForWindows() {
        Site site = new Site(Style.OVERLAY);
        site.lists().withoutVnis();
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.vni(1).until("west eno1"))
                .syn();
        site.connect("shop/stock-1", "shop/cart:7000")
                .there(way -> way.vni(4096).until("east eno1"))
                .syn();

        assertThat(overlay(site).right()).isEqualTo(OptionalInt.of(4096));
    }

    @Test
    void withoutTunnelsThereIsNone() {
        assertThat(overlay(new Site(Style.ROUTED).healthyTraffic()).right()).isEmpty();
    }
}
