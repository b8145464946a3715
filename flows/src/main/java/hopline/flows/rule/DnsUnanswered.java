package hopline.flows.rule;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.DnsExchange;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import java.util.Objects;
import java.util.Optional;

/// A DNS question gets no answer at all.
final class DnsUnanswered implements FlowRule {

    /// Answers that come at all mostly come within this; later ones are slow, not missing.
    private static final long MIN_WAIT_NANOS = 1_000_000_000;

    @Override
    public String id() {
        return "dns-unanswered";
    }

    @Override
    public String reference() {
        return "F23";
    }

    @Override
    public boolean seesNames() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.flow().tcp() != null) {
            return Optional.empty(); // answers may share a segment, or begin in the middle of one
        }
        for (DnsExchange exchange : DnsQuestions.of(flow)) {
            if (exchange.response() == null && isUnanswered(flow, exchange, scene)) {
                return Optional.of(observation(flow, exchange, scene));
            }
        }
        return Optional.empty();
    }

    private static boolean isUnanswered(FlowCase flow, DnsExchange exchange, Scene scene) {
        Journey query = exchange.query();
        return query != null
                && (hasWaited(query.last(), scene) || hasWaited(query.first(), scene))
                && DnsSlow.answeredLater(flow, exchange, query, scene).isEmpty();
    }

    private static boolean isAnyAnswered(FlowCase flow) {
        return DnsQuestions.of(flow).stream().anyMatch(exchange -> exchange.response() != null);
    }

    private static boolean hasWaited(Stage stage, Scene scene) {
        return scene.remainingNanos(stage.point(), stage.epochNanos()) >= MIN_WAIT_NANOS;
    }

    private Observation observation(FlowCase flow, DnsExchange exchange, Scene scene) {
        Journey query = Objects.requireNonNull(exchange.query());
        Path path = scene.topology().path(query, false);
        Stage last = path.last();
        Claim claim = new Claim(
                (isAnyAnswered(flow) ? "some " : "") + "DNS questions to "
                        + flow.target().name() + " get no answer",
                "an answer from " + flow.target().endpoint().address(),
                "nothing after " + last.point(),
                "The question was last seen at " + last.point()
                        + ": check that the DNS server behind it runs and has not reached its limits, and on Windows that both"
                        + " load balancers, for UDP and TCP 53, exist.");
        Proof proof = new Proof(
                path.stages(),
                exchange.attempts(),
                path.first().epochNanos(),
                DnsQuestions.lastAsked(exchange),
                DisplayFilter.of(last) + " && dns.flags.response == 0");
        return new Observation(this, Severity.ERROR, Place.lastSeen(last.point()), claim, proof);
    }
}
