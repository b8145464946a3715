package hopline.flows.state.kubernetes;

import hopline.flows.state.Facts;
import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the cluster's lists say beyond what [hopline.flows.state.Cluster] answers.
public final class KubernetesState {

    private static final int MAX_FACTS = 500_000;

    private final Map<String, Source> places = new HashMap<>();
    private final Map<NamespacedName, Source> slices = new HashMap<>();
    private final Facts<PodRun> pods = new Facts<>(MAX_FACTS);
    private final Facts<KubernetesEvent> events = new Facts<>(MAX_FACTS);
    private final Facts<NetworkPolicy> policies = new Facts<>(MAX_FACTS);
    private final Facts<Workload> workloads = new Facts<>(MAX_FACTS);
    private final Facts<NodeRun> nodes = new Facts<>(MAX_FACTS);
    private final Facts<ServiceProbe> probes = new Facts<>(MAX_FACTS);
    private final Facts<ListedService> listedServices = new Facts<>(MAX_FACTS);

    /// Nothing yet.
    public KubernetesState() {}

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
        pods.add(fact);
    }

    /// Takes in an event.
    public void add(KubernetesEvent fact) {
        events.add(fact);
    }

    /// Takes in a network policy.
    public void add(NetworkPolicy fact) {
        policies.add(fact);
    }

    /// Takes in a workload.
    public void add(Workload fact) {
        workloads.add(fact);
    }

    /// Takes in a node.
    public void add(NodeRun fact) {
        nodes.add(fact);
    }

    /// Takes in a probe.
    public void add(ServiceProbe fact) {
        probes.add(fact);
    }

    /// Takes in a row of a table.
    public void add(ListedService fact) {
        listedServices.add(fact);
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
        return pods.all();
    }

    /// Events in the order of the files.
    public List<KubernetesEvent> events() {
        return events.all();
    }

    /// Network policies in the order of the files.
    public List<NetworkPolicy> policies() {
        return policies.all();
    }

    /// Workloads in the order of the files.
    public List<Workload> workloads() {
        return workloads.all();
    }

    /// Nodes in the order of the files.
    public List<NodeRun> nodes() {
        return nodes.all();
    }

    /// Health probes in the order of the files.
    public List<ServiceProbe> probes() {
        return probes.all();
    }

    /// Services of tables in the order of the files.
    public List<ListedService> listedServices() {
        return listedServices.all();
    }

    /// The node of that name.
    public Optional<NodeRun> node(String name) {
        return nodes.all().stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return places.size() == MAX_FACTS
                || slices.size() == MAX_FACTS
                || pods.isCut()
                || events.isCut()
                || policies.isCut()
                || workloads.isCut()
                || nodes.isCut()
                || probes.isCut()
                || listedServices.isCut();
    }
}
