package hopline.flows.rule;

import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.flows.IcmpReport;
import hopline.flows.Route;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Traceroute;
import java.util.Optional;

/// Packets are passed on until their time to live runs out: a router says so, or they end with their last hop used up.
///
/// Traceroute does that on purpose, with times to live below any that hosts begin with, another for each probe.
final class TtlExpired implements FlowRule {

    @Override
    public String id() {
        return "ttl-expired";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        Optional<Observation> told = flow.flow().icmpReports().stream()
                .filter(report -> isExpiry(report.error()))
                .filter(report -> !flow.works() && !Traceroute.isProbe(flow, report.aboutForward(), scene))
                .findFirst()
                .map(report -> told(flow, report, scene));
        return told.isPresent() || !flow.isLossy() ? told : seen(flow, scene);
    }

    /// On the way, not in putting fragments together.
    private static boolean isExpiry(IcmpError error) {
        return error.isTimeExceeded() && !FragmentMissing.isReassemblyTimeout(error);
    }

    private Observation told(FlowCase flow, IcmpReport report, Scene scene) {
        Path path = scene.topology().path(report.example(), true);
        Stage first = path.first();
        Claim claim = claim(
                "packets for " + destination(flow, report.aboutForward()) + " run out of hops: router "
                        + first.sourceAddress() + " says so",
                "ICMP time exceeded from " + first.sourceAddress(),
                initial(flow, report.aboutForward()));
        Proof proof = new Proof(
                path.stages(),
                report.count(),
                first.epochNanos(),
                first.epochNanos(),
                DisplayFilter.address(first.sourceAddress())
                        + (report.error().version() == 4 ? " && icmp.type == 11" : " && icmpv6.type == 3"));
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof);
    }

    /// Nobody says so, but the packet is lost where its last hop was used up.
    private Optional<Observation> seen(FlowCase flow, Scene scene) {
        return Losses.stopping(flow)
                .filter(loss -> loss.fate() instanceof Fate.Lost
                        && loss.last().isIp()
                        && loss.last().timeToLive() <= 1
                        && !loss.last().destinationAddress().isLinkLocal())
                .filter(loss -> !Traceroute.isProbe(flow, flow.forward().contains(loss), scene))
                .map(loss -> seen(flow, loss));
    }

    private Observation seen(FlowCase flow, Passage loss) {
        Fate.Lost fate = (Fate.Lost) loss.fate();
        boolean isForward = flow.forward().contains(loss);
        Claim claim = claim(
                "packets for " + destination(flow, isForward) + " end at " + fate.lastSeen() + " with no hop left",
                "time to live " + loss.last().timeToLive() + " at " + fate.lastSeen(),
                initial(flow, isForward));
        return new Observation(this, Severity.ERROR, Place.of(fate), claim, Proof.of(loss, loss.last())).likely();
    }

    private static String destination(FlowCase flow, boolean isForward) {
        return (isForward ? flow.responder() : flow.initiator()).name();
    }

    private static int initial(FlowCase flow, boolean isForward) {
        return flow.flow().traffic(isForward).routes().stream()
                .mapToInt(Route::highestTtl)
                .max()
                .orElse(0);
    }

    private static Claim claim(String title, String actual, int initial) {
        return new Claim(
                title,
                "to arrive before the time to live runs out",
                actual,
                initial < Traceroute.LEAST_INITIAL
                        ? "The packets begin with a time to live of " + initial
                                + ": raise it in the sender (net.ipv4.ip_default_ttl, IP_TTL of the socket), or look what"
                                + " lowers it on the way."
                        : "Either something on the way lowers the time to live too much, or routers pass the packets round in a"
                                + " circle: compare the routes to the destination on each node and router along the path.");
    }
}
