package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.state.Cluster;
import java.util.HashSet;
import java.util.Set;

/// At which points pods' own addresses pass to the world outside and are answered: the network routes them.
///
/// Private addresses are told from public ones, for many networks route pods among their own and no further.
/// Bounded by the number of capture points.
public final class RoutedPods {

    private final Cluster cluster;
    private final Set<Integer> towardsPrivate = new HashSet<>();
    private final Set<Integer> towardsPublic = new HashSet<>();

    RoutedPods(Cluster cluster) {
        this.cluster = cluster;
    }

    void learn(Flow flow, boolean works) {
        if (works && !cluster.isEmpty()) {
            for (Route route : flow.forward().routes()) {
                learn(route.example().first());
            }
        }
    }

    private void learn(Stage first) {
        Address destination = first.destinationAddress();
        if (cluster.isClusterAddress(destination) || !cluster.isPodAddress(first.sourceAddress())) {
            return;
        }
        Set<Integer> points = points(destination);
        for (Stage stage = first; stage != null; stage = stage.next()) {
            if (stage.outer() == null && stage.sameSource(first)) {
                points.add(stage.point().id());
            }
        }
    }

    /// Whether what bore its pod's address there, on its way to such an address, was answered.
    public boolean isAnswered(Stage stage) {
        return points(stage.destinationAddress()).contains(stage.point().id());
    }

    private Set<Integer> points(Address destination) {
        return destination.isPrivate() ? towardsPrivate : towardsPublic;
    }
}
