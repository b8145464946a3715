package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.event.IdleLayer;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.state.Backends;
import java.util.List;
import java.util.Optional;

/// A packet to a service leaves the place where its address should have been translated, and still bears it.
///
/// Near the initiator a VIP is right; past the node's own stack, on an uplink, in a tunnel, on another node or at
/// another pod, it is not. A service without endpoints, or without one where its traffic policy wants it, is
/// not translated by design.
final class ServiceNotTranslated implements FlowRule {

    private static final long MIN_WAIT_NANOS = 100_000_000;

    @Override
    public String id() {
        return "service-not-translated";
    }

    @Override
    public String reference() {
        return "F17, F18";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.works() || flow.target().service().isEmpty()) {
            return Optional.empty();
        }
        Optional<Candidates> candidates =
                Candidates.of(flow, flow.target().service().get(), scene);
        if (candidates.filter(Candidates::isNone).isPresent()) {
            return Optional.empty();
        }
        Optional<Backends> backends = candidates.map(Candidates::backends);
        return flow.firstForward(passage -> check(flow, passage, backends, scene));
    }

    private Optional<Observation> check(FlowCase flow, Passage passage, Optional<Backends> backends, Scene scene) {
        List<String> idle = idleLayers(flow, passage, scene);
        return untranslated(flow, passage, scene)
                .filter(stage -> mayTell(stage, scene))
                .or(() -> idle.isEmpty()
                        ? Optional.empty()
                        : Optional.of(passage.path().first()))
                .map(stage -> {
                    String vip = flow.target().endpoint().toString();
                    Claim claim = new Claim(
                            "packets to service " + flow.target().name() + " go on to " + vip + ", untranslated",
                            backends.map(Endpoints::list)
                                    .orElse("an endpoint of " + flow.target().name()),
                            vip
                                    + (idle.isEmpty()
                                            ? ""
                                            : "; no rule of VFP's layer " + String.join(", ", idle) + " matched"),
                            "Check that kube-proxy on " + stage.point().node()
                                    + " runs and has synced: the rules (on Windows the"
                                    + " HNS load balancer and its VFP rule) for " + vip
                                    + " are missing there. Restarting"
                                    + " kube-proxy programs them again.");
                    return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage))
                            .causedBy(vip)
                            .suspecting(flow.target().endpoint().address());
                });
    }

    /// The layers that should have translated it and had no rule, where the platform itself says so.
    private static List<String> idleLayers(FlowCase flow, Passage passage, Scene scene) {
        Stage first = passage.path().first();
        return first.destination().equals(flow.target().endpoint())
                ? scene.events().idleLayers(first, IdleLayer.LOAD_BALANCING)
                : List.of();
    }

    /// Inside its node the packet may yet be translated further on: not to be seen at the very end of a capture.
    private static boolean mayTell(Stage stage, Scene scene) {
        return scene.whereabouts().isAtUplink(stage)
                || scene.remainingNanos(stage.point(), stage.epochNanos()) >= MIN_WAIT_NANOS;
    }

    /// The first stage past the initiator's own points at which the VIP is still the destination.
    private static Optional<Stage> untranslated(FlowCase flow, Passage passage, Scene scene) {
        Stage first = passage.path().first();
        boolean comesIn = scene.whereabouts().isAtUplink(first) && !isLocal(first, scene);
        if (comesIn) {
            return Optional.empty();
        }
        return passage.path()
                .first(stage -> stage.destination().equals(flow.target().endpoint())
                        && ((isPastTranslation(stage, scene) && !isOwnInterface(stage, first, scene))
                                || !stage.point().node().equals(first.point().node())));
    }

    /// Where a pod's own questions begin, those of others end, translated.
    private static boolean isOwnInterface(Stage stage, Stage first, Scene scene) {
        return stage == first
                && !scene.topology().isTransit(stage.point())
                && !scene.whereabouts().isAtUplink(stage);
    }

    /// On the node of its source.
    private static boolean isLocal(Stage stage, Scene scene) {
        return scene.whereabouts()
                .owner(stage.sourceAddress(), stage.epochNanos())
                .filter(stage.point().node()::equals)
                .isPresent();
    }

    private static boolean isPastTranslation(Stage stage, Scene scene) {
        return scene.whereabouts().isAtUplink(stage)
                || (isLocal(stage, scene) && scene.topology().isPastTranslation(stage.point()));
    }
}
