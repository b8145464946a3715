package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.event.Denial;
import hopline.flows.event.Happening;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.Category;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A node has no port left to translate new connections to: the event names the connection, or tells of the shortage
/// while connections to the outside fail.
final class SnatPortExhausted implements FlowRule {

    /// How far apart a failed connection and the event that names none may be.
    private static final long NEAR_NANOS = 5_000_000_000L;

    @Override
    public String id() {
        return "snat-port-exhausted";
    }

    @Override
    public String reference() {
        return "F32";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        Optional<Observation> told = Refusals.of(flow, scene, Denial.Kind.PORTS)
                .map(refused -> refused.isCertain()
                        ? observation(refused.loss(), refused.found())
                        : observation(refused.loss(), refused.found()).likely());
        return told.isPresent() ? told : nearby(flow, scene);
    }

    private Optional<Observation> nearby(FlowCase flow, Scene scene) {
        if (flow.isAnswered() || flow.category() != Category.POD_TO_INTERNET) {
            return Optional.empty();
        }
        return flow.mainForward().flatMap(way -> shortage(flow, way.path().first(), scene)
                .map(event -> observation(way, event.text()).likely()));
    }

    private static Optional<Happening> shortage(FlowCase flow, Stage first, Scene scene) {
        return scene.events()
                .shortage(
                        first.point().node(),
                        flow.flow().protocol(),
                        flow.flow().startNanos() - NEAR_NANOS,
                        flow.flow().endNanos() + NEAR_NANOS);
    }

    private Observation observation(Passage way, String found) {
        String node = way.last().point().node();
        Claim claim = new Claim(
                "no port is left on " + node + " to translate new connections to",
                "a free port for each connection",
                found,
                "Each load balancer without DSR and each translation takes 64 ports: run kube-proxy with --enable-dsr,"
                        + " widen the dynamic range (netsh int ipv4 set dynamicportrange tcp), and look for programs that"
                        + " open connections without closing them.");
        return new Observation(
                        this, Severity.ERROR, Place.lastSeen(way.last().point()), claim, Proof.of(way, way.last()))
                .causedBy("exhausted");
    }
}
