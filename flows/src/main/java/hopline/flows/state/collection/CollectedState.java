package hopline.flows.state.collection;

import hopline.flows.state.Cluster;
import hopline.flows.state.kubernetes.KubernetesState;
import java.util.List;
import java.util.Optional;

/// Everything that was read: each node, what the cluster wants, and how each file fared.
///
/// @param nodes in the order of the operands; those of which nothing was read are left out
/// @param problems what could not be read, or not to its end, a line each
public record CollectedState(
        List<NodeState> nodes,
        Cluster cluster,
        KubernetesState kubernetes,
        List<FileReport> files,
        List<String> problems) {

    public CollectedState {
        nodes = List.copyOf(nodes);
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /// The node of that name.
    public Optional<NodeState> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
