package hopline.decode.census;

import hopline.capture.Octets;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.census.Fragments.Fragment;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// What IPComp ([RFC 3173](https://www.rfc-editor.org/rfc/rfc3173)) compressed, if that was by DEFLATE
/// ([RFC 2394](https://www.rfc-editor.org/rfc/rfc2394)): nothing in the packet tells, so that is tried.
///
/// ```
/// +-----------------+-----------+--------------------------+
/// | next header (8) | flags (8) | compression index (16)   |
/// +-----------------+-----------+--------------------------+
/// ```
final class CompressedPayload {

    private static final int HEADER_LENGTH = 4;

    /// The longest IP payload: whatever is longer was none.
    private static final int MAX_LENGTH = 65_535;

    private CompressedPayload() {}

    /// A whole datagram, as if the innermost network header of `layers` carried it plain; null when its payload cannot
    /// be decompressed.
    static @Nullable Fragment of(Layers layers) {
        int network = layers.network();
        int start = layers.transportStart() - layers.start(network);
        Octets ip = layers.octets(network);
        if (ip.length() <= start + HEADER_LENGTH) {
            return null;
        }
        byte[] payload = inflated(ip.from(start + HEADER_LENGTH).toByteArray());
        boolean ipv6 = layers.protocol(network) == Protocol.IPV6;
        return payload == null ? null : new Fragment(ip, ipv6, ip.u8(start), 0, 0, false, Octets.wrap(payload));
    }

    private static byte @Nullable [] inflated(byte[] compressed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(Arrays.copyOf(compressed, compressed.length + 1)); // as zlib asks for
            byte[] payload = new byte[MAX_LENGTH];
            int length = inflater.inflate(payload);
            return length > 0 && inflater.finished() ? Arrays.copyOf(payload, length) : null;
        } catch (DataFormatException otherwiseCompressed) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
