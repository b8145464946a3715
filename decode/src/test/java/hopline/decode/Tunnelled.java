package hopline.decode;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.VLAN;
import static hopline.decode.Packets.arp;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.extension;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.icmp;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.u16;
import static hopline.decode.Packets.u32;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vlan;

import hopline.capture.LinkType;
import java.util.List;

/// Packets in every framing and tunnel that is decoded, with the layers they should give: for tests of the decoder's
/// answers, and of what it does when they are cut short.
final class Tunnelled {

    private static final String A = "192.0.2.1";
    private static final String B = "192.0.2.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private static final byte[] TCP4 = ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40_000, 80, octets(9)));
    private static final byte[] UDP6 = ipv6("fd00::1", "fd00::2", 17, udp(40_000, 80, octets(9)));
    private static final byte[] FRAME = ethernet(IPV4, TCP4);
    private static final byte[] FRAME6 = ethernet(IPV6, UDP6);
    private static final byte[] DNS = hex("0007 0100 0001 0000 0000 0000 03777777 00 0001 0001");
    private static final byte[] WHO_HAS = arp(1, "020000000001", "10.0.0.1", "000000000000", "10.0.0.2");

    private Tunnelled() {}

    /// Layers outermost first, then `…` when truncated and `!` when malformed.
    record Case(String what, int linkType, byte[] record, String layers) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Case of(String what, byte[] frame, String layers) {
        return new Case(what, LinkType.ETHERNET, frame, layers);
    }

    private static byte[] over4(int protocol, byte[]... payload) {
        return ethernet(IPV4, ipv4(A, B, protocol, payload));
    }

    private static byte[] over6(int protocol, byte[]... payload) {
        return ethernet(IPV6, ipv6(A6, B6, protocol, payload));
    }

    private static byte[] overUdp(int port, byte[]... payload) {
        return over4(17, udp(50_000, port, payload));
    }

    private static byte[] gre(String header, byte[]... payload) {
        return over4(47, hex(header), join(payload));
    }

    /// A frame that states its length: destination, source, length, and what LLC makes of it.
    private static byte[] stated(byte[]... payload) {
        return ethernet(join(payload).length, payload);
    }

    /// An sFlow datagram of an IPv4 agent with counters, passed over, and one sample of one packet.
    private static byte[] sampled(int kind, int before, byte[] packet) {
        int protocol = kind == 1 ? 1 : 11;
        byte[] record = join(
                u32(1), u32(16 + packet.length), u32(protocol), u32(packet.length), u32(0), u32(packet.length), packet);
        byte[] sample = join(octets(before), u32(1), record);
        return join(
                u32(5),
                u32(1),
                u32(0x0a000001),
                octets(12),
                u32(2),
                u32(2),
                u32(8),
                octets(8),
                u32(kind),
                u32(sample.length),
                sample);
    }

    /// As a segmentation offload hands it over: neither IP nor UDP state a length.
    private static byte[] unstated(byte[]... payload) {
        byte[] ip = ipv4(A, B, 17, withoutLength(udp(50_000, 4789, payload)));
        ip[2] = 0;
        ip[3] = 0;
        return ip;
    }

    private static byte[] withoutLength(byte[] udp) {
        udp[4] = 0;
        udp[5] = 0;
        return udp;
    }

