package hopline.cli.report;

import hopline.flows.state.kubernetes.LabelSelector;
import hopline.flows.state.kubernetes.NetworkPolicy;
import hopline.flows.state.kubernetes.NetworkPolicy.Peer;
import hopline.flows.state.kubernetes.NetworkPolicy.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What network policies let through, in words.
final class PolicyText {

    private static final int MAX_PARTS = 3;

    private PolicyText() {}

    /// The pods that it is for.
    static String selected(NetworkPolicy policy) {
        String labels = labels(policy.pods());
        return labels.isEmpty() ? "all pods" : labels;
    }

    /// What it lets in; blank when it is not about that.
    static String ingress(NetworkPolicy policy) {
        return policy.isolates(NetworkPolicy.INGRESS) ? permitted(policy.ingress(), " from ") : "";
    }

    /// What it lets out; blank when it is not about that.
    static String egress(NetworkPolicy policy) {
        return policy.isolates(NetworkPolicy.EGRESS) ? permitted(policy.egress(), " to ") : "";
    }

    private static String permitted(List<Permission> permissions, String side) {
        return permissions.isEmpty()
                ? "nothing"
                : some(permissions.stream().map(permission -> text(permission, side)), "; ");
    }

    private static String text(Permission permission, String side) {
        String ports = permission.ports().isEmpty()
                ? "all ports"
                : some(permission.ports().stream().map(Object::toString), " ");
        return permission.peers().isEmpty()
                ? ports
                : ports + side + some(permission.peers().stream().map(PolicyText::text), ", ");
    }

    private static String text(Peer peer) {
        if (!peer.block().isEmpty()) {
            return peer.block() + (peer.except().isEmpty() ? "" : " but " + String.join(" ", peer.except()));
        }
        String pods = peer.pods().map(PolicyText::labels).orElse("");
        String namespaces = peer.namespaces().map(PolicyText::labels).orElse("");
        return (pods.isEmpty() ? "all pods" : pods)
                + (peer.namespaces().isEmpty() ? "" : namespaces.isEmpty() ? " anywhere" : " in " + namespaces);
    }

    private static String labels(LabelSelector selector) {
        List<String> parts = new ArrayList<>();
        selector.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .forEach(parts::add);
        selector.requirements().forEach(requirement -> parts.add(requirement.toString()));
        return String.join(" ", parts);
    }

    private static String some(Stream<String> parts, String separator) {
        List<String> all = parts.toList();
        return all.stream().limit(MAX_PARTS).collect(Collectors.joining(separator))
                + (all.size() > MAX_PARTS ? " …" : "");
    }
}
