package hopline.flows.state.host;

import hopline.decode.Address;
import hopline.flows.state.Source;

/// Whose MAC address a node believes an address to have.
public record Neighbour(Address address, long mac, String state, Source source) {}