    static final List<Case> FRAMINGS = List.of(
            of("SNAP", stated(hex("aaaa03 000000 0800"), TCP4), "ethernet llc ipv4 tcp"),
            of("SNAP by a bridge", stated(hex("aaaa03 0000f8 86dd"), UDP6), "ethernet llc ipv6 udp"),
            of(
                    "SNAP with padding behind it",
                    join(stated(hex("aaaa03 000000 0806"), WHO_HAS), octets(9)),
                    "ethernet llc arp"),
            of("SNAP of somebody's own", stated(hex("aaaa03 00000c 2000"), octets(9)), "ethernet llc unknown"),
            of("IPv4 in LLC", stated(hex("060603"), TCP4), "ethernet llc ipv4 tcp"),
            of("spanning tree", stated(hex("424203"), octets(35)), "ethernet llc unknown"),
            of(
                    "a tag and SNAP",
                    ethernet(VLAN, vlan(7, TCP4.length + 8, hex("aaaa03 000000 0800"), TCP4)),
                    "ethernet vlan llc ipv4 tcp"),
            of("a length that is neither", ethernet(0x5dd, octets(9)), "ethernet unknown"),
            of("PPPoE", ethernet(0x8864, hex("1100 0001 0033 0021"), TCP4), "ethernet pppoe ppp ipv4 tcp"),
            of("PPPoE of IPv6", ethernet(0x8864, hex("1100 0001 003b 0057"), UDP6), "ethernet pppoe ppp ipv6 udp"),
            of(
                    "PPPoE with a short protocol",
                    ethernet(0x8864, hex("1100 0001 0032 21"), TCP4),
                    "ethernet pppoe ppp ipv4 tcp"),
            of(
                    "PPPoE about its link",
                    ethernet(0x8864, hex("1100 0001 0006 c021 0109 0004")),
                    "ethernet pppoe ppp unknown"),
            of("PPPoE's discovery", ethernet(0x8863, hex("1109 0000 0004 0101 0000")), "ethernet pppoe"),
            of(
                    "PPPoE of more than there is",
                    ethernet(0x8864, hex("1100 0001 00ff 0021"), TCP4),
                    "ethernet pppoe ppp ipv4 tcp !"),
            of("a label", ethernet(0x8847, hex("00010140"), TCP4), "ethernet mpls ipv4 tcp"),
            of("three labels", ethernet(0x8848, hex("00010040 00020040 00030140"), UDP6), "ethernet mpls ipv6 udp"),
            of("a pseudowire", ethernet(0x8847, hex("00010140"), FRAME), "ethernet mpls ethernet ipv4 tcp"),
            of(
                    "a pseudowire with control word",
                    ethernet(0x8847, hex("00010140 00001234"), FRAME6),
                    "ethernet mpls ethernet ipv6 udp"),
            of("a message about a label's path", ethernet(0x8847, hex("0000e140"), TCP4), "ethernet mpls unknown"),
            of("a label before anything", ethernet(0x8847, hex("00010140 1000 0000")), "ethernet mpls unknown"),
            of("a label before nothing", ethernet(0x8847, hex("00010140")), "ethernet mpls !"),
            of("a stack without an end", ethernet(0x8847, hex("00010040 00020040")), "ethernet mpls !"),
            of("a provider's backbone", ethernet(0x88e7, hex("00012345"), FRAME), "ethernet ethernet ipv4 tcp"),
            of("a VN-Tag", ethernet(0x8926, hex("00000001 0800"), TCP4), "ethernet link ipv4 tcp"),
            of("Cisco's tag", ethernet(0x8909, hex("0101 0001 0007 0800"), TCP4), "ethernet link ipv4 tcp"),
            of("a service header", ethernet(0x894f, hex("0002 0201 00000103"), TCP4), "ethernet nsh ipv4 tcp"),
            of("asking for one's own address", ethernet(0x8035, WHO_HAS), "ethernet arp"),
            of(
                    "an authentication header",
                    over4(51, hex("0604 0000 00000001 00000001 000000000000000000000000"), tcp(1, 2, octets(9))),
                    "ethernet ipv4 authentication tcp"),
            of(
                    "one in IPv6",
                    over6(51, hex("0604 0000 00000001 00000001 000000000000000000000000"), tcp(1, 2, octets(9))),
                    "ethernet ipv6 ipv6-extension tcp"),
            of("DNS over TCP", over4(6, tcp(40_000, 53, u16(DNS.length), DNS)), "ethernet ipv4 tcp dns"),
            of("DNS over TCP, its length ahead of it", over4(6, tcp(53, 40_000, DNS)), "ethernet ipv4 tcp dns"),
            of("the middle of a message", over4(6, tcp(53, 40_000, octets(99))), "ethernet ipv4 tcp"),
            of("SCTP", over4(132, hex("9c40 0050 00000000 00000000 01000014"), octets(16)), "ethernet ipv4 sctp"),
            of("SCTP without room for its header", over4(132, octets(8)), "ethernet ipv4 !"),
            of("IPv6 announced as IPv4", ethernet(IPV4, UDP6), "ethernet ipv6 udp !"),
            of(
                    "options in IPv4",
                    ethernet(IPV4, hex("46000018 00000000 40110000 c0000201 c0000202 94040000")),
                    "ethernet ipv4 !"));

