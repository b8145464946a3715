package hopline.flows;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one direction of a flow carried, and by which routes.
public final class Traffic {

    /// Routes told apart; packets on further ones are only counted. Healthy traffic takes one or two.
    private static final int MAX_ROUTES = 16;

    private long packets;
    private long octets;
    private final List<Route> routes = new ArrayList<>(1);
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
            routes.add(recent);
        } else {
            onOtherRoutes++;
        }
    }

    void add(Traffic other) {
        packets += other.packets;
        octets += other.octets;
        onOtherRoutes += other.onOtherRoutes;
        routes.addAll(other.routes);
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
        return Collections.unmodifiableList(routes);
    }

    /// Packets whose route was one too many to be kept.
    public long onOtherRoutes() {
        return onOtherRoutes;
    }
}
