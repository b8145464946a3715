package hopline.flows.rule;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.DnsExchange;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.NameServers;
import hopline.flows.scene.Party;
import hopline.flows.scene.Scene;
import java.util.Objects;
import java.util.Optional;

/// A DNS question gets no answer at all; the server may answer others.
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
        if (flow.flow().tcp() != null || flow.isOverheard()) {
            return Optional.empty(); // answers may share a TCP segment, or begin in the middle of one
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

    private static boolean hasWaited(Stage stage, Scene scene) {
        return scene.remainingNanos(stage.point(), stage.epochNanos()) >= MIN_WAIT_NANOS;
    }

    private Observation observation(FlowCase flow, DnsExchange exchange, Scene scene) {
        Journey query = Objects.requireNonNull(exchange.query());
        Path path = scene.topology().path(query, false);
        Stage last = path.last();
        NameServers servers = scene.habits().nameServers();
        boolean answersOthers = servers.answers(path.first().destinationAddress());
        String name = flow.target().name();
        Claim claim = new Claim(
                (answersOthers ? "some " : "") + "DNS questions to " + name + " get no answer",
                "an answer from " + flow.target().endpoint().address(),
                "nothing after " + last.point(),
                answersOthers ? adviceOnSome(exchange, flow.target(), last, servers) : adviceOnSilence(last));
        Proof proof = new Proof(
                path.stages(),
                exchange.attempts(),
                path.first().epochNanos(),
                DnsQuestions.lastAsked(exchange),
                DisplayFilter.of(last) + " && dns.flags.response == 0");
        return new Observation(this, Severity.ERROR, Place.lastSeen(last.point()), claim, proof);
    }

    private static String adviceOnSilence(Stage last) {
        return "The question was last seen at " + last.point()
                + ": check that the DNS server behind it runs and has not reached its limits, and on Windows that both"
                + " load balancers, for UDP and TCP 53, exist.";
    }

    private static String adviceOnSome(DnsExchange exchange, Party asked, Stage last, NameServers servers) {
        return servers.answers(last.destinationAddress())
                ? adviceOnQuestion(exchange, asked, last)
                : adviceOnOneServer(asked.name(), last);
    }

    private static String adviceOnOneServer(String name, Stage last) {
        return "Other servers behind " + name + " answer, " + last.destinationAddress()
                + " does not. The question was last seen at " + last.point()
                + ": check that this server runs, and that what leads to it is not left over from one that is gone.";
    }

    /// Of a service, seen only before it is translated, any of its servers may have answered.
    private static String adviceOnQuestion(DnsExchange exchange, Party asked, Stage last) {
        boolean isOfMany = asked.service().isPresent()
                && last.destinationAddress().equals(asked.endpoint().address());
        return "The server" + (isOfMany ? ", or another behind " + asked.name() + "," : "")
                + " answered other questions. This one, for " + DnsQuestions.shortName(exchange)
                + ", was last seen at " + last.point()
                + ": look for what sets it apart, such as upstream servers that are silent about that name, a limit that the"
                + " server had reached, or packets that get lost behind that point.";
    }
}
