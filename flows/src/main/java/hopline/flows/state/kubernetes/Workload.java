package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import java.util.Map;

/// A Deployment, DaemonSet or StatefulSet.
public record Workload(String kind, NamespacedName id, Map<String, String> labels, long replicas, Source source) {

    public Workload {
        labels = Map.copyOf(labels);
    }
}
