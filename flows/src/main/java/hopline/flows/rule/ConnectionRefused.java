package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.TcpConnection;
import hopline.flows.TcpConnection.Reset;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A SYN is answered by a reset. Where the reset is first seen tells who refused: the destination, or somebody on the
/// way who speaks in its name.
final class ConnectionRefused implements FlowRule {

    @Override
    public String id() {
        return "connection-refused";
    }

    @Override
    public String reference() {
        return "F55";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Optional.ofNullable(flow.flow().tcp())
                .map(TcpConnection::reset)
                .filter(Reset::answersSyn)
                .map(reset -> observation(flow, reset, scene));
    }

    private Observation observation(FlowCase flow, Reset reset, Scene scene) {
        Path path = scene.topology().path(reset.journey(), true);
        Stage first = path.first();
        boolean byDestination = Resets.comesFromSource(first, scene);
        String who = byDestination ? flow.responder().name() : "somebody at " + first.point();
        Claim claim = new Claim(
                "connections to " + flow.responder().endpoint() + " are refused by " + who,
                "SYN-ACK from " + flow.responder().endpoint(),
                "RST"
                        + (byDestination
                                ? ""
                                : ", first seen at " + first.point() + " where " + first.sourceAddress()
                                        + " does not live"),
                byDestination
                        ? "Nothing listens on " + first.source()
                                + ": check that the process runs and listens on that port and on"
                                + " all addresses, and that the service's targetPort is the container's."
                        : "A firewall rule with a reset as its verdict answers instead of " + first.sourceAddress()
                                + ": look for it on " + first.point().node() + ".");
        Proof proof = new Proof(
                path.stages(),
                1,
                first.epochNanos(),
                first.epochNanos(),
                DisplayFilter.of(flow.responder().endpoint(), flow.flow().protocol()) + " && tcp.flags.reset == 1");
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof);
    }
}
