package hopline.capture.etl;

import hopline.capture.etl.Frames.End;
import hopline.capture.etl.Frames.Segment;
import hopline.capture.etl.PktMonEvents.Appearance;
import hopline.capture.etl.VfpEventBytes.Ends;
import hopline.capture.etl.VfpEventBytes.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The made traces among the sample captures that hold more than packets: what the packet monitor, VFP, the virtual
/// switch, WinNat, HNS and the filtering platform would log together on `win-a`, a Windows node of an overlay network.
///
/// `client`, 10.244.1.10, is at port 31; port 23 leads outside. Made from the published layouts: no Windows wrote them.
final class OverlayTraces {

    private static final int POD = 31;
    private static final int EXTERNAL = 23;
    private static final int ADAPTER = 5;

    private static final Port OUT = new Port(POD, VfpEventBytes.OUTBOUND);
    private static final Port IN = new Port(POD, VfpEventBytes.INBOUND);

    private static final String HNS = "0c885e0d-6eb6-476c-a048-2457eed3a5c1";
    private static final String SWITCH = "67dc0d66-3695-47c0-9642-33f76f7bd7ad";
    private static final String WIN_NAT = "66c07ecd-6667-43fc-93f8-05cf07f446ec";
    private static final String FILTERING = "c22d1b14-c242-49de-9f17-1d76b8b9c458";

    private static final String ACL_LAYER = "ACL_ENDPOINT_LAYER";
    private static final String LB_LAYER = "LB_DSR";
    private static final String NAT_LAYER = "SLB_NAT_LAYER";
    private static final String ROUTE_LAYER = "VNET_PA_ROUTE_LAYER";
    private static final String ENCAP = "REMOTESUBNETROUTE_ENCAP_5f2a7_10.244.2.0_24_4096_10.20.0.12_00-15-5D-0B-00-01";

    private static final long MICROSECOND = 10;
    private static final long MILLISECOND = 10_000;
    private static final long SECOND = 10_000_000;
    private static final int VNI = 4096;
    private static final int DENY_STATUS = 0;

    private static final String GATEWAY = "00-15-5d-0a-00-01";
    private static final String ROUTER = "00-0d-3a-01-00-01";
    private static final String CLIENT_MAC = "00-15-5d-0a-01-0a";
    private static final End HERE = new End("00-0d-3a-01-00-0b", "10.20.0.11", 0);
    private static final End THERE = new End("00-0d-3a-01-00-0c", "10.20.0.12", 0);

    private final List<EventBytes> events = new ArrayList<>();
    private long now = SECOND;
    private long group;
    private int appearance;
    private int outerId = 9000;
    private int packetId = 100;

    private OverlayTraces() {}

    /// Everything at once: a service that works, a way to the internet, a policy that blocks, a load balancer that
    /// vanished.
    static byte[] policyBlocked() {
        OverlayTraces trace = new OverlayTraces();
        trace.programHns();
        trace.talkToWeb(49_720);
        trace.browse();
        trace.blocked();
        trace.loadBalancerVanishes();
        return trace.bytes();
    }

    /// A pod that sends from an address that is not its own.
    static byte[] sourceAddressGuarded() {
        OverlayTraces trace = new OverlayTraces();
        trace.talkToWeb(49_720);
        trace.spoof();
        return trace.bytes();
    }

    /// The node's firewall blocks what comes in for a pod's health check.
    static byte[] hostFirewallBlocked() {
        OverlayTraces trace = new OverlayTraces();
        trace.talkToWeb(49_720);
        trace.firewalled();
        return trace.bytes();
    }

    /// No ports are left for connections to the internet.
    static byte[] snatPortExhausted() {
        OverlayTraces trace = new OverlayTraces();
        trace.browse();
        trace.exhausted();
        return trace.bytes();
    }

    private static End client(int port) {
        return new End(CLIENT_MAC, "10.244.1.10", port);
    }

    private static End end(String mac, String ip, int port) {
        return new End(mac, ip, port);
    }

    private static Ends ends(End from, End to) {
        return new Ends(from.ip() + ":" + from.port(), to.ip() + ":" + to.port());
    }

