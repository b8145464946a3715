package hopline.flows.rule;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.ClosedWindow;
import hopline.flows.TcpConnection;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Party;
import hopline.flows.scene.Scene;
import java.util.Objects;
import java.util.Optional;

/// One end of a connection takes no more data for a long time, while the other waits with some.
///
/// A window that closes for a moment is flow control at work; a connection in which nobody has anything to send is
/// idle.
final class ZeroWindow implements FlowRule {

    private static final long MIN_NANOS = 1_500_000_000;

    /// Senders knock after a quarter of a second, then at twice the distance each time.
    private static final int MIN_KNOCKS = 2;

    @Override
    public String id() {
        return "zero-window";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        TcpConnection tcp = flow.flow().tcp();
        return tcp == null ? Optional.empty() : check(flow, true, scene).or(() -> check(flow, false, scene));
    }

    private Optional<Observation> check(FlowCase flow, boolean isInitiators, Scene scene) {
        TcpConnection tcp = Objects.requireNonNull(flow.flow().tcp());
        ClosedWindow window = (isInitiators ? tcp.initiator() : tcp.responder()).closedWindow();
        if (window == null || window.longestNanos() < MIN_NANOS || window.knocks() < MIN_KNOCKS) {
            return Optional.empty();
        }
        return Optional.of(observation(flow, isInitiators, window, scene));
    }

    private Observation observation(FlowCase flow, boolean isInitiators, ClosedWindow window, Scene scene) {
        Journey closing = Objects.requireNonNull(window.example());
        Path path = scene.topology().path(closing, !isInitiators);
        Stage first = path.first();
        Party receiver = isInitiators ? flow.initiator() : flow.responder();
        Party sender = isInitiators ? flow.responder() : flow.initiator();
        Claim claim = new Claim(
                "the receive window of " + receiver.name() + " stays closed on connections with " + sender.name(),
                "a window that opens again within " + MIN_NANOS / 1_000_000_000.0 + " s",
                "window 0 for seconds, while the sender waits",
                "The process at " + first.sourceAddress()
                        + " does not read from its socket: it hangs, waits for something else, or is too slow. The network is"
                        + " not to blame.");
        Proof proof = new Proof(
                path.stages(),
                window.knocks(),
                first.epochNanos(),
                first.epochNanos() + window.longestNanos(),
                DisplayFilter.of(receiver.endpoint(), flow.flow().protocol())
                        + " && tcp.window_size_value == 0 && tcp.flags.reset == 0");
        return new Observation(this, Severity.WARNING, Place.at(first), claim, proof);
    }
}
