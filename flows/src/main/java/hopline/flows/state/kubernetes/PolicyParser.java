package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import hopline.flows.state.kubernetes.LabelSelector.Requirement;
import hopline.flows.state.kubernetes.NetworkPolicy.Peer;
import hopline.flows.state.kubernetes.NetworkPolicy.Permission;
import hopline.flows.state.kubernetes.NetworkPolicy.Ports;
import hopline.flows.state.text.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads network policies.
final class PolicyParser {

    private PolicyParser() {}

    static NetworkPolicy policy(NamespacedName id, JsonObject spec, Source source) {
        return new NetworkPolicy(
                id,
                selector(spec.object("podSelector")),
                types(spec),
                permissions(spec, "ingress", "from", source.file()),
                permissions(spec, "egress", "to", source.file()),
                source);
    }

    /// A policy that names no types is for what comes in, and for what goes out if it has rules for that.
    private static List<String> types(JsonObject spec) {
        List<String> types = spec.texts("policyTypes");
        if (!types.isEmpty()) {
            return types;
        }
        return spec.objects("egress").isEmpty()
                ? List.of(NetworkPolicy.INGRESS)
                : List.of(NetworkPolicy.INGRESS, NetworkPolicy.EGRESS);
    }

    private static List<Permission> permissions(JsonObject spec, String field, String side, String file) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonObject rule : spec.objects(field)) {
            permissions.add(new Permission(
                    rule.objects(side).stream().map(PolicyParser::peer).toList(),
                    rule.objects("ports").stream().map(PolicyParser::ports).toList(),
                    new Source(file, rule.line())));
        }
        return permissions;
    }

    private static Peer peer(JsonObject peer) {
        JsonObject block = peer.object("ipBlock");
        return new Peer(
                selector(peer, "podSelector"),
                selector(peer, "namespaceSelector"),
                block.text("cidr"),
                block.texts("except"));
    }

    private static Optional<LabelSelector> selector(JsonObject peer, String field) {
        return peer.has(field) ? Optional.of(selector(peer.object(field))) : Optional.empty();
    }

    private static LabelSelector selector(JsonObject selector) {
        return new LabelSelector(
                KubernetesReader.map(selector.object("matchLabels")),
                selector.objects("matchExpressions").stream()
                        .map(one -> new Requirement(one.text("key"), one.text("operator"), one.texts("values")))
                        .toList());
    }

    private static Ports ports(JsonObject port) {
        String protocol = port.text("protocol");
        return new Ports(protocol.isEmpty() ? "TCP" : protocol, port.text("port"), port.number("endPort"));
    }
}
