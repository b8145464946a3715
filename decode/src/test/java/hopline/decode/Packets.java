package hopline.decode;

import hopline.capture.CaptureRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Octets of headers, each in front of its payload: what tests build packets from, without the code they test.
///
/// Lengths are true and checksums zero; a test that needs a lie overwrites it with [#with].
public final class Packets {

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int VLAN = 0x8100;
    public static final int IPV6 = 0x86dd;

    private static final byte[] TO_SERVER_FROM_CLIENT = hex("020000000002 020000000001");

    private Packets() {}

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    public static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    public static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    public static byte[] u32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    /// `count` octets that differ from each other and from zero.
    public static byte[] octets(int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) (i % 255 + 1);
        }
        return octets;
    }

    /// A copy of `octets` in which those from `at` on are those of `hex`.
    public static byte[] with(byte[] octets, int at, String hex) {
        byte[] changed = octets.clone();
        byte[] replacement = hex(hex);
        System.arraycopy(replacement, 0, changed, at, replacement.length);
        return changed;
    }

    public static byte[] mac(long address) {
        return Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(address).array(), 2, 8);
    }

    public static byte[] address(String text) {
        Address address = Address.of(text);
        return address.isIpv4()
                ? u32(address.low())
                : ByteBuffer.allocate(16)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
    }

    public static byte[] ethernet(int etherType, byte[]... payload) {
        return join(TO_SERVER_FROM_CLIENT, u16(etherType), join(payload));
    }

    /// What follows an ether type of [#VLAN].
    public static byte[] vlan(int id, int etherType, byte[]... payload) {
        return join(u16(id), u16(etherType), join(payload));
    }

    public static byte[] arp(
            int operation, String senderHardware, String sender, String targetHardware, String target) {
        return join(
                hex("0001 0800 06 04"),
                u16(operation),
                hex(senderHardware),
                address(sender),
                hex(targetHardware),
                address(target));
    }

    public static byte[] ipv4(String source, String destination, int protocol, byte[]... payload) {
        return ipv4Fragment(source, destination, protocol, 0, 0, false, payload);
    }

    /// `offset` is in octets.
    public static byte[] ipv4Fragment(
            String source, String destination, int protocol, int id, int offset, boolean more, byte[]... payload) {
        byte[] content = join(payload);
        return join(
                hex("45 00"),
                u16(20 + content.length),
                u16(id),
                u16(offset / 8 | (more ? 0x2000 : 0)),
                u8(64),
                u8(protocol),
                u16(0),
                address(source),
                address(destination),
                content);
    }

    public static byte[] ipv6(String source, String destination, int nextHeader, byte[]... payload) {
        byte[] content = join(payload);
        return join(
                hex("60000000"),
                u16(content.length),
                u8(nextHeader),
                u8(64),
                address(source),
                address(destination),
                content);
    }

    /// Hop-by-hop or destination options or routing, eight octets long.
    public static byte[] extension(int nextHeader, byte[]... payload) {
        return join(u8(nextHeader), u8(0), hex("0104 00000000"), join(payload));
    }

    /// IPv6's fragment header; `offset` is in octets.
    public static byte[] fragment(int nextHeader, int offset, boolean more, long id, byte[]... payload) {
        return join(u8(nextHeader), u8(0), u16(offset | (more ? 1 : 0)), u32(id), join(payload));
    }

    public static byte[] udp(int source, int destination, byte[]... payload) {
        byte[] content = join(payload);
        return join(u16(source), u16(destination), u16(8 + content.length), u16(0), content);
    }

    public static byte[] tcp(int source, int destination, byte[]... payload) {
        return tcp(source, destination, 1, 1, 0x18, new byte[0], join(payload));
    }

    /// `options` must be a multiple of four octets long.
    public static byte[] tcp(
            int source,
            int destination,
            long sequence,
            long acknowledgment,
            int flags,
            byte[] options,
            byte[] payload) {
        return join(
                u16(source),
                u16(destination),
                u32(sequence),
                u32(acknowledgment),
                u8((20 + options.length) / 4 << 4),
                u8(flags),
                u16(501),
                u16(0),
                u16(0),
                options,
                payload);
    }

    /// `rest` are the four octets behind the checksum.
    public static byte[] icmp(int type, int code, String rest, byte[]... payload) {
        return join(u8(type), u8(code), u16(0), hex(rest), join(payload));
    }

    public static byte[] vxlan(int vni, byte[]... frame) {
        return join(hex("08000000"), u32((long) vni << 8), join(frame));
    }

    /// A standard query with one question.
    public static byte[] dnsQuery(int id, String name, int type) {
        return join(u16(id), hex("0100 0001 0000 0000 0000"), dnsName(name), u16(type), u16(1));
    }

    public static byte[] dnsName(String name) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            octets.write(label.length());
            octets.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        octets.write(0);
        return octets.toByteArray();
    }

    /// A record of the whole frame.
    public static CaptureRecord record(byte[] frame) {
        return record(frame, frame.length);
    }

    /// A record of which `captured` octets were captured. It lies in the middle of an array, as records do.
    public static CaptureRecord record(byte[] frame, int captured) {
        byte[] array = join(hex("ffffff"), frame, hex("ffffffffffffffff"));
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, frame.length);
        record.setOctets(array, 3, captured);
        return record;
    }
}
