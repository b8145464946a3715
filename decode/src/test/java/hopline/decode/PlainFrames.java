package hopline.decode;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.VLAN;
import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.extension;
import static hopline.decode.Packets.fragment;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.ipv4Fragment;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vlan;
import static hopline.decode.Packets.vxlan;

import hopline.capture.CaptureRecord;
import hopline.decode.header.TcpHeader;
import java.util.List;
import java.util.Random;

/// Frames that a [PlainPacket] is found in, and some like them in which none is.
public final class PlainFrames {

    /// Carries VXLAN to a dissector that was told so.
    public static final int OTHER_VXLAN_PORT = 10_789;

    public static final byte[] TCP = inIpv4(6, tcp(40_000, 80, octets(20)));
    private static final byte[] UDP = inIpv4(17, udp(40_000, 5_000, octets(7)));

    private static final byte[] TCP6 = ethernet(IPV6, ipv6("fd00::1", "fd00::2", 6, tcp(40_000, 80, octets(20))));
    private static final byte[] TAGGED =
            ethernet(VLAN, vlan(7, IPV4, ipv4("10.0.0.1", "10.0.0.2", 17, udp(40_000, 5_000, octets(7)))));

    private static final byte[] QUESTION = dnsQuery(7, "web.shop.svc", 1);

    public static final List<byte[]> PLAIN = List.of(
            TCP,
            UDP,
            inIpv4(6, tcp(40_000, 80)),
            inIpv4(17, udp(40_000, 5_000)),
            inIpv4(6, tcp(40_000, 80, 1_000, 0, TcpHeader.SYN, octets(0), octets(0))),
            inIpv4(6, tcp(40_000, 80, 2_000, 9, TcpHeader.SYN, hex("020405b40101080a0000000100000002"), octets(0))),
            join(TCP, octets(6)),
            TAGGED,
            TCP6,
            inIpv4(17, udp(40_000, 53, octets(12))),
            inIpv4(17, udp(53, 40_000, octets(40))),
            inIpv4(17, udp(53, 53, QUESTION)),
            inIpv4(17, udp(40_000, 4_789, vxlan(7, inIpv4(17, udp(53, 40_000, QUESTION))))),
            inIpv4(17, udp(40_000, 4_789, vxlan(4_096, TCP6))),
            inIpv4(17, udp(40_000, 4_789, vxlan(4_096, TAGGED))),
            ethernet(IPV6, ipv6("fd00::1", "fd00::2", 17, udp(40_000, 4_789, vxlan(7, UDP)))),
            inIpv4(17, udp(40_000, 4_789, vxlan(4_096, TCP))),
            inIpv4(17, udp(40_000, 8_472, vxlan(4_096, UDP))),
            inIpv4(17, udp(40_000, OTHER_VXLAN_PORT, vxlan(1, TCP))));

    public static final List<byte[]> UNUSUAL = List.of(
            ethernet(VLAN, vlan(7, VLAN, vlan(8, IPV4, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(1, 80))))),
            ethernet(IPV6, ipv6("fd00::1", "fd00::2", 0, extension(17, udp(1, 2, octets(20))))),
            ethernet(IPV6, ipv6("fd00::1", "fd00::2", 44, fragment(6, 0, true, 7, tcp(1, 2)))),
            inIpv4(1, octets(20)),
            inIpv4(17, udp(40_000, 53, octets(11))),
            inIpv4(17, udp(53, 40_000)),
            inIpv4(6, tcp(53, 40_000, octets(40))),
            inIpv4(17, udp(4_789, 40_000, vxlan(1, TCP))),
            inIpv4(17, udp(40_000, 4_789, vxlan(1, inIpv4(17, udp(1, 4_789, vxlan(2, TCP)))))),
            inIpv4(17, udp(40_000, 4_789, vxlan(1, inIpv4(1, octets(8))))),
            ethernet(IPV4, ipv4Fragment("10.0.0.1", "10.0.0.2", 17, 9, 8, false, octets(40))),
            ethernet(IPV4, ipv4Fragment("10.0.0.1", "10.0.0.2", 6, 9, 0, true, tcp(1, 80, octets(20)))));

    private PlainFrames() {}

    public static byte[] inIpv4(int protocol, byte[] content) {
        return ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", protocol, content));
    }

    /// A frame in which a field of some length contradicts the others, which are as they should be.
    public static CaptureRecord ofAnyLengths(Random random) {
        byte[] frame = PLAIN.get(random.nextInt(PLAIN.size())).clone();
        frame[16 + random.nextInt(2)] = (byte) random.nextInt(120);
        frame[38 + random.nextInt(2)] = (byte) random.nextInt(120);
        CaptureRecord record = Packets.record(frame, random.nextInt(frame.length + 1));
        record.set(1, 0, 5, random.nextInt(200));
        return record;
    }
}
