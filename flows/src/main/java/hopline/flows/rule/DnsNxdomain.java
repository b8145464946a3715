package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.DnsExchange;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Objects;
import java.util.Optional;

/// A name does not exist.
///
/// A resolver with a search list tries its suffixes one by one: misses before a hit are by design, and a note.
final class DnsNxdomain implements FlowRule {

    private static final int NAME_ERROR = 3;

    /// How long a search may take.
    private static final long SEARCH_NANOS = 5_000_000_000L;

    /// How soon after a miss the next name of the list is asked for.
    private static final long NEXT_NANOS = 1_000_000_000L;

    private static final Claim SEARCHING = new Claim(
            "names of a search list miss before one is found, by design",
            "an answer for a later name of the list",
            "NXDOMAIN",
            "Nothing is wrong. Fully qualified names with a final dot, or a lower ndots, save these questions.");

    private static final Claim UNCLEAR = new Claim(
            "names do not exist, and what else their clients asked was not captured",
            "an address, or an answer for another name of a search list",
            "NXDOMAIN",
            "A search list at work looks like that, and so does a wrong name. If something does not work, capture where"
                    + " the clients are, and for longer: then their other questions tell.");

    @Override
    public String id() {
        return "dns-nxdomain";
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
        Optional<Observation> searching = Optional.empty();
        for (DnsExchange exchange : DnsQuestions.of(flow)) {
            if (exchange.response() != null && exchange.responseCode() == NAME_ERROR) {
                Observation observation = observation(flow, exchange, scene);
                if (observation.severity() != Severity.NOTE) {
                    return Optional.of(observation);
                }
                searching = Optional.of(observation);
            }
        }
        return searching;
    }

    /// One question of a client elsewhere: what else it asked went to other servers, past what was captured.
    private static boolean isOnlyGlimpsed(DnsExchange exchange, Address client, String asked, Scene scene) {
        Journey query = exchange.query();
        if (query == null) {
            return true;
        }
        Stage first = query.first();
        return !scene.dns().hasVariants(client, asked, first.epochNanos(), SEARCH_NANOS)
                && scene.whereabouts()
                        .owner(client, first.epochNanos())
                        .filter(owner -> !owner.equals(first.point().node()))
                        .isPresent();
    }

    /// The capture ends where the next name of the list would be asked for.
    private static boolean isCutOff(DnsExchange exchange, String asked, Stage answer, Scene scene) {
        Journey query = exchange.query();
        return query != null
                && scene.dns().endsInClusterDomain(asked)
                && scene.remainingNanos(query.first().point(), answer.epochNanos()) < NEXT_NANOS;
    }

    private Observation observation(FlowCase flow, DnsExchange exchange, Scene scene) {
        Journey response = Objects.requireNonNull(exchange.response());
        Path path = scene.topology().path(response, true);
        Stage first = path.first();
        Address client = DnsQuestions.client(flow);
        String asked = DnsQuestions.name(exchange);
        String name = scene.dns().withoutSearching(client, asked, first.epochNanos(), SEARCH_NANOS);
        boolean searching =
                exchange.question() != null && scene.dns().isSearching(client, asked, first.epochNanos(), SEARCH_NANOS);
        boolean unclear = exchange.question() == null
                || isOnlyGlimpsed(exchange, client, asked, scene)
                || isCutOff(exchange, asked, first, scene);
        Claim claim = searching ? SEARCHING : missing(exchange, unclear, name, first);
        Severity severity = searching || unclear ? Severity.NOTE : Severity.WARNING;
        Proof proof = new Proof(path.stages(), 1, first.epochNanos(), first.epochNanos(), "dns.flags.rcode == 3");
        return new Observation(this, severity, Place.at(first), claim, proof);
    }

    private static Claim missing(DnsExchange exchange, boolean unclear, String name, Stage answer) {
        DnsQuestion question = exchange.question();
        if (question == null || (unclear && MissingName.isHost(question))) {
            return UNCLEAR;
        }
        return MissingName.claim(question, name, answer.sourceAddress());
    }
}
