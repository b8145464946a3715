package hopline.decode;

import static hopline.decode.Packets.ARP;
import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.VLAN;
import static hopline.decode.Packets.arp;
import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.extension;
import static hopline.decode.Packets.fragment;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.icmp;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.ipv4Fragment;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.record;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vlan;
import static hopline.decode.Packets.vxlan;
import static hopline.decode.Packets.with;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DissectorTest {

    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final String A6 = "fd00::1";
    private static final String B6 = "fd00::2";

    private static final byte[] PLAIN_TCP = ethernet(IPV4, ipv4(A, B, IpProtocol.TCP, tcp(40_000, 80, octets(10))));
    private static final byte[] PLAIN_UDP = ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(40_000, 80, octets(10))));
    private static final byte[] PLAIN_TCP6 = ethernet(IPV6, ipv6(A6, B6, IpProtocol.TCP, tcp(40_000, 80, octets(10))));
    private static final byte[] PLAIN_UDP6 = ethernet(IPV6, ipv6(A6, B6, IpProtocol.UDP, udp(40_000, 80, octets(10))));

    private static final int IP = 14;
    private static final int IPV4_TRANSPORT = 34;
    private static final int IPV6_TRANSPORT = 54;

    /// Layers outermost first, then `…` when truncated and `!` when malformed.
    record Case(String what, byte[] frame, String layers) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static byte[] tagged(int tags) {
        byte[] inner = vlan(1, IPV4, ipv4(A, B, IpProtocol.TCP, tcp(1, 2)));
        for (int i = 1; i < tags; i++) {
            inner = vlan(1, VLAN, inner);
        }
        return ethernet(VLAN, inner);
    }

    private static byte[] tunnelled(int tunnels) {
        byte[] frame = PLAIN_TCP;
        for (int i = 0; i < tunnels; i++) {
            frame = ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(50_000, 4789, vxlan(i, frame))));
        }
        return frame;
    }

    private static byte[] extended(int extensions) {
        byte[] inner = extension(IpProtocol.TCP, tcp(1, 2));
        for (int i = 1; i < extensions; i++) {
            inner = extension(60, inner);
        }
        return ethernet(IPV6, ipv6(A6, B6, 60, inner));
    }

    static final List<Case> STACKS = List.of(
            new Case("plain TCP", PLAIN_TCP, "ethernet ipv4 tcp"),
            new Case("TCP in IPv6", PLAIN_TCP6, "ethernet ipv6 tcp"),
            new Case("ARP", ethernet(ARP, arp(1, "020000000001", A, "000000000000", B)), "ethernet arp"),
            new Case("a tag", tagged(1), "ethernet vlan ipv4 tcp"),
            new Case(
                    "two tags, of a provider and its customer",
                    ethernet(0x88a8, vlan(10, VLAN, vlan(20, IPV6, ipv6(A6, B6, IpProtocol.UDP, udp(1, 2))))),
                    "ethernet vlan vlan ipv6 udp"),
            new Case(
                    "two tags as before there was a standard",
                    ethernet(0x9100, vlan(10, 0x9100, vlan(20, ARP, arp(2, "020000000001", A, "020000000002", B)))),
                    "ethernet vlan vlan arp"),
            new Case(
                    "a tagged frame of no known type",
                    ethernet(VLAN, vlan(1, 0x88cc, octets(9))),
                    "ethernet vlan unknown"),
            new Case(
                    "a ping",
                    ethernet(IPV4, ipv4(A, B, IpProtocol.ICMP, icmp(8, 0, "00010001", octets(8)))),
                    "ethernet ipv4 icmp"),
            new Case(
                    "a ping in IPv6",
                    ethernet(IPV6, ipv6(A6, B6, IpProtocol.ICMPV6, icmp(128, 0, "00010001", octets(8)))),
                    "ethernet ipv6 icmpv6"),
            new Case("SCTP", ethernet(IPV4, ipv4(A, B, IpProtocol.SCTP, octets(12))), "ethernet ipv4 sctp"),
            new Case("a protocol that is not ours", ethernet(IPV4, ipv4(A, B, 89, octets(4))), "ethernet ipv4 unknown"),
            new Case(
                    "a DNS query",
                    ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(40_000, 53, dnsQuery(1, "a", 1)))),
                    "ethernet ipv4 udp dns"),
            new Case(
                    "a DNS answer",
                    ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(53, 40_000, dnsQuery(1, "a", 1)))),
                    "ethernet ipv4 udp dns"),
            new Case(
                    "DHCP",
                    ethernet(IPV4, ipv4("0.0.0.0", "255.255.255.255", IpProtocol.UDP, udp(68, 67, octets(240)))),
                    "ethernet ipv4 udp dhcp"),
            new Case("VXLAN", tunnelled(1), "ethernet ipv4 udp vxlan ethernet ipv4 tcp"),
            new Case(
                    "VXLAN in IPv6, on the port of Linux",
                    ethernet(IPV6, ipv6(A6, B6, IpProtocol.UDP, udp(50_000, 8472, vxlan(1, PLAIN_TCP6)))),
                    "ethernet ipv6 udp vxlan ethernet ipv6 tcp"),
            new Case(
                    "a port of VXLAN as source only",
                    ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(4789, 80, vxlan(1, PLAIN_TCP)))),
                    "ethernet ipv4 udp"),
            new Case(
                    "VXLAN without a frame in it",
                    ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(50_000, 4789, vxlan(1)))),
                    "ethernet ipv4 udp vxlan !"),
            new Case(
                    "a chain of extension headers",
                    extended(3),
                    "ethernet ipv6" + " ipv6-extension".repeat(3) + " tcp"),
            new Case("as many as become layers", extended(16), "ethernet ipv6" + " ipv6-extension".repeat(16) + " tcp"),
            new Case("as many as are followed", extended(128), "ethernet ipv6" + " ipv6-extension".repeat(16) + " tcp"),
            new Case("one more", extended(129), "ethernet ipv6" + " ipv6-extension".repeat(16) + " unknown"),
            new Case("as many tags as are followed", tagged(16), "ethernet" + " vlan".repeat(16) + " ipv4 tcp"),
            new Case("one tag more", tagged(17), "ethernet" + " vlan".repeat(16) + " unknown"),
            new Case(
                    "as many tunnels as are followed",
                    tunnelled(8),
                    "ethernet ipv4 udp vxlan ".repeat(8) + "ethernet ipv4 tcp"),
            new Case("one tunnel more", tunnelled(9), "ethernet ipv4 udp vxlan ".repeat(8) + "ethernet ipv4 udp !"),
            new Case(
                    "a first fragment",
                    ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.UDP, 7, 0, true, udp(1, 2, octets(8)))),
                    "ethernet ipv4 udp"),
            new Case(
                    "a first fragment without room for its header",
                    ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.TCP, 7, 0, true, octets(8))),
                    "ethernet ipv4 …"),
            new Case(
                    "a later fragment",
                    ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.UDP, 7, 1_480, false, octets(8))),
                    "ethernet ipv4"),
            new Case(
                    "a first fragment of IPv6",
                    ethernet(IPV6, ipv6(A6, B6, 44, fragment(IpProtocol.UDP, 0, true, 7, udp(1, 2, octets(8))))),
                    "ethernet ipv6 ipv6-extension udp"),
            new Case(
                    "a later fragment of IPv6, which may begin with anything",
                    ethernet(IPV6, ipv6(A6, B6, 44, fragment(60, 1_448, false, 7, octets(8)))),
                    "ethernet ipv6 ipv6-extension"),
            new Case(
                    "an error that quotes a packet",
                    ethernet(
                            IPV4,
                            ipv4(B, A, IpProtocol.ICMP, icmp(3, 1, "00000000", ipv4(A, B, IpProtocol.TCP, tcp(1, 2))))),
                    "ethernet ipv4 icmp ipv4 tcp"),
            new Case(
                    "an error in IPv6 that quotes extension headers",
                    ethernet(
                            IPV6,
                            ipv6(
                                    B6,
                                    A6,
                                    IpProtocol.ICMPV6,
                                    icmp(
                                            1,
                                            4,
                                            "00000000",
                                            ipv6(A6, B6, 0, extension(IpProtocol.UDP, udp(1, 5_000, octets(20))))))),
                    "ethernet ipv6 icmpv6 ipv6 ipv6-extension udp"),
            new Case(
                    "an error that quotes an error is followed once",
                    ethernet(
                            IPV4,
                            ipv4(
                                    B,
                                    A,
                                    IpProtocol.ICMP,
                                    icmp(
                                            3,
                                            1,
                                            "00000000",
                                            ipv4(
                                                    A,
                                                    B,
                                                    IpProtocol.ICMP,
                                                    icmp(11, 0, "00000000", ipv4(A, B, 6, tcp(1, 2))))))),
                    "ethernet ipv4 icmp ipv4 icmp"),
            new Case(
                    "an error that quotes nothing",
                    ethernet(IPV4, ipv4(B, A, IpProtocol.ICMP, icmp(3, 1, "00000000"))),
                    "ethernet ipv4 icmp …"));

    @ParameterizedTest
    @FieldSource("STACKS")
    void layersOutermostFirst(Case expected) {
        assertThat(text(dissect(record(expected.frame())))).isEqualTo(expected.layers());
    }

    static final List<Case> LIES = List.of(
            new Case("version 5 in IPv4", with(PLAIN_TCP, IP, "55"), "ethernet !"),
            new Case("a header of 16 octets", with(PLAIN_TCP, IP, "44"), "ethernet !"),
            new Case("a header of 60 octets that takes in TCP's", with(PLAIN_TCP, IP, "4f"), "ethernet ipv4 !"),
            new Case("a total length beyond the frame", with(PLAIN_TCP, IP + 2, "ffff"), "ethernet ipv4 tcp !"),
            new Case("a total length of one octet more", with(PLAIN_TCP, IP + 2, "0033"), "ethernet ipv4 tcp !"),
            new Case("a total length below the header's", with(PLAIN_TCP, IP + 2, "0013"), "ethernet ipv4 !"),
            new Case("a total length that cuts TCP's header", with(PLAIN_TCP, IP + 2, "0020"), "ethernet ipv4 !"),
            new Case("version 4 in IPv6", with(PLAIN_TCP6, IP, "45"), "ethernet !"),
            new Case("a payload length beyond the frame", with(PLAIN_TCP6, IP + 4, "001f"), "ethernet ipv6 tcp !"),
            new Case("a payload length that cuts TCP's header", with(PLAIN_TCP6, IP + 4, "0010"), "ethernet ipv6 !"),
            new Case("a TCP header of 16 octets", with(PLAIN_TCP, IPV4_TRANSPORT + 12, "40"), "ethernet ipv4 tcp !"),
            new Case(
                    "a TCP header beyond its packet",
                    with(PLAIN_TCP, IPV4_TRANSPORT + 12, "f0"),
                    "ethernet ipv4 tcp !"),
            new Case(
                    "a UDP length beyond its packet",
                    with(PLAIN_UDP, IPV4_TRANSPORT + 4, "0013"),
                    "ethernet ipv4 udp !"),
            new Case(
                    "a UDP length below its header's",
                    with(PLAIN_UDP, IPV4_TRANSPORT + 4, "0007"),
                    "ethernet ipv4 udp !"),
            new Case(
                    "a UDP length below its packet's is padding",
                    with(PLAIN_UDP6, IPV6_TRANSPORT + 4, "0009"),
                    "ethernet ipv6 udp"),
            new Case(
                    "an extension header beyond its packet",
                    with(extended(1), IPV6_TRANSPORT + 1, "ff"),
                    "ethernet ipv6 ipv6-extension !"),
            new Case("a frame without room for its header", octets(13), "!"),
            new Case("a frame without room for what it announces", ethernet(IPV4), "ethernet !"),
            new Case(
                    "a UDP datagram without room for DNS",
                    ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(40_000, 53, octets(11)))),
                    "ethernet ipv4 udp !"));

    @ParameterizedTest
    @FieldSource("LIES")
    void aLengthThatLiesIsMalformedAndWhatCameBeforeStays(Case expected) {
        assertThat(text(dissect(record(expected.frame())))).isEqualTo(expected.layers());
    }

    @ParameterizedTest
    @FieldSource("LIES")
    void neverReadsBeyondWhatWasCaptured(Case lie) {
        Layers layers = dissect(record(lie.frame()));

        for (int i = 0; i < layers.count(); i++) {
            assertThat(layers.end(i)).isLessThanOrEqualTo(3 + lie.frame().length);
        }
    }

    @Test
    void aUdpLengthThatLiesIsHeldToItsPacket() {
        Layers beyond = dissect(record(with(PLAIN_UDP, IPV4_TRANSPORT + 4, "ffff")));
        Layers below = dissect(record(with(PLAIN_UDP, IPV4_TRANSPORT + 4, "0007")));

        assertThat(beyond.statedEnd(2)).isEqualTo(beyond.statedEnd(1));
        assertThat(below.octets(2).length()).isEqualTo(8);
        assertThat(below.statedEnd(2)).isEqualTo(below.end(2));
    }

    record Cut(int captured, String layers) {}

    /// Each header of a tunnelled packet, whole and one octet short of it.
    static final List<Cut> CUTS = List.of(
            new Cut(0, "…"),
            new Cut(13, "…"),
            new Cut(14, "ethernet …"),
            new Cut(33, "ethernet …"),
            new Cut(34, "ethernet ipv4 …"),
            new Cut(41, "ethernet ipv4 …"),
            new Cut(42, "ethernet ipv4 udp …"),
            new Cut(49, "ethernet ipv4 udp …"),
            new Cut(50, "ethernet ipv4 udp vxlan …"),
            new Cut(63, "ethernet ipv4 udp vxlan …"),
            new Cut(64, "ethernet ipv4 udp vxlan ethernet …"),
            new Cut(84, "ethernet ipv4 udp vxlan ethernet ipv4 …"),
            new Cut(103, "ethernet ipv4 udp vxlan ethernet ipv4 …"),
            new Cut(104, "ethernet ipv4 udp vxlan ethernet ipv4 tcp"));

    @ParameterizedTest
    @FieldSource("CUTS")
    void aSnapLengthTruncates(Cut expected) {
        CaptureRecord record = record(tunnelled(1), expected.captured());

        assertThat(text(dissect(record))).isEqualTo(expected.layers());
    }

    @Test
    void aSnapLengthInsideTheOptionsOfTcpTruncatesToo() {
        byte[] frame = ethernet(IPV4, ipv4(A, B, IpProtocol.TCP, tcp(1, 2, 1, 1, 2, hex("020405b4"), octets(4))));

        assertThat(text(dissect(record(frame, frame.length - 5)))).isEqualTo("ethernet ipv4 tcp …");
        assertThat(text(dissect(record(frame, frame.length - 4)))).isEqualTo("ethernet ipv4 tcp");
    }

    @Test
    void aQuotedPacketIsCutShortByWhoQuotesIt() {
        byte[] quoted = with(ipv4(A, B, IpProtocol.UDP, udp(1, 2)), 2, "05dc");
        byte[] frame = ethernet(IPV4, ipv4(B, A, IpProtocol.ICMP, icmp(3, 3, "00000000", quoted)));
        byte[] shorter = ethernet(IPV4, ipv4(B, A, IpProtocol.ICMP, icmp(3, 3, "00000000", Arrays.copyOf(quoted, 24))));

        assertThat(text(dissect(record(frame)))).isEqualTo("ethernet ipv4 icmp ipv4 udp");
        assertThat(text(dissect(record(shorter)))).isEqualTo("ethernet ipv4 icmp ipv4 …");
    }

    @Test
    void paddingBelongsToNoLayerBelowTheFrame() {
        byte[] frame = join(ethernet(IPV4, ipv4(A, B, IpProtocol.TCP, tcp(1, 2))), new byte[6]);

        Layers layers = dissect(record(frame));

        assertThat(layers.octets(0).length()).isEqualTo(60);
        assertThat(layers.octets(1).length()).isEqualTo(40);
        assertThat(layers.octets(2).length()).isEqualTo(20);
    }

    @Test
    void aStatedLengthOutlivesTheSnapLength() {
        Layers layers = dissect(record(PLAIN_UDP, 45));

        assertThat(layers.octets(2).length()).isEqualTo(11);
        assertThat(layers.statedEnd(2) - layers.start(2)).isEqualTo(18);
        assertThat(layers.isTruncated()).as("all headers are there").isFalse();
    }

    /// A sender that leaves segmentation of more than 64 KiB to its NIC states no length.
    @Test
    void aLengthOfZeroMeansTheRest() {
        for (byte[] frame : List.of(
                with(PLAIN_TCP, IP + 2, "0000"),
                with(with(PLAIN_UDP, IP + 2, "0000"), IPV4_TRANSPORT + 4, "0000"),
                with(PLAIN_TCP6, IP + 4, "0000"))) {
            Layers layers = dissect(record(frame));

            assertThat(layers.isMalformed()).isFalse();
            assertThat(layers.end(layers.transport())).isEqualTo(3 + frame.length);
        }
    }

    @Test
    void aTunnelsContentIsWhatCounts() {
        Layers layers = dissect(record(tunnelled(2)));

        assertThat(layers.tunnels()).isEqualTo(2);
        assertThat(layers.tunnel()).isEqualTo(7);
        assertThat(layers.link()).isEqualTo(8);
        assertThat(layers.network()).isEqualTo(9);
        assertThat(layers.transport()).isEqualTo(10);
        assertThat(layers.transportProtocol()).isEqualTo(IpProtocol.TCP);
        assertThat(layers.transportStart()).isEqualTo(layers.start(10));
    }

    @Test
    void theNetworkOfABrokenTunnelIsNotThatAroundIt() {
        Layers layers = dissect(record(
                ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(50_000, 4789, vxlan(1, ethernet(0x88cc, octets(20))))))));

        assertThat(layers.network()).isEqualTo(-1);
        assertThat(layers.transport()).isEqualTo(-1);
        assertThat(layers.link()).isEqualTo(4);
    }

    @Test
    void aQuotedPacketIsNotTheRecordsOwn() {
        Layers layers = dissect(record(ethernet(
                IPV4,
                ipv4(B, A, IpProtocol.ICMP, icmp(11, 0, "00000000", ipv4Fragment(A, B, 17, 9, 0, true, udp(1, 53)))))));

        assertThat(layers.quoted()).isEqualTo(3);
        assertThat(layers.network()).isEqualTo(1);
        assertThat(layers.transport()).isEqualTo(2);
        assertThat(layers.transportProtocol()).isEqualTo(IpProtocol.ICMP);
        assertThat(layers.isFragment()).isFalse();
        assertThat(layers.dns()).isEqualTo(-1);
    }

    @Test
    void anErrorWhoseQuoteIsBrokenQuotesNothing() {
        Layers layers =
                dissect(record(ethernet(IPV4, ipv4(B, A, IpProtocol.ICMP, icmp(3, 1, "00000000", octets(40))))));

        assertThat(layers.quoted()).isEqualTo(-1);
        assertThat(layers.isMalformed()).isTrue();
    }

    @Test
    void notesAFragmentsPlace() {
        Layers first = dissect(record(ethernet(
                IPV6, ipv6(A6, B6, 0, extension(44, fragment(IpProtocol.TCP, 0, true, 0xdead_beefL, tcp(1, 2)))))));

        assertThat(first.isFragment()).isTrue();
        assertThat(first.fragmentOffset()).isZero();
        assertThat(first.moreFragments()).isTrue();
        assertThat(first.fragmentId()).isEqualTo(0xdead_beef);
        assertThat(first.transportProtocol()).isEqualTo(IpProtocol.TCP);

        Layers later =
                dissect(record(ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.TCP, 77, 1_480, false, octets(40)))));

        assertThat(later.fragmentOffset()).isEqualTo(1_480);
        assertThat(later.moreFragments()).isFalse();
        assertThat(later.fragmentId()).isEqualTo(77);
        assertThat(later.transport()).isEqualTo(-1);
        assertThat(later.transportProtocol()).isEqualTo(IpProtocol.TCP);
        assertThat(later.transportStart()).isEqualTo(3 + IPV4_TRANSPORT);
    }

    /// Its length is that of the whole datagram, which one fragment cannot hold.
    @Test
    void aFirstFragmentsUdpLengthIsNoLie() {
        byte[] datagram = with(udp(1, 2, octets(8)), 4, "0b00");

        Layers layers = dissect(record(ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.UDP, 7, 0, true, datagram))));

        assertThat(layers.isMalformed()).isFalse();
        assertThat(text(layers)).isEqualTo("ethernet ipv4 udp");
    }

    @Test
    void aTunnelInAFirstFragmentGoesOnInTheNext() {
        byte[] tunnel = udp(50_000, 4789, vxlan(1, PLAIN_TCP));
        byte[] half = Arrays.copyOf(tunnel, tunnel.length - 16);

        Layers layers = dissect(record(ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.UDP, 7, 0, true, half))));

        assertThat(text(layers)).isEqualTo("ethernet ipv4 udp vxlan ethernet ipv4 …");
        assertThat(layers.statedEnd(5) - layers.start(5)).isEqualTo(50);
    }

    @Test
    void looksForVxlanOnMorePortsWhenAsked() {
        byte[] frame = ethernet(IPV4, ipv4(A, B, IpProtocol.UDP, udp(50_000, 14_789, vxlan(1, PLAIN_TCP))));
        Layers layers = new Layers();

        new Dissector(List.of(14_789)).dissect(record(frame), LinkType.ETHERNET, layers);

        assertThat(text(layers)).isEqualTo("ethernet ipv4 udp vxlan ethernet ipv4 tcp");
        assertThat(text(dissect(record(frame)))).isEqualTo("ethernet ipv4 udp");
    }

    @Test
    void otherLinkTypesStayUnknown() {
        Layers layers = new Layers();

        new Dissector().dissect(record(PLAIN_TCP), 147, layers); // what anybody may use for anything

        assertThat(text(layers)).isEqualTo("unknown");
        assertThat(layers.isUndecoded()).isTrue();
        assertThat(layers.link()).isEqualTo(-1);
    }

    @Test
    void nothingOfTheRecordBeforeStays() {
        Dissector dissector = new Dissector();
        Layers reused = new Layers();
        dissector.dissect(record(tunnelled(9)), LinkType.ETHERNET, reused);
        dissector.dissect(
                record(ethernet(IPV4, ipv4Fragment(A, B, IpProtocol.UDP, 7, 8, true, octets(8)))),
                LinkType.ETHERNET,
                reused);
        dissector.dissect(record(tunnelled(1), 60), LinkType.ETHERNET, reused);
        dissector.dissect(record(PLAIN_TCP), LinkType.ETHERNET, reused);

        assertThat(text(reused)).isEqualTo("ethernet ipv4 tcp");
        assertThat(reused.tunnels()).isZero();
        assertThat(reused.tunnel()).isEqualTo(-1);
        assertThat(reused.isFragment()).isFalse();
        assertThat(reused.moreFragments()).isFalse();
    }

    /// Eight tunnels whose frames each bear tags and extension headers hold more layers than can be noted.
    @Test
    void moreLayersThanCanBeNotedAreMalformed() {
        byte[] frame = PLAIN_TCP;
        for (int i = 0; i < 8; i++) {
            byte[] ip = ipv6(A6, B6, 60, extension(60, extension(60, extension(17, udp(1, 4789, vxlan(i, frame))))));
            frame = ethernet(VLAN, vlan(1, VLAN, vlan(2, VLAN, vlan(3, IPV6, ip))));
        }

        Layers layers = dissect(record(frame));

        assertThat(layers.count()).isEqualTo(Layers.MAX_LAYERS);
        assertThat(layers.isMalformed()).isTrue();
    }

    /// As some capture tools write it: the record holds more than the packet is said to have had.
    @Test
    void anOriginalLengthBelowTheCapturedOneIsNoHarm() {
        for (byte[] frame : List.of(PLAIN_TCP, PLAIN_TCP6, PLAIN_UDP, PLAIN_UDP6, tunnelled(1), tagged(2))) {
            for (int original = 0; original < frame.length; original++) {
                CaptureRecord record = record(frame);
                record.set(1, 0, 0, original);
                Layers layers = dissect(record);
                for (int i = 0; i < layers.count(); i++) {
                    assertThat(layers.octets(i).length()).isGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    private static Layers dissect(CaptureRecord record) {
        Layers layers = new Layers();
        new Dissector().dissect(record, LinkType.ETHERNET, layers);
        return layers;
    }

    static String text(Layers layers) {
        String names = IntStream.range(0, layers.count())
                .mapToObj(i -> layers.protocol(i).label())
                .collect(Collectors.joining(" "));
        return (names + (layers.isTruncated() ? " …" : "") + (layers.isMalformed() ? " !" : "")).strip();
    }
}