    private void programHns() {
        hns("AddingLayer", Map.of("portId", "6d3c1d1e-0f2a-4b8e-9c3f-2a1b5d7e9f10", "layerId", LB_LAYER));
        hns("AddingLayer", Map.of("portId", "6d3c1d1e-0f2a-4b8e-9c3f-2a1b5d7e9f10", "layerId", ROUTE_LAYER));
        vmSwitch(67, "6D3C1D1E-0F2A-4B8E-9C3F-2A1B5D7E9F10", "client", "vxlan0", "vxlan0");
        hns("CreateLoadBalancer", Map.of("vip", "10.96.0.50", "id", "9d1c4f00-4c1e-4b43-8a64-1f7fd1a2b3c4"));
    }

    /// A service on another node: translated by its rule, put into the tunnel by the route to that node.
    private void talkToWeb(int port) {
        End client = client(port);
        End web = end(GATEWAY, "10.96.0.50", 80);
        End backend = end("00-15-5d-0b-02-14", "10.244.2.20", 8080);
        Segment syn = segment(Frames.SYN, 1000, 0, "");
        begin();
        atPod(Frames.tcp(client, web, 128, syn));
        allow(ends(client, web));
        match(
                LB_LAYER,
                "LB_DSR_IPv4_OUT",
                "LB_DSR_9d1c4_10.20.0.11_10.96.0.50_80_8080_6",
                VfpEventBytes.NAT,
                client,
                web);
        add(VfpEventBytes.rewrite(OUT, ends(client, backend)));
        match(ROUTE_LAYER, "VNET_GROUP_PA_ROUTE_IPv4_OUT", ENCAP, VfpEventBytes.ROUTE_ENCAP, client, backend);
        add(VfpEventBytes.encap(OUT, HERE.ip(), THERE.ip(), VNI));
        leave(tunnelled(Frames.tcp(client, backend, 127, syn)));
        Segment synAck = segment(Frames.SYN | Frames.ACK, 7000, 1001, "");
        begin();
        arrive(fromTunnel(Frames.tcp(backend, client, 127, synAck)));
        add(VfpEventBytes.ruleMatch(
                IN,
                "SLB_DECAP_LAYER_STATEFUL",
                "SLB_DECAP_GROUP_IPv4_IN",
                "DECAP_4096",
                VfpEventBytes.DECAP,
                ends(backend, client)));
        add(VfpEventBytes.decap(IN));
        add(VfpEventBytes.flowMatch(IN, LB_LAYER, 3, ends(backend, client)));
        add(VfpEventBytes.rewrite(IN, ends(web, client)));
        toPod(Frames.tcp(web, client, 126, synAck));
        exchange(client, web, backend);
    }

