package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.flows.TcpConnection;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;

/// Whether a flow gets nowhere, however that shows.
final class Failures {

    /// Clients ask again after a second: an answer that is to come comes before.
    private static final long MIN_WAIT_NANOS = 900_000_000;

    private Failures() {}

    /// No answer came, or none that the initiator got, though there was time; or what is sent stops on its way.
    static boolean fails(FlowCase flow, Scene scene) {
        return isUnanswered(flow, scene) || Losses.stopping(flow).isPresent();
    }

    /// What calls for an answer got none, or none that the initiator took for one.
    static boolean isUnanswered(FlowCase flow, Scene scene) {
        return Verdict.expectsAnswer(flow)
                && (!flow.isAnswered() || !isHandshakeDone(flow) || isAnswerLost(flow))
                && hasWaited(flow, scene);
    }

    /// A SYN, some answer, and no connection; being refused is an answer that arrives.
    private static boolean isHandshakeDone(FlowCase flow) {
        TcpConnection tcp = flow.flow().tcp();
        return tcp == null
                || tcp.initiator().syns() == 0
                || tcp.isEstablished()
                || tcp.isAnswerAcknowledged()
                || (tcp.reset() != null && tcp.reset().answersSyn());
    }

    private static boolean isAnswerLost(FlowCase flow) {
        return flow.flow().tcp() == null
                && flow.reverse().stream().noneMatch(passage -> passage.isFine() || !passage.isLost());
    }

    /// Clients that asked twice waited; else the capture must go on long enough.
    private static boolean hasWaited(FlowCase flow, Scene scene) {
        long last = flow.flow().endNanos();
        boolean askedAgain =
                flow.flow().forward().packets() > 1 && last - flow.flow().startNanos() >= MIN_WAIT_NANOS;
        return askedAgain || scene.remainingNanos(lastPoint(flow), last) >= MIN_WAIT_NANOS;
    }

    private static CapturePoint lastPoint(FlowCase flow) {
        return flow.mainForward()
                .or(flow::mainReverse)
                .map(passage -> passage.last().point())
                .orElseThrow();
    }
}
