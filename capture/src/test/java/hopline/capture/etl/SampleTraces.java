package hopline.capture.etl;

import hopline.capture.etl.Frames.End;
import hopline.capture.etl.Frames.Segment;
import hopline.capture.etl.PktMonEvents.Appearance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The made traces among the sample captures: what the packet monitor would log on `win-a`, a Windows node with an
/// overlay network, while the pod `client` talks to two services.
///
/// * `web`, 10.96.0.50:80, works: load-balanced to `web-1` on win-b, 10.244.2.20:8080, encapsulated with VNI 4096;
/// * `orders`, 10.96.0.60:80, does not: its backend 10.244.2.21 is known to no port of the virtual switch, and the
///   virtual filtering platform drops each SYN.
///
/// Server 2022 groups all appearances of a packet; Server 2025 gives each event a group of its own, counts no
/// appearances, and logs 128 octets of each packet at most.
final class SampleTraces {

    private static final int PORT = 31;
    private static final int FILTERING = 40;
    private static final int EXTERNAL = 23;
    private static final int ADAPTER = 5;

    private static final int NO_UNICAST_DESTINATION = 711;
    private static final long FILTERING_PLACE = 0xE000_6063L;

    private static final int TYPE_MINIPORT = 2;
    private static final int TYPE_FILTER = 3;
    private static final int TYPE_VM_NIC = 5;
    private static final int TYPE_EXTERNAL = 7;

    private static final long MICROSECOND = 10;
    private static final long SECOND = 10_000_000;
    private static final int VNI = 4096;
    private static final int SERVER_2025_SNAP_LENGTH = 128;

    private static final String GATEWAY = "00-15-5d-0a-00-01";
    private static final End CLIENT = new End("00-15-5d-0a-01-0a", "10.244.1.10", 49_720);
    private static final End WEB = new End(GATEWAY, "10.96.0.50", 80);
    private static final End WEB_1 = new End("00-15-5d-0b-02-14", "10.244.2.20", 8080);
    private static final End ORDERS = new End(GATEWAY, "10.96.0.60", 80);
    private static final End ORDERS_CLIENT = new End(CLIENT.mac(), CLIENT.ip(), 49_731);
    private static final End HERE = new End("00-0d-3a-01-00-0b", "10.20.0.11", 0);
    private static final End THERE = new End("00-0d-3a-01-00-0c", "10.20.0.12", 0);

    private final boolean grouped;
    private final int snapLength;
    private final List<EventBytes> first = new ArrayList<>();
    private final List<EventBytes> second = new ArrayList<>();
    private long now = SECOND;
    private long group;
    private int appearance;
    private int outerId = 9000;

    private SampleTraces(boolean grouped, int snapLength) {
        this.grouped = grouped;
        this.snapLength = snapLength;
    }

    /// As Server 2022 logs it with `--pkt-size 0`.
    static byte[] server2022() {
        return new SampleTraces(true, 0xffff).trace(20348);
    }

    /// As Server 2025 logs it by default.
    static byte[] server2025() {
        return new SampleTraces(false, SERVER_2025_SNAP_LENGTH).trace(26100);
    }

    private byte[] trace(int build) {
        talkToWeb();
        knockAtOrders();
        return TraceBytes.of()
                .build(build)
                .bufferSize(1024)
                .mode(TraceBytes.MODE_COMPRESSED)
                .session("Relogger")
                .compressed(0, first.toArray(EventBytes[]::new))
                .compressed(1, second.toArray(EventBytes[]::new))
                .compressed(0, rundown())
                .toByteArray();
    }

