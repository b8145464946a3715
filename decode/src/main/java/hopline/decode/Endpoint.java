package hopline.decode;

import org.jspecify.annotations.Nullable;

/// An address and a port at it.
///
/// @param port 0 to 65,535, or [#NO_PORT] where the protocol has none
public record Endpoint(Address address, int port) implements Comparable<Endpoint> {

    public static final int NO_PORT = -1;

    public boolean hasPort() {
        return port != NO_PORT;
    }

    /// Ends are looked up for each flow; what records have by themselves is slow until it is optimised.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode() * 31 + port;
    }

    @Override
    public int compareTo(Endpoint other) {
        int order = address.compareTo(other.address);
        return order != 0 ? order : Integer.compare(port, other.port);
    }

    /// `10.0.0.1:80`, `[fd00::1]:80`, or the bare address.
    @Override
    public String toString() {
        if (!hasPort()) {
            return address.toString();
        }
        return address.isIpv4() ? address + ":" + port : "[" + address + "]:" + port;
    }
}
