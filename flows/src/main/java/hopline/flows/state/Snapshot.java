package hopline.flows.state;

import java.util.List;
import java.util.OptionalLong;

/// What one list said at one time.
///
/// @param collectedAt nanoseconds since 1970; empty when neither the list nor its file's name says
public record Snapshot(
        OptionalLong collectedAt,
        List<Pod> pods,
        List<Service> services,
        List<EndpointSet> endpoints,
        List<Node> nodes) {

    public Snapshot {
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        endpoints = List.copyOf(endpoints);
        nodes = List.copyOf(nodes);
    }

    /// When it began to hold: a list without a time comes before all that have one.
    long since() {
        return collectedAt.orElse(Long.MIN_VALUE);
    }
}
