package hopline.cli;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.RefusedException;
import hopline.capture.node.linux.PodInterfaces;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.Where;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Programs;
import hopline.capture.node.process.Result;
import hopline.capture.node.process.SystemPrograms;
import hopline.capture.node.windows.PodComponents;
import hopline.flows.state.Cluster;
import hopline.flows.state.ClusterFile;
import hopline.flows.state.ClusterReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/// Puts the addresses and interfaces of pods into a plan that names pods.
final class Pods {

    private final CommandLine line;
    private final Programs programs = new SystemPrograms();
    private @Nullable Cluster cluster;

    private Pods(CommandLine line) {
        this.line = line;
    }

    /// The plan with what `node` knows of its pods.
    static CapturePlan resolved(CapturePlan plan, CommandLine line, NodeFacts node)
            throws IOException, RefusedException {
        Pods pods = new Pods(line);
        CapturePlan resolved = pods.addressed(plan);
        return plan.where().kind() == Where.Kind.POD ? resolved.with(pods.place(plan.where(), node)) : resolved;
    }

    /// The plan with the addresses of the pods that it captures: as much as is known elsewhere than on their node.
    static CapturePlan addressed(CapturePlan plan, CommandLine line) throws IOException, RefusedException {
        return new Pods(line).addressed(plan);
    }

    private CapturePlan addressed(CapturePlan plan) throws IOException, RefusedException {
        CapturePlan resolved = plan;
        for (String pod : plan.wanted().pods()) {
            resolved = resolved.with(resolved.wanted().with(addresses(pod)));
        }
        return resolved;
    }

    private Where place(Where pod, NodeFacts node) throws IOException, RefusedException {
        String name = pod.names().getFirst();
        List<String> places = node.isWindows()
                ? PodComponents.of(addresses(name), node, programs)
                : PodInterfaces.of(addresses(name), programs);
        if (places.isEmpty()) {
            throw new RefusedException("no " + (node.isWindows() ? "component of Packet Monitor" : "interface")
                    + " of this node leads to pod " + name + ": does it run elsewhere?");
        }
        return new Where(Where.Kind.INTERFACES, places);
    }

    private List<String> addresses(String pod) throws IOException, RefusedException {
        List<String> addresses = cluster().pods().stream()
                .filter(known -> known.id().toString().equals(pod))
                .flatMap(known -> known.addresses().stream())
                .map(Object::toString)
                .toList();
        if (addresses.isEmpty()) {
            throw new RefusedException("the cluster's lists know no address of pod " + pod);
        }
        return addresses;
    }

    private Cluster cluster() throws IOException, RefusedException {
        if (cluster == null) {
            List<String> named = Values.of(line, "state");
            cluster = Cluster.of(named.isEmpty() ? asked() : read(named));
        }
        return cluster;
    }

    private static List<ClusterFile> read(List<String> paths) throws IOException {
        InputFinder finder = new InputFinder(Map.of());
        paths.forEach(finder::add);
        if (finder.state().isEmpty() && !finder.problems().isEmpty()) {
            throw new IOException(finder.problems().getFirst().toString());
        }
        return new ArrayList<>(finder.state());
    }

    private List<ClusterFile> asked() throws IOException, RefusedException {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            Path folder = temporary.path();
            List<String> words = new ArrayList<>(List.of("kubectl"));
            if (line.hasOption("kubeconfig")) {
                words.addAll(List.of("--kubeconfig", line.getOptionValue("kubeconfig")));
            }
            words.addAll(List.of("get", "pods", "--all-namespaces", "--output=json"));
            Command command = new Command(words, "pods.json", Duration.ofSeconds(30), Command.Content.KUBERNETES);
            Result result = programs.run(command, folder);
            if (!result.succeeded()) {
                throw new RefusedException("pods are named, and the cluster does not tell their addresses: "
                        + result.reason() + "; --state takes lists from elsewhere");
            }
            return List.of(new ClusterReader().read(folder.resolve("pods.json")));
        }
    }
}
