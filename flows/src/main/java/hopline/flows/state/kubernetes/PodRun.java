package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import java.util.List;
import java.util.Map;

/// How a pod is run.
///
/// @param owner the kind and name of what made it, such as `ReplicaSet/coredns-5d78c9869d`; empty when none
/// @param images of its containers
/// @param commands the command lines of its containers
/// @param waiting why containers wait, such as `ContainerCreating`
/// @param dnsPolicy empty means `ClusterFirst`
/// @param status what a table of `kubectl get pods` says of it; empty when it was read as JSON
public record PodRun(
        NamespacedName id,
        String nodeName,
        String owner,
        Map<String, String> labels,
        List<String> images,
        List<String> commands,
        List<String> waiting,
        String dnsPolicy,
        String status,
        Source source) {

    public PodRun {
        labels = Map.copyOf(labels);
        images = List.copyOf(images);
        commands = List.copyOf(commands);
        waiting = List.copyOf(waiting);
    }
}
