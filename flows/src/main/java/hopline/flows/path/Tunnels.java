package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who encapsulates to whom under which network identifier, and whether what arrives is decapsulated.
public final class Tunnels {

    /// Distinct encapsulations remembered; a cluster has a few for each pair of nodes.
    private static final int MAX_USES = 50_000;

    /// One encapsulation as the captures show it.
    public static final class Use {

        private final Encapsulation encapsulation;
        private final CapturePoint firstSeen;
        private final Set<String> nodes = new HashSet<>();
        private long packets;
        private long decapsulated;

        private Use(Encapsulation encapsulation, CapturePoint firstSeen) {
            this.encapsulation = encapsulation;
            this.firstSeen = firstSeen;
        }

        public Encapsulation encapsulation() {
            return encapsulation;
        }

        /// Where it was seen first.
        public CapturePoint firstSeen() {
            return firstSeen;
        }

        public long packets() {
            return packets;
        }

        /// How many of the packets were seen without it afterwards.
        public long decapsulated() {
            return decapsulated;
        }

        /// The nodes in whose captures it appears.
        public Set<String> nodes() {
            return Collections.unmodifiableSet(nodes);
        }
    }

    private final Map<Encapsulation, Use> uses = new LinkedHashMap<>();
    private final Set<Address> remotes = new HashSet<>();
    private boolean full;

    Tunnels() {}

    /// Learns from one packet's stages in order.
    void learn(List<Stage> ordered, long weight) {
        Use current = null;
        boolean counted = false;
        for (int i = 0; i < ordered.size(); i++) {
            Stage stage = ordered.get(i);
            if (stage.outer() == null) {
                if (current != null && !counted) {
                    current.decapsulated += weight;
                    counted = true;
                }
                continue;
            }
            Use use = use(stage);
            if (use != null && use != current) {
                use.packets += weight;
                current = use;
                counted = false;
            }
            if (use != null) {
                use.nodes.add(stage.point().node());
            }
        }
    }

    private @Nullable Use use(Stage stage) {
        Encapsulation encapsulation = Objects.requireNonNull(stage.outer());
        Use use = uses.get(encapsulation);
        if (use == null && uses.size() < MAX_USES) {
            use = new Use(encapsulation, stage.point());
            uses.put(encapsulation, use);
            remotes.add(encapsulation.destination());
        }
        full |= use == null;
        return use;
    }

    /// Whether there were more than are remembered.
    boolean isFull() {
        return full;
    }

    /// Every encapsulation, in the order they were first seen.
    public Collection<Use> all() {
        return Collections.unmodifiableCollection(uses.values());
    }

    /// Whether packets in exactly that tunnel were seen outside it afterwards.
    public boolean isDecapsulated(Encapsulation encapsulation) {
        Use use = uses.get(encapsulation);
        return use != null && use.decapsulated > 0;
    }

    /// Whether somebody encapsulates to that address.
    public boolean isRemote(Address vtep) {
        return remotes.contains(vtep);
    }

    /// Those between the two VTEPs, in either direction.
    public List<Use> between(Address a, Address b) {
        List<Use> found = new ArrayList<>();
        for (Use use : uses.values()) {
            Address source = use.encapsulation().source();
            Address destination = use.encapsulation().destination();
            if ((source.equals(a) && destination.equals(b)) || (source.equals(b) && destination.equals(a))) {
                found.add(use);
            }
        }
        return found;
    }

    public boolean isEmpty() {
        return uses.isEmpty();
    }
}
