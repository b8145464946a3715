package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Journey;
import hopline.decode.stage.StageDetail.Neighbor;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asked for whose link-layer address, by ARP or neighbour discovery, and whether it was told.
///
/// Bounded: at most `MAX_ENTRIES` pairs are remembered, and those that come later are only counted.
public final class Resolutions {

    private static final int MAX_ENTRIES = 65_536;

    /// Somebody asking for one address.
    public static final class Resolution {

        private final Address asker;
        private final Address target;
        private int requests;
        private @Nullable Journey firstRequest;
        private @Nullable Journey lastRequest;
        private boolean answered;

        private Resolution(Address asker, Address target) {
            this.asker = asker;
            this.target = target;
        }

        public Address asker() {
            return asker;
        }

        public Address target() {
            return target;
        }

        public int requests() {
            return requests;
        }

        /// Null when only an answer was captured.
        public @Nullable Journey firstRequest() {
            return firstRequest;
        }

        /// Null when only an answer was captured.
        public @Nullable Journey lastRequest() {
            return lastRequest;
        }

        public boolean isAnswered() {
            return answered;
        }
    }

    private record Pair(Address asker, Address target) {}

    private final Map<Pair, Resolution> resolutions = new LinkedHashMap<>();
    private final Set<Address> announced = new HashSet<>();
    private long omitted;

    /// None yet.
    public Resolutions() {}

    /// Learns from one ARP or neighbour discovery message.
    public void add(Neighbor message, Journey journey) {
        if (message.announcement() && announced.size() < MAX_ENTRIES) {
            announced.add(message.target());
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
            resolution.answered = true;
        }
    }

    private static void note(Resolution resolution, Journey journey) {
        journey.keep();
        resolution.requests++;
        resolution.firstRequest = resolution.firstRequest == null ? journey : resolution.firstRequest;
        resolution.lastRequest = journey;
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

    /// In the order of their first messages.
    public Collection<Resolution> all() {
        return Collections.unmodifiableCollection(resolutions.values());
    }

    /// Whether the address announced itself.
    public boolean isAnnounced(Address address) {
        return announced.contains(address);
    }

    /// Messages beyond the pairs remembered.
    public long omitted() {
        return omitted;
    }
}
