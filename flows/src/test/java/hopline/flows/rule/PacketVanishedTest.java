package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketVanishedTest {

    /// Wherever it ends, the point after the last one is where it should have been seen.
    @ParameterizedTest
    @CsvSource({
        "OVERLAY, east veth-cart, east cbr0",
        "OVERLAY, east cbr0, east tun7",
        "OVERLAY, east tun7, east eno1",
        "OVERLAY, west eno1, west tun7",
        "OVERLAY, west tun7, west cbr0",
        "OVERLAY, west cbr0, west veth-stock-1",
        "OVERLAY6, east cali-cart, east vxlan.calico",
        "OVERLAY6, east vxlan.calico, east ens3",
        "OVERLAY6, west vxlan.calico, west cali-stock-1",
        "ROUTED, east kube-br, east bond0",
        "ROUTED, west kube-br, west veth-stock-1",
        "WINDOWS, east vEthernet (cart), east vEthernet (Ethernet 4)",
    })
    void lastSeenAndNextExpected(Style style, String lastSeen, String nextExpected) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.until(lastSeen))
                    .syn()
                    .pause(1)
                    .syn();
        }

        Report report = site.later();

        assertThat(report.said()).hasSize(1);
        Finding finding = report.analysis().findings().getFirst();
        assertThat(finding.lead().place().point().orElseThrow()).hasToString(lastSeen);
        assertThat(finding.flowCount()).isEqualTo(2);
        if (finding.rule().equals("vxlan-vni-mismatch")) { // all that arrives stays in its tunnel: the likely form
            assertThat(lastSeen).isEqualTo("west eno1");
            return;
        }
        assertThat(report.said().getFirst())
                .isEqualTo(new Said(
                        "error",
                        "packet-vanished",
                        lastSeen,
                        "next at " + nextExpected,
                        "last seen at " + lastSeen,
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1")));
        assertThat(finding.lead().place().lastSeen())
                .hasValueSatisfying(point -> assertThat(point).hasToString(lastSeen));
        assertThat(finding.lead().place().nextExpected())
                .hasValueSatisfying(point -> assertThat(point).hasToString(nextExpected));
        assertThat(report.flows("shop/cart > shop/stock-1"))
                .filteredOn(flow -> !flow.findings().isEmpty())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.VANISHED));
    }

    /// kube-proxy drops what is sent to a service without endpoints, or refuses it.
    @Test
    void aServiceHasNoEndpoint() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().backends("shop/offer");
        for (String service : List.of("shop/offer", "shop/stock")) {
            site.connect("shop/cart", site.endpoint(service, 80))
                    .there(way -> way.until("east cbr0"))
                    .syn()
                    .pause(1)
                    .syn();
        }

        assertThat(site.pause(3).analyze().analysis().findings())
                .filteredOn(finding -> finding.rule().equals("packet-vanished"))
                .extracting(finding -> finding.lead().claim().advice().substring(0, 60))
                .containsExactlyInAnyOrder(
                        "By the lists, service shop/offer has no ready endpoint, and ",
                        "Something on east drops them behind cbr0: look at its firewa");
    }

    @Test
    void answersVanishToo() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .back(way -> way.until("east tun7"))
                .syn()
                .synAck()
                .pause(1)
                .syn()
                .synAck();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "packet-vanished",
                        "east tun7",
                        "next at east cbr0",
                        "last seen at east tun7",
                        List.of("shop/cart > shop/stock-1")));
    }

    /// From some moment on nothing gets through any more.
    @Test
    void anOpenConnectionIsCutOff() {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open().send(100).acked();
        conversation.there(way -> way.until("west bond0")).send(100);
        for (int i = 0; i < 4; i++) {
            conversation.pause(0.4).resend();
        }

        assertThat(site.later().faults())
                .extracting(Said::rule, Said::at)
                .containsExactly(tuple("packet-vanished", "west bond0"));
    }

    /// TCP sends it again, and it arrives: any network loses a packet now and then.
    @Test
    void oneLostSegmentIsNoFault() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .losing("east tun7")
                .send(100)
                .pause(0.3)
                .resend()
                .acked()
                .close();

        assertThat(site.later().said()).isEmpty();
    }

    /// UDP is not sent again: five datagrams and a tenth of all must be missing.
    @ParameterizedTest
    @CsvSource({"4, 10, 0", "5, 10, 1", "5, 60, 0"})
    void someLostDatagramsAreNoFault(int lost, int arrived, int findings) {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation = site.connect("shop/cart", "shop/stock-1:7000");
        for (int i = 0; i < arrived; i++) {
            conversation.datagram(50);
        }
        for (int i = 0; i < lost; i++) {
            conversation.losing("east tun7").datagram(50);
            conversation.datagram(50);
        }

        assertThat(site.later().faults()).hasSize(findings).allSatisfy(said -> assertThat(said.rule())
                .isEqualTo("packet-vanished"));
    }

    /// A bridge that does not know a pod yet floods its packets to all others.
    @Test
    void floodedCopiesDoNotVanish() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/till:7001")
                .there(way -> way.then(site.connect("shop/stock-1", "shop/stock-2:7001")
                        .wayThere()
                        .from("west cbr0")))
                .whole();

        assertThat(site.later().faults()).isEmpty();
    }

    /// A pod that is gone is no point where packets are expected.
    @Test
    void whoWasNeverSeenMayLiveAnywhere() {
        Site site = Site.busy(Style.OVERLAY);
        site.withoutPoint("west veth-stock-1").withoutPoint("west veth-stock-2").withoutPoint("west veth-dns-1");

        assertThat(site.later().faults()).isEmpty();
    }

    /// Packets from a pod whose own interface was not captured are first seen at whoever gets them.
    @Test
    void aNeighboursInterfaceIsNotWhereAPodLives() {
        Site site = Site.busy(Style.OVERLAY6)
                .withoutPoint("west cali-stock-1")
                .withoutPoint("west vxlan.calico")
                .withoutCaptureOf("east");
        for (int i = 0; i < 20; i++) {
            site.connect("shop/stock-1", "shop/stock-2:7000").whole();
            site.connect("shop/stock-2", "shop/cart:7000").whole();
        }
        site.connect("shop/offer-1", "shop/stock-1:7000").whole();

        assertThat(site.later().faults()).isEmpty();
    }

    /// What a pod announces of another address of its own makes its interface nobody else's.
    @ParameterizedTest
    @CsvSource({"169.254.7.7", "10.60.2.77"})
    void aPodThatOnlyListensHasTwoAddresses(String other) {
        Site site = new Site(Style.OVERLAY);
        site.lists()
                .pod(
                        "kube/dns-1",
                        "west",
                        "10.60.2.3",
                        """
                        "phase": "Running", "startTime": "2026-03-01T00:00:00Z",
                        "podIPs": [{"ip": "10.60.2.3"}, {"ip": "10.60.2.77"}]""");
        site.connect("shop/cart", "shop/stock-1:7000").whole();
        site.connect("shop/till", "shop/stock-2:7000").whole();
        site.announces(site.macOf("kube/dns-1"), other, site.at("kube/dns-1"));
        site.connect("shop/cart", "kube/dns-1:8125").datagram(40).datagram(40);

        Report report = site.analyze();

        assertThat(report.faults()).isEmpty();
        assertThat(report.flows("shop/cart > kube/dns-1")).singleElement().satisfies(flow -> assertThat(flow.verdict())
                .isEqualTo(Verdict.DELIVERED));
    }
}
