package hopline.flows.state;

import hopline.decode.Address;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which node has an address, or gives it to its pods.
final class NodeIndex {

    private final Map<String, Node> byName = new LinkedHashMap<>();
    private final Map<Address, String> byAddress = new HashMap<>();
    private final Map<Cidr, String> byPodCidr = new HashMap<>();
    /// The lengths of pod CIDRs, longest first: the longest that contains an address is its own.
    private final TreeSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());

    /// @param snapshots in the order in which they were collected; where they differ the last one counts
    NodeIndex(List<Snapshot> snapshots) {
        snapshots.stream().flatMap(snapshot -> snapshot.nodes().stream()).forEach(this::add);
    }

    private void add(Node node) {
        byName.put(node.name(), node);
        node.internalAddresses().forEach(address -> byAddress.put(address, node.name()));
        node.otherAddresses().forEach(address -> byAddress.put(address, node.name()));
        for (Cidr cidr : node.podCidrs()) {
            byPodCidr.put(cidr, node.name());
            lengths.add(cidr.length());
        }
    }

    /// Every node as it was seen last.
    List<Node> nodes() {
        return List.copyOf(byName.values());
    }

    Optional<Node> node(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Node> node(Address address) {
        return Optional.ofNullable(byAddress.get(address)).flatMap(this::node);
    }

    /// The node whose pods get addresses such as this one.
    Optional<Node> ofPodCidr(Address address) {
        for (int length : lengths) {
            if (!address.isIpv4() || length <= Integer.SIZE) {
                String name = byPodCidr.get(new Cidr(address, length));
                if (name != null) {
                    return node(name);
                }
            }
        }
        return Optional.empty();
    }
}
