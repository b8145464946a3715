package hopline.flows.state.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What one node says of itself.
public final class HostState {

    private static final int MAX_FACTS = 200_000;

    private final List<HostInterface> interfaces = new ArrayList<>();
    private final List<HostRoute> routes = new ArrayList<>();
    private final List<Neighbour> neighbours = new ArrayList<>();
    private final List<HostProcess> processes = new ArrayList<>();
    private final List<HostSocket> sockets = new ArrayList<>();
    private final List<FirewallRule> firewallRules = new ArrayList<>();
    private final List<HostReading> readings = new ArrayList<>();

    /// Nothing yet.
    public HostState() {}

    private static <T> void keep(List<T> facts, T fact) {
        if (facts.size() < MAX_FACTS) {
            facts.add(fact);
        }
    }

    /// Takes in an interface.
    public void add(HostInterface fact) {
        keep(interfaces, fact);
    }

    /// Takes in a route.
    public void add(HostRoute fact) {
        keep(routes, fact);
    }

    /// Takes in a neighbour.
    public void add(Neighbour fact) {
        keep(neighbours, fact);
    }

    /// Takes in a process or service.
    public void add(HostProcess fact) {
        keep(processes, fact);
    }

    /// Takes in a socket.
    public void add(HostSocket fact) {
        keep(sockets, fact);
    }

    /// Takes in a firewall rule.
    public void add(FirewallRule fact) {
        keep(firewallRules, fact);
    }

    /// Takes in a reading.
    public void add(HostReading fact) {
        keep(readings, fact);
    }

    /// Interfaces in the order of the files.
    public List<HostInterface> interfaces() {
        return Collections.unmodifiableList(interfaces);
    }

    /// Routes in the order of the files.
    public List<HostRoute> routes() {
        return Collections.unmodifiableList(routes);
    }

    /// Neighbours in the order of the files.
    public List<Neighbour> neighbours() {
        return Collections.unmodifiableList(neighbours);
    }

    /// Processes and services in the order of the files.
    public List<HostProcess> processes() {
        return Collections.unmodifiableList(processes);
    }

    /// Sockets in the order of the files.
    public List<HostSocket> sockets() {
        return Collections.unmodifiableList(sockets);
    }

    /// Firewall rules in the order of the files.
    public List<FirewallRule> firewallRules() {
        return Collections.unmodifiableList(firewallRules);
    }

    /// Single readings in the order of the files.
    public List<HostReading> readings() {
        return Collections.unmodifiableList(readings);
    }

    /// The first reading of that key.
    public Optional<HostReading> reading(String key) {
        return readings.stream().filter(reading -> reading.key().equals(key)).findFirst();
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
