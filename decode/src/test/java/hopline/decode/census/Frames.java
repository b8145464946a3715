package hopline.decode.census;

import hopline.capture.CaptureRecord;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// Hand-made frames, from the outside in: `ethernet(IPV4, ipv4(17, udp(5353, 53, dns("8180"))))`.
final class Frames {

    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int VLAN = 0x8100;
    static final int IPV6 = 0x86dd;
    static final int SERVICE_VLAN = 0x88a8;

    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int IPV6_FRAGMENT = 44;

    static final int MORE_FRAGMENTS = 0x2000;

    private Frames() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static String u16(int value) {
        return String.format("%04x", value);
    }

    static byte[] ethernet(int etherType, byte[] payload) {
        return join(hex("02 00 00 00 00 02  02 00 00 00 00 01" + u16(etherType)), payload);
    }

    /// A VLAN tag of identifier 100, and what it announces.
    static byte[] tag(int etherType, byte[] payload) {
        return join(hex("0064" + u16(etherType)), payload);
    }

    static byte[] arp() {
        return hex("0001 0800 06 04 0001  020000000001 0a000001  000000000000 0a000002");
    }

    /// From 10.0.0.1 to 10.0.0.2.
    static byte[] ipv4(int protocol, byte[] payload) {
        return ipv4Fragment(protocol, 0, 0, payload);
    }

    /// @param flagsOffset [#MORE_FRAGMENTS] or 0, and the offset in units of 8 octets
    static byte[] ipv4Fragment(int protocol, int id, int flagsOffset, byte[] payload) {
        return join(
                hex("45 00" + u16(20 + payload.length) + u16(id) + u16(flagsOffset) + "40"
                        + String.format("%02x", protocol) + "0000 0a000001 0a000002"),
                payload);
    }

    /// From fd00::1 to fd00::2.
    static byte[] ipv6(int nextHeader, byte[] payload) {
        return join(
                hex("60000000" + u16(payload.length) + String.format("%02x", nextHeader) + "40"
                        + "fd000000000000000000000000000001 fd000000000000000000000000000002"),
                payload);
    }

    /// @param offsetMore the offset in octets, and 1 when others follow
    static byte[] ipv6Fragment(int nextHeader, int offsetMore, byte[] payload) {
        return join(hex(String.format("%02x00", nextHeader) + u16(offsetMore) + "00000007"), payload);
    }

    static byte[] udp(int source, int destination, byte[] payload) {
        return join(hex(u16(source) + u16(destination) + u16(8 + payload.length) + "0000"), payload);
    }

    static byte[] tcp(int source, int destination, int sequence, int flags, byte[] payload) {
        return join(
                hex(u16(source) + u16(destination) + String.format("%08x", sequence) + "00000000 50"
                        + String.format("%02x", flags) + "ffff 0000 0000"),
                payload);
    }

    static byte[] vxlan(int vni, byte[] frame) {
        return join(hex("08000000" + String.format("%06x", vni) + "00"), frame);
    }

    /// A DNS message of one question, `a. A`; flags such as `0100` (query), `8180` (answer), `8183` (no such name).
    static byte[] dns(String flags) {
        return hex("1234" + flags + "0001 0000 0000 0000 0161 00 0001 0001");
    }

    /// "Destination unreachable, port unreachable" about the packet it quotes.
    static byte[] portUnreachable(byte[] quoted) {
        return join(hex("03 03 0000 00000000"), quoted);
    }

    /// A record of the whole frame.
    static CaptureRecord record(byte[] frame) {
        return record(frame, frame.length);
    }

    /// A record of a frame that was longer on the wire.
    static CaptureRecord record(byte[] captured, int originalLength) {
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, originalLength);
        record.setOctets(captured, 0, captured.length);
        return record;
    }
}
