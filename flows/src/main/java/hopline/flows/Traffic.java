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

    /// Never changed, but replaced: there are few, and most flows keep the first.
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
            routes = with(List.of(recent));
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
        routes = with(other.routes);
    }

    private List<Route> with(List<Route> more) {
        if (routes.isEmpty()) {
            return more;
        }
        List<Route> all = new ArrayList<>(routes);
        all.addAll(more);
        return List.copyOf(all);
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
        return routes;
    }

    /// Packets whose route was one too many to be kept.
    public long onOtherRoutes() {
        return onOtherRoutes;
    }
}
