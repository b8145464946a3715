package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Path;
import hopline.flows.path.Topology;
import hopline.flows.path.Whereabouts;
import hopline.flows.scene.Resolutions.Resolution;
import java.util.List;
import java.util.Optional;

/// A question for a link-layer address that nobody answered, where an answer would have been seen.
///
/// @param path of the first question
public record Unresolved(Resolution resolution, Path path) {

    /// An answer that is to come comes before hosts ask again, which is after about a second.
    private static final long MIN_WAIT_NANOS = 500_000_000;

    private static final int MIN_REQUESTS = 2;

    /// All there are, in the order they were first asked.
    static List<Unresolved> of(Resolutions resolutions, Whereabouts whereabouts) {
        return resolutions.all().stream()
                .filter(resolution -> !resolution.isAnswered()
                        && resolution.requests() >= MIN_REQUESTS
                        && !resolutions.isAnnounced(resolution.target()))
                .flatMap(resolution -> Optional.ofNullable(resolution.firstRequest()).stream()
                        .map(question -> new Unresolved(
                                resolution, whereabouts.topology().path(question, false))))
                .filter(unresolved -> unresolved.isTelling(whereabouts))
                .toList();
    }

    /// Whether an answer would have passed where the question was first seen, and there was time for one.
    private boolean isTelling(Whereabouts whereabouts) {
        boolean waited = whereabouts.coverage().remainingNanos(point().node(), firstNanos()) >= MIN_WAIT_NANOS;
        return waited && isFirstHand(whereabouts) && !isOverheard(whereabouts) && answerPasses(whereabouts);
    }

    /// The target was heard there, but only what it sent to all: a switch brings its answers to others alone.
    private boolean isOverheard(Whereabouts whereabouts) {
        Topology topology = whereabouts.topology();
        return topology.isResident(target(), point()) && !topology.isSpeaker(target(), point());
    }

    /// The question was seen as it was asked, or where only the target lives: not a copy that a bridge flooded.
    private boolean isFirstHand(Whereabouts whereabouts) {
        boolean leavesNode = whereabouts.isUplink(point()) && belongsHere(asker(), whereabouts);
        return leavesNode
                || (isAtHome(whereabouts) && !isAtOthersHome(whereabouts))
                || List.of(asker(), target()).containsAll(whereabouts.topology().residents(point()));
    }

    private boolean isAtHome(Whereabouts whereabouts) {
        return whereabouts
                .topology()
                .home(asker())
                .filter(home -> home.id() == point().id())
                .isPresent();
    }

    /// Others live there, and the asker was never seen to speak to anybody: a bridge may have flooded its question to
    /// them, when nothing nearer to the asker was captured.
    private boolean isAtOthersHome(Whereabouts whereabouts) {
        Topology topology = whereabouts.topology();
        boolean passedOn = topology.isTransit(point()) || whereabouts.isUplink(point());
        return !passedOn
                && topology.hasSpeakers(point())
                && !topology.isSpeaker(asker(), point())
                && !asker().isLinkLocal();
    }

    /// What others ask on the network outside is answered by others, past this node; unless they ask for this one.
    private boolean answerPasses(Whereabouts whereabouts) {
        boolean fromOutside =
                whereabouts.isUplink(point()) && !whereabouts.cluster().isEmpty() && !belongsHere(asker(), whereabouts);
        return !fromOutside || belongsHere(target(), whereabouts);
    }

    private boolean belongsHere(Address address, Whereabouts whereabouts) {
        return whereabouts
                .owner(address, path.first().epochNanos())
                .filter(point().node()::equals)
                .isPresent();
    }

    /// Where the question was first seen.
    public CapturePoint point() {
        return path.first().point();
    }

    /// Who asked.
    public Address asker() {
        return resolution.asker();
    }

    /// Whom it asked for, in vain.
    public Address target() {
        return resolution.target();
    }

    /// When it was asked first, nanoseconds since 1970.
    public long firstNanos() {
        return path.first().epochNanos();
    }

    /// When it was asked last, nanoseconds since 1970.
    public long lastNanos() {
        return resolution.lastRequestNanos();
    }

    /// The question as it was first seen.
    public Stage question() {
        return path.first();
    }
}
