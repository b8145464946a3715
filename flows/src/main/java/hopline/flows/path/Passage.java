package hopline.flows.path;

import hopline.decode.stage.Stage;
import hopline.flows.Route;
import org.jspecify.annotations.Nullable;

/// One route of a flow's direction with its path in order, and how it ended.
public record Passage(Route route, Path path, Fate fate) {

    /// A route has one path and one end: whoever looks for a passage looks for its route.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Passage that && route.equals(that.route);
    }

    @Override
    public int hashCode() {
        return route.hashCode();
    }

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
