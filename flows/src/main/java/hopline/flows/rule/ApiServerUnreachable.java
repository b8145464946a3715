package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.flows.IcmpReport;
import hopline.flows.TcpConnection;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// Connections to the Kubernetes API server are refused or get no answer, and nothing more particular explains it.
///
/// Where packets are lost at a known place, that is the finding. Watches last for hours: only a connection whose SYN
/// was seen can fail.
final class ApiServerUnreachable implements FlowRule {

    @Override
    public String id() {
        return "api-server-unreachable";
    }

    @Override
    public String reference() {
        return "F25";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        TcpConnection tcp = flow.flow().tcp();
        if (tcp == null || tcp.initiator().syns() == 0 || tcp.isEstablished() || !isApiServer(flow, scene)) {
            return Optional.empty();
        }
        if (Losses.stopping(flow).isPresent()) {
            return Optional.empty();
        }
        return failure(flow, tcp, scene)
                .flatMap(how -> flow.mainForward().map(passage -> observation(flow, passage, how)));
    }

    private static boolean isApiServer(FlowCase flow, Scene scene) {
        return scene.apiServer().isAt(flow.target().endpoint())
                || scene.apiServer().isAt(flow.responder().endpoint());
    }

    /// How connections end, as the title says it.
    private static Optional<String> failure(FlowCase flow, TcpConnection tcp, Scene scene) {
        if (tcp.reset() != null && tcp.reset().answersSyn()) {
            return Optional.of("are refused");
        }
        boolean told = flow.flow().icmpReports().stream()
                .filter(IcmpReport::aboutForward)
                .anyMatch(report -> report.error().isUnreachable());
        if (told) {
            return Optional.of("are answered with an ICMP error");
        }
        boolean silent = !flow.isAnswered() && Failures.isUnanswered(flow, scene);
        return silent ? Optional.of("get no answer") : Optional.empty();
    }

    private Observation observation(FlowCase flow, Passage passage, String how) {
        Stage last = passage.last();
        boolean arrives = passage.fate() instanceof Fate.Delivered;
        Claim claim = new Claim(
                "connections to the API server at " + flow.responder().endpoint() + " " + how,
                "SYN-ACK from " + flow.responder().endpoint(),
                how.substring(how.indexOf(' ') + 1) + (arrives ? "" : " after " + last.point()),
                arrives
                        ? "The packets reach " + last.destinationAddress()
                                + ": see whether the API server runs there and listens on that port (crictl ps, its log, /healthz),"
                                + " and whether a firewall on that host lets "
                                + last.source().address() + " in."
                        : "The packets go on to where nothing was captured: capture at the API server, or look there whether it"
                                + " runs. In overlays the source must be an address that it can answer: "
                                + last.source().address()
                                + " here.");
        Observation observation =
                new Observation(this, Severity.ERROR, Place.lastSeen(last.point()), claim, Proof.of(passage, last));
        return arrives ? observation : observation.likely();
    }
}
