package hopline.capture.etl.ndis;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.LinkType;
import hopline.capture.etl.Assembly;
import hopline.capture.etl.EventBytes;
import hopline.capture.etl.Payload;
import hopline.capture.etl.TraceBytes;
import hopline.capture.etl.TraceReading;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Straight from the specification: but for one event of 1001, no real trace showed them.
class NdisPacketsTest {

    private static final String PROVIDER = "2ed6006e-4729-4609-b423-3ee7bcd678ef";
    private static final long WHOLE = Assembly.KEYWORD_START | Assembly.KEYWORD_END;
    private static final String MACS = "020000000001 020000000002 ";

    private static EventBytes fragment(long keyword, int miniport, int lower, String hex) {
        byte[] octets = Payload.of().hex(hex).toByteArray();
        return EventBytes.manifest(PROVIDER, 1001)
                .keyword(keyword)
                .payload(
                        Payload.of().u32(miniport).u32(lower).u32(octets.length).octets(octets));
    }

    private static TraceReading read(EventBytes... events) {
        for (int i = 0; i < events.length; i++) {
            events[i].at(i);
        }
        return TraceReading.of(TraceBytes.of().buffer(0, events));
    }

    record Case(String what, EventBytes event, String point, int linkType, String octets, String options) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> PACKETS = List.of(
            new Case(
                    "sent, at the miniport",
                    fragment(WHOLE | Ndis.KEYWORD_SEND, 5, 5, "aabb"),
                    "eth:5",
                    LinkType.ETHERNET,
                    "aabb",
                    "2=02000000"),
            new Case(
                    "received, above a filter",
                    fragment(WHOLE | Ndis.KEYWORD_RECEIVE, 5, 9, "aabb"),
                    "eth:9",
                    LinkType.ETHERNET,
                    "aabb",
                    "2=01000000"),
            new Case(
                    "mobile broadband",
                    fragment(WHOLE | Ndis.KEYWORD_MOBILE, 7, 7, "45000014"),
                    "mbb:7",
                    LinkType.RAW,
                    "45000014",
                    ""),
            new Case(
                    "Wi-Fi is logged decrypted, and marked as if it were not",
                    fragment(WHOLE | Ndis.KEYWORD_WIFI, 7, 7, "0841 0080"),
                    "wifi:7",
                    LinkType.IEEE802_11,
                    "08010080",
                    ""),
            new Case("made by someone who sets no keywords", fragment(0, 7, 7, "aa"), "eth:7", 1, "aa", ""));

    @ParameterizedTest
    @FieldSource("PACKETS")
    void readsWholePackets(Case expected) {
        TraceReading.Packet packet = read(expected.event()).packets().getFirst();

        assertThat(packet.point()).isEqualTo(expected.point());
        assertThat(packet.linkType()).isEqualTo(expected.linkType());
        assertThat(packet.octets()).isEqualTo(expected.octets());
        assertThat(packet.options()).isEqualTo(expected.options());
    }

    /// Sixteen octets about hardware offload follow since 1809.
    @Test
    void ignoresWhatFollowsTheFragment() {
        EventBytes event = EventBytes.manifest(PROVIDER, 1001)
                .keyword(WHOLE)
                .payload("05000000 05000000 02000000 aabb" + "11".repeat(16));

        assertThat(read(event).octets()).containsExactly("aabb");
    }

    @Test
    void joinsWhatWasSpreadOverSeveralEventsOfOneThread() {
        TraceReading reading = read(
                fragment(Assembly.KEYWORD_START, 5, 5, "0102").in(1, 10),
                fragment(Assembly.KEYWORD_START, 5, 5, "a1").in(1, 11),
                fragment(1, 5, 5, "03").in(1, 10),
                fragment(Assembly.KEYWORD_END, 5, 5, "a2").in(1, 11),
                fragment(Assembly.KEYWORD_END, 5, 5, "04").in(1, 10));

        assertThat(reading.octets()).containsExactly("a1a2", "01020304");
    }

    @Test
    void aPacketWithoutItsEndIsGivenUpWhenTheNextBegins() {
        TraceReading reading = read(
                fragment(Assembly.KEYWORD_START, 5, 5, "01"),
                fragment(Assembly.KEYWORD_START, 5, 5, "02"),
                fragment(Assembly.KEYWORD_END, 5, 5, "03"),
                fragment(Assembly.KEYWORD_END, 5, 5, "04"));

        assertThat(reading.octets()).containsExactly("0203");
        assertThat(reading.facts().remarks())
                .contains("2 packets or parts of one are left out, because the rest of them is missing");
    }

