package hopline.flows.state.linux;

import hopline.decode.Address;
import hopline.flows.state.Source;
import java.util.List;
import java.util.OptionalLong;

/// An interface with its addresses, as `ip address` shows it.
///
/// @param bridge the bridge that it is a port of; empty when it is none's
public record LinkAddress(String name, OptionalLong mac, List<Address> addresses, String bridge, Source source) {

    public LinkAddress {
        addresses = List.copyOf(addresses);
    }
}
