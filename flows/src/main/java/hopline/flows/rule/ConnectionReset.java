package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.TcpConnection;
import hopline.flows.TcpConnection.Reset;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import java.util.Optional;

/// An open connection is cut off by a reset before any data, or in mid-transfer.
///
/// Resets that end a finished exchange are a way to close, and are left out. An initiator that resets what it
/// opened, and said nothing, wanted to know whether somebody is there: a note.
final class ConnectionReset implements FlowRule {

    @Override
    public String id() {
        return "connection-reset";
    }

    @Override
    public String reference() {
        return "F34";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return Optional.ofNullable(flow.flow().tcp())
                .map(TcpConnection::reset)
                .filter(reset -> !reset.answersSyn() && (reset.beforeData() || reset.midTransfer()))
                .map(reset -> observation(flow, reset, scene));
    }

    private Observation observation(FlowCase flow, Reset reset, Scene scene) {
        Path path = scene.topology().path(reset.journey(), !reset.byInitiator());
        Stage first = path.first();
        boolean bySource = Resets.comesFromSource(first, scene);
        String sender =
                reset.byInitiator() ? flow.initiator().name() : flow.responder().name();
        String who = bySource ? sender : "somebody at " + first.point() + " in the name of " + sender;
        String when = reset.beforeData() ? "before any data" : "in mid-transfer";
        boolean isProbe = bySource && reset.byInitiator() && reset.beforeData();
        Claim claim = new Claim(
                "connections to " + Resets.target(flow) + " are reset " + when + " by " + who,
                isProbe ? "data, if it is no check" : "the exchange to finish",
                "RST " + when + ", first seen at " + first.point(),
                isProbe ? adviceOnProbe(sender) : bySource ? adviceOnEnd(first) : adviceOnIntruder(first));
        Proof proof = new Proof(
                path.stages(),
                1,
                first.epochNanos(),
                first.epochNanos(),
                DisplayFilter.of(first) + " && tcp.flags.reset == 1");
        return new Observation(this, isProbe ? Severity.NOTE : Severity.ERROR, Place.at(first), claim, proof);
    }

    private static String adviceOnProbe(String sender) {
        return "Load balancers and monitors check so whether a port is open. If " + sender
                + " is neither, look at why it gave up: it may have waited in vain for the other to speak first.";
    }

    private static String adviceOnEnd(Stage reset) {
        return "The process at " + reset.sourceAddress()
                + " closed or lost the connection: look at its log at that time, at restarts and at its limits.";
    }

    private static String adviceOnIntruder(Stage reset) {
        return "A firewall, a policy change or a load balancer cut the connection: look on "
                + reset.point().node() + " for what changed at that time.";
    }
}
