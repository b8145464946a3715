package hopline.decode.stage;

import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.octets;
import static hopline.decode.stage.Scene.stage;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.IpProtocol;
import hopline.decode.Packets;
import hopline.decode.header.TcpHeader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static final Sketch SEGMENT = Sketch.tcp("10.0.0.1:4000", "10.0.0.2:80")
            .options("0101 080a 00000001 00000002")
            .data(100);
    private static final Sketch SYN = Sketch.tcp("10.0.0.1:4000", "10.0.0.2:80").flags(TcpHeader.SYN);
    private static final Sketch DATAGRAM = Sketch.udp("10.0.0.1:4000", "10.0.0.2:9000", octets(100));
    private static final Sketch QUESTION = Sketch.udp("10.0.0.1:4000", "10.0.0.2:53", dnsQuery(1, "a.b", 1));
    private static final Sketch PING = Sketch.ping("10.0.0.1", "10.0.0.2", 9, 1);

    record Case(String what, Sketch one, Sketch other, boolean same) {

        @Override
        public String toString() {
            return what + (same ? ": one packet" : ": two packets");
        }
    }

    static final List<Case> PAIRS = List.of(
            new Case(
                    "translated and routed",
                    SEGMENT,
                    SEGMENT.from("1.2.3.4:5").to("5.6.7.8:9").routed(),
                    true),
            new Case("encapsulated", SEGMENT, SEGMENT.inVxlan("10.20.0.1", "10.20.0.2", 7), true),
            new Case("tagged", SEGMENT, SEGMENT.vlan(5), true),
            new Case("another sequence number", SEGMENT, SEGMENT.sequence(1_001), false),
            new Case("another acknowledgment", SEGMENT, SEGMENT.acknowledgment(2_001), false),
            new Case("another identification: sent again", SEGMENT, SEGMENT.identification(8), false),
            new Case("another length", SEGMENT, SEGMENT.data(101), false),
            new Case("other flags", SEGMENT, SEGMENT.flags(TcpHeader.ACK | TcpHeader.FIN), false),
            new Case("other timestamps", SEGMENT, SEGMENT.options("0101 080a 00000003 00000002"), false),
            new Case("other first octets", SEGMENT, SEGMENT.payload(Packets.join(new byte[] {99}, octets(99))), false),
            new Case("a SYN and its answer", SYN, SYN.flags(TcpHeader.SYN | TcpHeader.ACK), false),
            new Case("a datagram translated", DATAGRAM, DATAGRAM.to("10.0.0.3:9001"), true),
            new Case("another datagram", DATAGRAM, DATAGRAM.payload(Packets.join(octets(15), octets(85))), false),
            new Case(
                    "a short one that differs in its first octets",
                    DATAGRAM.payload(Packets.hex("0102030405060708 090a0b0c")),
                    DATAGRAM.payload(Packets.hex("0102030405ff0708 090a0b0c")),
                    false),
            new Case(
                    "a short one that differs in its last octet",
                    DATAGRAM.payload(Packets.hex("0102030405060708 090a0b0c")),
                    DATAGRAM.payload(Packets.hex("0102030405060708 090a0bff")),
                    false),
            new Case("one in IPv6", DATAGRAM, Sketch.udp("[fd00::1]:4000", "[fd00::2]:9000", octets(100)), false),
            new Case("another protocol", DATAGRAM, PING, false),
            new Case("the same question under another id", QUESTION, QUESTION.payload(dnsQuery(2, "a.b", 1)), false),
            new Case("another question of that length", QUESTION, QUESTION.payload(dnsQuery(1, "a.c", 1)), false),
            new Case("the next ping", PING, PING.sequence(2), false),
            new Case("a ping and its answer", PING, PING.flags(0), false),
            new Case(
                    "two parts of a datagram",
                    DATAGRAM.identification(3).fragment(0, true),
                    DATAGRAM.identification(3).fragment(1_480, false),
                    false),
            new Case(
                    "the same part of two datagrams",
                    DATAGRAM.identification(3).fragment(1_480, false),
                    DATAGRAM.identification(4).fragment(1_480, false),
                    false));

    /// Cut before one could tell what they are, frames of equal length and sender are not alike for that.
    @Test
    void whatIsKnownByNothingIsNoCopy() {
        Stage one = new Stage();
        Stage other = new Stage();
        assertThat(Content.isSame(one, other)).isFalse();

        one.headLength = 4;
        other.headLength = 4;
        assertThat(Content.isSame(one, other)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("PAIRS")
    void tellsOnePacketFromTwo(Case pair) {
        Stage one = stage(pair.one());
        Stage other = stage(pair.other());

        assertThat(Content.isSame(one, other) && Content.key(one) == Content.key(other))
                .isEqualTo(pair.same());
        assertThat(Content.isSame(other, one)).isEqualTo(Content.isSame(one, other));
    }

    record Snap(String what, int otherOctets, boolean same) {

        @Override
        public String toString() {
            return what;
        }
    }

    /// Of a frame with 34 octets in front of its TCP header of 32; what was not captured cannot differ.
    static final List<Snap> SNAPS = List.of(
            new Snap("up to the header's length", 34 + 13, true),
            new Snap("up to the flags, which differ", 34 + 14, false));

    @ParameterizedTest
    @FieldSource("SNAPS")
    void comparesWhatBothCaptured(Snap snap) {
        Scene scene = new Scene();
        Stage whole = scene.see("a/v", 0, SEGMENT);
        Stage cut = scene.see("a/eth0", 0, SEGMENT.flags(TcpHeader.RST).frame(), snap.otherOctets());

        assertThat(Content.key(cut)).isEqualTo(Content.key(whole));
        assertThat(Content.isSame(whole, cut)).isEqualTo(snap.same());
    }

    @Test
    void comparesAsMuchOfThePayloadAsBothCaptured() {
        for (int captured = 0; captured <= 20; captured++) {
            Scene scene = new Scene();
            Stage cut = scene.see("a/eth0", 0, DATAGRAM.frame(), 42 + captured);
            Stage whole = scene.see("a/v", 0, DATAGRAM);
            byte[] other = octets(100);
            other[captured] ^= 1;
            Stage differingBehindTheCut = scene.see("a/v", 0, DATAGRAM.payload(other));

            assertThat(Content.isSame(cut, whole)).isTrue();
            assertThat(Content.isSame(cut, differingBehindTheCut)).isTrue();
            assertThat(Content.isSame(whole, differingBehindTheCut)).isEqualTo(captured >= Stage.HEAD_LENGTH);
        }
    }

    private static final Sketch LARGE = SEGMENT.data(4_000);

    static final List<Case> SEGMENTS = List.of(
            new Case("the first", LARGE, LARGE.data(1_400), true),
            new Case("the last", LARGE, LARGE.sequence(4_999).data(1), true),
            new Case("one that reaches beyond it", LARGE, LARGE.sequence(4_900).data(1_400), true),
            new Case("the one behind it", LARGE, LARGE.sequence(5_000).data(1_400), false),
            new Case("one that ends where it begins", LARGE, LARGE.sequence(900).data(100), false),
            new Case("one that begins before it", LARGE, LARGE.sequence(900).data(101), true),
            new Case("the same length", LARGE, LARGE, false),
            new Case("no data", LARGE, LARGE.data(0), false),
            new Case("another moment", LARGE, LARGE.data(1_400).options("0101 080a 00000009 00000002"), false),
            new Case("another acknowledgment", LARGE, LARGE.data(1_400).acknowledgment(1), false),
            new Case(
                    "across the end of the numbers",
                    LARGE.sequence(-2_000),
                    LARGE.sequence(1_000).data(900),
                    true),
            new Case("no TCP", LARGE, DATAGRAM, false));

    @ParameterizedTest
    @FieldSource("SEGMENTS")
    void knowsTheSegmentsOfALargeSend(Case pair) {
        assertThat(Content.isSegment(stage(pair.one()), stage(pair.other()))).isEqualTo(pair.same());
        assertThat(Content.isSegment(stage(pair.other()), stage(pair.one()))).isEqualTo(pair.same());
    }

    /// An ICMP error that quotes a segment, sent to where that came from.
    private static Stage error(String to, int code, int quotedProtocol, int quotedId, int quotedSequence) {
        byte[] segment = Packets.tcp(4_000, 80, quotedSequence, 0, 2, new byte[0], new byte[0]);
        byte[] quoted = Packets.ipv4Fragment(to, "10.99.0.1", quotedProtocol, quotedId, 0, false, segment);
        byte[] icmp = Packets.icmp(3, code, "00000000", quoted);
        byte[] frame = Packets.ethernet(Packets.IPV4, Packets.ipv4Fragment("10.0.0.254", to, 1, 5, 0, false, icmp));
        return new Scene().see("a/eth0", 0, frame, frame.length);
    }

    @Test
    void twoErrorsAreOneWhenTheyQuoteOnePacket() {
        Stage error = error("10.0.0.1", 1, IpProtocol.TCP, 7, 1_000);

        assertThat(Content.isSame(error, error("10.20.0.1", 1, IpProtocol.TCP, 7, 1_000)))
                .as("under translated addresses, here and in the quote")
                .isTrue();
        assertThat(Content.key(error)).isEqualTo(Content.key(error("10.20.0.1", 1, IpProtocol.TCP, 7, 1_000)));
        assertThat(Content.isSame(error, error("10.0.0.1", 3, IpProtocol.TCP, 7, 1_000)))
                .as("code")
                .isFalse();
        assertThat(Content.isSame(error, error("10.0.0.1", 1, IpProtocol.TCP, 8, 1_000)))
                .as("id")
                .isFalse();
        assertThat(Content.isSame(error, error("10.0.0.1", 1, IpProtocol.TCP, 7, 1_001)))
                .as("sequence")
                .isFalse();
        assertThat(Content.isSame(
                        error("10.0.0.1", 1, IpProtocol.SCTP, 7, 1_000),
                        error("10.0.0.1", 1, IpProtocol.UDP, 7, 1_000)))
                .as("protocol")
                .isFalse();
    }

    record Strength(String what, Sketch packet, boolean strong) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Strength> STRENGTHS = List.of(
            new Strength("TCP", SEGMENT, true),
            new Strength("a numbered datagram", DATAGRAM.identification(5), true),
            new Strength("one without a number", DATAGRAM, false),
            new Strength("an empty one", DATAGRAM.identification(5).payload(new byte[0]), false),
            new Strength("a DNS question without a number", QUESTION, true),
            new Strength("a numbered ping", PING.identification(5), true),
            new Strength("a ping without a number", PING, false),
            new Strength("ARP", Sketch.whoHas("10.0.0.2", "10.0.0.1"), false));

    @ParameterizedTest
    @FieldSource("STRENGTHS")
    void strongContentProvesItself(Strength expected) {
        assertThat(Content.isStrong(stage(expected.packet()))).isEqualTo(expected.strong());
    }

    /// Segments of one length and identification are many; the sequence number ends 42 octets from the frame's start.
    @ParameterizedTest
    @ValueSource(ints = {38, 41, 42, 54})
    void aSegmentProvesNothingWithoutItsSequenceNumber(int captured) {
        Stage cut = new Scene().see("a/eth0", 0, SEGMENT.frame(), captured);

        assertThat(Content.isStrong(cut)).isEqualTo(captured >= 42);
    }
}
