package hopline.flows;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one direction of a flow carried, and by which routes.
public final class Traffic {

    /// Routes told apart; packets on further ones are only counted. Healthy traffic takes one or two.
    private static final int MAX_ROUTES = 16;

    private long packets;
    private long octets;

    /// The first route, of most flows the only one.
    private @Nullable Route single;

    /// All routes, never changed, but replaced; of a single one empty until somebody asks: a live flow goes without.
    /// Several threads may ask at once; whose list stays does not matter.
    private List<Route> routes = List.of();

    private @Nullable Route recent;
    private long onOtherRoutes;

    Traffic() {}

    void add(Journey journey) {
        Stage first = journey.first();
        packets++;
        octets += first.length();
        long signature = Route.signature(journey);
        if (recent != null && recent.signature() == signature) {
            recent.add(journey);
            return;
        }
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).signature() == signature) {
                recent = routes.get(i);
                recent.add(journey);
                return;
            }
        }
        if (routes.size() < MAX_ROUTES) {
            recent = new Route(signature, journey);
            append(List.of(recent));
        } else {
            onOtherRoutes++;
        }
    }

    long fetch() {
        return packets ^ (recent == null ? 0 : recent.packets());
    }

    void add(Traffic other) {
        packets += other.packets;
        octets += other.octets;
        onOtherRoutes += other.onOtherRoutes;
        append(other.routes());
    }

    private void append(List<Route> more) {
        if (single == null) {
            single = more.isEmpty() ? null : more.getFirst();
            routes = more.size() > 1 ? more : List.of();
        } else if (!more.isEmpty()) {
            List<Route> all = new ArrayList<>(routes());
            all.addAll(more);
            routes = List.copyOf(all);
        }
    }

    /// Distinct packets; a large send counts once.
    public long packets() {
        return packets;
    }

    /// Octets of their IP datagrams, headers included, where they were seen first.
    public long octets() {
        return octets;
    }

    /// The routes in the order they were first taken.
    public List<Route> routes() {
        if (routes.isEmpty() && single != null) {
            routes = List.of(single);
        }
        return routes;
    }

    /// Packets whose route was one too many to be kept.
    public long onOtherRoutes() {
        return onOtherRoutes;
    }
}
