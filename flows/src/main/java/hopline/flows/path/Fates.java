package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Drop;
import hopline.decode.stage.Stage;
import hopline.flows.Route;
import hopline.flows.event.Denial;
import hopline.flows.event.EventLog;
import hopline.flows.state.Pod;
import java.util.Optional;

/// Tells how paths ended: at their destination's home, beyond what was captured, or lost on the way.
public final class Fates {

    private final Whereabouts whereabouts;
    private final Topology topology;
    private final EventLog events;
    private final Pieces pieces;
    private final SwitchPath switchPath;

    /// Tells whether datagrams go on in pieces.
    @FunctionalInterface
    public interface Pieces {

        /// Whether one as long as `octets` goes on in pieces from where `stage` shows it whole, and passes `next` so.
        boolean pass(Stage stage, int octets, CapturePoint next);
    }

    /// Judges by what `whereabouts` knows, by what the systems say in `events`, and by what was seen in `pieces`.
    public Fates(Whereabouts whereabouts, EventLog events, Pieces pieces) {
        this.whereabouts = whereabouts;
        this.events = events;
        this.pieces = pieces;
        this.topology = whereabouts.topology();
        this.switchPath = new SwitchPath(topology);
    }

    /// How the packets of `route`, whose path is `path`, ended.
    public Fate of(Route route, Path path) {
        if (route.isMerged()) {
            return new Fate.Merged();
        }
        Stage last = path.last();
        if (last.drop() != null && !arrives(path)) {
            return new Fate.Dropped(last.point(), last.drop());
        }
        Optional<Denial> denial = events.denial(last, route.firstNanos(), route.lastNanos());
        if (denial.isPresent() && !arrives(path)) {
            return new Fate.Dropped(
                    last.point(), new Drop(denial.get().reason(), denial.get().place()));
        }
        Address destination = last.destinationAddress();
        if (destination.isMulticast()) {
            return new Fate.Delivered();
        }
        if (isHome(destination, last.point()) && !isBeyond(last)) {
            return isOverheard(route, path)
                    ? new Fate.Overheard()
                    : showsArrival(path, destination) ? new Fate.Delivered() : new Fate.Passed();
        }
        Fate fate = whereabouts
                .owner(destination, last.epochNanos())
                .map(owner -> ofClusterAddress(owner, destination, last))
                .orElseGet(() -> ofForeignAddress(destination, last));
        return fate instanceof Fate.Lost lost ? ofLoss(lost, route, last) : fate;
    }

    /// Some copy came to where the destination lives; that another was dropped does not matter.
    private boolean arrives(Path path) {
        return path.first(stage -> stage.drop() == null && topology.isAtHome(stage))
                .isPresent();
    }

    /// What seems lost may have gone on in pieces, or passed while nobody captured.
    private Fate ofLoss(Fate.Lost lost, Route route, Stage last) {
        if (lost.nextExpected()
                .filter(next -> pieces.pass(last, route.shortest(), next))
                .isPresent()) {
            return new Fate.Divided();
        }
        String there = lost.nextExpected()
                .map(CapturePoint::node)
                .orElse(lost.lastSeen().node());
        if (covers(lost.lastSeen().node(), route) && covers(there, route)) {
            return lost;
        }
        return lost.betweenNodes() ? new Fate.Left() : new Fate.Unknown();
    }

    private boolean covers(String node, Route route) {
        return whereabouts.coverage().covers(node, route.firstNanos(), route.lastNanos());
    }

    /// An address may have moved, from one pod's interface to another's: past those nothing goes, so any will do.
    private boolean isHome(Address address, CapturePoint point) {
        return topology.home(address).filter(home -> home.id() == point.id()).isPresent()
                || (!topology.isTransit(point) && topology.isResident(address, point));
    }

    /// Packets from elsewhere are first seen where they come in, which is not where their senders live.
    private boolean isBeyond(Stage last) {
        return !whereabouts.cluster().isEmpty() && whereabouts.isAtUplink(last) && !livesOnNodeOf(last);
    }

    private Fate ofClusterAddress(String owner, Address destination, Stage last) {
        if (owner.equals(last.point().node())) {
            return ofLocalAddress(destination, last);
        }
        return whereabouts.isAtUplink(last)
                ? reachedOrNot(owner, destination, last, true)
                : ofDeparture(owner, destination, last);
    }

    /// The packet is not at an uplink of its node: whether it should have been seen there, or further, is another
    /// question where only some of a node's interfaces were captured.
    private Fate ofDeparture(String owner, Address destination, Stage last) {
        Optional<CapturePoint> next = nextHere(last, destination);
        if (next.isPresent()) {
            return lost(last, next, false);
        }
        return reachedOrNot(owner, destination, last, false);
    }

    /// The packet is on the node it is meant for.
    private Fate ofLocalAddress(Address destination, Stage last) {
        if (whereabouts.cluster().isNodeAddress(destination)) {
            return new Fate.Delivered(); // a node's own stack takes it in at whichever interface it comes by
        }
        Optional<CapturePoint> home = topology.home(destination).filter(point -> isOn(point, last));
        if (home.isPresent()) {
            return lost(last, topology.next(last.point(), destination).or(() -> home), false);
        }
        boolean passedOn =
                topology.isTransit(last.point()) || whereabouts.isAtUplink(last) || isOthersHome(destination, last);
        return passedOn ? lost(last, nextHere(last, destination), false) : new Fate.Delivered();
    }