    /// Later packets take the flow that the first ones set up: no event tells of them.
    private void exchange(End client, End web, End backend) {
        out(client, web, backend, segment(Frames.ACK, 1001, 7001, ""));
        out(client, web, backend, segment(Frames.PSH_ACK, 1001, 7001, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"));
        back(
                client,
                web,
                backend,
                segment(Frames.PSH_ACK, 7001, 1030, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        out(client, web, backend, segment(Frames.FIN_ACK, 1030, 7041, ""));
        back(client, web, backend, segment(Frames.FIN_ACK, 7041, 1031, ""));
        out(client, web, backend, segment(Frames.ACK, 1031, 7042, ""));
    }

    private void out(End client, End web, End backend, Segment segment) {
        begin();
        atPod(Frames.tcp(client, web, 128, segment));
        leave(tunnelled(Frames.tcp(client, backend, 127, segment)));
    }

    private void back(End client, End web, End backend, Segment segment) {
        begin();
        arrive(fromTunnel(Frames.tcp(backend, client, 127, segment)));
        toPod(Frames.tcp(web, client, 126, segment));
    }

    /// The internet: under the node's address, without a tunnel.
    private void browse() {
        End client = client(49_740);
        End site = end(GATEWAY, "203.0.113.80", 443);
        End outside = end(HERE.mac(), HERE.ip(), 52_001);
        End router = end(ROUTER, "203.0.113.80", 443);
        Segment syn = segment(Frames.SYN, 2000, 0, "");
        begin();
        atPod(Frames.tcp(client, site, 128, syn));
        allow(ends(client, site));
        match(
                NAT_LAYER,
                "SLB_GROUP_NAT_IPv4_OUT",
                "SNAT_TCP_OUTBOUNDNAT_3c9e1",
                VfpEventBytes.DYNAMIC_NAT,
                client,
                site);
        add(VfpEventBytes.rewrite(OUT, ends(outside, site)));
        leave(Frames.tcp(outside, router, 127, syn));
        reply(client, site, outside, router, segment(Frames.SYN | Frames.ACK, 8000, 2001, ""));
        forth(client, site, outside, router, segment(Frames.ACK, 2001, 8001, ""));
        forth(client, site, outside, router, segment(Frames.PSH_ACK, 2001, 8001, "hello"));
        reply(client, site, outside, router, segment(Frames.PSH_ACK, 8001, 2006, "hello yourself"));
        forth(client, site, outside, router, segment(Frames.FIN_ACK, 2006, 8015, ""));
        reply(client, site, outside, router, segment(Frames.FIN_ACK, 8015, 2007, ""));
        forth(client, site, outside, router, segment(Frames.ACK, 2007, 8016, ""));
    }

    private void forth(End client, End site, End outside, End router, Segment segment) {
        begin();
        atPod(Frames.tcp(client, site, 128, segment));
        leave(Frames.tcp(outside, router, 127, segment));
    }

    private void reply(End client, End site, End outside, End router, Segment segment) {
        begin();
        arrive(Frames.tcp(router, outside, 57, segment));
        toPod(Frames.tcp(site, client, 56, segment));
    }

    /// Each SYN is sent again after 1 and 2 seconds, and blocked at the pod's own port.
    private void blocked() {
        End client = client(49_751);
        End vault = end(GATEWAY, "10.244.2.30", 8200);
        Segment syn = segment(Frames.SYN, 3000, 0, "");
        for (long wait : new long[] {0, 1, 2}) {
            now += wait * SECOND;
            begin();
            atPod(Frames.tcp(client, vault, 128, syn));
            add(VfpEventBytes.ruleMatch(
                    OUT,
                    ACL_LAYER,
                    "ACL_GROUP_IPv4_OUT",
                    "deny-vault-4",
                    VfpEventBytes.BLOCK,
                    ends(client, vault),
                    DENY_STATUS));
        }
    }

    /// HNS removes the load balancer, and 0.4 seconds later a client asks for the service.
    private void loadBalancerVanishes() {
        now += SECOND;
        hns("RemovingLoadBalancer", Map.of("vip", "10.96.0.70", "id", "1b0e7a52-77cf-4c0f-a1de-0c5c3f6f9d11"));
        now += 400 * MILLISECOND;
        End client = client(49_762);
        End billing = end(GATEWAY, "10.96.0.70", 80);
        End outside = end(ROUTER, "10.96.0.70", 80);
        Segment syn = segment(Frames.SYN, 4000, 0, "");
        for (long wait : new long[] {0, 1, 2}) {
            now += wait * SECOND;
            begin();
            atPod(Frames.tcp(client, billing, 128, syn));
            allow(ends(client, billing));
            add(VfpEventBytes.noMatch(OUT, LB_LAYER, ends(client, billing)));
            add(VfpEventBytes.noMatch(OUT, ROUTE_LAYER, ends(client, billing)));
            leave(Frames.tcp(end(HERE.mac(), client.ip(), client.port()), outside, 127, syn));
        }
    }

    private void spoof() {
        End stranger = end(CLIENT_MAC, "10.244.1.99", 49_780);
        End backend = end(GATEWAY, "10.244.2.20", 8080);
        Segment syn = segment(Frames.SYN, 5000, 0, "");
        for (long wait : new long[] {0, 1, 2}) {
            now += wait * SECOND;
            begin();
            atPod(Frames.tcp(stranger, backend, 128, syn));
            add(VfpEventBytes.drop(OUT, 7, ends(stranger, backend)));
        }
    }

    /// Prometheus on win-b asks win-a's own exporter.
    private void firewalled() {
        End prometheus = end(THERE.mac(), "10.20.0.12", 41_000);
        End exporter = end(HERE.mac(), "10.20.0.11", 9182);
        Segment syn = segment(Frames.SYN, 6000, 0, "");
        for (long wait : new long[] {0, 1, 2}) {
            now += wait * SECOND;
            begin();
            arrive(Frames.tcp(prometheus, exporter, 128, syn));
            add(filtered(exporter, prometheus));
        }
    }

    /// WFP's `ClassifyDrop`, 1001, inbound.
    private static EventBytes filtered(End local, End remote) {
        byte[] here = VfpEventBytes.socket(local.ip() + ":" + local.port());
        byte[] there = VfpEventBytes.socket(remote.ip() + ":" + remote.port());
        return EventBytes.manifest(FILTERING, 1001)
                .payload(Payload.of()
                        .i64(TraceBytes.START)
                        .u32(here.length)
                        .octets(here)
                        .u32(there.length)
                        .octets(there)
                        .u32(0)
                        .text("System")
                        .hex("01010000000000051200000000")
                        .u8(0)
                        .u8(0)
                        .u8(0)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .i64(67_301)
                        .u16(44));
    }

    private void exhausted() {
        End client = client(49_790);
        End site = end(GATEWAY, "203.0.113.81", 443);
        Segment syn = segment(Frames.SYN, 7000, 0, "");
        for (long wait : new long[] {0, 1, 2}) {
            now += wait * SECOND;
            begin();
            atPod(Frames.tcp(client, site, 128, syn));
            add(VfpEventBytes.ruleMatch(
                    OUT,
                    NAT_LAYER,
                    "SLB_GROUP_NAT_IPv4_OUT",
                    "SNAT_TCP_OUTBOUNDNAT_3c9e1",
                    VfpEventBytes.DYNAMIC_NAT,
                    ends(client, site),
                    0xC000_009AL));
        }
        add(EventBytes.manifest(WIN_NAT, 1033)
                .payload(Payload.of().text("nat-win-a").u32(6)));
    }

    private Segment segment(int flags, int sequence, int acknowledgment, String text) {
        return new Segment(packetId++, flags, sequence, acknowledgment, text);
    }

    private void allow(Ends ends) {
        add(VfpEventBytes.ruleMatch(OUT, ACL_LAYER, "ACL_GROUP_IPv4_OUT", "allow-all-2", VfpEventBytes.ALLOW, ends));
    }

    private void match(String layer, String groupName, String rule, int type, End from, End to) {
        add(VfpEventBytes.ruleMatch(OUT, layer, groupName, rule, type, ends(from, to)));
    }

    private void hns(String name, Map<String, String> fields) {
        add(SelfDescribed.traceLogging(HNS, name, new TreeMap<>(fields)));
    }

    /// Texts with their lengths in characters, as the switch writes them.
    private void vmSwitch(int id, String... texts) {
        Payload payload = Payload.of();
        for (String text : texts) {
            payload.u32(text.length()).bare(text);
        }
        add(EventBytes.manifest(SWITCH, id).payload(payload));
    }

    private byte[] tunnelled(byte[] frame) {
        return Frames.vxlan(HERE, THERE, outerId++, VNI, frame);
    }

    private byte[] fromTunnel(byte[] frame) {
        return Frames.vxlan(THERE, HERE, outerId++, VNI, frame);
    }

    private void atPod(byte[] frame) {
        log(PktMonEvents.INGRESS, POD, frame);
    }

    private void toPod(byte[] frame) {
        log(PktMonEvents.EGRESS, POD, frame);
    }

    private void leave(byte[] frame) {
        log(PktMonEvents.EGRESS, EXTERNAL, frame);
        log(PktMonEvents.TX, ADAPTER, frame);
    }

    private void arrive(byte[] frame) {
        log(PktMonEvents.RX, ADAPTER, frame);
        log(PktMonEvents.INGRESS, EXTERNAL, frame);
    }

    private void begin() {
        now += 300 * MICROSECOND;
        group++;
        appearance = 0;
    }

    private void log(int direction, int component, byte[] frame) {
        add(PktMonEvents.frame(Appearance.of(group, ++appearance, direction, component, 1), frame));
    }

    private void add(EventBytes event) {
        now += 2 * MICROSECOND;
        events.add(event.at(now).in(4, 312));
    }

    private byte[] bytes() {
        now += SECOND;
        List<EventBytes> rundown = List.of(
                PktMonEvents.component(POD, 5, "vmswitch.sys", "client"),
                PktMonEvents.mac(POD, "00155d0a010a"),
                PktMonEvents.text(POD, 10, "vxlan0"),
                PktMonEvents.component(EXTERNAL, 7, "vmswitch.sys", "vxlan0 external"),
                PktMonEvents.text(EXTERNAL, 10, "vxlan0"),
                PktMonEvents.component(ADAPTER, 2, "netvsc.sys", "Ethernet"),
                PktMonEvents.mac(ADAPTER, "000d3a01000b"),
                PktMonEvents.address(ADAPTER, "0a14000b"));
        rundown.forEach(event -> events.add(event.at(now).in(4, 312)));
        return TraceBytes.of()
                .build(20348)
                .bufferSize(1024)
                .mode(TraceBytes.MODE_COMPRESSED)
                .session("Relogger")
                .compressed(0, events.toArray(EventBytes[]::new))
                .toByteArray();
    }
}
