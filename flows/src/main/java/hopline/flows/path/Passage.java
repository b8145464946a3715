package hopline.flows.path;

import hopline.decode.stage.Stage;
import hopline.flows.Route;

/// One route of a flow's direction with its path in order, and how it ended.
public record Passage(Route route, Path path, Fate fate) {

    /// The stage seen last.
    public Stage last() {
        return path.last();
    }

    public boolean isLost() {
        return fate.isLost();
    }

    public boolean isFine() {
        return fate.isFine();
    }
}
