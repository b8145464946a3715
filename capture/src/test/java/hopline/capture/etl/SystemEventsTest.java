package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.etl.VfpEventBytes.Ends;
import hopline.capture.etl.VfpEventBytes.Port;
import hopline.capture.event.EventLayout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What events mean, their octets put together by hand from the published layouts.
class SystemEventsTest {

    private static final Port OUT = new Port(31, VfpEventBytes.OUTBOUND);
    private static final Port IN = new Port(31, VfpEventBytes.INBOUND);
    private static final Ends ENDS = new Ends("10.244.1.10:49720", "10.96.0.50:80");

    private static final String HNS = "0c885e0d-6eb6-476c-a048-2457eed3a5c1";
    private static final String SWITCH = "67dc0d66-3695-47c0-9642-33f76f7bd7ad";
    private static final String WIN_NAT = "66c07ecd-6667-43fc-93f8-05cf07f446ec";
    private static final String STACK = "2f07e2ee-15db-40f1-90ef-9d7ba282188a";
    private static final String FILTERING = "c22d1b14-c242-49de-9f17-1d76b8b9c458";
    private static final String DNS = "1c95126e-7eea-49a9-a3fe-a378b03ddb4d";

    record Case(String text, EventBytes event) {

        @Override
        public String toString() {
            return text;
        }
    }

    static final List<Case> VFP = List.of(
            new Case(
                    "port 31 outbound: 10.244.1.10:49720 → 10.96.0.50:80 by rule LB_1 of layer LB_DSR (NAT)",
                    VfpEventBytes.ruleMatch(OUT, "LB_DSR", "LB_OUT", "LB_1", VfpEventBytes.NAT, ENDS)),
            new Case(
                    "port 31 outbound: 10.244.1.10:49720 → 10.96.0.50:80 by rule SNAT of layer SLB_NAT_LAYER (dynamic NAT),"
                            + " status 0xc000009a",
                    VfpEventBytes.ruleMatch(
                            OUT, "SLB_NAT_LAYER", "", "SNAT", VfpEventBytes.DYNAMIC_NAT, ENDS, 0xC000_009AL)),
            new Case(
                    "port 31 outbound: no rule of layer LB_DSR for 10.244.1.10:49720 → 10.96.0.50:80",
                    VfpEventBytes.noMatch(OUT, "LB_DSR", ENDS)),
            new Case(
                    "port 31 inbound: 10.244.1.10:49720 → 10.96.0.50:80 by a flow of layer LB_DSR (DNAT)",
                    VfpEventBytes.flowMatch(IN, "LB_DSR", 3, ENDS)),
            new Case(
                    "port 31 outbound: rewritten to 10.244.1.10:49720 → 10.96.0.50:80",
                    VfpEventBytes.rewrite(OUT, ENDS)),
            new Case(
                    "port 31 outbound: into VXLAN 4096, 10.20.0.11 → 10.20.0.12",
                    VfpEventBytes.encap(OUT, "10.20.0.11", "10.20.0.12", 4096)),
            new Case("port 31 inbound: out of its tunnel", VfpEventBytes.decap(IN)),
            new Case(
                    "VFP guard, port 31: dropped 10.244.1.10:49720 → 10.96.0.50:80: IPv4 guard",
                    VfpEventBytes.drop(OUT, 7, ENDS)),
            new Case(
                    "VFP, port 31: dropped 10.244.1.10:49720 → 10.96.0.50:80: no destination",
                    VfpEventBytes.drop(OUT, 11, ENDS)),
            new Case(
                    "VFP guard, port 31: dropped 10.244.1.10 → 10.244.1.1: ARP guard",
                    VfpEventBytes.event(
                            57,
                            VfpEventBytes.address(
                                    VfpEventBytes.address(
                                                    VfpEventBytes.start(OUT)
                                                            .u8(0)
                                                            .u16(1)
                                                            .text("00-15-5D-0A-01-0A"),
                                                    "10.244.1.10")
                                            .text("00-00-00-00-00-00"),
                                    "10.244.1.1"))),
            new Case(
                    "NAT port range 10.20.0.11 50000-50063 of POOL created",
                    VfpEventBytes.natRange(OUT, "POOL", "10.20.0.11", 50_000, 50_063)),
            new Case(
                    "port 31 (client) outbound: flow 10.244.1.10:49720 → 10.96.0.50:80, status 0xc0000022",
                    VfpEventBytes.event(
                            110,
                            VfpEventBytes.tuple(VfpEventBytes.start(OUT).u32(0xC000_0022L), ENDS)
                                    .u8(6)
                                    .u32(1)
                                    .text("6D3C1D1E")
                                    .text("client")
                                    .u32(0)
                                    .u32(7))),
            new Case(
                    "redirect at port 31 failed: reason 3",
                    VfpEventBytes.event(451, Payload.of().u32(31).u8(3))));

