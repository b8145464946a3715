package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the captures show of the network: at which point each address lives, and which point follows which.
///
/// Learnt in two passes over the flows: first the order of points, from times; then, with paths in order, the
/// places. Bounded in addresses; what was learnt first is kept. One thread
/// teaches; while none does, any number may ask.
public final class Topology {

    /// Addresses whose places are remembered.
    private static final int MAX_ADDRESSES = 40_000;

    private final Orientation orientation = new Orientation();
    private final Branches branches = new Branches(this);
    private final Shapes ordered = new Shapes();
    private final Shapes placed = new Shapes();
    private final Tunnels tunnels = new Tunnels();
    private final Map<Address, PointCounts> homes = new HashMap<>();
    private final Map<Address, PointCounts> entries = new HashMap<>();
    private final Map<Address, PointCounts> tunnelHomes = new HashMap<>();
    private final Map<Address, PointCounts> tunnelEntries = new HashMap<>();
    private final Map<Integer, Map<Address, PointCounts>> successors = new HashMap<>();
    private int steps;
    private boolean full;
    private final List<Set<Address>> passing = new ArrayList<>();
    private final List<Set<Address>> residents = new ArrayList<>();

    /// Those of the residents that were seen to speak to somebody, not to all: a flooded frame comes to many points.
    private final List<Set<Address>> speakers = new ArrayList<>();

    /// By point, the destinations of packets that came from other points and went no further.
    private final List<Set<Address>> receivers = new ArrayList<>();

    private volatile @Nullable BitSet transits;
    private final Map<Integer, CapturePoint> points = new TreeMap<>();
    private final Map<String, PointCounts> doorways = new HashMap<>();
    private final BitSet tunnelPoints = new BitSet();
    private final BitSet beforeTranslation = new BitSet();
    private final BitSet afterTranslation = new BitSet();

    /// Knows nothing yet.
    public Topology() {}

    /// The first pass over a flow: in which order its packets passed their points.
    public void learnOrder(Flow flow) {
        flow.forward().routes().forEach(route -> learnOrder(route.example()));
        flow.reverse().routes().forEach(route -> learnOrder(route.example()));
    }

    /// The first pass over a packet that belongs to no flow.
    public void learnOrder(Journey journey) {
        if (journey.size() > 1 && !ordered.isFamiliar(journey)) {
            orientation.learn(journey.stages());
        }
    }

    /// The second pass over a flow: where its packets came from and went to.
    public void learnPlaces(Flow flow) {
        flow.forward().routes().forEach(this::learnPlaces);
        flow.reverse().routes().forEach(this::learnPlaces);
        flow.forward().routes().forEach(route -> learnTranslation(route.example()));
    }

    /// Where a destination that is translated on the way is seen before, and where after.
    private void learnTranslation(Journey journey) {
        if (!isTranslated(journey)) {
            return;
        }
        journey.arrange(orientation::compare);
        Stage first = journey.first();
        for (Stage stage = first; stage != null; stage = stage.next()) {
            (stage.sameDestination(first) ? beforeTranslation : afterTranslation)
                    .set(stage.point().id());
        }
    }

    private static boolean isTranslated(Journey journey) {
        Stage first = journey.first();
        for (Stage stage = first.next(); stage != null; stage = stage.next()) {
            if (!stage.sameDestination(first)) {
                return true;
            }
        }
        return false;
    }

    /// The logarithm of its packets is the weight: one busy flow shall not outvote all others.
    private void learnPlaces(Route route) {
        if (!route.isMerged()) {
            learnPlaces(route.example(), Long.SIZE - Long.numberOfLeadingZeros(route.packets()));
        }
    }

    /// The second pass over a packet that belongs to no flow.
    public void learnPlaces(Journey journey) {
        learnPlaces(journey, 1);
    }

    private void learnPlaces(Journey journey, long weight) {
        if (!placed.isFamiliar(journey)) {
            journey.arrange(orientation::compare);
            learnPlaces(journey.stages(), weight);
        }
    }