    private void talkToWeb() {
        send(new Segment(100, Frames.SYN, 1000, 0, ""));
        answer(new Segment(500, Frames.SYN | Frames.ACK, 7000, 1001, ""));
        send(new Segment(101, Frames.ACK, 1001, 7001, ""));
        send(new Segment(102, Frames.PSH_ACK, 1001, 7001, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"));
        answer(new Segment(501, Frames.ACK, 7001, 1030, ""));
        answer(new Segment(502, Frames.PSH_ACK, 7001, 1030, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        send(new Segment(103, Frames.FIN_ACK, 1030, 7041, ""));
        answer(new Segment(503, Frames.FIN_ACK, 7041, 1031, ""));
        send(new Segment(104, Frames.ACK, 1031, 7042, ""));
    }

    /// Each SYN is sent again after 1, 2 and 4 seconds.
    private void knockAtOrders() {
        for (long wait : new long[] {0, 1, 2, 4}) {
            now += wait * SECOND;
            begin();
            byte[] syn = Frames.tcp(ORDERS_CLIENT, ORDERS, 128, new Segment(200, Frames.SYN, 5000, 0, ""));
            log(PktMonEvents.INGRESS, PORT, 1, syn);
            Appearance dropped = appearance(PktMonEvents.INGRESS, FILTERING, 0);
            add(PktMonEvents.drop(dropped, NO_UNICAST_DESTINATION, FILTERING_PLACE, logged(syn)));
        }
    }

    /// From the pod: as it is, translated, encapsulated.
    private void send(Segment segment) {
        begin();
        log(PktMonEvents.INGRESS, PORT, 1, Frames.tcp(CLIENT, WEB, 128, segment));
        byte[] translated = Frames.tcp(CLIENT, WEB_1, 127, segment);
        byte[] tunnelled = Frames.vxlan(HERE, THERE, outerId++, VNI, translated);
        log(PktMonEvents.EGRESS, EXTERNAL, 1, tunnelled);
        log(PktMonEvents.TX, ADAPTER, 1, tunnelled);
    }

    /// To the pod: encapsulated, and with the service's address again.
    private void answer(Segment segment) {
        begin();
        byte[] tunnelled = Frames.vxlan(THERE, HERE, outerId++, VNI, Frames.tcp(WEB_1, CLIENT, 127, segment));
        log(PktMonEvents.RX, ADAPTER, 1, tunnelled);
        log(PktMonEvents.INGRESS, EXTERNAL, 1, tunnelled);
        log(PktMonEvents.EGRESS, PORT, 1, Frames.tcp(WEB, CLIENT, 126, segment));
    }

    private void begin() {
        now += 300 * MICROSECOND;
        group++;
        appearance = 0;
    }

    private void log(int direction, int component, int edge, byte[] frame) {
        add(PktMonEvents.frame(appearance(direction, component, edge), frame, snapLength));
    }

    private Appearance appearance(int direction, int component, int edge) {
        if (grouped) {
            return Appearance.of(group, ++appearance, direction, component, edge);
        }
        return new Appearance(++group, 1, 0, direction, 1, component, edge, 0);
    }

    private byte[] logged(byte[] frame) {
        return Arrays.copyOf(frame, Math.min(snapLength, frame.length));
    }

    /// The processors take turns.
    private void add(EventBytes event) {
        now += 2 * MICROSECOND;
        (group / 4 % 2 == 0 ? first : second).add(event.at(now).in(4, 312));
    }

    private EventBytes[] rundown() {
        now += SECOND;
        List<EventBytes> events = List.of(
                PktMonEvents.component(PORT, TYPE_VM_NIC, "vmswitch.sys", "client"),
                PktMonEvents.mac(PORT, "00155d0a010a"),
                PktMonEvents.text(PORT, 10, "vxlan0"),
                PktMonEvents.passed(PORT, 1, "Upper", 9, 600, 4, 300),
                PktMonEvents.dropped(PORT, 0, 0, 0, 0),
                PktMonEvents.component(FILTERING, TYPE_FILTER, "vfpext.sys", "Microsoft Azure VFP Switch Extension"),
                PktMonEvents.text(FILTERING, 10, "vxlan0"),
                PktMonEvents.dropped(FILTERING, 4, 216, 0, 0),
                PktMonEvents.component(EXTERNAL, TYPE_EXTERNAL, "vmswitch.sys", "vxlan0 external"),
                PktMonEvents.text(EXTERNAL, 10, "vxlan0"),
                PktMonEvents.property(EXTERNAL, 11, 6),
                PktMonEvents.component(ADAPTER, TYPE_MINIPORT, "netvsc.sys", "Ethernet"),
                PktMonEvents.mac(ADAPTER, "000d3a01000b"),
                PktMonEvents.property(ADAPTER, 1, 6),
                PktMonEvents.address(ADAPTER, "0a14000b"));
        return events.stream().map(event -> event.at(now).in(4, 312)).toArray(EventBytes[]::new);
    }
}
