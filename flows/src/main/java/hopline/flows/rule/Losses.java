package hopline.flows.rule;

import hopline.flows.path.Passage;
import hopline.flows.scene.FlowCase;
import java.util.List;
import java.util.Optional;

/// Which of a flow's losses matter: those that stop it, not the few that any network has.
final class Losses {

    /// Lost in a row at the end of a direction, with nothing getting through any more.
    private static final int MIN_TRAILING = 3;

    /// Of protocols that do not resend: this many, and this share of the direction's packets.
    private static final int MIN_SPORADIC = 5;

    private static final double MIN_SPORADIC_SHARE = 0.1;

    private Losses() {}

    /// The loss that stops a direction of the flow, if one does; the initiator's direction first.
    static Optional<Passage> stopping(FlowCase flow) {
        return flow.isLossy() ? stopping(flow, true).or(() -> stopping(flow, false)) : Optional.empty();
    }

    private static Optional<Passage> stopping(FlowCase flow, boolean isForward) {
        if (isForward && flow.isEachPingAnswered()) {
            return Optional.empty();
        }
        List<Passage> passages = flow.passages(isForward);
        return passages.stream()
                .filter(Passage::isLost)
                .filter(loss -> isStopping(flow, passages, loss))
                .max((a, b) -> Long.compare(a.route().packets(), b.route().packets()));
    }

    private static boolean isStopping(FlowCase flow, List<Passage> passages, Passage loss) {
        List<Passage> through = passages.stream()
                .filter(passage -> passage.isFine() && goesFurther(passage, loss))
                .toList();
        if (through.isEmpty()) {
            return !flow.works(); // else they went on, by where nothing was captured
        }
        long lastThrough = through.stream()
                .mapToLong(passage -> passage.route().lastNanos())
                .max()
                .orElseThrow();
        boolean trailing =
                loss.route().firstNanos() > lastThrough && loss.route().packets() >= MIN_TRAILING;
        return trailing || (flow.flow().tcp() == null && isOften(passages, loss));
    }

    /// Passed the point where the other was lost.
    private static boolean goesFurther(Passage passage, Passage loss) {
        return !passage.route().isMerged()
                && passage.path().size() >= loss.path().size();
    }

    private static boolean isOften(List<Passage> passages, Passage loss) {
        long all = passages.stream()
                .mapToLong(passage -> passage.route().packets())
                .sum();
        long lost = loss.route().packets();
        return lost >= MIN_SPORADIC && lost >= all * MIN_SPORADIC_SHARE;
    }
}
