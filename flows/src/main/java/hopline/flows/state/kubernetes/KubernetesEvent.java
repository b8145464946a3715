package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;

/// An event of the cluster.
///
/// @param object the kind and name it is about
/// @param host the node whose kubelet reported it; empty when not said
/// @param time as the list says it
public record KubernetesEvent(
        NamespacedName id,
        String type,
        String reason,
        String object,
        String message,
        String host,
        String time,
        Source source) {}
