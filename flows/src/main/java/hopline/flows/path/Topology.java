package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.path.Place.Mark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the captures show of the network: at which point each address lives, and which point follows which.
///
/// Learnt in two passes over the flows: first the order of points, from times; then, with paths in order, the places.
/// Bounded in addresses; what was learnt first is kept. One thread teaches; while none does, any number may ask.
public final class Topology {

    /// Addresses whose places are remembered.
    private static final int MAX_ADDRESSES = 40_000;

    private final Orientation orientation = new Orientation();
    private final Comparator<Stage> inOrder = orientation::compare;
    private final Branches branches = new Branches(this);
    private final Shapes ordered = new Shapes();
    private final Shapes placed = new Shapes();
    private final Tunnels tunnels = new Tunnels();
    private final Places places = new Places(MAX_ADDRESSES);
    private final Map<Address, PointCounts> tunnelHomes = new HashMap<>();
    private final Map<Address, PointCounts> tunnelEntries = new HashMap<>();
    private int steps;
    private boolean full;

    /// By point, the addresses whose packets are first seen there.
    private final List<List<Address>> residents = new ArrayList<>();

    /// By point, the destinations with known next points.
    private final List<List<Place>> departures = new ArrayList<>();

    /// By point, how many addresses bear each mark there, and how many pass that do not live there.
    private final List<int[]> marked = new ArrayList<>();

    private static final int TRANSITS = Place.MARKS;

    private final Map<Integer, CapturePoint> points = new TreeMap<>();
    private final Map<String, PointCounts> doorways = new HashMap<>();
    private final BitSet bridges = new BitSet();
    private final BitSet tunnelPoints = new BitSet();
    private final BitSet beforeTranslation = new BitSet();
    private final BitSet afterTranslation = new BitSet();

    /// Knows nothing yet.
    public Topology() {}

    /// The first pass over a flow: in which order its packets passed their points.
    public void learnOrder(Flow flow) {
        learnOrder(flow.forward().routes());
        learnOrder(flow.reverse().routes());
    }

    private void learnOrder(List<Route> routes) {
        for (int i = 0; i < routes.size(); i++) {
            learnOrder(routes.get(i).example(), routes.get(i).shape());
        }
    }

    /// The first pass over a packet that belongs to no flow.
    public void learnOrder(Journey journey) {
        learnOrder(journey, Route.shape(journey));
    }

    private void learnOrder(Journey journey, long shape) {
        if (journey.size() > 1 && !ordered.isFamiliar(shape)) {
            orientation.learn(journey.stages());
        }
    }

    /// The second pass over a flow: where its packets came from and went to.
    public void learnPlaces(Flow flow) {
        learnPlaces(flow.forward().routes(), true);
        learnPlaces(flow.reverse().routes(), false);
    }

    private void learnPlaces(List<Route> routes, boolean areForward) {
        for (int i = 0; i < routes.size(); i++) {
            learnPlaces(routes.get(i), areForward);
        }
    }

    /// The logarithm of its packets is the weight: one busy flow shall not outvote all others.
    private void learnPlaces(Route route, boolean isForward) {
        if (placed.isFamiliar(route.shape())) {
            return;
        }
        Journey example = route.example();
        example.arrange(inOrder);
        if (!route.isMerged()) {
            learnPlaces(example.stages(), Long.SIZE - Long.numberOfLeadingZeros(route.packets()));
        }
        if (isForward && isTranslated(example)) {
            learnTranslation(example);
        }
    }

    /// The second pass over a packet that belongs to no flow.
    public void learnPlaces(Journey journey) {
        if (!placed.isFamiliar(Route.shape(journey))) {
            journey.arrange(inOrder);
            learnPlaces(journey.stages(), 1);
        }
    }

