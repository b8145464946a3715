package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.ServiceWrongBackend.ServiceTranslation;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;
import java.util.stream.Collectors;

/// A service's address is translated to one of its endpoints, but to a port that the endpoint does not have.
final class ServiceWrongPort implements FlowRule {

    @Override
    public String id() {
        return "service-wrong-port";
    }

    @Override
    public String reference() {
        return "F21";
    }

    @Override
    public boolean seesUntroubled() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.target().service().isEmpty()) {
            return Optional.empty();
        }
        return ServiceTranslation.of(flow, scene)
                .filter(service -> !service.isAllowed() && service.isKnownAddress())
                .map(service -> observation(flow, service));
    }

    private Observation observation(FlowCase flow, ServiceTranslation service) {
        Endpoint actual = service.translated().to();
        String expected = service.backends().eligible().stream()
                .map(backend -> backend.endpoint())
                .filter(endpoint -> endpoint.address().equals(actual.address()))
                .sorted()
                .map(Endpoint::toString)
                .collect(Collectors.joining(" or "));
        Claim claim = new Claim(
                "service " + flow.target().name() + " is sent to port " + actual.port() + " of its endpoint "
                        + actual.address(),
                expected,
                actual.toString(),
                "The translation was programmed with another target port than the EndpointSlice has: check the service's"
                        + " targetPort (named ports resolve per pod), then restart kube-proxy on "
                        + service.translated().stage().point().node() + ".");
        return new Observation(
                        this, Severity.ERROR, Place.at(service.translated().stage()), claim, service.proof())
                .suspecting(actual.address());
    }
}
