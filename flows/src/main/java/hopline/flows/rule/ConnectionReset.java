package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.TcpConnection;
import hopline.flows.TcpConnection.Moment;
import hopline.flows.TcpConnection.Reset;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// An open connection is cut off by a reset before any data, in mid-transfer, or by the responder.
///
/// Resets that end a finished exchange are a way to close, and are left out. An initiator that resets what it
/// opened, and said nothing, wanted to know whether somebody is there: a note. So is a connection of which too little
/// was captured.
final class ConnectionReset implements FlowRule {

    private static final String ADVICE_ON_PART =
            "Whether it cut an exchange short or ended one that was complete cannot be told. If something does not work,"
                    + " capture both directions, from before the connection opens.";

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
                .filter(reset -> reset.moment() != Moment.REFUSING && reset.moment() != Moment.AT_END)
                .map(reset -> observation(flow, reset, scene));
    }

    private Observation observation(FlowCase flow, Reset reset, Scene scene) {
        Path path = scene.topology().path(reset.journey(), !reset.byInitiator());
        Stage first = path.first();
        boolean bySource = Resets.comesFromSource(first, scene);
        String sender =
                reset.byInitiator() ? flow.initiator().name() : flow.responder().name();
        String who = bySource ? sender : "somebody at " + first.point() + " in the name of " + sender;
        Moment moment = reset.moment();
        boolean isProbe = bySource && reset.byInitiator() && moment == Moment.BEFORE_DATA;
        Claim claim = new Claim(
                isProbe
                        ? who + " resets connections that it opened," + when(moment)
                        : "connections to " + Resets.target(flow) + aside(moment) + " are reset by " + who
                                + when(moment),
                isProbe ? "data, if it is no check" : expected(moment),
                "RST" + (isPartial(moment) ? " of a connection " + missing(moment) : when(moment)) + ", first seen at "
                        + first.point(),
                isProbe ? adviceOnProbe(sender) : advice(moment, first, bySource));
        Proof proof = new Proof(
                path.stages(),
                1,
                first.epochNanos(),
                first.epochNanos(),
                DisplayFilter.of(first) + " && tcp.flags.reset == 1");
        Severity severity = isProbe || isPartial(moment) ? Severity.NOTE : Severity.ERROR;
        return new Observation(this, severity, Place.at(first), claim, proof).causedBy(claim.title());
    }

    private static String aside(Moment moment) {
        return isPartial(moment) ? ", " + missing(moment) + "," : "";
    }

    /// The capture does not show how far the connection was.
    private static boolean isPartial(Moment moment) {
        return moment == Moment.BEGINNING_MISSING || moment == Moment.DIRECTION_MISSING;
    }

    private static String missing(Moment moment) {
        return moment == Moment.BEGINNING_MISSING
                ? "whose beginning was not captured"
                : "of which only one direction was captured";
    }

    private static String when(Moment moment) {
        return switch (moment) {
            case BEFORE_DATA -> " before any data";
            case IN_TRANSFER -> " in mid-transfer";
            case BEFORE_ANSWER -> " before an answer";
            case AFTER_DATA -> " after all data was acknowledged";
            case REFUSING, AT_END, BEGINNING_MISSING, DIRECTION_MISSING -> "";
        };
    }

    private static String expected(Moment moment) {
        return isPartial(moment) ? "the rest of the connection, which tells how far it was" : "the exchange to finish";
    }

    private static String advice(Moment moment, Stage reset, boolean bySource) {
        return isPartial(moment) ? ADVICE_ON_PART : bySource ? adviceOnEnd(moment, reset) : adviceOnIntruder(reset);
    }

    private static String adviceOnProbe(String sender) {
        return "Load balancers and monitors check so whether a port is open. If " + sender
                + " is neither, look at why it gave up: it may have waited in vain for the other to speak first.";
    }

    private static String adviceOnEnd(Moment moment, Stage reset) {
        String limits = moment == Moment.AFTER_DATA ? "its limits and idle timeout." : "its limits.";
        return "The process at " + reset.sourceAddress()
                + " closed or lost the connection: look at its log at that time, at restarts and at " + limits;
    }

    private static String adviceOnIntruder(Stage reset) {
        return "A firewall, a policy change or a load balancer cut the connection: look on "
                + reset.point().node() + " for what changed at that time.";
    }
}
