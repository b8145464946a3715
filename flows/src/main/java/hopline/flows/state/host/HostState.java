package hopline.flows.state.host;

import hopline.flows.state.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one node says of itself.
public final class HostState {

    private static final int MAX_FACTS = 200_000;

    private final Facts<HostInterface> interfaces = new Facts<>(MAX_FACTS);
    private final Facts<HostRoute> routes = new Facts<>(MAX_FACTS);
    private final Facts<Neighbour> neighbours = new Facts<>(MAX_FACTS);
    private final Facts<HostProcess> processes = new Facts<>(MAX_FACTS);
    private final Facts<HostSocket> sockets = new Facts<>(MAX_FACTS);
    private final Facts<FirewallRule> firewallRules = new Facts<>(MAX_FACTS);
    private final Facts<HostReading> readings = new Facts<>(MAX_FACTS);

    /// Nothing yet.
    public HostState() {}

    /// Takes in an interface.
    public void add(HostInterface fact) {
        interfaces.add(fact);
    }

    /// Takes in a route.
    public void add(HostRoute fact) {
        routes.add(fact);
    }

    /// Takes in a neighbour.
    public void add(Neighbour fact) {
        neighbours.add(fact);
    }

    /// Takes in a process or service.
    public void add(HostProcess fact) {
        processes.add(fact);
    }

    /// Takes in a socket.
    public void add(HostSocket fact) {
        sockets.add(fact);
    }

    /// Takes in a firewall rule.
    public void add(FirewallRule fact) {
        firewallRules.add(fact);
    }

    /// Takes in a reading.
    public void add(HostReading fact) {
        readings.add(fact);
    }

    /// Interfaces in the order of the files.
    public List<HostInterface> interfaces() {
        return interfaces.all();
    }

    /// The interfaces whose MTU was read, by name; of several of one name the first.
    public Map<String, HostInterface> interfacesWithMtu() {
        Map<String, HostInterface> byName = new HashMap<>();
        interfaces.all().stream().filter(at -> at.mtu().isPresent()).forEach(at -> byName.putIfAbsent(at.name(), at));
        return byName;
    }

    /// Routes in the order of the files.
    public List<HostRoute> routes() {
        return routes.all();
    }

    /// Neighbours in the order of the files.
    public List<Neighbour> neighbours() {
        return neighbours.all();
    }

    /// Processes and services in the order of the files.
    public List<HostProcess> processes() {
        return processes.all();
    }

    /// Sockets in the order of the files.
    public List<HostSocket> sockets() {
        return sockets.all();
    }

    /// Firewall rules in the order of the files.
    public List<FirewallRule> firewallRules() {
        return firewallRules.all();
    }

    /// Single readings in the order of the files.
    public List<HostReading> readings() {
        return readings.all();
    }

    /// The first reading of that key.
    public Optional<HostReading> reading(String key) {
        return readings.all().stream()
                .filter(reading -> reading.key().equals(key))
                .findFirst();
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return interfaces.isCut()
                || routes.isCut()
                || neighbours.isCut()
                || processes.isCut()
                || sockets.isCut()
                || firewallRules.isCut()
                || readings.isCut();
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return interfaces.isEmpty()
                && routes.isEmpty()
                && neighbours.isEmpty()
                && processes.isEmpty()
                && sockets.isEmpty()
                && firewallRules.isEmpty()
                && readings.isEmpty();
    }
}
