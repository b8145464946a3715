package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.flows.IcmpReport;
import hopline.flows.TcpConnection;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Optional;

/// Packets above one size end at one hop, and smaller ones pass.
///
/// With or without an ICMP error that says so: many networks drop those, too, and the connection just stands still.
/// A sender that is told and then sends smaller packets is path MTU discovery at work, and no fault.
final class MtuExceeded implements FlowRule {

    /// Resent at least once: one lost packet proves nothing about sizes.
    private static final int MIN_LOST = 2;

    /// Every IPv4 host must take this much; smaller packets are not lost for their size.
    private static final int MIN_SIZE = 576;

    @Override
    public String id() {
        return "mtu-exceeded";
    }

    @Override
    public String reference() {
        return "F44";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return flow.isLossy() || !flow.flow().icmpReports().isEmpty()
                ? check(flow, true).or(() -> check(flow, false))
                : Optional.empty();
    }

    private Optional<Observation> check(FlowCase flow, boolean isForward) {
        List<Passage> passages = flow.passages(isForward);
        Optional<IcmpReport> report = flow.flow().icmpReports().stream()
                .filter(r -> r.aboutForward() == isForward && r.error().isPacketTooBig())
                .findFirst();
        return passages.stream()
                .filter(loss -> loss.fate() instanceof Fate.Lost && isAboutSize(passages, loss, report.isPresent()))
                .filter(loss -> hasStopped(flow, passages, loss) && !(isForward && flow.isEachPingAnswered()))
                .map(loss -> observation(loss, passages, report))
                .findFirst()
                .or(() -> report.flatMap(told -> unheeded(flow, isForward, told)));
    }

    /// A router beyond what was captured complains, and the sender goes on sending what is too large.
    private Optional<Observation> unheeded(FlowCase flow, boolean isForward, IcmpReport report) {
        TcpConnection tcp = flow.flow().tcp();
        if (tcp == null || !tcp.isStalled(isForward)) {
            return Optional.empty();
        }
        return flow.passages(isForward).stream()
                .filter(passage -> passage.route().longest() > report.error().mtu())
                .findFirst()
                .map(passage -> unheeded(passage, report));
    }

    private Observation unheeded(Passage passage, IcmpReport report) {
        Stage last = passage.last();
        int mtu = report.error().mtu();
        Claim claim = new Claim(
                "IP packets longer than " + mtu + " octets do not fit beyond " + last.point()
                        + ", and the sender does not heed the ICMP error",
                "at most " + mtu + " octets",
                passage.route().longest() + " octets",
                "The error was sent, and did not reach or convince the sender: let ICMP fragmentation-needed through to the"
                        + " pods, or lower their MTU to " + mtu + ".");
        return new Observation(this, Severity.ERROR, Place.lastSeen(last.point()), claim, Proof.of(passage, last))
                .causedBy(claim.expected());
    }

    private static boolean isAboutSize(List<Passage> passages, Passage loss, boolean told) {
        if (loss.route().longest() < MIN_SIZE || loss.route().packets() < (told ? 1 : MIN_LOST)) {
            return false;
        }
        List<Passage> through = passages.stream().filter(Passage::isFine).toList();
        boolean smallerPass = !through.isEmpty()
                && through.stream()
                        .allMatch(passage ->
                                passage.route().longest() < loss.route().shortest());
        return told || smallerPass;
    }

    /// The bytes never got through in smaller packets.
    private static boolean hasStopped(FlowCase flow, List<Passage> passages, Passage loss) {
        TcpConnection tcp = flow.flow().tcp();
        boolean laterPayload = passages.stream()
                .filter(Passage::isFine)
                .anyMatch(passage -> passage.route().payloadPackets() > 0
                        && passage.route().lastNanos() > loss.route().lastNanos());
        return tcp == null || !laterPayload;
    }

    private Observation observation(Passage loss, List<Passage> passages, Optional<IcmpReport> report) {
        Fate.Lost fate = (Fate.Lost) loss.fate();
        int passing = passages.stream()
                .filter(Passage::isFine)
                .mapToInt(passage -> passage.route().longest())
                .max()
                .orElse(0);
        int mtu = report.map(IcmpReport::error).map(IcmpError::mtu).orElse(0);
        String limit = mtu > 0 ? "at most " + mtu + " octets" : "a size that passes, as " + passing + " octets do";
        Claim claim = new Claim(
                "IP packets of " + loss.route().shortest() + " octets and more end after " + fate.lastSeen()
                        + (report.isPresent()
                                ? ", and the sender does not heed the ICMP error"
                                : ", without an ICMP error")
                        + "; smaller ones pass",
                limit,
                loss.route().shortest() + " octets",
                "Lower the pods' MTU by the tunnel's overhead (VXLAN takes 50 octets over IPv4, 70 over IPv6), or raise that"
                        + " of the path after " + fate.lastSeen() + "; let ICMP fragmentation-needed through.");
        Observation observation =
                new Observation(this, Severity.ERROR, Place.of(fate), claim, Proof.of(loss, loss.last()));
        String cause = mtu > 0 ? limit : "size"; // which sizes were lost, and which passed, is chance
        return (report.isPresent() ? observation : observation.likely()).causedBy(cause);
    }
}