    /// Texts with their lengths in characters.
    private static EventBytes vmSwitch(int id, Payload front, Payload back, String... texts) {
        Payload payload = Payload.of().octets(front.toByteArray());
        for (String text : texts) {
            payload.u32(text.length()).bare(text);
        }
        return EventBytes.manifest(SWITCH, id).payload(payload.octets(back.toByteArray()));
    }

    private static EventBytes sockets(String provider, int id, Payload front, String one, String other, Payload back) {
        byte[] from = VfpEventBytes.socket(one);
        byte[] to = VfpEventBytes.socket(other);
        Payload payload =
                Payload.of().octets(front.toByteArray()).u32(from.length).octets(from);
        return EventBytes.manifest(provider, id)
                .payload(payload.u32(to.length).octets(to).octets(back.toByteArray()));
    }

    static final List<Case> OTHERS = List.of(
            new Case("port client created", vmSwitch(67, Payload.of(), Payload.of(), "6D3C", "client", "S", "vxlan0")),
            new Case("port client removed", vmSwitch(69, Payload.of(), Payload.of(), "6D3C", "client", "S", "vxlan0")),
            new Case(
                    "NIC client failed: connect, error 0xc0000001",
                    vmSwitch(32, Payload.of().u32(0xC000_0001L), Payload.of(), "N", "client", "P", "p", "S", "s")),
            new Case(
                    "vSwitch, client: dropped a packet: Filtered VLAN",
                    vmSwitch(54, Payload.of(), Payload.of().u32(9), "N", "client", "S", "vxlan0")),
            new Case(
                    "vSwitch policy, client: dropped a packet: ACL deny-all denies it",
                    vmSwitch(36, Payload.of(), Payload.of(), "P", "client", "S", "vxlan0", "deny-all")),
            new Case(
                    "vSwitch guard, client: dropped a packet: its source address is not the port's",
                    vmSwitch(33, Payload.of(), Payload.of(), "vm", "N", "client", "P", "p", "S", "s")),
            new Case(
                    "vSwitch, client: dropped a packet: extension VFP: no rule",
                    vmSwitch(60, Payload.of(), Payload.of(), "N", "client", "S", "s", "{g}", "VFP", "no rule")),
            new Case(
                    "no port left for UDP in nat-1",
                    EventBytes.manifest(WIN_NAT, 1033)
                            .payload(Payload.of().text("nat-1").u32(17))),
            new Case(
                    "translation of 10.244.1.10:49720 → 203.0.113.80:443 to 10.20.0.11:52001 → 203.0.113.80:443 begins",
                    session(1017)),
            new Case(
                    "translation of 10.244.1.10:49720 → 203.0.113.80:443 to 10.20.0.11:52001 → 203.0.113.80:443 ends",
                    session(1018)),
            new Case(
                    "Windows Filtering Platform, connect: dropped 10.20.0.11:50000 → 10.20.0.12:443: the node's own"
                            + " connection was refused by inspection, error 0xc0000022",
                    sockets(
                            STACK,
                            1020,
                            Payload.of(),
                            "10.20.0.11:50000",
                            "10.20.0.12:443",
                            Payload.of().u32(0xC000_0022L).u32(4).u32(1).i64(9))),
            new Case(
                    "no port left for TCP in the node's dynamic port range: 10.20.0.11:0 → 10.20.0.12:443",
                    sockets(
                            STACK,
                            1050,
                            Payload.of(),
                            "10.20.0.11:0",
                            "10.20.0.12:443",
                            Payload.of().u32(0xC000_0022L).u32(4).u32(1).i64(9))),
            new Case(
                    "connection of the node 10.20.0.11:50000 → 10.20.0.12:443 failed: route error 0xc000023e",
                    sockets(
                            STACK,
                            1021,
                            Payload.of(),
                            "10.20.0.11:50000",
                            "10.20.0.12:443",
                            Payload.of().u32(0xC000_023EL).u32(4).u32(1).i64(9))),
            new Case(
                    "TCP/IP: dropped 10.20.0.12:41000 → 10.20.0.11:9182: reason 3",
                    sockets(
                            STACK,
                            1214,
                            Payload.of().u32(6).u32(2),
                            "10.20.0.11:9182",
                            "10.20.0.12:41000",
                            Payload.of().u32(3).u32(1))),
            new Case(
                    "TCP/IP: dropped 10.20.0.12 → 10.20.0.11: reason 9",
                    EventBytes.manifest(STACK, 1215)
                            .payload(VfpEventBytes.address(
                                            VfpEventBytes.address(
                                                    Payload.of().u32(6).u32(2), "10.20.0.12"),
                                            "10.20.0.11")
                                    .u32(0)
                                    .u32(0)
                                    .u32(9)
                                    .u32(1)
                                    .u32(6))),
            new Case(
                    "Windows Filtering Platform: dropped 10.20.0.11:50000 → 10.20.0.12:53: blocked by filter 7 in layer 48",
                    sockets(
                            FILTERING,
                            1001,
                            Payload.of().i64(TraceBytes.START),
                            "10.20.0.11:50000",
                            "10.20.0.12:53",
                            Payload.of()
                                    .u32(0)
                                    .text("app")
                                    .hex("010100000000000512000000")
                                    .u32(0)
                                    .u32(0)
                                    .u32(0)
                                    .u32(1)
                                    .u32(0)
                                    .i64(7)
                                    .u16(48))),
            new Case(
                    "DNS question web.shop failed: no server answered",
                    EventBytes.manifest(DNS, 1014)
                            .payload(Payload.of()
                                    .text("web.shop")
                                    .u32(16)
                                    .octets(VfpEventBytes.socket("10.96.0.10:53")))),
            new Case(
                    "DNS question web.shop failed: status 9003 from 10.96.0.10",
                    EventBytes.manifest(DNS, 3011)
                            .payload(Payload.of()
                                    .text("web.shop")
                                    .u32(1)
                                    .text("10.96.0.10")
                                    .u32(9003))),
            new Case(
                    "load balancer 10.96.0.70 removed",
                    SelfDescribed.traceLogging(HNS, "RemovingLoadBalancer", Map.of("vip", "10.96.0.70"))),
            new Case(
                    "endpoint pod-1 failed: create, error 0x803b000d",
                    SelfDescribed.traceLogging(
                            HNS, "CreateEndpoint", new TreeMap<>(Map.of("Name", "pod-1", "hresult", "0x803b000d")))));

