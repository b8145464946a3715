package hopline.flows.state.host;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import java.util.Optional;

/// A route.
///
/// @param nextHop empty when the destination is on the link
/// @param device the interface's name or index
public record HostRoute(Cidr prefix, Optional<Address> nextHop, String device, Source source) {

    /// Whether it leads everywhere.
    public boolean isDefault() {
        return prefix.length() == 0;
    }
}
