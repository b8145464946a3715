package hopline.decode.stage;

import java.util.HashMap;
import java.util.Map;

/// The open journeys of packets that the system's tracing groups, by what it groups them under.
///
/// As many as are open, at most. Empty, and free of cost, for captures that know no groups.
final class PacketGroups {

    private static final int NONE = StageRows.NONE;

    /// The numbers are those of one run of one system.
    private record Packet(int file, String node, long group, int number) {

        static Packet of(Stage stage, Sighting sighting) {
            return new Packet(stage.file, stage.point.node(), sighting.group(), sighting.number());
        }
    }

    private final Map<Packet, Integer> journeys = new HashMap<>();

    boolean isEmpty() {
        return journeys.isEmpty();
    }

    /// The open journey of the packet that `stage` is of, or none.
    int find(Stage stage) {
        Sighting sighting = stage.sighting;
        return sighting == null || !sighting.mayBelong()
                ? NONE
                : journeys.getOrDefault(Packet.of(stage, sighting), NONE);
    }

    /// Notes that the journey has a stage of that packet.
    void put(Stage stage, int journey) {
        Sighting sighting = stage.sighting;
        if (sighting != null && (sighting.isCounted() || sighting.isIdentifiedOnly())) {
            journeys.putIfAbsent(Packet.of(stage, sighting), journey);
        }
    }

    /// Forgets what led from the packet of `stage` to a journey that ends.
    void remove(Stage stage, int journey) {
        Sighting sighting = stage.sighting;
        if (sighting != null) {
            journeys.remove(Packet.of(stage, sighting), journey);
        }
    }
}
