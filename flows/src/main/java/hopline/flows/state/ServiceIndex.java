package hopline.flows.state;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which service an address and port belonged to when.
final class ServiceIndex {

    private record PortAndProtocol(int port, int protocol) implements Comparable<PortAndProtocol> {
        @Override
        public int compareTo(PortAndProtocol other) {
            int order = Integer.compare(port, other.port);
            return order != 0 ? order : Integer.compare(protocol, other.protocol);
        }
    }

    private final List<Service> services;
    private final Map<Address, Timeline<Service>> byAddress;
    private final Map<Integer, Map<Endpoint, Timeline<ServiceTarget>>> byProtocol = new HashMap<>();
    private final Map<PortAndProtocol, Timeline<ServiceTarget>> byNodePort;

    /// @param snapshots in the order in which they were collected
    ServiceIndex(List<Snapshot> snapshots) {
        List<Spell<Service>> spells = versions(snapshots);
        this.services = spells.stream()
                .filter(spell -> !spell.interval().hasEnd())
                .map(Spell::value)
                .toList();
        Claims claims = new Claims();
        spells.forEach(claims::add);
        this.byAddress = Timeline.each(claims.addresses, Spell.IN_FORCE);
        this.byNodePort = Timeline.each(claims.nodePorts, Spell.IN_FORCE);
        claims.targets.forEach((protocol, targets) -> byProtocol.put(protocol, Timeline.each(targets, Spell.IN_FORCE)));
    }

    /// Every service as it was seen last.
    List<Service> services() {
        return services;
    }

    Optional<ServiceTarget> target(Endpoint endpoint, int protocol, long epochNanos) {
        return at(byProtocol.getOrDefault(protocol, Map.of()).get(endpoint), epochNanos);
    }

    Optional<ServiceTarget> nodePort(int port, int protocol, long epochNanos) {
        return at(byNodePort.get(new PortAndProtocol(port, protocol)), epochNanos);
    }

    Optional<Service> service(Address address, long epochNanos) {
        return at(byAddress.get(address), epochNanos);
    }

    /// Whether a service ever had it.
    boolean isServiceAddress(Address address) {
        return byAddress.containsKey(address);
    }

    private static <T> Optional<T> at(@Nullable Timeline<T> timeline, long epochNanos) {
        return timeline == null ? Optional.empty() : timeline.at(epochNanos);
    }

    /// Each service's versions, each until the next was seen.
    private static List<Spell<Service>> versions(List<Snapshot> snapshots) {
        Map<NamespacedName, TreeMap<Long, Service>> versions = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            for (Service service : snapshot.services()) {
                versions.computeIfAbsent(service.id(), id -> new TreeMap<>()).put(snapshot.since(), service);
            }
        }
        return versions.values().stream()
                .flatMap(ofOne -> Spell.successive(ofOne).stream())
                .toList();
    }

    /// What each version of each service lays claim to.
    private static final class Claims {
        private final Map<Address, List<Spell<Service>>> addresses = new HashMap<>();
        private final Map<Integer, Map<Endpoint, List<Spell<ServiceTarget>>>> targets = new HashMap<>();
        private final Map<PortAndProtocol, List<Spell<ServiceTarget>>> nodePorts = new HashMap<>();

        void add(Spell<Service> spell) {
            Service service = spell.value();
            addAddresses(spell, service.clusterIps(), ServiceTarget.Kind.CLUSTER_IP);
            addAddresses(spell, service.externalIps(), ServiceTarget.Kind.EXTERNAL_IP);
            addAddresses(spell, service.loadBalancerIps(), ServiceTarget.Kind.LOAD_BALANCER);
            service.ports().stream()
                    .filter(ServicePort::hasNodePort)
                    .forEach(port -> claim(
                            nodePorts,
                            new PortAndProtocol(port.nodePort(), port.protocol()),
                            target(spell, port, ServiceTarget.Kind.NODE_PORT)));
        }

        private void addAddresses(Spell<Service> spell, List<Address> claimed, ServiceTarget.Kind kind) {
            for (Address address : claimed) {
                claim(addresses, address, spell);
                for (ServicePort port : spell.value().ports()) {
                    claim(
                            targets.computeIfAbsent(port.protocol(), protocol -> new HashMap<>()),
                            new Endpoint(address, port.port()),
                            target(spell, port, kind));
                }
            }
        }

        private static Spell<ServiceTarget> target(Spell<Service> spell, ServicePort port, ServiceTarget.Kind kind) {
            return spell.with(new ServiceTarget(spell.value(), port, kind));
        }

        private static <K, T> void claim(Map<K, List<Spell<T>>> claims, K key, Spell<T> spell) {
            claims.computeIfAbsent(key, unclaimed -> new ArrayList<>(1)).add(spell);
        }
    }
}