    private static EventBytes session(int id) {
        Payload payload = Payload.of().u32(16);
        payload.octets(VfpEventBytes.socket("10.244.1.10:49720")).octets(VfpEventBytes.socket("203.0.113.80:443"));
        payload.u32(16);
        payload.octets(VfpEventBytes.socket("10.20.0.11:52001")).octets(VfpEventBytes.socket("203.0.113.80:443"));
        return EventBytes.manifest(WIN_NAT, id).payload(payload.u32(6));
    }

    @ParameterizedTest
    @FieldSource({"VFP", "OTHERS"})
    void says(Case expected) {
        assertThat(HeardTrace.of(TraceBytes.of().buffer(0, expected.event().at(3)))
                        .texts())
                .containsExactly(expected.text());
    }

    @Test
    void aTimerAndAnAnswerThatIsFineAreOfNoInterest() {
        EventBytes timer = SelfDescribed.traceLogging(HNS, "TimerCallback", Map.of("portId", "1"));
        EventBytes fine = EventBytes.manifest(DNS, 3008)
                .payload(Payload.of().text("web.shop").u32(1).i64(0).u32(0).text("10.0.0.1"));

        assertThat(HeardTrace.of(TraceBytes.of().buffer(0, timer.at(1), fine.at(2)))
                        .events())
                .isEmpty();
    }

