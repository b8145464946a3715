package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.flows.TcpConnection;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Translations.Translated;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.state.Backends;
import hopline.flows.state.Cluster;
import java.util.Optional;

/// A service's address is translated to an address that is none of its endpoints.
final class ServiceWrongBackend implements FlowRule {

    @Override
    public String id() {
        return "service-wrong-backend";
    }

    @Override
    public String reference() {
        return "F19, F20";
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
                .filter(service -> !service.isAllowed() && !service.isKnownAddress())
                .filter(service -> !wasOpenBefore(flow) && !isReplaced(flow, service, scene.cluster()))
                .map(service -> observation(flow, service));
    }

    /// A connection keeps the endpoint it was opened to, whatever became of that: only new ones get others.
    private static boolean wasOpenBefore(FlowCase flow) {
        TcpConnection tcp = flow.flow().tcp();
        return tcp != null && tcp.initiator().syns() == 0 && flow.isAnswered();
    }

    /// It works, whoever answered is gone, and endpoints came later: the lists tell nothing of its time.
    private static boolean isReplaced(FlowCase flow, ServiceTranslation service, Cluster cluster) {
        long start = flow.flow().startNanos();
        boolean isStillThere = cluster.pod(service.translated().to().address(), start)
                .filter(pod -> !pod.holds().hasEnd())
                .isPresent();
        return flow.works()
                && !isStillThere
                && service.backends().eligible().stream()
                        .anyMatch(
                                backend -> cluster.isYounger(backend.endpoint().address(), start));
    }

    private Observation observation(FlowCase flow, ServiceTranslation service) {
        Endpoint actual = service.translated().to();
        String node = service.translated().stage().point().node();
        Claim claim = new Claim(
                "service " + flow.target().name() + " is sent to " + actual + ", which is not one of its endpoints",
                Endpoints.list(service.backends()),
                actual.toString(),
                "The endpoint is stale or foreign: compare the service's EndpointSlices with what kube-proxy programmed on "
                        + node + " (on Windows also the HNS load balancer and VFP). Restarting kube-proxy there"
                        + " programs it anew.");
        return new Observation(
                        this, Severity.ERROR, Place.at(service.translated().stage()), claim, service.proof())
                .suspecting(actual.address());
    }

    /// A service's translation, as one flow shows it, against the service's endpoints.
    record ServiceTranslation(Translated translated, Backends backends, Passage passage) {

        static Optional<ServiceTranslation> of(FlowCase flow, Scene scene) {
            return flow.target().service().flatMap(target -> scene.cluster()
                    .backends(target.service(), target.port(), flow.flow().startNanos())
                    .flatMap(backends -> of(flow, backends)));
        }

        private static Optional<ServiceTranslation> of(FlowCase flow, Backends backends) {
            for (Passage passage : flow.forward()) {
                Optional<Translated> translated = Translations.ofDestination(passage)
                        .filter(nat -> nat.from().equals(flow.target().endpoint()));
                if (translated.isPresent()) {
                    return Optional.of(new ServiceTranslation(translated.get(), backends, passage));
                }
            }
            return Optional.empty();
        }

        /// It is an endpoint, or was one that still serves its old connections.
        boolean isAllowed() {
            return backends.at(translated.to())
                    .filter(backend -> backend.serving() || backend.ready())
                    .isPresent();
        }

        /// The address is right, whatever the port.
        boolean isKnownAddress() {
            return backends.eligible().stream()
                    .anyMatch(backend ->
                            backend.endpoint().address().equals(translated.to().address()));
        }

        Proof proof() {
            return Proof.of(passage, translated.stage());
        }
    }
}
