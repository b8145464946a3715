package hopline.flows.site;

import hopline.decode.Address;

/// A VXLAN header around a packet, and what carries it.
public record Tunnel(Address source, Address destination, int port, int vni) {}
