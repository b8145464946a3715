package hopline.flows.rule;

import hopline.decode.dns.DnsNames;
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

/// A DNS server answers that it failed or refuses.
final class DnsFailure implements FlowRule {

    private static final int NO_ERROR = 0;
    private static final int NAME_ERROR = 3;

    @Override
    public String id() {
        return "dns-failure";
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
            if (exchange.response() != null
                    && exchange.responseCode() != NO_ERROR
                    && exchange.responseCode() != NAME_ERROR) {
                return Optional.of(observation(exchange, scene));
            }
        }
        return Optional.empty();
    }

    private Observation observation(DnsExchange exchange, Scene scene) {
        Journey response = Objects.requireNonNull(exchange.response());
        Path path = scene.topology().path(response, true);
        Stage first = path.first();
        String code = DnsNames.responseCode(exchange.responseCode());
        Claim claim = new Claim(
                "the DNS server " + first.sourceAddress() + " answers " + code + ", first for "
                        + DnsQuestions.shortName(exchange),
                "NOERROR",
                code,
                "SERVFAIL is mostly an upstream server that cannot be reached or a zone that is broken; REFUSED a server that"
                        + " does not serve this client. Look at the server's log and at its own upstream queries.");
        Proof proof = new Proof(
                path.stages(),
                1,
                first.epochNanos(),
                first.epochNanos(),
                "dns.flags.rcode == " + exchange.responseCode());
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof);
    }
}