    record Length(String what, long keyword, String hex, long original) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Length> LENGTHS = List.of(
            new Length("IPv4", 0, MACS + "0800 450005dc 0000", 14 + 1500),
            new Length("IPv6", 0, MACS + "86dd 60000000 0100", 14 + 40 + 256),
            new Length("IPv4 in a VLAN", 0, MACS + "8100 0064 0800 450005dc 0000", 18 + 1500),
            new Length("a large send states no length", 0, MACS + "0800 45000000 0000", 20),
            new Length("a short packet is padded", 0, MACS + "0800 45000003 0000", 20),
            new Length("ARP", 0, MACS + "0806 000108000604", 20),
            new Length("raw IPv4", Ndis.KEYWORD_MOBILE, "450005dc 0000", 1500),
            new Length("too short for a length", 0, MACS + "0800 4500", 16));

    /// The events do not say how long a packet was before it was cut.
    @ParameterizedTest
    @FieldSource("LENGTHS")
    void infersTheOriginalLengthFromTheHeader(Length expected) {
        EventBytes event = fragment(WHOLE | expected.keyword(), 5, 5, expected.hex());

        assertThat(read(event).packets().getFirst().originalLength()).isEqualTo(expected.original());
    }

    private static EventBytes switched(int vlan) {
        Payload outOfBand = Payload.of().octets(new byte[4 * 8]).i64((long) vlan << 4);
        return EventBytes.manifest(PROVIDER, 1003)
                .keyword(WHOLE)
                .payload(Payload.of()
                        .u32(12)
                        .u32(12)
                        .u32(3)
                        .text("port-guid")
                        .text("web")
                        .text("Synthetic")
                        .u32(2)
                        .u32(1)
                        .text("external-port")
                        .text("eth0")
                        .text("External")
                        .u32(4)
                        .text("p4")
                        .text("")
                        .text("Internal")
                        .u32(2)
                        .hex("aabb")
                        .u32(outOfBand.size())
                        .octets(outOfBand.toByteArray())
                        .octets(new byte[16]));
    }

    @Test
    void tellsWhereAPacketOfTheVirtualSwitchCameFromAndGoes() {
        TraceReading.Packet packet = read(switched(0)).packets().getFirst();

        assertThat(packet.point()).isEqualTo("web (port 3)");
        assertThat(packet.octets()).isEqualTo("aabb");
        assertThat(packet.facts()).startsWith("ndis: event=1003 port=3 nic=\"web\" destinations=\"1 eth0, 4 p4\"");
    }

    @Test
    void takesTheVlanFromBesideThePacket() {
        TraceReading.Packet packet = read(switched(100)).packets().getFirst();

        assertThat(packet.point()).isEqualTo("web (port 3) vlan 100");
        assertThat(packet.facts()).contains("vlan=100");
    }

    @Test
    void describesTheWirelessSignalOfTheFrameThatFollows() {
        EventBytes metadata = EventBytes.manifest(PROVIDER, 1002)
                .payload(Payload.of()
                        .u32(7)
                        .u32(7)
                        .u32(48)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(2437)
                        .u32(0)
                        .u32(-52)
                        .u8(108)
                        .octets(new byte[23]));

        TraceReading reading = read(metadata, fragment(WHOLE | Ndis.KEYWORD_WIFI, 7, 7, "0801"));

        String comment =
                HexFormat.of().formatHex("Wi-Fi at 2437 MHz, -52 dBm, 54.0 Mbit/s".getBytes(StandardCharsets.UTF_8));
        assertThat(reading.packets().getFirst().options()).isEqualTo("1=" + comment);
    }

    @Test
    void namesAdaptersByWhatFollowsThePackets() {
        EventBytes source = EventBytes.manifest(PROVIDER, 5101)
                .payload(Payload.of().u8(1).text("Ethernet 2").u32(9).u16(0));

        TraceReading reading = read(fragment(WHOLE, 5, 9, "aa"), source);

        assertThat(reading.packets().getFirst().point()).isEqualTo("Ethernet 2 (eth:9)");
    }

    @Test
    void showsCaptureRules() {
        EventBytes rule = EventBytes.manifest(PROVIDER, 1016)
                .payload(Payload.of().u8(3).u8(1).u16(2).hex("0800"));

        assertThat(read(rule, rule).facts().filters()).containsExactly("capture rule 3, directive 1, value 0800");
    }
}
