package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.Neighbor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who asked for whose link-layer address, by ARP or neighbour discovery, and whether it was told.
///
/// Bounded: at most `MAX_ENTRIES` pairs are remembered, and those that come later are only counted.
public final class Resolutions {

    private static final int MAX_ENTRIES = 16_384;

    /// Points at which one asker's answers are told apart.
    private static final int MAX_POINTS = 8;

    /// Somebody asking for one address.
    public static final class Resolution {

        private final Address asker;
        private final Address target;
        private int requests;
        private @Nullable Journey firstRequest;
        private long lastRequestNanos;
        private boolean answered;
        private final List<Rivalry> answers = new ArrayList<>(1);

        private Resolution(Address asker, Address target) {
            this.asker = asker;
            this.target = target;
        }

        /// Who asked.
        Address asker() {
            return asker;
        }

        /// Whom it asked for.
        Address target() {
            return target;
        }

        /// How often it asked.
        public int requests() {
            return requests;
        }

        /// Null when only an answer was captured.
        @Nullable Journey firstRequest() {
            return firstRequest;
        }

        /// When it was asked last, nanoseconds since 1970.
        long lastRequestNanos() {
            return lastRequestNanos;
        }

        /// Somebody said that it has the address.
        boolean isAnswered() {
            return answered;
        }

        /// Who answered, at each point where answers were seen last.
        List<Rivalry> answers() {
            return Collections.unmodifiableList(answers);
        }

        private void answer(Journey journey, int announcements) {
            Stage last = journey.last();
            for (Rivalry rivalry : answers) {
                if (rivalry.point().id() == last.point().id()) {
                    rivalry.answer(journey, requests, announcements);
                    return;
                }
            }
            if (answers.size() < MAX_POINTS) {
                answers.add(new Rivalry(journey, requests, announcements));
            }
        }
    }

    private record Pair(Address asker, Address target) {

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair that && asker.equals(that.asker) && target.equals(that.target);
        }

        @Override
        public int hashCode() {
            return asker.hashCode() * 31 + target.hashCode();
        }
    }

    private final Map<Pair, Resolution> resolutions = new LinkedHashMap<>();
    private final Map<Address, Integer> announced = new HashMap<>();
    private final List<Journey> kept = new ArrayList<>();
    private long omitted;

    /// None yet.
    public Resolutions() {}

    /// Learns from one ARP or neighbour discovery message.
    public void add(Neighbor message, Journey journey) {
        if (message.announcement()) {
            announce(message.target(), journey);
        }
        if (message.announcement() || message.isProbe()) {
            return;
        }
        Address asker = message.request() ? message.sender() : journey.first().destinationAddress();
        Resolution resolution = resolution(asker, message.target());
        if (resolution == null) {
            omitted++;
        } else if (message.request()) {
            note(resolution, journey);
        } else {
            if (!resolution.answered) {
                keep(journey);
            }
            resolution.answered = true;
            resolution.answer(journey, announced.getOrDefault(message.target(), 0));
        }
    }

    private void announce(Address address, Journey journey) {
        if (announced.containsKey(address) || announced.size() < MAX_ENTRIES) {
            if (announced.merge(address, 1, Integer::sum) == 1) {
                keep(journey);
            }
        }
    }

    private void keep(Journey journey) {
        journey.keep();
        kept.add(journey);
    }

    private void note(Resolution resolution, Journey journey) {
        resolution.requests++;
        resolution.lastRequestNanos = journey.first().epochNanos();
        if (resolution.firstRequest == null) {
            resolution.firstRequest = journey;
            keep(journey);
        }
    }

    private @Nullable Resolution resolution(Address asker, Address target) {
        Pair pair = new Pair(asker, target);
        Resolution resolution = resolutions.get(pair);
        if (resolution == null && resolutions.size() < MAX_ENTRIES) {
            resolution = new Resolution(asker, target);
            resolutions.put(pair, resolution);
        }
        return resolution;
    }

    /// One message of each kind for each pair: where they were seen tells the network's shape.
    public List<Journey> examples() {
        return Collections.unmodifiableList(kept);
    }

    /// In the order of their first messages.
    Collection<Resolution> all() {
        return Collections.unmodifiableCollection(resolutions.values());
    }

    /// Whether the address announced itself.
    boolean isAnnounced(Address address) {
        return announced.containsKey(address);
    }

    /// Messages beyond the pairs remembered.
    public long omitted() {
        return omitted;
    }
}
