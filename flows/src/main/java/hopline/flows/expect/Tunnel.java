package hopline.flows.expect;

import hopline.decode.Address;

/// The outer headers of a packet in a VXLAN tunnel.
///
/// @param vni 0 to 16,777,215, or -1 where the state does not tell
/// @param port the outer UDP destination port, or -1 where the state does not tell
public record Tunnel(Address source, Address destination, int vni, int port) {

    /// What a tunnel over IPv4 adds to a packet, in octets: the inner Ethernet header, IPv4, UDP and VXLAN.
    public static final int OVERHEAD = 50;

    private static final int IPV6_MORE = 20;

    /// What it adds to a packet, in octets: the header of IPv6 is longer by 20.
    int overhead() {
        return destination.isIpv4() ? OVERHEAD : OVERHEAD + IPV6_MORE;
    }

    /// As in `VXLAN 4096 10.20.0.11 → 10.20.0.12:4789`.
    @Override
    public String toString() {
        return "VXLAN " + (vni < 0 ? "?" : String.valueOf(vni)) + " " + source + " → " + destination
                + (port < 0 ? "" : ":" + port);
    }
}
