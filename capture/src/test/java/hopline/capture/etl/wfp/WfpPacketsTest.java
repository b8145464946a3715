package hopline.capture.etl.wfp;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.LinkType;
import hopline.capture.etl.Assembly;
import hopline.capture.etl.EventBytes;
import hopline.capture.etl.Payload;
import hopline.capture.etl.TraceBytes;
import hopline.capture.etl.TraceReading;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Packets of the filtering platform, as its layout is published.
class WfpPacketsTest {

    private static final String V6_ADDRESSES = "fd000000000000000000000000000001 fd000000000000000000000000000002";

    /// Ports 49152 and 53, length 10, no checksum, two octets.
    private static final String UDP = "c000 0035 000a 0000 6869";

    private static final String IPV4 = "4500001e00000000401166cd0a0000010a000002";
    private static final String IPV6 =
            "60000000000a1140fd000000000000000000000000000001fd000000000000000000000000000002";

    private record Case(int id, String payload, String packet) {}

    private static final List<Case> CASES = List.of(
            new Case(60_011, "0a000001 0a000002 11 0a00" + UDP, IPV4),
            new Case(60_012, "0a000001 0a000002 11 efcdab8967452301 0a00" + UDP, IPV4),
            new Case(60_021, V6_ADDRESSES + "11 0a00" + UDP, IPV6),
            new Case(60_022, V6_ADDRESSES + "11 efcdab8967452301 0a00" + UDP, IPV6));

    private static EventBytes event(int id, String payload) {
        return EventBytes.manifest(WfpEvents.PROVIDER.toString(), id).at(5).payload(payload);
    }

    private static TraceReading read(EventBytes... events) {
        return TraceReading.of(TraceBytes.of().buffer(0, events));
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void aPacketIsItsFieldsUnderANetworkHeader(Case layout) {
        TraceReading.Packet packet =
                read(event(layout.id(), layout.payload())).packets().getFirst();

        assertThat(packet.octets()).isEqualTo(layout.packet() + UDP.replace(" ", ""));
        assertThat(packet.originalLength()).isEqualTo(packet.octets().length() / 2);
        assertThat(packet.linkType()).isEqualTo(LinkType.RAW);
        assertThat(packet.point()).isEqualTo("WFP");
        assertThat(packet.facts()).startsWith("wfp: event=" + layout.id());
        assertThat(packet.comments()).containsExactly("network header made of the fields of the event");
    }

    /// The end of the payload is what a limit on logged octets takes away; of less than the fields nothing is made.
    @ParameterizedTest
    @FieldSource("CASES")
    void whatIsCutIsAPacketCutShort(Case layout) {
        byte[] payload = Payload.of().hex(layout.payload()).toByteArray();
        int whole = (layout.packet() + UDP.replace(" ", "")).length() / 2;
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            List<TraceReading.Packet> packets = read(EventBytes.manifest(WfpEvents.PROVIDER.toString(), layout.id())
                            .payload(Payload.of().octets(cut)))
                    .packets();
            boolean fields = length >= payload.length - 10;
            assertThat(packets).as("%d octets", length).hasSize(fields ? 1 : 0);
            assertThat(packets).allMatch(packet -> packet.originalLength() == whole);
        }
    }

    /// The most that the field of the event can state is more than IPv4 can with its header.
    @Test
    void aLengthThatIpv4CannotStateIsItsLargest() {
        TraceReading.Packet packet =
                read(event(60_011, "0a000001 0a000002 11 ffff" + UDP)).packets().getFirst();

        assertThat(packet.octets()).startsWith("4500ffff").endsWith(UDP.replace(" ", ""));
        assertThat(packet.originalLength()).isEqualTo(20 + 0xffff);
    }

    private static EventBytes part(int thread, long keyword, String octets) {
        int length = octets.replace(" ", "").length() / 2;
        return EventBytes.manifest(WfpEvents.PROVIDER.toString(), 2000)
                .keyword(keyword)
                .in(4, thread)
                .payload(Payload.of().u16(60_011).u32(7).u32(length).hex(octets));
    }

    @Test
    void partsAreJoinedThreadByThread() {
        TraceReading reading = read(
                part(1, Assembly.KEYWORD_START, "0a000001 0a000002"),
                part(2, Assembly.KEYWORD_START, "0a000003 0a000004 11"),
                part(1, 1, "11 0a00 c000 0035"),
                part(2, Assembly.KEYWORD_END, "0a00" + UDP),
                part(1, Assembly.KEYWORD_END, "000a 0000 6869"));

        assertThat(reading.octets())
                .containsExactly(
                        "4500001e00000000401166c90a0000030a000004" + UDP.replace(" ", ""), IPV4 + UDP.replace(" ", ""));
    }

    @Test
    void aPartMayBeTheWholePacketOrOfNone() {
        String whole = CASES.getFirst().payload();

        assertThat(read(part(1, Assembly.KEYWORD_START | Assembly.KEYWORD_END, whole))
                        .octets())
                .hasSize(1);
        assertThat(read(part(1, 0, whole)).octets()).hasSize(1);
        assertThat(read(part(1, Assembly.KEYWORD_END, whole)).octets()).isEmpty();
        assertThat(read(part(1, Assembly.KEYWORD_END, whole)).facts().remarks())
                .contains("1 packets or parts of one are left out, because the rest of them is missing");
        assertThat(read(event(2000, "0100 07000000 01000000 aa")).octets()).isEmpty();
    }

    @Test
    void otherEventsOfThePlatformAreCounted() {
        TraceReading reading = read(event(1, "00"), event(60_013, "00"));

        assertThat(reading.packets()).isEmpty();
        assertThat(reading.facts().events()).containsEntry("Microsoft-Windows-WFP/60013", 1L);
    }
}
