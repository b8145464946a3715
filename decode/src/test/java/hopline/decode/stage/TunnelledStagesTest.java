package hopline.decode.stage;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Address;
import hopline.decode.Dissector;
import hopline.decode.IpProtocol;
import hopline.decode.Layers;
import hopline.decode.Packets;
import hopline.decode.header.TcpHeader;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every kind of tunnel is noted with its ends and key, and the packet in it is the packet before and behind it.
class TunnelledStagesTest {

    private static final String A = "10.20.0.11";
    private static final String B = "10.20.0.12";
    private static final String POD = "10.50.1.11:41234";
    private static final String VIP = "10.99.7.7:80";
    private static final String DIP = "10.50.2.21:8080";

    record Tunnel(UnaryOperator<byte[]> wrapping, TunnelKind kind, int port, long key) {

        @Override
        public String toString() {
            return kind.label() + " " + key;
        }
    }

    private static final long NO_KEY = Encapsulation.NO_KEY;

    private static byte[] packet(byte[] frame) {
        return Arrays.copyOfRange(frame, 14, frame.length);
    }

    private static byte[] over(int protocol, String header, byte[] payload) {
        return ethernet(IPV4, ipv4(A, B, protocol, hex(header), payload));
    }

    private static byte[] overUdp(int port, String header, byte[] payload) {
        return ethernet(IPV4, ipv4(A, B, 17, udp(55_555, port, hex(header), payload)));
    }

    static final List<Tunnel> TUNNELS = List.of(
            new Tunnel(f -> overUdp(4789, "08000000 00100000", f), TunnelKind.VXLAN, 4789, 4_096),
            new Tunnel(f -> overUdp(4790, "0c000001 00100000", packet(f)), TunnelKind.VXLAN_GPE, 4790, 4_096),
            new Tunnel(f -> overUdp(6081, "0000 6558 00007b00", f), TunnelKind.GENEVE, 6081, 123),
            new Tunnel(f -> overUdp(6081, "0140 6558 ffffff00 01030100", f), TunnelKind.GENEVE, 6081, 16_777_215),
            new Tunnel(f -> over(47, "2000 6558 00123401", f), TunnelKind.NVGRE, 0, 0x1234),
            new Tunnel(f -> over(47, "0000 0800", packet(f)), TunnelKind.GRE, 0, NO_KEY),
            new Tunnel(f -> over(47, "2000 0800 fffffffe", packet(f)), TunnelKind.GRE, 0, 0xffff_fffeL),
            new Tunnel(f -> over(47, "3001 880b 00400007 00000001 0021", packet(f)), TunnelKind.GRE, 0, 7),
            new Tunnel(f -> over(47, "0000 6558", f), TunnelKind.GRE, 0, NO_KEY),
            new Tunnel(f -> over(47, "0000 88be", f), TunnelKind.ERSPAN, 0, NO_KEY),
            new Tunnel(f -> over(47, "1000 88be 00000001 1064 0007 00000000", f), TunnelKind.ERSPAN, 0, 7),
            new Tunnel(f -> over(4, "", packet(f)), TunnelKind.IP_IN_IP, 0, NO_KEY),
            new Tunnel(f -> over(97, "3000", f), TunnelKind.ETHER_IP, 0, NO_KEY),
            new Tunnel(f -> overUdp(6635, "00010140", packet(f)), TunnelKind.MPLS, 6635, NO_KEY),
            new Tunnel(f -> overUdp(2152, "30ff 0500 80000001", packet(f)), TunnelKind.GTP, 2152, 0x8000_0001L),
            new Tunnel(
                    f -> overUdp(3386, "1eff 0500 0001 0000 00ffffff 2143658709f10300", packet(f)),
                    TunnelKind.GTP,
                    3386,
                    NO_KEY),
            new Tunnel(f -> overUdp(1701, "0002 0001 0002 0021", packet(f)), TunnelKind.L2TP, 1701, 0x0001_0002),
            new Tunnel(f -> over(115, "00000007", f), TunnelKind.L2TP, 0, 7));

    @ParameterizedTest
    @FieldSource("TUNNELS")
    void aStageTellsThePacketAndItsTunnel(Tunnel tunnel) {
        Stage stage = Scene.stage(Sketch.tcp(POD, DIP).ttl(63).in(tunnel.wrapping()));

        assertThat(stage.outer())
                .isEqualTo(new Encapsulation(tunnel.kind(), Address.of(A), Address.of(B), tunnel.port(), tunnel.key()));
        assertThat(stage.outer().protocol()).isEqualTo(tunnel.kind().label());
        assertThat(stage.source()).hasToString(POD);
        assertThat(stage.destination()).hasToString(DIP);
        assertThat(stage.timeToLive()).isEqualTo(63);
        assertThat(stage.length()).isEqualTo(40);
    }

