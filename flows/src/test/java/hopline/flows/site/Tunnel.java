package hopline.flows.site;

import hopline.decode.Address;
import hopline.decode.stage.TunnelKind;

/// A tunnel's header around a packet, and what carries it.
///
/// @param port the UDP port, where the kind of tunnel has one
/// @param vni the network identifier, where it has one
public record Tunnel(TunnelKind kind, Address source, Address destination, int port, int vni) {}
