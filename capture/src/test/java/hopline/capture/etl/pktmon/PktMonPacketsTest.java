package hopline.capture.etl.pktmon;

import static hopline.capture.etl.PktMonEvents.EGRESS;
import static hopline.capture.etl.PktMonEvents.INGRESS;
import static hopline.capture.etl.PktMonEvents.RX;
import static hopline.capture.etl.PktMonEvents.TX;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.LinkType;
import hopline.capture.RecordNotes;
import hopline.capture.TraceFacts;
import hopline.capture.etl.EventBytes;
import hopline.capture.etl.PktMonEvents;
import hopline.capture.etl.PktMonEvents.Appearance;
import hopline.capture.etl.TraceBytes;
import hopline.capture.etl.TraceReading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PktMonPacketsTest {

    record Case(String what, EventBytes event, int linkType, long originalLength, String octets, String facts) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static EventBytes real(int id, String hex) {
        return EventBytes.manifest(PktMonEvents.PROVIDER, id).payload(hex);
    }

    /// The first two are of real traces.
    static final List<Case> PACKETS = List.of(
            new Case(
                    "a Wi-Fi frame, received at edge 1 of component 13",
                    real(
                            160,
                            "0100000000000000 0100 0000 0300 0200 0d00 0100 0000 00000000 00000000 8400 0400 08020000"),
                    LinkType.IEEE802_11,
                    132,
                    "08020000",
                    "pktmon: event=160 group=1 number=1 appearance=0 direction=\"Rx\" type=\"WiFi\" component=13 edge=1"
                            + " filter=0 cpu=0 pid=0 tid=0"),
            new Case(
                    "an IP packet dropped by component 98",
                    real(
                            170,
                            "0d00000000000000 0100 0000 0300 0300 6200 0000 0000 86030000 384100e0 6400 0400 45c00064"),
                    LinkType.RAW,
                    100,
                    "45c00064",
                    "pktmon: event=170 drop=\"Not locally destined\" reason=902 place=\"TCPIP_NL_RCV_DISPATCH4\""
                            + " location=0xe0004138 group=13 number=1 appearance=0 direction=\"Rx\" type=\"IP\""
                            + " component=98 edge=0 filter=0 cpu=0 pid=0 tid=0"),
            new Case(
                    "an Ethernet frame leaving the switch, as builds since 21H1 log some",
                    real(240, "0200000000000000 0200 0300 0600 0100 0700 0200 0100 00000000 00000000 0200 0200 aabb"),
                    LinkType.ETHERNET,
                    2,
                    "aabb",
                    "pktmon: event=240 group=2 number=2 appearance=3 direction=\"Egress\" type=\"Ethernet\" component=7"
                            + " edge=2 filter=1 cpu=0 pid=0 tid=0"),
            new Case(
                    "the headers of a TCP segment, cut where the event's fields end",
                    real(
                            120,
                            "020000000002 020000000001 0008 0000 0a000002 0a000001 06 5000 901f 02"
                                    + "0900000000000000 0100 0100 0500 0500 0700 0100 0000 00000000 00000000"),
                    LinkType.ETHERNET,
                    54,
                    "0200000000020200000000010800" + "4500002800000000400666ce0a0000010a000002" + "1f900050",
                    "pktmon: event=120 group=9 number=1 appearance=1 direction=\"Ingress\" type=\"Ethernet\""
                            + " component=7 edge=1 filter=0 cpu=0 pid=0 tid=0"),
            new Case(
                    "a datagram that was dropped, its payload cut",
                    real(
                            210,
                            "0300 0600 0500 0100 0000 86030000 384100e0 0a000002 0a000001 11 3500 4015 0400 0200 aabb"),
                    LinkType.RAW,
                    32,
                    "4500002000000000401166cb0a0000010a000002" + "15400035000c0000" + "aabb",
                    "pktmon: event=210 drop=\"Not locally destined\" reason=902 place=\"TCPIP_NL_RCV_DISPATCH4\""
                            + " location=0xe0004138 direction=\"Rx\" type=\"IP\" component=5 edge=1 filter=0 cpu=0"
                            + " pid=0 tid=0"),
            new Case(
                    "more logged than there is",
                    real(160, "0200000000000000 0100 0100 0400 0100 0700 0100 0000 00000000 00000000 0900 0900 aabb"),
                    LinkType.ETHERNET,
                    9,
                    "aabb",
                    "pktmon: event=160 group=2 number=1 appearance=1 direction=\"Tx\" type=\"Ethernet\" component=7"
                            + " edge=1 filter=0 cpu=0 pid=0 tid=0"));

    @ParameterizedTest
    @FieldSource("PACKETS")
    void readsAppearancesAndDrops(Case expected) {
        TraceReading reading = TraceReading.of(TraceBytes.of().buffer(0, expected.event()));

        TraceReading.Packet packet = reading.packets().getFirst();
        assertThat(packet.linkType()).isEqualTo(expected.linkType());
        assertThat(packet.originalLength()).isEqualTo(expected.originalLength());
        assertThat(packet.octets()).isEqualTo(expected.octets());
        assertThat(packet.facts()).isEqualTo(expected.facts());
    }

    @Test
    void anEventShorterThanItsLayoutIsNoPacketButIsCounted() {
        TraceReading reading = TraceReading.of(TraceBytes.of().buffer(0, real(160, "0100")));

        assertThat(reading.packets()).isEmpty();
        assertThat(reading.facts().events()).containsEntry("Microsoft-Windows-PktMon/160", 1L);
    }

    /// At the lower edge of the filter that translates them, frames called Wi-Fi are Ethernet already.
    @Test
    void wifiThatIsEthernetIsTakenForWhatItIs() {
        byte[] ethernet = HexFormat.of().parseHex("02000000000102000000000208004500");
        byte[] wifi = HexFormat.of().parseHex("08020000000102000000000208004500");
        Appearance at = new Appearance(1, 1, 1, TX, 2, 7, 2, 0);

        assertThat(linkType(PktMonEvents.frame(at, ethernet))).isEqualTo(LinkType.ETHERNET);
        assertThat(linkType(PktMonEvents.frame(at, wifi))).isEqualTo(LinkType.IEEE802_11);
    }

    private static int linkType(EventBytes event) {
        return TraceReading.of(TraceBytes.of().buffer(0, event))
                .packets()
                .getFirst()
                .linkType();
    }

    record Reason(int build, int number, String text) {}

    static final List<Reason> REASONS = List.of(
            new Reason(20348, 711, "No Unicast destination ports available"),
            new Reason(17763, 711, "No Unicast destination ports available"),
            new Reason(20348, 204, "Unsupported EtherType"),
            new Reason(17763, 204, "VMBus error"),
            new Reason(17763, 104, "Unsupported EtherType"),
            new Reason(26100, 909, "Inspection drop"),
            new Reason(20348, 12_345, "reason 12345"));

    /// Server 2019 numbers two groups otherwise.
    @ParameterizedTest
    @FieldSource("REASONS")
    void namesReasonsAsTheBuildNumbersThem(Reason reason) {
        assertThat(DropReasons.text(reason.number(), reason.build())).isEqualTo(reason.text());
    }

    @Test
    void placesThatNoTableHasAreNamedByTheirDriver() {
        assertThat(DropLocations.name(0xE0001001)).isEqualTo("NDIS_FAKE_FILTER_SEND");
        assertThat(DropLocations.name(0xE0006FFF)).isEqualTo("VFP");
        assertThat(DropLocations.name(0x1234)).isEmpty();
    }

    private static final byte[] FRAME = HexFormat.of().parseHex("0200000000010200000000020800");

    private static TraceBytes listed() {
        return TraceBytes.of()
                .buffer(
                        0,
                        PktMonEvents.frame(Appearance.of(1, 1, INGRESS, 5, 1), FRAME),
                        PktMonEvents.frame(Appearance.of(1, 2, EGRESS, 5, 1), FRAME),
                        PktMonEvents.frame(Appearance.of(1, 3, RX, 9, 1), FRAME))
                .buffer(
                        1,
                        PktMonEvents.component(5, Component.VMS_VM_NIC, "vmswitch.sys", "container web"),
                        PktMonEvents.component(7, Component.VMS_EXT_MINIPORT, "vmswitch.sys", "switch"),
                        PktMonEvents.mac(5, "00155d0a0b0c"),
                        PktMonEvents.text(5, 10, "L2Bridge"),
                        PktMonEvents.property(5, 16, 100),
                        PktMonEvents.property(5, 5, 0),
                        PktMonEvents.address(5, "0af40105"),
                        PktMonEvents.address(5, "fd000000000000000000000000000005"),
                        PktMonEvents.passed(5, 1, "Upper", 1, 14, 2, 28),
                        PktMonEvents.dropped(5, 0, 0, 3, 42));
    }

    /// Though the list follows the packets.
    @Test
    void describesComponentsAsInterfaces() throws IOException {
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(listed().toByteArray()))) {
            assertThat(reader.next()).isNotNull();
            CaptureInterface port = reader.interfaces().getFirst();

            assertThat(port.name()).isEqualTo("container web (VmsVmNic 5)");
            assertThat(port.mac().orElseThrow()).hasToString("00155d0a0b0c");
            assertThat(port.ipv4().getFirst()).hasToString("0af40105ffffffff");
            assertThat(port.ipv6().getFirst()).hasToString("fd00000000000000000000000000000580");
            assertThat(port.hardware()).contains("vmswitch.sys");
            assertThat(port.comments())
                    .contains(
                            "pktmon: type=\"VmsVmNic\" component=5 switch=\"L2Bridge\" part=\"container port\" vlan=100",
                            "NdisMedium Ethernet",
                            "edge 1 Upper: Rx 1 packets, 14 octets; Tx 2 packets, 28 octets",
                            "dropped: Rx 0 packets, 0 octets; Tx 3 packets, 42 octets");
            assertThat(reader.sections().getFirst().comments())
                    .hasSize(2)
                    .contains("component 7: switch, VmsExtMiniport, vmswitch.sys");
            while (reader.next() != null) {
                assertThat(reader.interfaces()).hasSizeBetween(1, 2);
            }
            assertThat(reader.interfaces().get(1).name()).isEqualTo("Component 9");
        }
    }

    @Test
    void listsEveryComponent() {
        List<TraceFacts.Component> components =
                TraceReading.of(listed()).facts().components();

        assertThat(components).extracting(TraceFacts.Component::id).containsExactly(5, 7);
        assertThat(components).extracting(TraceFacts.Component::packets).containsExactly(2L, 0L);
        assertThat(components.getFirst().properties())
                .containsEntry("PhysAddress", "00:15:5d:0a:0b:0c")
                .containsEntry("IpAddress", "10.244.1.5 fd00:0:0:0:0:0:0:5");
    }

    @Test
    void saysDirectionGroupAndVerdictInTheCapturesOwnTerms() throws IOException {
        TraceBytes trace = TraceBytes.of()
                .buffer(
                        0,
                        PktMonEvents.frame(Appearance.of(77, 1, INGRESS, 5, 1), FRAME),
                        PktMonEvents.drop(Appearance.of(77, 2, EGRESS, 5, 0), 711, 0xE0006007L, FRAME));
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(trace.toByteArray()))) {
            RecordNotes seen = notes(reader);
            assertThat(seen.direction()).isEqualTo(RecordNotes.Direction.INBOUND);
            assertThat(seen.packetId()).hasValue(77);
            assertThat(seen.verdicts()).isEmpty();

            RecordNotes dropped = notes(reader);
            assertThat(dropped.direction()).isEqualTo(RecordNotes.Direction.OUTBOUND);
            assertThat(dropped.verdicts()).hasSize(1);
            assertThat(Objects.requireNonNull(dropped.facts()).isDrop()).isTrue();
        }
    }

    private static RecordNotes notes(CaptureReader reader) throws IOException {
        CaptureRecord record = Objects.requireNonNull(reader.next());
        return Objects.requireNonNull(record.notes());
    }

    @Test
    void showsFilters() {
        EventBytes filter = EventBytes.manifest(PktMonEvents.PROVIDER, 100)
                .payload(
                        "0100 770065006200 0000 000000000000 000000000000 0008 6400 0a000001 00000000 06 5000 0000 02");

        assertThat(TraceReading.of(TraceBytes.of().buffer(0, filter)).facts().filters())
                .containsExactly(
                        "filter 1 web: Ethernet type 0x0800, VLAN 100, IP 10.0.0.1, protocol 6, port 80, TCP flags 0x02");
    }
}
