package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.path.Fates;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.path.Whereabouts;
import hopline.flows.state.Cluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    private static final Comparator<Passage> TELLING = Comparator.<Passage>comparingInt(
                    passage -> passage.route().isMerged() ? 0 : passage.path().size())
            .thenComparingLong(passage -> passage.route().packets());

    public FlowCase {
        forward = List.copyOf(forward);
        reverse = List.copyOf(reverse);
    }

    /// Looks at `flow` in the light of what is known of the network.
    public static FlowCase of(Flow flow, Whereabouts whereabouts, Fates fates) {
        List<Passage> forward = passages(flow.forward().routes(), false, whereabouts, fates);
        List<Passage> reverse = passages(flow.reverse().routes(), true, whereabouts, fates);
        Optional<Path> there = telling(forward).map(Passage::path);
        Optional<Path> back = telling(reverse).map(Passage::path);
        long nanos = flow.startNanos();
        Cluster cluster = whereabouts.cluster();
        int protocol = flow.protocol();
        Party initiator = party(
                there.map(path -> path.first().source())
                        .or(() -> back.map(path -> path.last().destination()))
                        .orElseThrow(),
                protocol,
                nanos,
                cluster);
        Party target = party(asked(there, back), protocol, nanos, cluster);
        if (target.service().isEmpty() && back.isPresent()) { // captured only where questions are translated already
            Party answering = party(back.get().last().source(), protocol, nanos, cluster);
            target = answering.service().isPresent() ? answering : target;
        }
        Party responder = party(
                there.filter(path -> back.isEmpty() || path.last().point().id() == back.get().first().point().id())
                        .map(path -> path.last().destination())
                        .or(() -> back.map(path -> path.first().source()))
                        .or(() -> there.map(path -> path.last().destination()))
                        .orElseThrow(),
                protocol,
                nanos,
                cluster);
        Category category = Category.of(initiator, target, !cluster.isEmpty());
        return new FlowCase(flow, forward, reverse, initiator, target, responder, category);
    }

    private static Endpoint asked(Optional<Path> there, Optional<Path> back) {
        return there.map(path -> path.first().destination())
                .or(() -> back.map(path -> path.last().source()))
                .orElseThrow();
    }

    private static List<Passage> passages(
            List<Route> routes, boolean reply, Whereabouts whereabouts, Fates fates) {
        List<Passage> passages = new ArrayList<>(routes.size());
        for (Route route : routes) {
            Path path = whereabouts.topology().path(route.example(), reply);
            passages.add(new Passage(route, path, fates.of(route, path)));
        }
        return passages;
    }

    private static Party party(Endpoint endpoint, int protocol, long nanos, Cluster cluster) {
        return new Party(
                endpoint,
                cluster.pod(endpoint.address(), nanos),
                endpoint.hasPort()
                        ? cluster.service(endpoint.address(), endpoint.port(), protocol, nanos)
                        : Optional.empty(),
                cluster.nodeOwning(endpoint.address(), nanos),
                cluster.isNodeAddress(endpoint.address()));
    }

    private static Optional<Passage> telling(List<Passage> passages) {
        return passages.stream().max(TELLING);
    }

    public List<Passage> passages(boolean isForward) {
        return isForward ? forward : reverse;
    }

    /// The passage that shows most of the initiator's way.
    public Optional<Passage> mainForward() {
        return telling(forward);
    }

    /// The passage that shows most of the responder's way.
    public Optional<Passage> mainReverse() {
        return telling(reverse);
    }

    public boolean isAnswered() {
        return flow.reverse().packets() > 0;
    }

    /// The responder answered, and the initiator got it: for TCP the handshake completed.
    public boolean works() {
        return flow.tcp() == null
                ? isAnswered() && reverse.stream().anyMatch(Passage::isFine)
                : flow.tcp().isEstablished();
    }

    /// Any stage, of either direction, of which `wanted` is true.
    public Optional<Stage> anyStage(Predicate<Stage> wanted) {
        return Stream.concat(forward.stream(), reverse.stream())
                .flatMap(passage -> passage.path().first(wanted).stream())
                .findFirst();
    }

    /// `app/client → shop/web`, for titles.
    public String ends() {
        return initiator.name() + " → " + target.name();
    }
}
