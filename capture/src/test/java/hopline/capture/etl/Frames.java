package hopline.capture.etl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Ethernet frames with true lengths and checksums, for made traces.
final class Frames {

    static final int SYN = 0x02;
    static final int ACK = 0x10;
    static final int PSH_ACK = 0x18;
    static final int FIN_ACK = 0x11;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int VXLAN_PORT = 4789;

    private Frames() {}

    /// One end of a hop: a MAC address and an IPv4 address with a port.
    record End(String mac, String ip, int port) {

        byte[] macOctets() {
            return HexFormat.ofDelimiter("-").parseHex(mac);
        }

        byte[] address() {
            byte[] octets = new byte[4];
            String[] parts = ip.split("\\.", -1);
            for (int i = 0; i < 4; i++) {
                octets[i] = (byte) Integer.parseInt(parts[i]);
            }
            return octets;
        }
    }

    /// What rewriting leaves alone of a segment.
    record Segment(int id, int flags, int sequence, int acknowledgment, String text) {}

    static byte[] tcp(End from, End to, int timeToLive, Segment segment) {
        byte[] text = segment.text().getBytes(StandardCharsets.US_ASCII);
        byte[] header = BigEndian.of()
                .u16(from.port())
                .u16(to.port())
                .u32(segment.sequence())
                .u32(segment.acknowledgment())
                .u16(0x5000 | segment.flags())
                .u16(64_240)
                .u16(0)
                .u16(0)
                .octets(text)
                .toByteArray();
        int sum = checksum(BigEndian.of()
                .octets(from.address())
                .octets(to.address())
                .u16(TCP)
                .u16(header.length)
                .octets(header)
                .toByteArray());
        header[16] = (byte) (sum >>> 8);
        header[17] = (byte) sum;
        return ethernet(from, to, ipv4(from, to, TCP, timeToLive, segment.id(), header));
    }

    /// `inner` in VXLAN, without a checksum of its own as is usual.
    static byte[] vxlan(End from, End to, int id, int vni, byte[] inner) {
        int entropy = 49_152 + (Arrays.hashCode(Arrays.copyOfRange(inner, 26, 38)) & 0x3fff);
        byte[] udp = BigEndian.of()
                .u16(entropy)
                .u16(VXLAN_PORT)
                .u16(16 + inner.length)
                .u16(0)
                .u32(0x0800_0000)
                .u32(vni << 8)
                .octets(inner)
                .toByteArray();
        return ethernet(from, to, ipv4(from, to, UDP, 128, id, udp));
    }

    private static byte[] ethernet(End from, End to, byte[] packet) {
        return BigEndian.of()
                .octets(to.macOctets())
                .octets(from.macOctets())
                .u16(0x0800)
                .octets(packet)
                .toByteArray();
    }

    private static byte[] ipv4(End from, End to, int protocol, int timeToLive, int id, byte[] payload) {
        byte[] header = BigEndian.of()
                .u16(0x4500)
                .u16(20 + payload.length)
                .u16(id)
                .u16(0x4000)
                .u16(timeToLive << 8 | protocol)
                .u16(0)
                .octets(from.address())
                .octets(to.address())
                .toByteArray();
        int sum = checksum(header);
        header[10] = (byte) (sum >>> 8);
        header[11] = (byte) sum;
        return BigEndian.of().octets(header).octets(payload).toByteArray();
    }

    /// RFC 1071.
    private static int checksum(byte[] octets) {
        int sum = 0;
        for (int i = 0; i < octets.length; i++) {
            sum += (octets[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    /// Fields in network order.
    private static final class BigEndian {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        static BigEndian of() {
            return new BigEndian();
        }

        BigEndian u16(int value) {
            out.write(value >>> 8);
            out.write(value);
            return this;
        }

        BigEndian u32(int value) {
            return u16(value >>> 16).u16(value);
        }

        BigEndian octets(byte[] octets) {
            out.writeBytes(octets);
            return this;
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }
    }
}