    /// Where a destination that is translated on the way is seen before, and where after.
    private void learnTranslation(Journey journey) {
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

    private void learnPlaces(List<Stage> ordered, long weight) {
        Stage first = ordered.getFirst();
        Stage last = ordered.getLast();
        boolean flooded = MacAddress.isGroup(first.destinationMac());
        tunnels.learn(ordered, weight);
        learnHome(first, flooded, weight);
        if (ordered.size() > 1 && !flooded) {
            mark(Mark.RECEIVER, destination(last), last.point());
        }
        String node = "";
        Encapsulation tunnel = null;
        for (int i = 0; i < ordered.size(); i++) {
            Stage stage = ordered.get(i);
            if (points.put(stage.point().id(), stage.point()) == null
                    && PointRole.of(stage.point()) == PointRole.BRIDGE) {
                bridges.set(stage.point().id());
            }
            if (!stage.point().node().equals(node)) {
                node = stage.point().node();
                learnEntry(stage, i == 0 ? null : ordered.get(i - 1), weight);
            }
            if (stage.outer() != null) {
                learnTunnel(stage, tunnel, weight);
                tunnel = stage.outer();
                tunnelPoints.set(stage.point().id());
            }
            if (i + 1 < ordered.size() && !flooded && !isRecordedTwice(stage, ordered.get(i + 1))) {
                Place destination = destination(stage);
                learnStep(stage, destination, ordered.get(i + 1), weight);
                if (!stage.samePoint(first) && !stage.samePoint(last)) {
                    mark(Mark.PASSING, destination, stage.point());
                }
            }
        }
    }

    /// Where one interface was captured twice: a packet that passes it again has been routed in between.
    private static boolean isRecordedTwice(Stage stage, Stage next) {
        return stage.samePoint(next)
                && stage.timeToLive() == next.timeToLive()
                && stage.sourceMac() == next.sourceMac()
                && Objects.equals(stage.outer(), next.outer())
                && stage.sameTuple(next);
    }

    private void learnHome(Stage first, boolean flooded, long weight) {
        Place source = source(first);
        if (source == null) {
            return;
        }
        source.homes.add(first.point(), weight);
        if (mark(Mark.RESIDENT, source, first.point())) {
            at(residents, first.point()).add(source.address());
        }
        if (!flooded) {
            mark(Mark.SPEAKER, source, first.point());
        }
    }

    /// The packet came to a node, from `before` or from where nobody captured.
    private void learnEntry(Stage stage, @Nullable Stage before, long weight) {
        Place source = source(stage);
        if (source != null) {
            source.entries.add(stage.point(), weight);
        }
        if (before != null || hasBeenRouted(stage)) {
            doorway(stage.point(), weight);
        }
        if (before != null) {
            doorway(before.point(), weight);
        }
    }

    private @Nullable Place source(Stage stage) {
        return places.of(stage.sourceHigh(), stage.sourceLow());
    }

    private @Nullable Place destination(Stage stage) {
        return places.of(stage.destinationHigh(), stage.destinationLow());
    }

    /// True when the mark is new.
    private boolean mark(Mark mark, @Nullable Place place, CapturePoint point) {
        if (place == null || !place.mark(mark, point)) {
            return false;
        }
        int[] counts = counts(point);
        counts[mark.number]++;
        if (mark == Mark.PASSING && !place.is(Mark.RESIDENT, point)) {
            counts[TRANSITS]++;
        } else if (mark == Mark.RESIDENT && place.is(Mark.PASSING, point)) {
            counts[TRANSITS]--;
        }
        return true;
    }

    private int[] counts(CapturePoint point) {
        while (marked.size() <= point.id()) {
            marked.add(new int[TRANSITS + 1]);
        }
        return marked.get(point.id());
    }

    private boolean isAny(Mark mark, CapturePoint point) {
        return point.id() < marked.size() && marked.get(point.id())[mark.number] > 0;
    }

    private boolean is(Mark mark, Address address, CapturePoint point) {
        Place place = places.find(address);
        return place != null && place.is(mark, point);
    }

    private static <T> List<T> at(List<List<T>> lists, CapturePoint point) {
        while (lists.size() <= point.id()) {
            lists.add(new ArrayList<>());
        }
        return lists.get(point.id());
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

    private void learnTunnel(Stage stage, @Nullable Encapsulation before, long weight) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        if (!tunnel.equals(before)) {
            count(tunnelHomes, tunnel.source(), stage.point(), weight);
        }
        count(tunnelEntries, tunnel.source(), stage.point(), weight);
    }

    private void learnStep(Stage from, @Nullable Place destination, Stage to, long weight) {
        if (destination == null) {
            return;
        }
        PointCounts counts = destination.next(from.point());
        if (counts == null && steps < MAX_ADDRESSES) {
            counts = destination.addNext(from.point());
            at(departures, from.point()).add(destination);
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
        if (full || places.isFull()) {
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
        journey.arrange(inOrder);
        return new Path(branches.main(journey), reply);
    }

    /// Some packets were seen at other points both before and after this one, on their way to somewhere else: a copy
    /// that a bridge makes of what has arrived does not count.
    public boolean isTransit(CapturePoint point) {
        return point.id() < marked.size() && marked.get(point.id())[TRANSITS] > 0;
    }

    /// Whether that point is called like a bridge.
    boolean isBridge(CapturePoint point) {
        return bridges.get(point.id());
    }

    /// Packets pass there that one of the two has nothing to do with, and such as the other has nothing to do with: it
    /// is neither's own interface.
    boolean isShared(CapturePoint point, Address one, Address other) {
        return orientation.isShared(point, one) && orientation.isShared(point, other);
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
        Place place = places.find(address);
        return place != null
                && !place.homes.isEmpty()
                && place.homes.most(point -> !point.node().equals(home.node())).isEmpty();
    }

    /// All points that paths have passed.
    Stream<CapturePoint> points() {
        return points.values().stream();
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
        places.forEach(place -> place.entries
                .most(point -> point.node().equals(node))
                .ifPresent(point -> visitor.accept(place.address(), point)));
    }

    /// Where packets from `address` are first seen.
    public Optional<CapturePoint> home(Address address) {
        Place place = places.find(address);
        return place == null ? Optional.empty() : place.homes.most(point -> !isHomeOfOthers(point, place));
    }

    /// Packets end there that are for others, and none for this address, whose own interface was not captured: they
    /// are first seen where they arrive.
    private boolean isHomeOfOthers(CapturePoint point, Place place) {
        return isAny(Mark.RECEIVER, point) && !place.is(Mark.RECEIVER, point) && !isTransit(point);
    }

    /// Where packets from `address` are first seen on `node`.
    public Optional<CapturePoint> entry(String node, Address address) {
        Place place = places.find(address);
        return place == null
                ? Optional.empty()
                : place.entries.most(point -> point.node().equals(node));
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
        Place place = places.find(destination);
        return place == null ? Optional.empty() : place.mostNext(point);
    }

    /// The addresses whose packets are first seen at `point`.
    public List<Address> residents(CapturePoint point) {
        return point.id() < residents.size() ? Collections.unmodifiableList(residents.get(point.id())) : List.of();
    }

    /// Whether packets from some address are first seen there.
    boolean hasResidents(CapturePoint point) {
        return isAny(Mark.RESIDENT, point);
    }

    /// Whether packets from `address` are first seen at `point`.
    public boolean isResident(Address address, CapturePoint point) {
        return is(Mark.RESIDENT, address, point);
    }

    /// Whether packets to the destination of `stage` begin where it was seen.
    boolean isAtHome(Stage stage) {
        Place place = places.find(stage.destinationHigh(), stage.destinationLow());
        return place != null && place.is(Mark.RESIDENT, stage.point());
    }

    /// Somebody who lives there spoke to somebody, not to all.
    public boolean hasSpeakers(CapturePoint point) {
        return isAny(Mark.SPEAKER, point);
    }

    /// The address lives there, and spoke to somebody, not to all.
    public boolean isSpeaker(Address address, CapturePoint point) {
        return is(Mark.SPEAKER, address, point);
    }

    /// Where packets mostly go next after `point`, by the kind of their destinations.
    <K> Map<K, CapturePoint> nextByKind(CapturePoint point, Function<Address, K> kind) {
        Map<K, PointCounts> counts = new HashMap<>();
        for (Place place : point.id() < departures.size() ? departures.get(point.id()) : List.<Place>of()) {
            Optional<CapturePoint> next = place.mostNext(point);
            if (next.isPresent()) {
                long times = Objects.requireNonNull(place.next(point)).of(next.get());
                counts.computeIfAbsent(kind.apply(place.address()), k -> new PointCounts())
                        .add(next.get(), times);
            }
        }
        Map<K, CapturePoint> most = new HashMap<>();
        counts.forEach((k, next) -> next.most(other -> true).ifPresent(other -> most.put(k, other)));
        return most;
    }
}
