package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Node;
import hopline.flows.state.Source;
import hopline.flows.state.Vtep;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.host.Neighbour;
import hopline.flows.state.linux.ForwardingEntry;
import hopline.flows.state.linux.VxlanDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// The ends to which a Linux node's forwarding entries lead its tunnels, against the nodes that must be
/// there.
final class TunnelEnds {

    /// An entry that leads elsewhere than to the node whose MAC address it is for.
    ///
    /// @param pods the range of that node's pods; empty when the lists do not say
    /// @param certain that node has no such address, or another one has it
    record Wrong(ForwardingEntry entry, Address end, String owner, Optional<Cidr> pods, boolean certain) {}

    private final NodeView node;
    private final Map<Long, Set<String>> byMac = new HashMap<>();
    private final Map<Long, Set<String>> byNeighbour = new HashMap<>();

    TunnelEnds(NodeView node) {
        this.node = node;
        node.others().forEach(other -> other.vtep()
                .map(Vtep::mac)
                .filter(OptionalLong::isPresent)
                .ifPresent(mac -> note(byMac, mac.getAsLong(), other.name())));
        node.view().nodes().stream()
                .filter(other -> !other.name().equals(node.name()))
                .forEach(other -> macs(other).forEach(mac -> note(byMac, mac, other.name())));
        Map<Address, Set<String>> hops = hops();
        for (Neighbour neighbour : node.state().host().neighbours()) {
            hops.getOrDefault(neighbour.address(), Set.of())
                    .forEach(other -> note(byNeighbour, neighbour.mac(), other));
        }
    }

    private static <K> void note(Map<K, Set<String>> nodes, K key, String name) {
        nodes.computeIfAbsent(key, none -> new LinkedHashSet<>()).add(name);
    }

    private Map<Address, Set<String>> hops() {
        Map<Address, Set<String>> hops = new HashMap<>();
        node.others().forEach(other -> NodeView.hops(other).forEach(hop -> note(hops, hop, other.name())));
        return hops;
    }

    /// Those that lead elsewhere.
    List<Wrong> wrong() {
        List<Wrong> wrong = new ArrayList<>();
        for (ForwardingEntry entry : node.state().linux().forwardingEntries()) {
            Set<String> owners = entry.destination().isPresent() ? owners(entry.mac()) : Set.of();
            boolean isElsewhere = !owners.isEmpty()
                    && owners.stream()
                            .noneMatch(owner -> has(owner, entry.destination().get()));
            if (isElsewhere) {
                of(entry, entry.destination().get(), owners.iterator().next()).ifPresent(wrong::add);
            }
        }
        return wrong;
    }

    /// Where nothing was read of the owner, it may have addresses that the lists do not name: it does where this
    /// node tunnels from such an address itself.
    private Optional<Wrong> of(ForwardingEntry entry, Address end, String owner) {
        boolean isRead = read(owner).anyMatch(other -> other.listsAddresses(end.isIpv4()));
        boolean isAnothers = names().anyMatch(other -> has(other, end));
        boolean isListed = node.state().linux().vxlanDevices().stream()
                .filter(tunnel -> tunnel.name().equals(entry.device()))
                .flatMap(tunnel -> tunnel.local().stream())
                .anyMatch(node::isOwnAddress);
        boolean mayBeTranslated = !end.isPrivate() && !isAnothers && !isKnownOutside(owner);
        return (isRead || isAnothers || isListed) && !mayBeTranslated
                ? Optional.of(new Wrong(entry, end, owner, pods(owner), isRead || isAnothers))
                : Optional.empty();
    }

    /// Nodes that only have private addresses may be reached at others, which are translated on the way, unless
    /// they note at which.
    private boolean isKnownOutside(String owner) {
        boolean isNoted = listed(owner)
                .anyMatch(other -> other.vtep().flatMap(Vtep::underlay).isPresent());
        Stream<Address> read = read(owner)
                .flatMap(other -> other.state().linux().links().stream())
                .filter(link -> !link.name().equals("lo"))
                .flatMap(link -> link.addresses().stream());
        Stream<Address> listed = listed(owner)
                .flatMap(other -> Stream.concat(other.internalAddresses().stream(), other.otherAddresses().stream()));
        return isNoted
                || Stream.concat(read, listed).anyMatch(address -> !address.isPrivate() && !address.isLinkLocal());
    }

    /// The nodes that have that MAC address at their end of tunnels, or else those whose pods the neighbour with
    /// it leads to.
    private Set<String> owners(long mac) {
        return byMac.getOrDefault(mac, byNeighbour.getOrDefault(mac, Set.of()));
    }

    private static Stream<Long> macs(NodeView other) {
        Stream<OptionalLong> linux =
                other.state().linux().vxlanDevices().stream().map(VxlanDevice::mac);
        Stream<OptionalLong> windows = other.overlay().map(HnsNetwork::distributedRouterMac).stream();
        return Stream.concat(linux, windows).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong);
    }

    private boolean has(String owner, Address end) {
        return read(owner).anyMatch(other -> other.has(end))
                || listed(owner)
                        .anyMatch(other -> other.internalAddresses().contains(end)
                                || other.otherAddresses().contains(end)
                                || other.vtep()
                                        .flatMap(Vtep::underlay)
                                        .filter(end::equals)
                                        .isPresent());
    }

    private Stream<String> names() {
        return Stream.concat(
                node.view().nodes().stream().map(NodeView::name),
                node.view().cluster().nodes().stream().map(Node::name));
    }

    private Stream<NodeView> read(String name) {
        return node.view().nodes().stream().filter(other -> other.name().equals(name));
    }

    private Stream<Node> listed(String name) {
        return node.view().cluster().node(name).stream();
    }

    private Optional<Cidr> pods(String owner) {
        return listed(owner)
                .filter(NodeView::hasRange)
                .flatMap(other -> other.podCidrs().stream())
                .findFirst();
    }

    /// The address that tunnels to a node must lead to, in words.
    String expected(String owner) {
        Stream<Address> said = listed(owner)
                .flatMap(other -> Stream.concat(
                        other.vtep().flatMap(Vtep::underlay).stream(), other.internalAddresses().stream()));
        Stream<Address> read = read(owner)
                .flatMap(other -> other.state().linux().vxlanDevices().stream())
                .flatMap(tunnel -> tunnel.local().stream());
        return Stream.concat(read, said).findFirst().map(Address::toString).orElse(owner);
    }

    /// Where the owner's address stands.
    Stream<Source> at(String owner) {
        return Stream.concat(
                listed(owner).flatMap(node.view()::at),
                read(owner)
                        .flatMap(other -> other.state().linux().vxlanDevices().stream())
                        .map(VxlanDevice::source));
    }
}
