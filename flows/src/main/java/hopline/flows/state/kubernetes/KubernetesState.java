package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the cluster's lists say beyond what [hopline.flows.state.Cluster] answers.
public final class KubernetesState {

    private static final int MAX_FACTS = 500_000;

    private final Map<String, Source> places = new HashMap<>();
    private final Map<NamespacedName, Source> slices = new HashMap<>();
    private final List<PodRun> pods = new ArrayList<>();
    private final List<KubernetesEvent> events = new ArrayList<>();
    private final List<NetworkPolicy> policies = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();
    private final List<NodeRun> nodes = new ArrayList<>();
    private final List<ServiceProbe> probes = new ArrayList<>();
    private final List<ListedService> listedServices = new ArrayList<>();

    /// Nothing yet.
    public KubernetesState() {}

    private static <T> void keep(List<T> facts, T fact) {
        if (facts.size() < MAX_FACTS) {
            facts.add(fact);
        }
    }

    /// Remembers where an object stands.
    public void place(String kind, String name, Source source) {
        if (places.size() < MAX_FACTS) {
            places.putIfAbsent(kind + " " + name, source);
        }
    }

    /// Remembers where a service's endpoints stand.
    public void placeEndpoints(NamespacedName service, Source source) {
        if (slices.size() < MAX_FACTS) {
            slices.putIfAbsent(service, source);
        }
    }

    /// Takes in a pod.
    public void add(PodRun fact) {
        keep(pods, fact);
    }

    /// Takes in an event.
    public void add(KubernetesEvent fact) {
        keep(events, fact);
    }

    /// Takes in a network policy.
    public void add(NetworkPolicy fact) {
        keep(policies, fact);
    }

    /// Takes in a workload.
    public void add(Workload fact) {
        keep(workloads, fact);
    }

    /// Takes in a node.
    public void add(NodeRun fact) {
        keep(nodes, fact);
    }

    /// Takes in a probe.
    public void add(ServiceProbe fact) {
        keep(probes, fact);
    }

    /// Takes in a row of a table.
    public void add(ListedService fact) {
        keep(listedServices, fact);
    }

    /// Where the object stands, such as `Service shop/web`.
    public Optional<Source> place(String kind, String name) {
        return Optional.ofNullable(places.get(kind + " " + name));
    }

    /// Where the endpoints of a service stand.
    public Optional<Source> endpoints(NamespacedName service) {
        return Optional.ofNullable(slices.get(service));
    }

    /// Pods in the order of the files.
    public List<PodRun> pods() {
        return Collections.unmodifiableList(pods);
    }

    /// Events in the order of the files.
    public List<KubernetesEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /// Network policies in the order of the files.
    public List<NetworkPolicy> policies() {
        return Collections.unmodifiableList(policies);
    }

    /// Workloads in the order of the files.
    public List<Workload> workloads() {
        return Collections.unmodifiableList(workloads);
    }

    /// Nodes in the order of the files.
    public List<NodeRun> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /// Health probes in the order of the files.
    public List<ServiceProbe> probes() {
        return Collections.unmodifiableList(probes);
    }

    /// Services of tables in the order of the files.
    public List<ListedService> listedServices() {
        return Collections.unmodifiableList(listedServices);
    }

    /// The node of that name.
    public Optional<NodeRun> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
