package hopline.flows.state;

import java.util.List;

/// The endpoints that one EndpointSlice or Endpoints object gives a service; a service may have several slices.
///
/// @param name the object's own name
/// @param isSlice it is an EndpointSlice, which goes before Endpoints where a service has both
public record EndpointSet(NamespacedName service, String name, boolean isSlice, List<Backend> backends) {

    public EndpointSet {
        backends = List.copyOf(backends);
    }
}
