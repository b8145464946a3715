package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.flows.path.Whereabouts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose MAC is whose on the network between the nodes, as their uplinks show it.
///
/// A node's MAC is the one that its own address speaks from; where a router stands between two nodes, it is the
/// router's.
public final class Neighbourhood {

    private record At(int point, String node) {

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof At that && point == that.point && node.equals(that.node);
        }

        @Override
        public int hashCode() {
            return point * 31 + node.hashCode();
        }
    }

    private final Set<Integer> uplinks = new HashSet<>();
    private final Map<At, Set<Long>> nodes = new HashMap<>();
    private final Map<At, Set<Long>> pods = new HashMap<>();
    private final Map<At, Set<Long>> delivering = new HashMap<>();
    private final Map<MacAtPoint, Set<Address>> strangers = new HashMap<>();

    /// By what `links` has learnt, as far as it concerns uplinks among `points`.
    Neighbourhood(Links links, Whereabouts whereabouts, List<CapturePoint> points) {
        if (whereabouts.cluster().isEmpty()) {
            return;
        }
        points.stream().filter(whereabouts::isUplink).forEach(point -> uplinks.add(point.id()));
        long nanos = whereabouts.coverage().middleNanos();
        links.forEach((point, address, macs) -> {
            if (uplinks.contains(point)) {
                learn(point, address, macs, whereabouts, nanos);
            }
        });
        links.forEachNextHop((point, address, macs) -> {
            if (uplinks.contains(point) && whereabouts.cluster().isPodAddress(address)) {
                whereabouts.owner(address, nanos).ifPresent(node -> add(delivering, new At(point, node), macs));
            }
        });
    }

    private void learn(int point, Address address, Set<Long> macs, Whereabouts whereabouts, long nanos) {
        Optional<String> owner = whereabouts.owner(address, nanos);
        if (owner.isEmpty()) {
            macs.forEach(mac -> strangers
                    .computeIfAbsent(new MacAtPoint(point, mac), m -> new HashSet<>(2))
                    .add(address));
        } else {
            boolean own = whereabouts.cluster().isNodeAddress(address);
            add(own ? nodes : pods, new At(point, owner.get()), macs);
        }
    }

    private static void add(Map<At, Set<Long>> map, At at, Set<Long> macs) {
        map.computeIfAbsent(at, a -> new HashSet<>(2)).addAll(macs);
    }

    /// The MACs that `node`'s own addresses speak from at `point`; on its own uplink, its own.
    public Set<Long> ofNode(CapturePoint point, String node) {
        return nodes.getOrDefault(new At(point.id(), node), Set.of());
    }

    /// The MACs that the addresses of `node`'s pods speak from at `point`.
    public Set<Long> ofPods(CapturePoint point, String node) {
        return pods.getOrDefault(new At(point.id(), node), Set.of());
    }

    /// The next hops by which something at `point` reached pods of `node`, and was answered.
    public Set<Long> deliveringTo(CapturePoint point, String node) {
        return delivering.getOrDefault(new At(point.id(), node), Set.of());
    }

    /// An address outside the cluster that speaks from that MAC at `point`.
    public Optional<Address> stranger(CapturePoint point, long mac) {
        return strangers.getOrDefault(new MacAtPoint(point.id(), mac), Set.of()).stream()
                .min(Address::compareTo);
    }
}
