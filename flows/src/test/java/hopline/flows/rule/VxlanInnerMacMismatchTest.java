package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.MacAddress;
import hopline.flows.site.Recording;
import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VxlanInnerMacMismatchTest {

    private static final long STALE = 0x0e_5b_6c_11_a4_77L;
    /// Octets of a frame that hold its two addresses.
    private static final int MACS = 12;

    private static final long OTHER = 0x0e_5b_6c_11_a4_78L;

    /// West's device unpacks what is for a MAC that it does not have, and nothing comes after.
    private static void dropAtWest(Site site, String target) {
        site.connect("shop/cart", target)
                .there(way -> way.innerMac(STALE, "east tun7", "west tun7").until("west tun7"))
                .syn()
                .pause(1)
                .syn();
    }

    private static Site withStaleEntryOnEast() {
        Site site = Site.busy(Style.OVERLAY);
        dropAtWest(site, "shop/stock-1:7000");
        dropAtWest(site, "shop/stock-2:7000");
        return site;
    }

    private static Said said(String place, String right, String... flows) {
        return new Said(
                "error",
                "vxlan-inner-mac-mismatch",
                place,
                "inner destination MAC " + right,
                "inner destination MAC " + MacAddress.text(STALE),
                List.of(flows));
    }

    private static String mac(Site site, String node) {
        return MacAddress.text(site.macOf(node));
    }

    @Test
    void theAnnotationNamesAnother() {
        Site site = withStaleEntryOnEast();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(
                        said("east eno1", mac(site, "west"), "shop/cart > shop/stock-1", "shop/cart > shop/stock-2"));
        assertThat(report.finding("vxlan-inner-mac-mismatch").certain()).isTrue();
        assertThat(report.flows("shop/cart > shop/stock-2"))
                .filteredOn(flow -> !flow.findings().isEmpty())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.MISTRANSLATED));
    }

    /// A virtual switch shows the frame in the tunnel only; and nothing that goes there works.
    @Test
    void nothingGetsThere() {
        Site site = new Site(Style.WINDOWS);
        site.connect("shop/cart", "shop/till:7000").whole();
        site.connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/stock-1", site.outside(443)).whole();
        for (int i = 0; i < 3; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.innerMac(STALE).until(site.uplink("west")))
                    .syn()
                    .pause(1)
                    .syn();
        }
        site.pause(3).connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/cart", "shop/till:7000").whole();

        Report report = site.analyze();

        assertThat(report.faults())
                .containsExactly(said(
                        site.uplink("east"),
                        mac(site, "west"),
                        "shop/cart > shop/stock-1",
                        "shop/cart > shop/stock-1",
                        "shop/cart > shop/stock-1"));
        assertThat(report.finding("vxlan-inner-mac-mismatch").certain()).isTrue();
    }

    /// Questions arrive, answers do not.
    @Test
    void theReceiverOfAnswersNeedNotBeCaptured() {
        Site site = Site.busy(Style.OVERLAY).withoutCaptureOf("east");
        site.connect("shop/cart", "shop/stock-1:7000")
                .back(way -> way.innerMac(STALE, "west tun7", "east tun7"))
                .syn()
                .synAck()
                .pause(1)
                .syn()
                .synAck();

        assertThat(site.later().faults())
                .containsExactly(said("west eno1", mac(site, "east"), "shop/cart > shop/stock-1"));
    }

    /// Seen on the receiving node alone; the outer source tells who sends.
    @Test
    void theSenderNeedNotBeCaptured() {
        Site site = withStaleEntryOnEast().withoutCaptureOf("east");

        Report report = site.later();

        assertThat(report.finding("vxlan-inner-mac-mismatch").lead().claim().title())
                .isEqualTo("node east tunnels packets to west under the inner destination MAC " + MacAddress.text(STALE)
                        + ", west's tunnel device has " + mac(site, "west"));
    }

    @Test
    void conversationsThatWorkShowAnother() {
        Site site = withStaleEntryOnEast();
        site.lists().withoutTunnelMacs();

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(
                        said("east eno1", mac(site, "west"), "shop/cart > shop/stock-1", "shop/cart > shop/stock-2"));
        assertThat(report.finding("vxlan-inner-mac-mismatch").certain()).isFalse();
    }

    /// West's network was made anew; some of its peers know it, its annotation does not.
    @Test
    void theAnnotationItselfIsStale() {
        Site site = withStaleEntryOnEast();
        site.lists().tunnelMac("west", STALE);

        Report report = site.later();

        assertThat(report.finding("vxlan-inner-mac-mismatch").lead().claim().expected())
                .isEqualTo("inner destination MAC " + mac(site, "west"));
        assertThat(report.finding("vxlan-inner-mac-mismatch").certain()).isFalse();
    }

    @Test
    void anIpv6UnderlayGoesByWhatWorks() {
        Site site = Site.busy(Style.OVERLAY6);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.innerMac(STALE, "east vxlan.calico", "west vxlan.calico")
                        .until("west vxlan.calico"))
                .syn()
                .pause(1)
                .syn();

        Report report = site.later();

        assertThat(report.said()).containsExactly(said("east ens3", mac(site, "west"), "shop/cart > shop/stock-1"));
        assertThat(report.finding("vxlan-inner-mac-mismatch").certain()).isFalse();
    }

    /// Two nodes may have two entries for one device, such as a second network's.
    @Test
    void whatWorksUnderThatMacIsRight() {
        Site site = withStaleEntryOnEast();
        site.connect("shop/offer-1", "shop/stock-1:7000")
                .there(way -> way.innerMac(STALE, "north tun7", "west tun7"))
                .whole();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    /// In some overlays frames bear the pods' own MACs, and each works for its pod alone.
    @Test
    void severalMacsThatWorkTellNothing() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().withoutTunnelMacs();
        site.connect("shop/offer-1", "shop/stock-1:7000")
                .there(way -> way.innerMac(OTHER, "north tun7", "west tun7"))
                .whole();
        dropAtWest(site, "shop/stock-1:7000");

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    /// It may be the MAC of the pod.
    @Test
    void oneDestinationDoesNotShowTheDevicesMac() {
        Site site = new Site(Style.OVERLAY);
        site.lists().withoutTunnelMacs();
        toOneDestination(site);
        dropAtWest(site, "shop/stock-2:7000");
        site.pause(3);
        toOneDestination(site);

        assertThat(site.analyze().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    private static void toOneDestination(Site site) {
        site.connect("shop/cart", "shop/stock-1:7000").whole();
        site.connect("shop/stock-1", "shop/stock-2:7000").whole();
        site.connect("shop/stock-1", site.outside(443)).whole();
    }

    /// Whoever takes the frame in sends its packet on in another.
    @Test
    void whatIsLostFurtherOnWasTakenIn() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.innerMac(STALE, "east tun7", "west tun7").until("west cbr0"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    /// As a capture of all interfaces at once shows them.
    private static Recording withoutMacs(Recording recording) {
        byte[] frame = recording.frame().clone();
        Arrays.fill(frame, 0, MACS, (byte) 0);
        return new Recording(
                recording.node(), recording.point(), recording.nanos(), recording.order(), frame, frame.length);
    }

    @ParameterizedTest
    @CsvSource({"west tun7, vxlan-inner-mac-mismatch", "west cbr0, packet-vanished"})
    void whereNoMacsAreShownTheFirstPointBehindTheTunnelIsWhereItIsUnpacked(String last, String rule) {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.innerMac(STALE).until(last))
                .syn()
                .pause(1)
                .syn();
        site.pause(3).healthyTraffic().changeRecordings(all -> all.stream()
                .map(VxlanInnerMacMismatchTest::withoutMacs)
                .toList());

        assertThat(site.analyze().faults()).extracting(Said::rule).containsExactly(rule);
    }

    @Test
    void theRightMacIsNoFaultOfTheTunnel() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.until("west tun7"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("packet-vanished");
    }

    /// A group's address reaches every device.
    @Test
    void broadcastIsForEveryDevice() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.innerMac(MacAddress.BROADCAST, "east tun7", "west tun7")
                        .until("west tun7"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults())
                .extracting(Said::rule)
                .doesNotContain("vxlan-inner-mac-mismatch")
                .isNotEmpty();
    }

    /// Which node's device it should be depends on where the packet goes.
    @Test
    void anotherNodeIsAnotherMatter() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.remote("192.0.2.13")
                        .innerMac(site.macOf("north"), "east tun7")
                        .until("east eno1"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("vxlan-wrong-remote");
    }

    /// Under an identifier that the receiver does not take nothing is unpacked, whatever is inside.
    @Test
    void anotherIdentifierIsTheCause() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.innerMac(STALE, "east tun7").vni(1).until("west eno1"))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("vxlan-vni-mismatch");
    }

    /// The annotation is wrong, and so nobody goes by it.
    @Test
    void whatWorksIsNotLookedAt() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().tunnelMac("west", STALE).tunnelMac("east", STALE).tunnelMac("north", STALE);

        assertThat(site.later().said()).isEmpty();
    }
}