    static final List<Case> TUNNELS = List.of(
            of("IPv4 in IPv4", over4(4, TCP4), "ethernet ipv4 ipv4 tcp"),
            of("IPv6 in IPv4", over4(41, UDP6), "ethernet ipv4 ipv6 udp"),
            of("IPv4 in IPv6", over6(4, TCP4), "ethernet ipv6 ipv4 tcp"),
            of(
                    "IPv6 in IPv6, behind an option",
                    over6(60, extension(41, UDP6)),
                    "ethernet ipv6 ipv6-extension ipv6 udp"),
            of("Ethernet in IPv4", over4(97, hex("3000"), FRAME), "ethernet ipv4 etherip ethernet ipv4 tcp"),
            of("Ethernet in a segment of IPv6", over6(143, FRAME), "ethernet ipv6 ethernet ipv4 tcp"),
            of("labels in IPv4", over4(137, hex("00010140"), TCP4), "ethernet ipv4 mpls ipv4 tcp"),
            of("labels in UDP", overUdp(6635, hex("00010140"), UDP6), "ethernet ipv4 udp mpls ipv6 udp"),
            of("GRE", gre("0000 0800", TCP4), "ethernet ipv4 gre ipv4 tcp"),
            of("GRE in IPv6", over6(47, hex("0000 86dd"), UDP6), "ethernet ipv6 gre ipv6 udp"),
            of("GRE in UDP", overUdp(4754, hex("0000 0800"), TCP4), "ethernet ipv4 udp gre ipv4 tcp"),
            of(
                    "GRE with all that is optional",
                    gre("b000 0800 12340000 00000007 00000001", TCP4),
                    "ethernet ipv4 gre ipv4 tcp"),
            of(
                    "GRE with routing",
                    gre("4000 0800 00000000 08000004 0a000001 00000000", TCP4),
                    "ethernet ipv4 gre ipv4 tcp"),
            of("GRE with routing that does not end", gre("4000 0800 00000000 08000004 0a000001"), "ethernet ipv4 gre"),
            of("GRE of labels", gre("0000 8847 00010140", TCP4), "ethernet ipv4 gre mpls ipv4 tcp"),
            of("GRE of something else", gre("0000 88cc", octets(9)), "ethernet ipv4 gre unknown"),
            of("GRE that keeps alive", gre("0000 0000"), "ethernet ipv4 gre unknown"),
            of(
                    "GRE of GRE",
                    gre("0000 0800", ipv4(A, B, 47, hex("0000 0800"), TCP4)),
                    "ethernet ipv4 gre ipv4 gre ipv4 tcp"),
            of(
                    "GRE with Cisco's tag",
                    gre("2000 8909 00000028 0800 0101 0001 0000", TCP4),
                    "ethernet ipv4 gre ipv4 tcp"),
            of(
                    "GRE of a wireless frame",
                    gre("0000 8200 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800", TCP4),
                    "ethernet ipv4 gre 802.11 llc ipv4 tcp"),
            of("NVGRE", gre("2000 6558 00123401", FRAME), "ethernet ipv4 gre ethernet ipv4 tcp"),
            of("PPTP", gre("3081 880b 00330001 00000005 00000004 ff03 0021", TCP4), "ethernet ipv4 gre ppp ipv4 tcp"),
            of(
                    "PPTP about its link",
                    gre("3001 880b 00040001 00000005 c021 0109 0004"),
                    "ethernet ipv4 gre ppp unknown"),
            of("PPTP that acknowledges", gre("2081 880b 00000001 00000004"), "ethernet ipv4 gre"),
            of(
                    "Ethernet over IP as MikroTik has it",
                    gre("2001 6400 003f 0100", FRAME),
                    "ethernet ipv4 gre ethernet ipv4 tcp"),
            of("ERSPAN I", gre("0000 88be", FRAME), "ethernet ipv4 gre ethernet ipv4 tcp"),
            of(
                    "ERSPAN II",
                    gre("1000 88be 00000001 1064 0001 00000000", FRAME),
                    "ethernet ipv4 gre erspan ethernet ipv4 tcp"),
            of(
                    "ERSPAN III",
                    gre("1000 22eb 00000001 2064 0001 00000000 0000 0000", FRAME6),
                    "ethernet ipv4 gre erspan ethernet ipv6 udp"),
            of(
                    "ERSPAN III of a platform",
                    gre("1000 22eb 00000001 2064 0001 00000000 0000 0001 0000000000000000", FRAME),
                    "ethernet ipv4 gre erspan ethernet ipv4 tcp"),
            of(
                    "ERSPAN III of IP",
                    gre("1000 22eb 00000001 2064 0001 00000000 0000 0800", TCP4),
                    "ethernet ipv4 gre erspan ipv4 tcp"),
            of(
                    "ERSPAN III of something else",
                    gre("1000 22eb 00000001 2064 0001 00000000 0000 1c00", octets(9)),
                    "ethernet ipv4 gre erspan"),
            of("VXLAN", overUdp(4789, hex("08000000 00100000"), FRAME), "ethernet ipv4 udp vxlan ethernet ipv4 tcp"),
            of(
                    "a reply from VXLAN's port",
                    over4(17, udp(4789, 50_000, hex("08000000 00100000"), FRAME)),
                    "ethernet ipv4 udp vxlan ethernet ipv4 tcp"),
            of(
                    "VXLAN-GPE of IPv4",
                    overUdp(4790, hex("0c000001 00000100"), TCP4),
                    "ethernet ipv4 udp vxlan-gpe ipv4 tcp"),
            of(
                    "VXLAN-GPE of IPv6",
                    overUdp(4790, hex("0c000002 00000100"), UDP6),
                    "ethernet ipv4 udp vxlan-gpe ipv6 udp"),
            of(
                    "VXLAN-GPE of Ethernet",
                    overUdp(4790, hex("0c000003 00000100"), FRAME),
                    "ethernet ipv4 udp vxlan-gpe ethernet ipv4 tcp"),
            of(
                    "VXLAN-GPE without saying so",
                    overUdp(4790, hex("08000000 00000100"), FRAME),
                    "ethernet ipv4 udp vxlan-gpe ethernet ipv4 tcp"),
            of(
                    "VXLAN-GPE of a service header",
                    overUdp(4790, hex("0c000004 00000100 0002 0203 00000103"), FRAME),
                    "ethernet ipv4 udp vxlan-gpe nsh ethernet ipv4 tcp"),
            of(
                    "VXLAN-GPE of labels",
                    overUdp(4790, hex("0c000005 00000100 00010140"), TCP4),
                    "ethernet ipv4 udp vxlan-gpe mpls ipv4 tcp"),
            of("Geneve", overUdp(6081, hex("0000 6558 00007b00"), FRAME), "ethernet ipv4 udp geneve ethernet ipv4 tcp"),
            of(
                    "Geneve with options",
                    overUdp(6081, hex("0240 6558 00007b00 0103 0001 00000007"), FRAME6),
                    "ethernet ipv4 udp geneve ethernet ipv6 udp"),
            of("Geneve of IPv4", overUdp(6081, hex("0000 0800 00007b00"), TCP4), "ethernet ipv4 udp geneve ipv4 tcp"),
            of(
                    "Geneve of something else",
                    overUdp(6081, hex("0080 88b5 00007b00"), octets(9)),
                    "ethernet ipv4 udp geneve unknown"),
            of(
                    "Geneve of another version",
                    overUdp(6081, hex("4000 6558 00007b00"), FRAME),
                    "ethernet ipv4 udp geneve"),
            of(
                    "Geneve with more options than room",
                    overUdp(6081, hex("3f00 6558 00007b00"), octets(9)),
                    "ethernet ipv4 udp geneve !"),
            of("GTP", overUdp(2152, hex("30ff 0031 00000001"), TCP4), "ethernet ipv4 udp gtp ipv4 tcp"),
            of(
                    "GTP with a sequence number",
                    overUdp(2152, hex("32ff 003d 00000001 00070000"), UDP6),
                    "ethernet ipv4 udp gtp ipv6 udp"),
            of(
                    "GTP with extensions",
                    overUdp(2152, hex("34ff 003d 00000001 00000085 01100540 01abcd00"), TCP4),
                    "ethernet ipv4 udp gtp ipv4 tcp"),
            of(
                    "GTP with an extension of no length",
                    overUdp(2152, hex("34ff 003d 00000001 00000085 00100500"), TCP4),
                    "ethernet ipv4 udp gtp"),
            of("GTP's echo", overUdp(2152, hex("3201 0004 00000000 00070000")), "ethernet ipv4 udp gtp"),
            of(
                    "GTP's first version",
                    overUdp(3386, hex("1eff 0031 0000 0001 ffffffff 0000000000000000"), TCP4),
                    "ethernet ipv4 udp gtp ipv4 tcp"),
            of("L2TP", overUdp(1701, hex("0002 0001 0002 ff03 0021"), TCP4), "ethernet ipv4 udp l2tp ppp ipv4 tcp"),
            of(
                    "L2TP with length, numbers and offset",
                    overUdp(1701, hex("4a02 0043 0001 0002 0000 0001 0002 ffff 0057"), UDP6),
                    "ethernet ipv4 udp l2tp ppp ipv6 udp"),
            of(
                    "L2TP about its link",
                    overUdp(1701, hex("0002 0001 0002 c021 0109 0004")),
                    "ethernet ipv4 udp l2tp ppp unknown"),
            of("L2TP about itself", overUdp(1701, hex("c802 000c 0001 0000 0000 0001")), "ethernet ipv4 udp l2tp"),
            of(
                    "L2TPv3 in UDP, with a sublayer",
                    overUdp(1701, hex("0003 0000 00000007 00000000"), FRAME),
                    "ethernet ipv4 udp l2tp ethernet ipv4 tcp"),
            of(
                    "L2TPv3 with a cookie",
                    over4(115, hex("00000007 0123456789abcdef"), FRAME),
                    "ethernet ipv4 l2tp ethernet ipv4 tcp"),
            of(
                    "L2TPv3 in IP about itself",
                    over4(115, hex("00000000 c803 000c 00000000 0000 0001")),
                    "ethernet ipv4 l2tp"),
            of("L2TPv3 of something else", over4(115, hex("00000007"), octets(30)), "ethernet ipv4 l2tp"),
            of("Teredo", overUdp(3544, UDP6), "ethernet ipv4 udp teredo ipv6 udp"),
            of(
                    "Teredo with authentication and origin",
                    overUdp(3544, hex("0001 0000 0102030405060708 00 0000 1234 01020304"), UDP6),
                    "ethernet ipv4 udp teredo ipv6 udp"),
            of("Teredo of something else", overUdp(3544, octets(30)), "ethernet ipv4 udp teredo"),
            of(
                    "AYIYA",
                    overUdp(5072, hex("1011 1129 00000001 0102 00000000"), UDP6),
                    "ethernet ipv4 udp ayiya ipv6 udp"),
            of("LISP", overUdp(4341, hex("80000001 00000001"), TCP4), "ethernet ipv4 udp lisp ipv4 tcp"),
            of("LISP of something else", overUdp(4341, hex("80000001 00000001"), octets(9)), "ethernet ipv4 udp lisp"),
            of(
                    "GTP from its port to any",
                    over4(17, udp(2152, 1024, hex("30ff 0031 00000001"), TCP4)),
                    "ethernet ipv4 udp gtp ipv4 tcp"),
            of("a sampled packet", overUdp(6343, sampled(1, 28, FRAME)), "ethernet ipv4 udp ethernet ipv4 tcp"),
            of("a sampled packet, expanded", overUdp(6343, sampled(3, 40, TCP4)), "ethernet ipv4 udp ipv4 tcp"),
            of(
                    "VXLAN of a length that is not stated",
                    ethernet(IPV4, unstated(hex("08000000 00100000"), FRAME)),
                    "ethernet ipv4 udp vxlan ethernet ipv4 tcp"),
            of(
                    "VXLAN of no length",
                    over4(17, withoutLength(udp(50_000, 4789, hex("08000000 00100000"), FRAME))),
                    "ethernet ipv4 udp !"),
            of(
                    "a tunnel that an error quotes",
                    over4(
                            1,
                            icmp(3, 1, "00000000", ipv4(B, A, 17, udp(50_000, 4789, hex("08000000 00100000"), FRAME)))),
                    "ethernet ipv4 icmp ipv4 udp vxlan ethernet ipv4 tcp"),
            of(
                    "different tunnels in each other",
                    overUdp(
                            6081,
                            hex("0000 6558 00007b00"),
                            gre(
                                    "0000 0800",
                                    ipv4(A, B, 41, ipv6(A6, B6, 17, udp(1, 4789, hex("08000000 00100000"), FRAME))))),
                    "ethernet ipv4 udp geneve ethernet ipv4 gre ipv4 ipv6 udp vxlan ethernet ipv4 tcp"));

