package hopline.capture.node;

import hopline.capture.bundle.BundleFile;
import hopline.capture.bundle.Manifest;
import hopline.capture.node.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Collects the state of a node without packets, into a bundle of the same form.
public final class StateRun {

    private StateRun() {}

    /// Carries out `order`, whose plan does not matter.
    ///
    /// @throws IOException when the folder of the bundle cannot be written
    public static Outcome run(Order order) throws IOException {
        Manifest manifest = Manifests.begun(order, "state");
        Files.createDirectories(order.folder());
        try {
            StateCollection state = new StateCollection(order, manifest);
            state.cluster();
            state.node("state/after");
            String reason = "all was collected";
            manifest.stopped(reason);
            return Manifests.packed(order, manifest, reason, -1);
        } catch (IOException | RuntimeException e) {
            BundleFile.remove(order.folder());
            throw e;
        }
    }

    /// What would be run, as lines for people.
    public static List<String> planned(Order order) {
        List<Command> commands = new ArrayList<>();
        if (order.asksCluster()) {
            commands.addAll(StateCollection.plannedOfCluster(order.kubeconfig()));
        }
        commands.addAll(StateCollection.planned(order.node(), "state/after"));
        return commands.stream()
                .map(command -> command.shown() + "  > " + command.output())
                .toList();
    }
}
