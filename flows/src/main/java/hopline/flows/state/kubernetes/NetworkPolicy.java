package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import hopline.flows.state.text.Digits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A network policy, as the API server keeps it; whether it takes effect is up to the network plugin.
/// Kubernetes API reference, `NetworkPolicySpec`.
///
/// @param pods those of its namespace that it is for
/// @param types `Ingress`, `Egress`; those that follow from its rules where it does not say
/// @param ingress what it lets in
/// @param egress what it lets out
public record NetworkPolicy(
        NamespacedName id,
        LabelSelector pods,
        List<String> types,
        List<Permission> ingress,
        List<Permission> egress,
        Source source) {

    /// For what comes in.
    public static final String INGRESS = "Ingress";

    /// For what goes out.
    public static final String EGRESS = "Egress";

    public NetworkPolicy {
        types = List.copyOf(types);
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }

    /// Whether it is for the pod of that namespace with those labels.
    public boolean selects(String namespace, Map<String, String> labels) {
        return id.namespace().equals(namespace) && pods.matches(labels);
    }

    /// Whether the pods that it selects are isolated in that direction: only what a policy permits may pass.
    public boolean isolates(String type) {
        return types.stream().anyMatch(type::equalsIgnoreCase);
    }

    /// One rule: what these peers may exchange through these ports.
    ///
    /// @param peers none means all
    /// @param ports none means all
    public record Permission(List<Peer> peers, List<Ports> ports, Source source) {

        public Permission {
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }

        /// Whether it is about that port.
        public boolean hasPort(String protocol, int port) {
            return ports.isEmpty() || ports.stream().anyMatch(range -> range.has(protocol, port));
        }
    }

    /// The other side: pods by their labels and those of their namespaces, or a block of addresses.
    ///
    /// @param pods empty for all of the namespaces
    /// @param namespaces empty for the policy's own
    /// @param block as written, such as `10.0.0.0/8`; empty when it is about pods
    /// @param except what is left out of the block, as written
    public record Peer(
            Optional<LabelSelector> pods, Optional<LabelSelector> namespaces, String block, List<String> except) {

        public Peer {
            except = List.copyOf(except);
        }
    }

    /// A port, or several in a row.
    ///
    /// @param protocol `TCP`, `UDP` or `SCTP`
    /// @param port its number, or the name that the pods give it; empty for all
    /// @param last of the row, where there is one
    public record Ports(String protocol, String port, OptionalInt last) {

        /// A name may be that of any port.
        boolean has(String wanted, int number) {
            if (!protocol.equalsIgnoreCase(wanted)) {
                return false;
            }
            OptionalInt first = Digits.number(port);
            return first.isEmpty() || (first.getAsInt() <= number && number <= last.orElse(first.getAsInt()));
        }

        @Override
        public String toString() {
            String row = last.isPresent() ? port + "-" + last.getAsInt() : port;
            return (row.isEmpty() ? "all" : row) + "/" + protocol;
        }
    }
}