    private static Case link(int linkType, String what, String header, byte[] payload, String layers) {
        return new Case(what, linkType, join(hex(header), payload), layers);
    }

    private static final String DATA = "0000 020000000001 020000000002 020000000003 0000";
    private static final String SNAP4 = "aaaa03 000000 0800";

    static final List<Case> LINKS = List.of(
            link(101, "raw IPv4", "", TCP4, "ipv4 tcp"),
            link(101, "raw IPv6", "", UDP6, "ipv6 udp"),
            link(12, "raw, as BSD numbers it", "", TCP4, "ipv4 tcp"),
            link(14, "raw, as OpenBSD does", "", UDP6, "ipv6 udp"),
            link(228, "IPv4", "", TCP4, "ipv4 tcp"),
            link(229, "IPv6", "", UDP6, "ipv6 udp"),
            link(229, "IPv4 where IPv6 is announced", "", TCP4, "!"),
            link(101, "raw, but no IP", "55", octets(9), "!"),
            link(113, "cooked", "0000 0001 0006 020000000001 0000 0800", TCP4, "cooked ipv4 tcp"),
            link(
                    113,
                    "cooked LLC",
                    "0000 0001 0006 020000000001 0000 0004 aaaa03 000000 0806",
                    WHO_HAS,
                    "cooked llc arp"),
            link(113, "cooked CAN", "0000 0118 0000 000000000000 0000 000c", octets(9), "cooked unknown"),
            link(113, "cooked netlink", "0000 0338 0000 000000000000 0000 0800", octets(9), "cooked unknown"),
            link(
                    276,
                    "cooked, second version",
                    "86dd 0000 00000002 0001 00 06 020000000001 0000",
                    UDP6,
                    "cooked ipv6 udp"),
            link(
                    276,
                    "cooked with a tag",
                    "8100 0000 00000002 0001 00 06 020000000001 0000 0007 0800",
                    TCP4,
                    "cooked vlan ipv4 tcp"),
            link(0, "loopback, little-endian", "02000000", TCP4, "loopback ipv4 tcp"),
            link(0, "loopback, big-endian", "00000002", TCP4, "loopback ipv4 tcp"),
            link(0, "loopback of Linux", "0a000000", UDP6, "loopback ipv6 udp"),
            link(0, "loopback of Windows", "17000000", UDP6, "loopback ipv6 udp"),
            link(0, "loopback of NetBSD", "18000000", UDP6, "loopback ipv6 udp"),
            link(0, "loopback of FreeBSD", "0000001c", UDP6, "loopback ipv6 udp"),
            link(0, "loopback of Darwin", "1e000000", UDP6, "loopback ipv6 udp"),
            link(0, "loopback with an Ethernet type", "0f000800", TCP4, "loopback ipv4 tcp"),
            link(0, "loopback of something else", "07000000", octets(9), "loopback unknown"),
            link(108, "OpenBSD's loopback", "00000018", UDP6, "loopback ipv6 udp"),
            link(9, "PPP", "ff03 0021", TCP4, "ppp ipv4 tcp"),
            link(9, "PPP without its framing", "0057", UDP6, "ppp ipv6 udp"),
            link(9, "PPP of labels", "ff03 0281 00010140", TCP4, "ppp mpls ipv4 tcp"),
            link(50, "PPP in HDLC", "ff03 0021", TCP4, "ppp ipv4 tcp"),
            link(50, "Cisco's framing where PPP is announced", "0f00 0800", TCP4, "link ipv4 tcp"),
            link(51, "PPPoE", "1100 0001 0033 0021", TCP4, "pppoe ppp ipv4 tcp"),
            link(104, "Cisco HDLC", "0f00 86dd", UDP6, "link ipv6 udp"),
            link(107, "frame relay", "1841 03 cc", TCP4, "link ipv4 tcp"),
            link(107, "frame relay of IPv6, padded", "1841 03 00 8e", UDP6, "link ipv6 udp"),
            link(107, "frame relay with SNAP", "1841 03 80 000000 0800", TCP4, "link ipv4 tcp"),
            link(107, "frame relay of Cisco", "1841 0806", WHO_HAS, "link arp"),
            link(107, "frame relay with a long address", "18404081 03 cc", TCP4, "link ipv4 tcp"),
            link(8, "SLIP", "00 70 0000000000000000000000000000", TCP4, "link ipv4 tcp"),
            link(100, "ATM", SNAP4, TCP4, "llc ipv4 tcp"),
            link(18, "classical IP over ATM", "", TCP4, "ipv4 tcp"),
            link(6, "token ring", "1040 020000000001 020000000002" + SNAP4, TCP4, "link llc ipv4 tcp"),
            link(
                    6,
                    "token ring with a route",
                    "1040 020000000001 820000000002 0430 0001" + SNAP4,
                    TCP4,
                    "link llc ipv4 tcp"),
            link(6, "token ring about itself", "1000 020000000001 020000000002", octets(9), "link unknown"),
            link(10, "FDDI", "57 020000000001 020000000002" + SNAP4, TCP4, "link llc ipv4 tcp"),
            link(242, "InfiniBand", "00".repeat(40) + "0800 0000", TCP4, "link ipv4 tcp"),
            link(129, "ARCNET", "be 00 ea08 d5 00 0165", WHO_HAS, "link arp"),
            link(239, "netfilter's log", "02 00 0000 0800 0100 0800 0000 3500 0900", TCP4, "link ipv4 tcp"),
            link(178, "Juniper's Ethernet", "4d4743 81 0004 00000000", FRAME, "link ethernet ipv4 tcp"),
            link(178, "Juniper's Ethernet without its header", "4d4743 03", TCP4, "link"),
            link(192, "per-packet information", "00 00 0c00 01000000 00000000", FRAME, "link ethernet ipv4 tcp"),
            link(192, "per-packet information of its own kind", "00 00 0800 c0000000", octets(9), "link !"),
            link(258, "macOS's tap", "10000000 00000000 65000000 00000000", TCP4, "link ipv4 tcp"),
            link(149, "somebody's own", "ffffffff 00000000 65000000", octets(9), "unknown"),
            link(105, "wireless", "0801" + DATA + SNAP4, TCP4, "802.11 llc ipv4 tcp"),
            link(105, "wireless with quality", "8802" + DATA + "0000" + SNAP4, TCP4, "802.11 llc ipv4 tcp"),
            link(
                    105,
                    "wireless with four addresses",
                    "0803" + DATA + "020000000004" + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"),
            link(
                    105,
                    "wireless with quality and order",
                    "8882" + DATA + "0000 00000000" + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"),
            link(
                    105,
                    "wireless, several in one",
                    "8802" + DATA + "8000 020000000001 020000000002 0039" + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"),
            link(105, "wireless, encrypted", "0841" + DATA, octets(30), "802.11"),
            link(105, "wireless without data", "4801" + DATA, octets(0), "802.11"),
            link(105, "a beacon", "8000" + DATA, octets(30), "802.11"),
            link(105, "an acknowledgment", "d400 0000 020000000001", octets(0), "802.11"),
            link(127, "radiotap", "0000 0800 00000000 0801" + DATA + SNAP4, TCP4, "802.11 llc ipv4 tcp"),
            link(
                    127,
                    "radiotap that pads",
                    "0000 0900 02000000 20 8801" + DATA + "0000 0000" + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"),
            link(
                    127,
                    "radiotap with more fields",
                    "0000 1900 030000a0 00000020 00000000 0000000000000000 00 0801" + DATA + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"),
            link(127, "radiotap shorter than itself", "0000 0700 00000000", octets(30), "!"),
            link(
                    119,
                    "Prism",
                    "00000044 00000090" + "00".repeat(136) + "0801" + DATA + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"),
            link(
                    163,
                    "AVS",
                    "80211001 00000040" + "00".repeat(56) + "0801" + DATA + SNAP4,
                    TCP4,
                    "802.11 llc ipv4 tcp"));
}
