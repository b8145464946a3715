package hopline.flows.state.cni;

import hopline.decode.Address;
import hopline.flows.state.Source;
import java.util.List;

/// An endpoint that a network plugin remembers to have made, or a pod that one keeps in its cache.
public record PluginEndpoint(String id, String pod, List<Address> addresses, Source source) {

    public PluginEndpoint {
        addresses = List.copyOf(addresses);
    }
}