    /// Somebody else lives there: a pod has other addresses besides, a link-local one among them.
    private boolean isOthersHome(Address destination, Stage last) {
        return topology.residents(last.point()).stream()
                .anyMatch(address -> !address.isUnspecified()
                        && !address.isLinkLocal()
                        && !isOfSamePod(address, destination, last.epochNanos()));
    }

    private boolean isOfSamePod(Address address, Address destination, long epochNanos) {
        Optional<Pod> pod = whereabouts.cluster().pod(address, epochNanos);
        return pod.isPresent() && pod.equals(whereabouts.cluster().pod(destination, epochNanos));
    }

    private static boolean isOn(CapturePoint point, Stage stage) {
        return point.node().equals(stage.point().node());
    }

    /// The packet was on its way to `owner`, and was not seen there.
    private Fate reachedOrNot(String owner, Address destination, Stage last, boolean hasLeft) {
        Optional<CapturePoint> arrival = arrival(owner, destination, last);
        if (arrival.isPresent()) {
            return lost(last, arrival, hasLeft);
        }
        return hasLeft ? new Fate.Left() : new Fate.Unknown();
    }

    /// Where packets to `destination` from the last stage's node are first seen on `owner`, if its capture would show
    /// them.
    private Optional<CapturePoint> arrival(String owner, Address destination, Stage last) {
        return Optional.ofNullable(last.outer())
                .flatMap(tunnel -> topology.tunnelEntry(owner, tunnel.source()))
                .or(() -> topology.entry(owner, last.sourceAddress()).filter(whereabouts::isUplink))
                .or(() -> whereabouts.uplink(owner))
                .or(() -> topology.home(destination).filter(home -> home.node().equals(owner)));
    }

    /// One interface alone shows both ends of a conversation, and lets nobody tell which of them is near, unless the
    /// lists do; so does an uplink when those behind it were captured nowhere else.
    private boolean showsArrival(Path path, Address destination) {
        Stage last = path.last();
        if (path.first().samePoint(last) && !livesOnNodeOf(last)) {
            return false;
        }
        return whereabouts.cluster().isEmpty()
                || whereabouts.cluster().isNodeAddress(destination)
                || !whereabouts.isAtUplink(last);
    }

    /// Both ends live behind a point that others pass, too. Of what went by it there would be more.
    private boolean isOverheard(Route route, Path path) {
        Stage last = path.last();
        return route.packets() == 1
                && path.first().samePoint(last)
                && isHome(path.first().sourceAddress(), last.point())
                && (topology.isBridge(last.point())
                        || topology.isShared(last.point(), path.first().sourceAddress(), last.destinationAddress()));
    }

    /// By the lists, its destination is on the node where it was seen.
    private boolean livesOnNodeOf(Stage stage) {
        return whereabouts
                .owner(stage.destinationAddress(), stage.epochNanos())
                .filter(stage.point().node()::equals)
                .isPresent();
    }

    /// The destination is none of the cluster's, or there are no lists.
    private Fate ofForeignAddress(Address destination, Stage last) {
        String node = last.point().node();
        Optional<CapturePoint> home = topology.home(destination);
        Optional<CapturePoint> entry = topology.entry(node, destination);
        boolean atEntry = entry.filter(point -> point.id() == last.point().id()).isPresent();
        boolean atUplink = whereabouts.isAtUplink(last);
        if (home.isPresent() && !isOn(home.get(), last) && livesIn(destination, home.get())) {
            return atEntry || atUplink
                    ? reachedOrNot(home.get().node(), destination, last, true)
                    : lost(last, topology.next(last.point(), destination), false);
        }
        if (atEntry || atUplink) {
            return new Fate.Left();
        }
        if (entry.filter(whereabouts::isUplink).isPresent()) {
            return lost(last, topology.next(last.point(), destination).or(() -> entry), false);
        }
        boolean passesOn = whereabouts.uplink(node).isPresent() && topology.isTransit(last.point());
        return passesOn || switchPath.next(last).isPresent()
                ? lost(last, nextHere(last, destination), false)
                : new Fate.Unknown();
    }

    /// Its packets begin inside that node, and nowhere else: they do not come in by an uplink.
    private boolean livesIn(Address address, CapturePoint home) {
        return whereabouts.cluster().isEmpty() && !whereabouts.isUplink(home) && topology.startsOnlyAt(address, home);
    }

    /// The point that packets to this destination pass next, else packets to others of its kind.
    private Optional<CapturePoint> nextHere(Stage last, Address destination) {
        Optional<String> owner = whereabouts.owner(destination, last.epochNanos());
        return topology.next(last.point(), destination)
                .or(() -> whereabouts.next(last.point(), owner))
                .filter(next -> !isHomeOfOthersOnly(next, destination))
                .or(() -> switchPath.next(last))
                .or(() -> owner.filter(last.point().node()::equals).isPresent()
                        ? Optional.empty()
                        : whereabouts.uplink(last.point().node()));
    }

    private boolean isHomeOfOthersOnly(CapturePoint point, Address destination) {
        return !topology.isTransit(point)
                && !whereabouts.isUplink(point)
                && topology.hasResidents(point)
                && !topology.isResident(destination, point);
    }

    private static Fate lost(Stage last, Optional<CapturePoint> next, boolean betweenNodes) {
        return new Fate.Lost(last.point(), next, betweenNodes);
    }
}
