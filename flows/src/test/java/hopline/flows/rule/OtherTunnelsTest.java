package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.stage.TunnelKind;
import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Nodes may carry packets to each other in other tunnels than VXLAN: what is found is the same, and says nothing of
/// what such a tunnel does not have.
class OtherTunnelsTest {

    @ParameterizedTest
    @EnumSource(names = {"GENEVE", "NVGRE", "GRE", "IP_IN_IP"})
    void healthyTrafficIsHealthyInThem(TunnelKind kind) {
        Site site = site(kind).healthyTraffic().pause(3).healthyTraffic();
        long packets = new Site(Style.OVERLAY)
                .healthyTraffic()
                .pause(3)
                .healthyTraffic()
                .analyze()
                .analysis()
                .distinctPackets();

        Report report = site.analyze();

        assertThat(report.said()).isEmpty();
        assertThat(report.analysis().distinctPackets()).isEqualTo(packets);
        assertThat(report.analysis().flowsTotal()).isEqualTo(26);
    }

    @ParameterizedTest
    @CsvSource({
        "GENEVE,   vxlan-vni-mismatch, 'a firewall on west that drops UDP 6081.'",
        "NVGRE,    vxlan-vni-mismatch, 'a firewall on west that drops NVGRE.'",
        "GRE,      packet-vanished,    'They are still in GRE there'",
        "IP_IN_IP, packet-vanished,    'They are still in IP-in-IP there'",
    })
    void whatIsNotDecapsulatedIsToldByWhatTheTunnelHas(TunnelKind kind, String rule, String advice) {
        Site site = site(kind);
        site.connect("shop/cart", "shop/till:7000").whole();
        site.connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/stock-1", site.outside(443)).whole();
        for (int i = 0; i < 3; i++) {
            neverUnpacked(site);
        }
        site.pause(3).connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/cart", "shop/till:7000").whole();

        Report report = site.analyze();

        assertThat(report.faults()).hasSize(1);
        assertThat(report.finding(rule).flowCount()).isEqualTo(3);
        assertThat(report.finding(rule).lead().claim().advice()).contains(advice);
        assertThat(report.faults().toString()).doesNotContain("VNI -1");
    }

    /// Tunnels without an identifier say nothing of the one that others between the same nodes have.
    @Test
    void whatHasNoIdentifierIsNoneOfThoseInUse() {
        Site site = site(TunnelKind.GRE);
        site.connect("shop/cart", "shop/stock-2:7000").whole();
        site.tunnels(TunnelKind.VXLAN);
        neverUnpacked(site);
        site.pause(3).connect("shop/stock-1", "shop/stock-2:7000").whole();

        assertThat(site.analyze().finding("vxlan-vni-mismatch").lead().claim().actual())
                .isEqualTo("VNI 4210, still encapsulated");
    }

    private static void neverUnpacked(Site site) {
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("west eno1"))
                .syn()
                .pause(1)
                .syn();
    }

    private static Site site(TunnelKind kind) {
        Site site = new Site(Style.OVERLAY).tunnels(kind);
        site.lists().withoutVnis().withoutTunnelMacs();
        return site;
    }
}
