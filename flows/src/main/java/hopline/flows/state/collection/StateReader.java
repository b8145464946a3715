package hopline.flows.state.collection;

import hopline.decode.Address;
import hopline.flows.state.Cluster;
import hopline.flows.state.ClusterFile;
import hopline.flows.state.ClusterReader;
import hopline.flows.state.Node;
import hopline.flows.state.host.HostInterface;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.kubernetes.KubernetesState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads what a [StateFinder] found into one [CollectedState].
public final class StateReader {

    private static final String CUT = ": more of one kind than is kept; the rest is left out";

    private StateReader() {}

    /// Reads everything; what cannot be read is in the reports.
    public static CollectedState read(StateFinder finder) {
        return read(finder, Optional.of(new ClusterReader()), Cluster::of);
    }

    /// The same in the light of the cluster's lists, which were read already.
    public static CollectedState read(StateFinder finder, Cluster cluster) {
        return read(finder, Optional.empty(), files -> cluster);
    }

    private static CollectedState read(
            StateFinder finder, Optional<ClusterReader> lists, Function<List<ClusterFile>, Cluster> toCluster) {
        KubernetesState kubernetes = new KubernetesState();
        List<ClusterFile> clusterFiles = new ArrayList<>();
        List<FileReport> reports = new ArrayList<>();
        List<String> problems = new ArrayList<>(finder.problems());
        List<NodeState> nodes = new ArrayList<>();
        for (Map.Entry<String, List<StateFile>> group : finder.groups().entrySet()) {
            NodeState node = new NodeState(group.getKey());
            for (StateFile file : group.getValue()) {
                FileScanner scanner = new FileScanner(file, node, kubernetes, lists);
                FileReport report = scanner.scan();
                scanner.cluster().ifPresent(clusterFiles::add);
                reports.add(report);
                if (report.node().isPresent()) {
                    node.note(file.collectedAt());
                }
                report.cut()
                        .or(() -> report.problem().filter(problem -> file.named() || report.isUsed()))
                        .ifPresent(problem -> problems.add(file.name() + ": " + problem));
            }
            if (!node.isEmpty()) {
                nodes.add(node);
            }
        }
        Cluster cluster = toCluster.apply(clusterFiles);
        nodes.forEach(node -> node.rename(name(node, cluster)));
        nodes.stream().filter(NodeState::isCut).forEach(node -> problems.add(node.name() + CUT));
        if (kubernetes.isCut()) {
            problems.add("the cluster's lists" + CUT);
        }
        return new CollectedState(nodes, cluster, kubernetes, reports, problems);
    }

    /// The cluster's name for the node that has its addresses; else the folder's, or for files named one by
    /// one the name that the node gives itself.
    private static String name(NodeState node, Cluster cluster) {
        Optional<String> known = Stream.concat(
                        node.hns().networks().stream().flatMap(network -> network.managementIp().stream()),
                        node.host().interfaces().stream()
                                .filter(at -> at.compartment() <= 1)
                                .map(HostInterface::addresses)
                                .flatMap(List::stream))
                .flatMap(address -> nodeAt(cluster, address).stream())
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> host = node.host()
                .reading(HostReading.HOST_NAME)
                .map(HostReading::value)
                .filter(name -> !name.isBlank());
        Optional<String> listed = host.flatMap(name -> cluster.nodes().stream()
                .map(Node::name)
                .filter(other -> other.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst());
        boolean isLoose = node.folder().equals("node");
        return listed.or(() -> host.filter(name -> isLoose)).orElse(node.folder());
    }

    private static Optional<String> nodeAt(Cluster cluster, Address address) {
        return cluster.node(address).map(Node::name);
    }
}
