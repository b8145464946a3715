package hopline.decode.stage;

import hopline.decode.Address;
import org.jspecify.annotations.Nullable;

/// The tunnel around a packet, as one stage shows it.
///
/// @param kind how it is encapsulated
/// @param source the tunnel's end that encapsulated, a VTEP in an overlay
/// @param destination the end that shall decapsulate
/// @param port the UDP port the tunnel is addressed to; 0 where there is no UDP
/// @param key what tells one network, session or tunnel from another between the same ends, below 2^32: the
///     network identifier of an overlay, GRE's key, GTP's tunnel, the session of L2TP and ERSPAN; [#NO_KEY]
///     where the header states none
public record Encapsulation(TunnelKind kind, Address source, Address destination, int port, long key) {

    public static final long NO_KEY = -1;

    public static final int NO_VNI = -1;

    /// VXLAN, the usual overlay.
    public Encapsulation(Address source, Address destination, int port, int vni) {
        this(TunnelKind.VXLAN, source, destination, port, vni);
    }

    /// The network identifier of an overlay, 0 to 16,777,215, or [#NO_VNI] where the header states none.
    public int vni() {
        return kind.isOverlay() ? (int) key : NO_VNI;
    }

    /// Asked of every encapsulated stage; what records have by themselves is slow until it is optimised.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Encapsulation that
                        && kind == that.kind
                        && key == that.key
                        && port == that.port
                        && source.equals(that.source)
                        && destination.equals(that.destination));
    }

    @Override
    public int hashCode() {
        return ((source.hashCode() * 31 + destination.hashCode()) * 31 + Long.hashCode(key)) * 31 + port;
    }

    /// The name of the tunnel's protocol, see [TunnelKind#label].
    public String protocol() {
        return kind.label();
    }
}
