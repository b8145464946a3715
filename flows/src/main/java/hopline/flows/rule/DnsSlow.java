package hopline.flows.rule;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.DnsExchange;
import hopline.flows.path.Fate;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A DNS answer takes a second or more, or comes only when the question is asked again.
///
/// Resolvers wait five seconds before they ask again: one lost question (for one, when two questions from one socket
/// race for a place in the connection tracking table) is felt as a five second pause.
final class DnsSlow implements FlowRule {

    private static final long SLOW_NANOS = 1_000_000_000;

    /// How long resolvers keep asking.
    private static final long ASKING_NANOS = 15_000_000_000L;

    @Override
    public String id() {
        return "dns-slow";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public boolean seesNames() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        for (DnsExchange exchange : DnsQuestions.of(flow)) {
            Optional<Observation> pause = check(flow, exchange, scene);
            if (pause.isPresent()) {
                return pause;
            }
        }
        return Optional.empty();
    }

    private Optional<Observation> check(FlowCase flow, DnsExchange exchange, Scene scene) {
        Journey query = exchange.query();
        if (query == null) {
            return Optional.empty();
        }
        Journey response = exchange.response();
        if (response == null) {
            return answeredLater(flow, exchange, query, scene).map(nanos -> lost(flow, exchange, query, nanos, scene));
        }
        long took = exchange.responseNanos();
        if (took < SLOW_NANOS) {
            return Optional.empty();
        }
        if (exchange.attempts() == 1 || exchange.isEachAnswered()) {
            return Optional.of(slow(flow, exchange, response, seconds(took), scene));
        }
        if (!reachedServer(query, response, scene)) {
            return Optional.of(lost(flow, exchange, query, took, scene));
        }
        long tookAgain = exchange.lastResponseNanos();
        return Optional.of(
                tookAgain < SLOW_NANOS
                        ? ignored(flow, exchange, query, took, scene)
                        : slow(flow, exchange, response, seconds(tookAgain) + " after it was asked again", scene));
    }

    /// How long after the question, which got lost, the same client got the answer on another socket. A question that
    /// came to the server, which is silent, was not lost.
    static Optional<Long> answeredLater(FlowCase flow, DnsExchange exchange, Journey query, Scene scene) {
        if (isDelivered(flow, query, scene)) {
            return Optional.empty();
        }
        long asked = query.first().epochNanos();
        return Optional.ofNullable(exchange.question())
                .flatMap(
                        question -> scene.dns().answeredAfter(DnsQuestions.client(flow), question, asked, ASKING_NANOS))
                .map(answered -> answered - asked)
                .filter(nanos -> nanos >= SLOW_NANOS);
    }

    /// Questions of the flow got lost, and each was answered when asked again: that is a pause, and no more.
    static boolean isOnlyDelayed(FlowCase flow, Scene scene) {
        List<DnsExchange> exchanges = DnsQuestions.of(flow);
        return !exchanges.isEmpty() && exchanges.stream().allMatch(exchange -> isAnswered(flow, exchange, scene));
    }

    private static boolean isAnswered(FlowCase flow, DnsExchange exchange, Scene scene) {
        Journey query = exchange.query();
        return exchange.response() != null
                || (query != null && answeredLater(flow, exchange, query, scene).isPresent());
    }

    private static boolean isDelivered(FlowCase flow, Journey query, Scene scene) {
        Stage last = scene.topology().path(query, false).last();
        return flow.forward().stream()
                .filter(passage -> passage.fate() instanceof Fate.Delivered)
                .anyMatch(passage -> passage.last().samePoint(last));
    }

    /// The first question came as far as the answer came from.
    private static boolean reachedServer(Journey query, Journey response, Scene scene) {
        Stage last = scene.topology().path(query, false).last();
        return last.samePoint(scene.topology().path(response, true).first());
    }

    private Observation slow(FlowCase flow, DnsExchange exchange, Journey response, String took, Scene scene) {
        Path path = scene.topology().path(response, true);
        Stage first = path.first();
        Claim claim = new Claim(
                "DNS answers of " + flow.target().name() + " take a second or more",
                "an answer within a second",
                "answers after a second or more",
                "The server answered late (" + took + " for " + DnsQuestions.shortName(exchange)
                        + "): look at its upstream servers, its CPU limit and its log.");
        return new Observation(
                this, Severity.WARNING, Place.at(first), claim, proof(path, exchange, first.epochNanos()));
    }

    /// The question came as far as the answer came from, and was answered at once when it was asked again: the first
    /// one was lost behind that point, where nothing tells how, or the server passed over it.
    private Observation ignored(FlowCase flow, DnsExchange exchange, Journey query, long took, Scene scene) {
        Path path = scene.topology().path(query, false);
        Stage last = path.last();
        Claim claim = new Claim(
                "DNS questions to " + flow.target().name() + " are answered only when asked again, and then at once",
                "an answer to the first question",
                "nothing after " + last.point() + " until asked again",
                "The first question was last seen at " + last.point() + ", the answer came " + seconds(took)
                        + " after it, but promptly when it was asked again: the question or its answer got lost behind that"
                        + " point, and the server is not slow. Capture closer to it, and look there for what drops packets.");
        return new Observation(
                        this,
                        Severity.WARNING,
                        Place.lastSeen(last.point()),
                        claim,
                        proof(path, exchange, DnsQuestions.lastAsked(exchange)))
                .likely();
    }

    private Observation lost(FlowCase flow, DnsExchange exchange, Journey query, long took, Scene scene) {
        Path path = scene.topology().path(query, false);
        Stage last = path.last();
        Claim claim = new Claim(
                "DNS questions to " + flow.target().name() + " get lost, and are answered only when asked again",
                "an answer to the first question",
                "nothing after " + last.point() + " until asked again",
                "The first question was last seen at " + last.point() + ", the answer came " + seconds(took)
                        + " after it. When two questions from one socket race, connection tracking drops one: use a node-local DNS"
                        + " cache, or single-request-reopen in the pod's resolver options.");
        return new Observation(
                this,
                Severity.WARNING,
                Place.lastSeen(last.point()),
                claim,
                proof(path, exchange, DnsQuestions.lastAsked(exchange)));
    }

    private static Proof proof(Path path, DnsExchange exchange, long until) {
        return new Proof(
                path.stages(),
                Math.max(1, exchange.attempts()),
                path.first().epochNanos(),
                until,
                DisplayFilter.of(path.first()) + " && dns");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