    @ParameterizedTest
    @FieldSource("TUNNELS")
    void aPacketIsFollowedThroughItsTunnel(Tunnel tunnel) {
        Sketch syn = Sketch.tcp(POD, VIP).flags(TcpHeader.SYN);
        Sketch toPod = syn.to(DIP).routed();
        Scene scene = new Scene();
        scene.see("a/v-client", 0, syn);
        scene.see("a/tun0", 41, toPod);
        scene.see("a/eth0", 52, toPod.in(tunnel.wrapping()));
        scene.see("b/eth0", 300, toPod.in(tunnel.wrapping()));
        scene.see("b/v-web", 320, toPod.routed());

        assertThat(scene.ties()).containsExactly("1 2 3 4 5");
        List<Stage> stages = scene.stages();
        assertThat(Rewrite.between(stages.get(1), stages.get(2), false))
                .extracting(Rewrite::kind)
                .containsExactly("encap");
        assertThat(Rewrite.between(stages.get(3), stages.get(4), false))
                .extracting(Rewrite::kind)
                .containsExactly("decap");
    }

    @Test
    void ipv6MayCarryAndBeCarried() {
        Stage over = Scene.stage(
                Sketch.tcp(POD, DIP).in(frame -> ethernet(IPV6, ipv6("fd00::11", "fd00::12", 4, packet(frame)))));
        Stage inside = Scene.stage(Sketch.tcp("[fd50::1]:1", "[fd50::2]:2").in(frame -> over(41, "", packet(frame))));

        assertThat(over.outer())
                .isEqualTo(new Encapsulation(
                        TunnelKind.IP_IN_IP, Address.of("fd00::11"), Address.of("fd00::12"), 0, NO_KEY));
        assertThat(inside.outer())
                .isEqualTo(new Encapsulation(TunnelKind.IP_IN_IP, Address.of(A), Address.of(B), 0, NO_KEY));
        assertThat(inside.source()).hasToString("[fd50::1]:1");
    }

    @Test
    void ofTunnelsInEachOtherTheInnermostIsTold() {
        Stage stage = Scene.stage(Sketch.tcp(POD, DIP)
                .in(frame -> over(4, "", ipv4("10.30.0.1", "10.30.0.2", 47, hex("0000 6558"), frame))));

        assertThat(stage.outer())
                .isEqualTo(
                        new Encapsulation(TunnelKind.GRE, Address.of("10.30.0.1"), Address.of("10.30.0.2"), 0, NO_KEY));
    }

    /// Nothing lies before the tunnel, not even a link header.
    @Test
    void aRecordMayBeginWithTheTunnel() {
        byte[] packet = ipv4(A, B, 4, packet(Sketch.tcp(POD, DIP).frame()));
        CaptureRecord record = Packets.record(packet);
        Layers layers = new Layers();
        new Dissector().dissect(record, LinkType.RAW, layers);

        Stage stage = new StageReader(new StagePool()).read(record, layers, new CapturePoint(0, "a", "tun0"), 0, 0);

        assertThat(stage.outer())
                .isEqualTo(new Encapsulation(TunnelKind.IP_IN_IP, Address.of(A), Address.of(B), 0, NO_KEY));
        assertThat(stage.source()).hasToString(POD);
    }

    /// Messages about a tunnel are packets between its ends, in no tunnel.
    @Test
    void whatATunnelSaysAboutItselfIsNotInIt() {
        Stage echo = Scene.stage(Sketch.udp(A + ":55555", B + ":2152", hex("3201 0004 00000000 00070000")));

        assertThat(echo.outer()).isNull();
        assertThat(echo.destination()).hasToString(B + ":2152");
    }

    @Test
    void anAuthenticationHeaderIsNoTunnelAndHidesNoPorts() {
        byte[] header = hex("0604 0000 00000001 00000001 000000000000000000000000");
        Sketch packet = Sketch.tcp(POD, DIP);
        Stage plain = Scene.stage(packet);
        Stage stage = Scene.stage(packet.in(frame -> {
            byte[] tcp = Arrays.copyOfRange(frame, 34, frame.length);
            return ethernet(IPV4, ipv4("10.50.1.11", "10.50.2.21", 51, header, tcp));
        }));

        assertThat(stage.outer()).isNull();
        assertThat(stage.isTcp()).isTrue();
        assertThat(stage.source()).isEqualTo(plain.source());
    }

    /// Its checksum covers the ports: it changes with every translation, and must not keep the two apart.
    @Test
    void sctpIsFollowedThroughATranslation() {
        byte[] chunk = join(hex("0003 0018 00000001 00000000 00000000"), octets(8));
        Scene scene = new Scene();
        scene.see("a/v-client", 0, sctp("10.50.1.11", "10.99.7.7", "9c40 0050 00000007 11111111", chunk), 70);
        scene.see("a/eth0", 50, sctp("10.50.1.11", "10.50.2.21", "9c40 1f90 00000007 22222222", chunk), 70);

        assertThat(scene.ties()).containsExactly("1 2");
        assertThat(scene.stages().getFirst().source()).hasToString("10.50.1.11:40000");
    }

    private static byte[] sctp(String source, String destination, String header, byte[] chunk) {
        return ethernet(IPV4, ipv4(source, destination, IpProtocol.SCTP, hex(header), chunk));
    }
}
