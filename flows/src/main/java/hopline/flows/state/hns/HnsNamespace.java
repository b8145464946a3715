package hopline.flows.state.hns;

import hopline.flows.state.Source;
import java.util.List;

/// A network compartment and what is attached to it.
public record HnsNamespace(String id, List<String> endpoints, Source source) {

    public HnsNamespace {
        endpoints = List.copyOf(endpoints);
    }
}
