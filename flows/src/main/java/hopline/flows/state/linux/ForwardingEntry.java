package hopline.flows.state.linux;

import hopline.decode.Address;
import hopline.flows.state.Source;
import java.util.Optional;

/// An entry of a bridge's or tunnel's forwarding table, as `bridge fdb` shows it: behind which interface, or
/// behind which tunnel's end, a MAC address is.
///
/// @param destination the tunnel's end; empty for bridges
/// @param isOwn the interface's own address, not that of something behind it
public record ForwardingEntry(long mac, String device, Optional<Address> destination, boolean isOwn, Source source) {}
