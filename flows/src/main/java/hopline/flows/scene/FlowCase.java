package hopline.flows.scene;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.header.IcmpHeader;
import hopline.decode.stage.Stage;
import hopline.flows.CommunityId;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.TcpConnection;
import hopline.flows.path.Fate;
import hopline.flows.path.Fates;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.path.Topology;
import hopline.flows.path.Whereabouts;
import hopline.flows.state.Cluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One flow with all that is known of it: its packets' paths and fates, and who its ends are.
///
/// @param forward the initiator's packets, by route
/// @param reverse the responder's packets, by route
/// @param initiator who spoke first
/// @param target what it asked for: a service's address, or the responder itself
/// @param responder who got it in the end, after all translations
public record FlowCase(
        Flow flow,
        List<Passage> forward,
        List<Passage> reverse,
        Party initiator,
        Party target,
        Party responder,
        Category category) {

    /// Longer paths show more; of two equally long the one more packets took.
    private static final Comparator<Passage> TELLING = FlowCase::byWhatItTells;

    public FlowCase {
        forward = List.copyOf(forward);
        reverse = List.copyOf(reverse);
    }

    private static int byWhatItTells(Passage a, Passage b) {
        int order = Integer.compare(shownBy(a), shownBy(b));
        return order != 0 ? order : Long.compare(a.route().packets(), b.route().packets());
    }

    private static int shownBy(Passage passage) {
        return passage.route().isMerged() ? 0 : passage.path().size();
    }

    /// Looks at `flow` in the light of what is known of the network.
    public static FlowCase of(Flow flow, Whereabouts whereabouts, Fates fates) {
        List<Path> ways = paths(flow.forward().routes(), false, whereabouts.topology());
        List<Path> waysBack = paths(flow.reverse().routes(), true, whereabouts.topology());
        List<Passage> forward = passages(flow.forward().routes(), ways, waysBack, fates);
        List<Passage> reverse = passages(flow.reverse().routes(), waysBack, ways, fates);
        Path there = telling(forward).map(Passage::path).orElse(null);
        Path back = telling(reverse).map(Passage::path).orElse(null);
        Parties parties = new Parties(flow, whereabouts.cluster());
        Party initiator =
                parties.of(there != null ? there.first().source() : last(back).destination());
        Party target = parties.of(
                there != null ? there.first().destination() : last(back).source());
        if (target.service().isEmpty() && back != null) { // captured only where questions are translated already
            Party answering = parties.of(back.last().source());
            target = answering.service().isPresent() ? answering : target;
        }
        Party responder = parties.of(responder(there, back));
        Category category =
                Category.of(initiator, target, !whereabouts.cluster().isEmpty());
        return new FlowCase(flow, forward, reverse, initiator, target, responder, category);
    }

    private static Stage last(@Nullable Path path) {
        return Objects.requireNonNull(path, "a flow without packets").last();
    }

    /// Who answers says it best; the last to be asked where it shows more.
    private static Endpoint responder(@Nullable Path there, @Nullable Path back) {
        boolean meets = there != null && (back == null || there.last().samePoint(back.first()));
        return there != null && (meets || back == null)
                ? there.last().destination()
                : Objects.requireNonNull(back).first().source();
    }

    /// Most directions have one route: a list of one is made in one go.
    private static List<Path> paths(List<Route> routes, boolean reply, Topology topology) {
        if (routes.size() == 1) {
            return List.of(topology.path(routes.getFirst().example(), reply));
        }
        List<Path> paths = new ArrayList<>(routes.size());
        for (int i = 0; i < routes.size(); i++) {
            paths.add(topology.path(routes.get(i).example(), reply));
        }
        return paths;
    }

    private static List<Passage> passages(List<Route> routes, List<Path> paths, List<Path> opposite, Fates fates) {
        if (routes.size() == 1) {
            return List.of(passage(routes.getFirst(), paths.getFirst(), opposite, fates));
        }
        List<Passage> passages = new ArrayList<>(routes.size());
        for (int i = 0; i < routes.size(); i++) {
            passages.add(passage(routes.get(i), paths.get(i), opposite, fates));
        }
        return passages;
    }

    private static Passage passage(Route route, Path path, List<Path> opposite, Fates fates) {
        Fate fate = turnsRound(path, opposite) ? new Fate.Delivered() : fates.of(route, path);
        return new Passage(route, path, fate);
    }

    /// Where one side's packets end, the other side's begin: it lives behind that point, whatever else is known.
    private static boolean turnsRound(Path path, List<Path> opposite) {
        Stage last = path.last();
        for (int i = 0; i < opposite.size(); i++) {
            Path other = opposite.get(i);
            if (other.first().samePoint(last) && other.first().isFromDestinationOf(last)) {
                return true;
            }
        }
        return false;
    }

    /// Who endpoints are at the time of one flow.
    private record Parties(Flow flow, Cluster cluster) {

        private Party of(Endpoint endpoint) {
            return Party.of(endpoint, flow.protocol(), flow.startNanos(), cluster);
        }
    }

    private static Optional<Passage> telling(List<Passage> passages) {
        Passage most = null;
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            if (most == null || TELLING.compare(passage, most) > 0) {
                most = passage;
            }
        }
        return Optional.ofNullable(most);
    }

    /// The name that other tools give the flow, too: of the addresses as the initiator used them.
    public String communityId() {
        int protocol = flow.protocol();
        boolean icmp = protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
        return CommunityId.of(
                protocol,
                initiator.endpoint().address(),
                icmp ? icmpType() : Math.max(initiator.endpoint().port(), 0),
                target.endpoint().address(),
                icmp ? 0 : Math.max(target.endpoint().port(), 0));
    }

    /// The type of the initiator's ICMP messages; that of an echo request where only answers were captured.
    public int icmpType() {
        int echo = flow.protocol() == IpProtocol.ICMP ? IcmpHeader.ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST;
        return mainForward().map(passage -> passage.path().first().flags()).orElse(echo);
    }

    /// The packets of one side, by route: the initiator's, or else the responder's.
    public List<Passage> passages(boolean isForward) {
        return isForward ? forward : reverse;
    }

    /// What `look` sees in the first passage in which it sees something, the initiator's passages first.
    public <T> Optional<T> first(Function<Passage, Optional<T>> look) {
        Optional<T> seen = first(forward, look);
        return seen.isPresent() ? seen : first(reverse, look);
    }

    /// What `look` sees in the first of the initiator's passages in which it sees something.
    public <T> Optional<T> firstForward(Function<Passage, Optional<T>> look) {
        return first(forward, look);
    }

    private static <T> Optional<T> first(List<Passage> passages, Function<Passage, Optional<T>> look) {
        for (int i = 0; i < passages.size(); i++) {
            Optional<T> seen = look.apply(passages.get(i));
            if (seen.isPresent()) {
                return seen;
            }
        }
        return Optional.empty();
    }

    /// Why the system dropped some of its packets, in the system's words; empty when it says of none.
    public Optional<String> dropReason() {
        return first(passage -> passage.fate() instanceof Fate.Dropped dropped
                ? Optional.of(dropped.drop().reason())
                : Optional.empty());
    }

    /// Some of its packets were lost.
    public boolean isLossy() {
        return hasLoss(forward) || hasLoss(reverse);
    }

    /// It works both ways, nothing of it was lost, sent again, refused or complained about: there is nothing to explain
    /// but what it asks DNS, though it may have gone astray.
    public boolean isUntroubled() {
        TcpConnection tcp = flow.tcp();
        return works()
                && isAnswered()
                && flow.icmpReports().isEmpty()
                && (tcp == null || isUntroubled(tcp))
                && !isLossy();
    }

    private static boolean isUntroubled(TcpConnection tcp) {
        return tcp.reset() == null
                && tcp.retransmissions() == 0
                && tcp.initiator().closedWindow() == null
                && tcp.responder().closedWindow() == null;
    }

    private static boolean isAnyFine(List<Passage> passages) {
        for (int i = 0; i < passages.size(); i++) {
            if (passages.get(i).isFine()) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLoss(List<Passage> passages) {
        for (int i = 0; i < passages.size(); i++) {
            if (passages.get(i).isLost()) {
                return true;
            }
        }
        return false;
    }

    /// The passage that shows most of the initiator's way.
    public Optional<Passage> mainForward() {
        return telling(forward);
    }

    /// The passage that shows most of the responder's way.
    public Optional<Passage> mainReverse() {
        return telling(reverse);
    }

    /// An answer was seen or, where only the initiator's packets were captured, is acknowledged by them.
    public boolean isAnswered() {
        TcpConnection tcp = flow.tcp();
        return flow.reverse().packets() > 0 || (tcp != null && tcp.isAnswerAcknowledged());
    }

    /// As many answers to pings as there were pings: whatever became of some on the way, all of them arrived.
    public boolean isEachPingAnswered() {
        boolean isIcmp = flow.protocol() == IpProtocol.ICMP || flow.protocol() == IpProtocol.ICMPV6;
        return isIcmp && flow.reverse().packets() >= flow.forward().packets();
    }

    /// All that was seen of it was seen by chance, see [Fate.Overheard]: that there is no answer proves nothing.
    public boolean isOverheard() {
        return reverse.isEmpty()
                && mainForward()
                        .filter(passage -> passage.fate() instanceof Fate.Overheard)
                        .isPresent();
    }

    /// The responder answered, and the initiator got it: for TCP the handshake completed.
    public boolean works() {
        return flow.tcp() == null
                ? isAnswered() && isAnyFine(reverse)
                : flow.tcp().isEstablished();
    }
}
