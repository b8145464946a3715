package hopline.capture.etl;

import java.nio.ByteBuffer;

/// Makes the network header of a packet of which a trace tells only the addresses and the protocol. Its time to live is
/// made up.
public final class IpHeader {

    private static final int IPV4_LENGTH = 20;
    private static final int IPV4_CHECKSUM = 10;
    private static final int MAX_LENGTH = 0xffff;
    private static final int TIME_TO_LIVE = 64;

    private IpHeader() {}

    /// Writes it to `out`, which must be big-endian.
    ///
    /// @param source 4 octets, or 16 for IPv6
    /// @param destination as many
    /// @param payload octets behind it, as the header is to state; with its own, IPv4's states at most 65,535
    public static void write(ByteBuffer out, byte[] source, byte[] destination, int protocol, int payload) {
        if (source.length == 16) {
            out.putInt(0x6000_0000)
                    .putShort((short) payload)
                    .put((byte) protocol)
                    .put((byte) TIME_TO_LIVE);
            out.put(source).put(destination);
            return;
        }
        int at = out.position();
        out.putShort((short) 0x4500)
                .putShort((short) Math.min(IPV4_LENGTH + payload, MAX_LENGTH))
                .putInt(0);
        out.put((byte) TIME_TO_LIVE).put((byte) protocol).putShort((short) 0);
        out.put(source).put(destination);
        out.putShort(at + IPV4_CHECKSUM, checksum(out, at));
    }

    private static short checksum(ByteBuffer out, int at) {
        int sum = 0;
        for (int i = at; i < out.position(); i += 2) {
            sum += out.getShort(i) & 0xffff;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return (short) ~(sum + (sum >>> 16));
    }
}