    private void learnPlaces(List<Stage> ordered, long weight) {
        transits = null;
        Stage first = ordered.getFirst();
        boolean flooded = MacAddress.isGroup(first.destinationMac());
        tunnels.learn(ordered, weight);
        count(homes, first.sourceAddress(), first.point(), weight);
        addAt(residents, first.point(), first.sourceAddress());
        if (!flooded) {
            addAt(speakers, first.point(), first.sourceAddress());
        }
        if (ordered.size() > 1 && !flooded) {
            addAt(receivers, ordered.getLast().point(), ordered.getLast().destinationAddress());
        }
        String node = "";
        Encapsulation tunnel = null;
        for (int i = 0; i < ordered.size(); i++) {
            Stage stage = ordered.get(i);
            points.put(stage.point().id(), stage.point());
            if (!stage.point().node().equals(node)) {
                node = stage.point().node();
                count(entries, stage.sourceAddress(), stage.point(), weight);
                if (i > 0 || hasBeenRouted(stage)) {
                    doorway(stage.point(), weight);
                }
                if (i > 0) {
                    doorway(ordered.get(i - 1).point(), weight);
                }
            }
            if (stage.outer() != null) {
                learnTunnel(stage, tunnel, weight);
                tunnel = stage.outer();
                tunnelPoints.set(stage.point().id());
            }
            if (i + 1 < ordered.size() && !flooded) {
                learnStep(stage, ordered.get(i + 1), weight);
            }
            if (i > 0 && i + 1 < ordered.size() && !flooded) {
                addAt(passing, stage.point(), stage.destinationAddress());
            }
        }
    }

    /// Packets come in from other nodes here, or go out to them.
    private void doorway(CapturePoint point, long weight) {
        doorways.computeIfAbsent(point.node(), node -> new PointCounts()).add(point, weight);
    }

    /// Hosts send with one of few times to live; any other has been counted down by a router on the way.
    private static boolean hasBeenRouted(Stage stage) {
        int ttl = stage.timeToLive();
        return stage.isIp() && ttl > 1 && ttl != 32 && ttl != 64 && ttl != 128 && ttl != 255;
    }

    private void addAt(List<Set<Address>> sets, CapturePoint point, Address address) {
        while (sets.size() <= point.id()) {
            sets.add(new HashSet<>());
        }
        Set<Address> here = sets.get(point.id());
        if (here.size() < MAX_ADDRESSES) {
            here.add(address);
        } else {
            full |= !here.contains(address);
        }
    }

