package hopline.flows.path;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.site.Recording;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the captures show of the network, without any list.
class TopologyTest {

    private static Topology learn(List<Flow> flows) {
        Topology topology = new Topology();
        flows.forEach(topology::learnOrder);
        flows.forEach(topology::learnPlaces);
        return topology;
    }

    private static String text(Optional<CapturePoint> point) {
        return point.map(CapturePoint::toString).orElse("");
    }

    private static CapturePoint point(List<Flow> flows, String place) {
        return flows.stream()
                .flatMap(flow -> flow.forward().routes().stream())
                .flatMap(route -> route.example().stages().stream())
                .map(Stage::point)
                .filter(point -> point.toString().equals(place))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void podsAreAtHomeWhereTheirPacketsAreFirstSeen(Style style) {
        Site site = Site.busy(style);
        Topology topology = learn(site.flows());

        for (String pod : List.of("shop/cart", "shop/stock-1", "shop/offer-1")) {
            assertThat(text(topology.home(Address.of(site.address(pod))))).isEqualTo(site.at(pod));
        }
        assertThat(text(topology.entry("east", Address.of(site.address("shop/stock-1")))))
                .isEqualTo(site.uplink("east"));
        assertThat(topology.home(Address.of("198.51.100.1"))).isEmpty();
    }

    @Test
    void saysWhenThereAreMoreAddressesThanItRemembers() {
        assertThat(learn(Site.busy(Style.OVERLAY).flows()).limits()).isEmpty();
        assertThat(learn(new Site(Style.OVERLAY).visited("shop/cart", 40_001).flows())
                        .limits())
                .containsExactly("more than 40000 addresses: where some of them live was not learnt");
    }

    @ParameterizedTest
    @CsvSource({"OVERLAY, 192.0.2.12", "OVERLAY6, 2001:db8::12"})
    void nodesEncapsulateAtTheirAddresses(Style style, String end) {
        Topology topology = learn(Site.busy(style).flows());

        assertThat(topology.tunnelEnd("west")).hasValue(Address.of(end));
        assertThat(topology.tunnels()
                        .between(Address.of(end), topology.tunnelEnd("east").orElseThrow()))
                .hasSize(2)
                .allSatisfy(use -> {
                    assertThat(use.encapsulation().vni()).isEqualTo(4210);
                    assertThat(use.decapsulated()).isEqualTo(use.packets());
                    assertThat(use.nodes()).containsExactlyInAnyOrder("east", "west");
                });
    }

    @Test
    void bridgesAndDevicesAreTransitAndPodsInterfacesAreNot() {
        List<Flow> flows = Site.busy(Style.OVERLAY).flows();
        Topology topology = learn(flows);

        assertThat(topology.isTransit(point(flows, "east cbr0"))).isTrue();
        assertThat(topology.isTransit(point(flows, "east tun7"))).isTrue();
        assertThat(topology.isTransit(point(flows, "east veth-cart"))).isFalse();
    }

    @Test
    void whatFollowsAPoint() {
        Site site = Site.busy(Style.OVERLAY);
        List<Flow> flows = site.flows();
        Topology topology = learn(flows);
        Address stock = Address.of(site.address("shop/stock-1"));

        assertThat(text(topology.next(point(flows, "west tun7"), stock))).isEqualTo("west cbr0");
        assertThat(text(topology.next(point(flows, "west cbr0"), stock))).isEqualTo("west veth-stock-1");
        assertThat(topology.next(point(flows, "west veth-stock-1"), stock)).isEmpty();
    }

    @Test
    void servicesAreTranslatedBehindTheBridge() {
        List<Flow> flows = Site.busy(Style.OVERLAY).flows();
        Topology topology = learn(flows);

        assertThat(topology.isPastTranslation(point(flows, "east tun7"))).isTrue();
        assertThat(topology.isPastTranslation(point(flows, "east cbr0"))).isFalse();
        assertThat(topology.isPastTranslation(point(flows, "east veth-cart"))).isFalse();
    }

    /// Linux stamps a packet once as it comes in: interface, tunnel device and bridge bear one time, in any order.
    @Test
    void equalTimesAreOrderedByWhatAnswersShow() {
        Site site = Site.busy(Style.OVERLAY).changeRecordings(recordings -> recordings.stream()
                .map(recording -> recording.point().startsWith("veth") ? recording : arrivingAtOnce(recording))
                .toList());
        List<Flow> flows = site.flows();
        Topology topology = learn(flows);

        assertThat(flows).allSatisfy(flow -> assertThat(flow.forward().routes()).allSatisfy(route -> assertThat(
                        topology.path(route.example(), false).stages())
                .isSortedAccordingTo((a, b) -> Integer.compare(b.timeToLive(), a.timeToLive()))));
    }

    private static Recording arrivingAtOnce(Recording recording) {
        return recording.later(-(recording.nanos() % 40_000));
    }

    /// A bridge in promiscuous mode gives a copy to everybody.
    @Test
    void floodedCopiesAreNoPartOfThePath() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.then(site.connect("shop/cart", "shop/stock-2:7000")
                        .wayThere()
                        .from("west veth-stock-2")))
                .syn();
        List<Flow> flows = site.flows();
        Topology topology = learn(flows);

        Path path = topology.path(flows.getLast().forward().routes().getFirst().example(), false);

        assertThat(path.last().point()).hasToString("west veth-stock-1");
        assertThat(path.size()).isEqualTo(8);
        assertThat(path.hops()).hasSize(8).last().satisfies(hop -> assertThat(hop.rewrites())
                .isEmpty());
    }
}
