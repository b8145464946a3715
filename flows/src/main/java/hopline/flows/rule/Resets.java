package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;

/// What resets have in common.
final class Resets {

    private Resets() {}

    /// Whether a packet was first seen where its source lives; true when that is not known.
    static boolean comesFromSource(Stage first, Scene scene) {
        return scene.topology()
                .home(first.sourceAddress())
                .map(home -> home.id() == first.point().id())
                .orElse(true);
    }

    /// The target as a title names it: a service, or a name with its port.
    static String target(FlowCase flow) {
        int port = flow.target().endpoint().port();
        return flow.target().name() + (port < 0 ? "" : " port " + port);
    }
}
