package hopline.decode.stage;

import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.icmp;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.ipv4Fragment;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.with;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Address;
import hopline.decode.Dissector;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.Layers;
import hopline.decode.Packets;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.header.TcpHeader;
import hopline.decode.stage.StageDetail.Dns;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.decode.stage.StageDetail.Neighbor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StageReaderTest {

    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";

    private final Scene scene = new Scene();

    @Test
    void placesTheRecord() {
        CaptureRecord record =
                Packets.record(Sketch.tcp("10.0.0.1:1", "10.0.0.2:2").frame());
        record.set(17, 0, 5_000, 54);
        Layers layers = new Layers();
        new Dissector().dissect(record, LinkType.ETHERNET, layers);
        CapturePoint point = new CapturePoint(3, "a", "eth0");

        Stage stage = new StageReader(new StagePool()).read(record, layers, point, 2, 400);

        assertThat(stage.point()).isEqualTo(point);
        assertThat(stage.file()).isEqualTo(2);
        assertThat(stage.record()).isEqualTo(17);
        assertThat(stage.epochNanos()).as("less what the clock is ahead").isEqualTo(4_600);
        assertThat(stage.outer()).isNull();
        assertThat(stage.detail()).isNull();
        assertThat(stage.isCertain()).isTrue();
    }

    @Test
    void readsASegment() {
        Stage stage = Scene.stage(Sketch.tcp("10.0.0.1:40000", "10.0.0.2:80")
                .flags(TcpHeader.SYN)
                .sequence(0xffff_fff0L)
                .ttl(63)
                .vlan(12)
                .macs(0x02aa, 0x02bb)
                .options("020405b4 0101 080a 00000001 00000002")
                .data(10));

        assertThat(stage.source()).hasToString("10.0.0.1:40000");
        assertThat(stage.destination()).hasToString("10.0.0.2:80");
        assertThat(stage.protocol()).isEqualTo(IpProtocol.TCP);
        assertThat(stage.sourceMac()).isEqualTo(0x02aa);
        assertThat(stage.destinationMac()).isEqualTo(0x02bb);
        assertThat(stage.vlan()).isEqualTo(12);
        assertThat(stage.timeToLive()).isEqualTo(63);
        assertThat(stage.identification()).isEqualTo(7);
        assertThat(stage.isSyn()).isTrue();
        assertThat(stage.isSynAck()).isFalse();
        assertThat(stage.sequence()).isEqualTo(-16);
        assertThat(stage.sequenceEnd()).as("the SYN takes one").isEqualTo(-16 + 10 + 1);
        assertThat(stage.maximumSegmentSize()).isEqualTo(1_460);
        assertThat(stage.timestamps()).isEqualTo(1L << 32 | 2);
        assertThat(stage.window()).isEqualTo(501);
        assertThat(stage.length()).isEqualTo(20 + 36 + 10);
        assertThat(stage.payloadLength()).isEqualTo(10);
        assertThat(stage.isTransportWhole()).isTrue();
    }

    record Cut(int tcpOctets, boolean portsKnown, boolean sequenceKnown, boolean whole) {}

    /// Snap lengths that leave this much of a TCP header of 32 octets.
    static final List<Cut> CUTS = List.of(
            new Cut(0, false, false, false),
            new Cut(3, false, false, false),
            new Cut(4, true, false, false),
            new Cut(8, true, true, false),
            new Cut(19, true, true, false),
            new Cut(20, true, true, false),
            new Cut(31, true, true, false),
            new Cut(32, true, true, true));

    @ParameterizedTest
    @FieldSource("CUTS")
    void readsWhatASnapLengthLeft(Cut cut) {
        byte[] frame = Sketch.tcp("10.0.0.1:40000", "10.0.0.2:80")
                .options("0101 080a 00000001 00000002")
                .data(100)
                .frame();

        Stage stage = scene.see("a/eth0", 0, frame, 34 + cut.tcpOctets());

        assertThat(stage.sourcePort()).isEqualTo(cut.portsKnown() ? 40_000 : 0);
        assertThat(stage.sequence()).isEqualTo(cut.sequenceKnown() ? 1_000 : 0);
        assertThat(stage.isTransportWhole()).isEqualTo(cut.whole());
        assertThat(stage.length()).as("as stated").isEqualTo(20 + 32 + 100);
        if (cut.tcpOctets() >= Content.WITH_DATA_OFFSET) {
            assertThat(stage.payloadLength()).isEqualTo(100);
        }
    }

    @Test
    void readsTheInnermostPacketAndTheTunnelAroundIt() {
        Sketch packet =
                Sketch.tcp("10.50.1.11:40000", "10.50.2.21:8080").ttl(63).macs(0x02aa, 0x02bb);

        Stage inIpv4 = Scene.stage(packet.inVxlan("10.20.0.11", "10.20.0.12", 4_096));
        Stage inIpv6 = Scene.stage(packet.inVxlan("fd00::11", "fd00::12", 1));

        assertThat(inIpv4.outer())
                .isEqualTo(new Encapsulation(Address.of("10.20.0.11"), Address.of("10.20.0.12"), 4789, 4_096));
        assertThat(inIpv6.outer())
                .isEqualTo(new Encapsulation(Address.of("fd00::11"), Address.of("fd00::12"), 4789, 1));
        assertThat(List.of(inIpv4, inIpv6)).allSatisfy(stage -> {
            assertThat(stage.source()).hasToString("10.50.1.11:40000");
            assertThat(stage.sourceMac()).isEqualTo(0x02aa);
            assertThat(stage.timeToLive()).isEqualTo(63);
            assertThat(stage.length()).isEqualTo(40);
        });
    }

    @Test
    void aTunnelMayStateNoNetwork() {
        byte[] frame = Sketch.tcp("10.0.0.1:1", "10.0.0.2:2").inVxlan(A, B, 1).frame();

        Stage stage = scene.see("a/eth0", 0, with(frame, 42, "00"), frame.length);

        assertThat(stage.outer().vni()).isEqualTo(Encapsulation.NO_VNI);
    }

    @Test
    void sharesEqualTunnels() {
        Sketch packet = Sketch.tcp("10.0.0.1:1", "10.0.0.2:2").inVxlan(A, B, 1);

        Stage first = scene.see("a/eth0", 0, packet);
        Stage second = scene.see("a/eth0", 1, packet);
        Stage other = scene.see("a/eth0", 2, packet.inVxlan(A, B, 2));

        assertThat(second.outer()).isSameAs(first.outer());
        assertThat(other.outer()).isNotEqualTo(first.outer());
    }

    @Test
    void carriesPortsOverToLaterFragments() {
        Sketch datagram =
                Sketch.udp("10.0.0.1:5000", "10.0.0.2:6000", octets(100)).identification(9);

        scene.see("a/eth0", 0, datagram.fragment(0, true));
        Stage later = scene.see("a/eth0", 1, datagram.fragment(1_480, false));
        Stage stranger = scene.see("a/eth0", 2, datagram.fragment(1_480, false).identification(10));

        assertThat(later.isLaterFragment()).isTrue();
        assertThat(later.source()).hasToString("10.0.0.1:5000");
        assertThat(later.destination()).hasToString("10.0.0.2:6000");
        assertThat(later.isTransportWhole()).isTrue();
        assertThat(stranger.isTransportWhole()).isFalse();
        assertThat(stranger.sourcePort()).isZero();
    }

    @Test
    void readsTheQuestionOfADnsMessage() {
        byte[] query = dnsQuery(0xbeef, "web.shop.svc", 28);

        Stage stage = Scene.stage(Sketch.udp("10.0.0.1:5000", "10.96.0.10:53", Packets.join(query, octets(500))));

        assertThat(stage.detail()).isInstanceOfSatisfying(Dns.class, dns -> {
            assertThat(dns.message().id()).isEqualTo(0xbeef);
            assertThat(dns.message().question()).hasValue(new DnsQuestion("web.shop.svc", 28));
            assertThat(dns.message().octets().length())
                    .as("kept no longer than its question")
                    .isEqualTo(query.length);
        });
    }

    record Asking(String what, byte[] frame, Neighbor neighbor) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static byte[] arp(int operation, String sender, String target) {
        return ethernet(Packets.ARP, Packets.arp(operation, "020000000001", sender, "020000000002", target));
    }

    private static byte[] icmpv6(int type, String source, String destination) {
        byte[] target = Packets.address("fd00::2");
        return ethernet(Packets.IPV6, ipv6(source, destination, IpProtocol.ICMPV6, icmp(type, 0, "00000000", target)));
    }

    private static Neighbor neighbor(boolean request, String sender, String target, boolean announcement) {
        return new Neighbor(request, Address.of(sender), Address.of(target), announcement);
    }

    static final List<Asking> ASKING = List.of(
            new Asking("who has B", arp(1, A, B), neighbor(true, A, B, false)),
            new Asking("A tells B that it is A", arp(2, A, B), neighbor(false, A, A, false)),
            new Asking("A announces itself", arp(1, A, A), neighbor(true, A, A, true)),
            new Asking("a probe for B", arp(1, "0.0.0.0", B), neighbor(true, "0.0.0.0", B, false)),
            new Asking(
                    "who has fd00::2",
                    icmpv6(135, "fd00::1", "ff02::1:ff00:2"),
                    neighbor(true, "fd00::1", "fd00::2", false)),
            new Asking(
                    "a probe for fd00::2", icmpv6(135, "::", "ff02::1:ff00:2"), neighbor(true, "::", "fd00::2", false)),
            new Asking(
                    "fd00::2 answers", icmpv6(136, "fd00::2", "fd00::1"), neighbor(false, "fd00::2", "fd00::2", false)),
            new Asking(
                    "fd00::2 announces itself",
                    icmpv6(136, "fd00::2", "ff02::1"),
                    neighbor(false, "fd00::2", "fd00::2", true)));

    @ParameterizedTest
    @FieldSource("ASKING")
    void readsWhoAsksForWhom(Asking expected) {
        Stage stage = scene.see("a/eth0", 0, expected.frame(), expected.frame().length);

        assertThat(stage.detail()).isEqualTo(expected.neighbor());
        assertThat(expected.neighbor().isProbe()).isEqualTo(expected.what().startsWith("a probe"));
    }

    record Quoting(String what, byte[] frame, IcmpError error) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static IcmpError error(int type, int code, int mtu, int protocol, int from, int to, int sequence, int id) {
        return new IcmpError(4, type, code, mtu, protocol, Address.of(A), from, Address.of(B), to, sequence, id);
    }

    private static byte[] icmpError(int type, int code, String rest, byte[] quoted) {
        return ethernet(Packets.IPV4, ipv4("10.0.0.254", A, IpProtocol.ICMP, icmp(type, code, rest, quoted)));
    }

    private static final byte[] QUOTED_TCP =
            ipv4Fragment(A, B, IpProtocol.TCP, 77, 0, false, tcp(40_000, 80, 1_234, 0, 2, new byte[0], new byte[0]));

    static final List<Quoting> QUOTING = List.of(
            new Quoting("a segment", icmpError(3, 1, "00000000", QUOTED_TCP), error(3, 1, 0, 6, 40_000, 80, 1_234, 77)),
            new Quoting(
                    "eight octets of a segment, as RFC 792 asks",
                    icmpError(3, 4, "00000582", Arrays.copyOf(QUOTED_TCP, 28)),
                    error(3, 4, 1_410, 6, 40_000, 80, 1_234, 77)),
            new Quoting(
                    "four octets of it",
                    icmpError(11, 0, "00000000", Arrays.copyOf(QUOTED_TCP, 24)),
                    error(11, 0, 0, 6, 40_000, 80, 0, 77)),
            new Quoting(
                    "an IP header alone",
                    icmpError(3, 1, "00000000", Arrays.copyOf(QUOTED_TCP, 20)),
                    error(3, 1, 0, 6, 0, 0, 0, 77)),
            new Quoting(
                    "a datagram",
                    icmpError(3, 3, "00000000", ipv4(A, B, IpProtocol.UDP, udp(5_000, 53))),
                    error(3, 3, 0, 17, 5_000, 53, 0, 0)),
            new Quoting(
                    "a ping",
                    icmpError(11, 0, "00000000", ipv4(A, B, IpProtocol.ICMP, icmp(8, 0, "00ab0005"))),
                    error(11, 0, 0, 1, 0xab, 0xab, 5, 0)));

    @ParameterizedTest
    @FieldSource("QUOTING")
    void readsWhatAnErrorQuotes(Quoting expected) {
        Stage stage = scene.see("a/eth0", 0, expected.frame(), expected.frame().length);

        assertThat(stage.detail()).isEqualTo(expected.error());
        assertThat(stage.source()).isEqualTo(new Endpoint(Address.of("10.0.0.254"), Endpoint.NO_PORT));
    }

    @Test
    void readsWhatAnErrorOfIpv6Quotes() {
        byte[] quoted = ipv6("fd00::1", "fd00::2", IpProtocol.UDP, udp(5_000, 53));
        byte[] frame =
                ethernet(Packets.IPV6, ipv6("fd00::ff", "fd00::1", IpProtocol.ICMPV6, icmp(2, 0, "00000514", quoted)));

        StageDetail detail = scene.see("a/eth0", 0, frame, frame.length).detail();

        assertThat(detail)
                .isEqualTo(new IcmpError(
                        6, 2, 0, 1_300, 17, Address.of("fd00::1"), 5_000, Address.of("fd00::2"), 53, 0, 0));
    }

    @Test
    void findsTheQuotedPortsBehindExtensionHeaders() {
        byte[] chain = Packets.extension(60, Packets.extension(IpProtocol.UDP, udp(5_000, 53)));
        byte[] quoted = ipv6("fd00::1", "fd00::2", 0, chain);
        byte[] frame =
                ethernet(Packets.IPV6, ipv6("fd00::ff", "fd00::1", IpProtocol.ICMPV6, icmp(1, 4, "00000000", quoted)));

        StageDetail detail = scene.see("a/eth0", 0, frame, frame.length).detail();

        assertThat(detail)
                .isEqualTo(
                        new IcmpError(6, 1, 4, 0, 17, Address.of("fd00::1"), 5_000, Address.of("fd00::2"), 53, 0, 0));
    }

    record Meaning(int version, int type, int code, String meaning) {}

    static final List<Meaning> MEANINGS = List.of(
            new Meaning(4, 3, 4, "too big"),
            new Meaning(4, 3, 3, "port unreachable, unreachable"),
            new Meaning(4, 3, 1, "unreachable"),
            new Meaning(4, 11, 0, "time exceeded"),
            new Meaning(4, 5, 1, ""),
            new Meaning(6, 2, 0, "too big"),
            new Meaning(6, 1, 4, "port unreachable, unreachable"),
            new Meaning(6, 1, 3, "unreachable"),
            new Meaning(6, 3, 0, "time exceeded"),
            new Meaning(6, 4, 1, ""));

    @ParameterizedTest
    @FieldSource("MEANINGS")
    void tellsWhatAnErrorMeans(Meaning expected) {
        Address nobody = Address.of("::");
        IcmpError error =
                new IcmpError(expected.version(), expected.type(), expected.code(), 0, 17, nobody, 0, nobody, 0, 0, 0);

        String meaning = (error.isPacketTooBig() ? "too big, " : "")
                + (error.isPortUnreachable() ? "port unreachable, " : "")
                + (error.isUnreachable() ? "unreachable, " : "")
                + (error.isTimeExceeded() ? "time exceeded, " : "");
        assertThat(meaning.replaceFirst(", $", "")).isEqualTo(expected.meaning());
    }

    @Test
    void aPingsIdentifierStandsForItsPorts() {
        Stage stage = Scene.stage(Sketch.ping(A, B, 0xabcd, 5));

        assertThat(stage.sourcePort()).isEqualTo(0xabcd);
        assertThat(stage.destinationPort()).isEqualTo(0xabcd);
        assertThat(stage.sequence()).isEqualTo(5);
        assertThat(stage.source()).hasToString(A);
        assertThat(stage.isTransportWhole()).isTrue();
    }

    @Test
    void aFrameThatIsNotIpIsToldByItsFirstOctets() {
        byte[] frame = ethernet(0x88cc, hex("0102030405060708 090a"));

        Stage stage = scene.see("a/eth0", 0, frame, frame.length);

        assertThat(stage.protocol()).isEqualTo(Stage.NOT_IP);
        assertThat(stage.isIp()).isFalse();
        assertThat(stage.head0).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(stage.head1).isEqualTo(0x090a_0000_0000_0000L);
        assertThat(stage.length()).isEqualTo(24);
    }

    /// Packets that between them fill every field.
    static final List<byte[]> USED = List.of(
            Sketch.tcp("10.0.0.1:1", "10.0.0.2:2")
                    .vlan(3)
                    .options("020405b4 0101 080a 00000001 00000002")
                    .flags(TcpHeader.SYN)
                    .data(40)
                    .inVxlan(A, B, 1)
                    .frame(),
            Arrays.copyOf(Sketch.tcp("10.0.0.1:1", "10.0.0.2:2").frame(), 34 + 16),
            Sketch.udp("[fd00::1]:1", "[fd00::2]:53", dnsQuery(1, "a", 1)).frame(),
            Sketch.udp("10.0.0.1:1", "10.0.0.2:2", octets(40))
                    .identification(9)
                    .fragment(8, true)
                    .frame());

    @ParameterizedTest
    @FieldSource("USED")
    void nothingOfAStageUsedBeforeStays(byte[] usedFor) {
        StagePool pool = new StagePool();
        StageReader reader = new StageReader(pool);
        Stage used = read(reader, usedFor);
        pool.giveBack(used);

        Stage again = read(reader, ethernet(0x88cc, octets(4)));

        assertThat(again).isSameAs(used);
        assertThat(again)
                .usingRecursiveComparison()
                .isEqualTo(read(new StageReader(new StagePool()), ethernet(0x88cc, octets(4))));
    }

    private static Stage read(StageReader reader, byte[] frame) {
        CaptureRecord record = Packets.record(frame);
        record.set(1, 0, 0, 100);
        Layers layers = new Layers();
        new Dissector().dissect(record, LinkType.ETHERNET, layers);
        return reader.read(record, layers, new CapturePoint(0, "a", "eth0"), 0, 0);
    }
}