    private void learnTunnel(Stage stage, @Nullable Encapsulation before, long weight) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        if (!tunnel.equals(before)) {
            count(tunnelHomes, tunnel.source(), stage.point(), weight);
        }
        count(tunnelEntries, tunnel.source(), stage.point(), weight);
    }

    private void learnStep(Stage from, Stage to, long weight) {
        Map<Address, PointCounts> here = successors.computeIfAbsent(from.point().id(), point -> new HashMap<>());
        Address destination = from.destinationAddress();
        PointCounts counts = here.get(destination);
        if (counts == null && steps < MAX_ADDRESSES) {
            counts = new PointCounts();
            here.put(destination, counts);
            steps++;
        }
        if (counts != null) {
            counts.add(to.point(), weight);
        }
        full |= counts == null;
    }

    private void count(Map<Address, PointCounts> map, Address address, CapturePoint point, long weight) {
        PointCounts counts = map.get(address);
        if (counts == null && map.size() < MAX_ADDRESSES) {
            counts = new PointCounts();
            map.put(address, counts);
        }
        if (counts != null) {
            counts.add(point, weight);
        }
        full |= counts == null;
    }

    /// Which bounds were hit, in sentences; empty when none.
    public List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (full) {
            limits.add("more than " + MAX_ADDRESSES + " addresses: where some of them live was not learnt");
        }
        if (orientation.isFull()) {
            limits.add(
                    "more addresses than the order of capture points can be learnt for; equal times may be misjudged");
        }
        if (tunnels.isFull()) {
            limits.add("more tunnels than are remembered; those seen first were judged");
        }
        return limits;
    }

    /// The path of a journey: its stages in order, segments of one large send shown once, copies that a bridge
    /// flooded to other interfaces left out.
    ///
    /// @param reply whether the packet is a responder's
    public Path path(Journey journey, boolean reply) {
        journey.arrange(orientation::compare);
        return new Path(branches.main(journey), reply);
    }

    /// Some packets were seen at other points both before and after this one, on their way to somewhere else: a copy
    /// that a bridge makes of what has arrived does not count.
    public boolean isTransit(CapturePoint point) {
        BitSet known = transits;
        if (known == null) {
            known = findTransits();
            transits = known;
        }
        return known.get(point.id());
    }

    private BitSet findTransits() {
        BitSet found = new BitSet();
        for (int id = 0; id < passing.size(); id++) {
            found.set(id, !(id < residents.size() ? residents.get(id) : Set.of()).containsAll(passing.get(id)));
        }
        return found;
    }

    /// Packets whose destination was translated were seen here with the new one only.
    public boolean isPastTranslation(CapturePoint point) {
        return afterTranslation.get(point.id()) && !beforeTranslation.get(point.id());
    }

    /// Who encapsulates to whom.
    public Tunnels tunnels() {
        return tunnels;
    }

    /// Whether all packets from `address` begin on the node of `home`: else it is somewhere behind several nodes.
    boolean startsOnlyAt(Address address, CapturePoint home) {
        PointCounts counts = homes.get(address);
        return counts != null
                && counts.most(point -> !point.node().equals(home.node())).isEmpty();
    }

    /// The point with that [CapturePoint#id], once a path has passed it.
    Optional<CapturePoint> point(int id) {
        return Optional.ofNullable(points.get(id));
    }

    /// How often packets came in from elsewhere, or went out, at each point of `node`.
    PointCounts doorways(String node) {
        return doorways.getOrDefault(node, new PointCounts());
    }

    /// Whether tunnelled packets were seen there: on the wire, that is.
    boolean carriesTunnels(int point) {
        return tunnelPoints.get(point);
    }

    /// Names for each address where its packets are first seen on `node`.
    void forEachEntry(String node, BiConsumer<Address, CapturePoint> visitor) {
        entries.forEach((address, counts) ->
                counts.most(point -> point.node().equals(node)).ifPresent(point -> visitor.accept(address, point)));
    }

    /// Where packets from `address` are first seen.
    public Optional<CapturePoint> home(Address address) {
        PointCounts counts = homes.get(address);
        return counts == null ? Optional.empty() : counts.most(point -> !isHomeOfOthers(point, address));
    }

    /// Packets end there that are for others, and none for `address`, whose own interface was not captured: they are
    /// first seen where they arrive.
    private boolean isHomeOfOthers(CapturePoint point, Address address) {
        Set<Address> here = point.id() < receivers.size() ? receivers.get(point.id()) : Set.of();
        return !here.isEmpty() && !here.contains(address) && !isTransit(point);
    }

    /// Where packets from `address` are first seen on `node`.
    public Optional<CapturePoint> entry(String node, Address address) {
        return most(entries, address, node);
    }

    /// Where packets that the VTEP `address` encapsulated are first seen.
    public Optional<CapturePoint> tunnelHome(Address address) {
        return most(tunnelHomes, address, "");
    }

    /// Where packets that the VTEP `address` encapsulated are first seen on `node`.
    public Optional<CapturePoint> tunnelEntry(String node, Address address) {
        return most(tunnelEntries, address, node);
    }

    private static Optional<CapturePoint> most(Map<Address, PointCounts> map, Address address, String node) {
        PointCounts counts = map.get(address);
        return counts == null
                ? Optional.empty()
                : counts.most(point -> node.isEmpty() || point.node().equals(node));
    }

    /// The address at which `node` encapsulates and decapsulates, when packets have shown it.
    public Optional<Address> tunnelEnd(String node) {
        return orientation.tunnelEnd(node);
    }

    /// Where packets to `destination` were seen next after `point`.
    public Optional<CapturePoint> next(CapturePoint point, Address destination) {
        PointCounts counts = successorsOf(point).get(destination);
        return counts == null ? Optional.empty() : counts.most(other -> other.id() != point.id());
    }

    /// The addresses whose packets are first seen at `point`.
    public Set<Address> residents(CapturePoint point) {
        return point.id() < residents.size() ? residents.get(point.id()) : Set.of();
    }

    /// Those of [#residents] that spoke to somebody, not to all.
    public Set<Address> speakers(CapturePoint point) {
        return point.id() < speakers.size() ? speakers.get(point.id()) : Set.of();
    }

    /// Whether packets from `address` are first seen at `point`.
    boolean isResident(Address address, CapturePoint point) {
        return residents(point).contains(address);
    }

    /// The points next after `point` for packets to whatever destination `wanted` accepts.
    public Optional<CapturePoint> nextOf(CapturePoint point, Predicate<Address> wanted) {
        PointCounts counts = new PointCounts();
        successorsOf(point).forEach((destination, next) -> {
            if (wanted.test(destination)) {
                next.most(other -> other.id() != point.id()).ifPresent(other -> counts.add(other, next.of(other)));
            }
        });
        return counts.most(other -> true);
    }

    private Map<Address, PointCounts> successorsOf(CapturePoint point) {
        return successors.getOrDefault(point.id(), Map.of());
    }
}