    @Test
    void eventsAreHeardInTheOrderOfTimeAndWithTheirProcessor() {
        TraceBytes trace = TraceBytes.of()
                .buffer(0, VfpEventBytes.decap(IN).at(30))
                .buffer(
                        3,
                        VfpEventBytes.rewrite(OUT, ENDS).at(20),
                        VfpEventBytes.decap(OUT).at(40));

        assertThat(HeardTrace.of(trace).events())
                .satisfiesExactly(
                        event -> assertThat(event.processor()).isEqualTo(3),
                        event -> assertThat(event.processor()).isZero(),
                        event -> assertThat(event.layout()).isEqualTo(EventLayout.PUBLISHED));
    }

    /// A drop that holds the packet's octets is a record like any other, and tells why.
    @Test
    void aRawDropIsARecord() {
        byte[] frame = Payload.of()
                .hex("0200000000010200000000020800")
                .hex("4500001c000040004011000001020304050607080035003500080000")
                .toByteArray();
        TraceReading reading = TraceReading.of(
                TraceBytes.of().buffer(0, VfpEventBytes.rawDrop(OUT, 9, frame).at(1)));

        assertThat(reading.packets()).singleElement().satisfies(packet -> {
            assertThat(packet.point()).isEqualTo("VFP port 31");
            assertThat(packet.originalLength()).isEqualTo(frame.length);
            assertThat(packet.facts())
                    .startsWith("vfp: event=51 drop=\"MAC guard\" reason=9 direction=\"outbound\" port=31");
        });
    }

    /// WinNat logs two headers of what it drops, and how long it was.
    @Test
    void whatWinNatDropsIsARecordOfItsHeaders() {
        Payload payload = Payload.of()
                .u32(5)
                .u32(1)
                .u32(12)
                .u32(0)
                .u32(6)
                .u32(1)
                .u32(4)
                .u32(1500)
                .u32(0);
        payload.u32(20).u32(20).u32(0).u32(0).u32(0);
        payload.hex("450005dc000040004006000001020304cb007150").hex("c000005000000001000000005002200000000000");
        TraceReading reading = TraceReading.of(TraceBytes.of()
                .buffer(0, EventBytes.manifest(WIN_NAT, 1030).at(1).payload(payload)));

        assertThat(reading.packets()).singleElement().satisfies(packet -> {
            assertThat(packet.point()).isEqualTo("WinNat interface 12");
            assertThat(packet.octets()).hasSize(80).startsWith("450005dc");
            assertThat(packet.originalLength()).isEqualTo(1500);
            assertThat(packet.facts()).contains("drop=\"WinNat reason 5\"");
        });
    }

    @Test
    void aRawDropThatLiesAboutItsLengthGivesWhatIsThere() {
        EventBytes lying = EventBytes.manifest(VfpEventBytes.PROVIDER, 51)
                .payload(Payload.of().u32(1).u8(0).u8(0).u32(0xffff_ffffL).hex("0102030405"));

        assertThat(TraceReading.of(TraceBytes.of().buffer(0, lying.at(1))).octets())
                .containsExactly("0102030405");
    }
}
