package hopline.flows.rule;

import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.flows.IcmpReport;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Traceroute;
import java.util.List;
import java.util.Optional;

/// A host or router on the way says, by an ICMP error, that it cannot or will not deliver.
///
/// A client that closed its socket before a late answer came refuses it by ICMP, too: that is left out.
final class IcmpUnreachable implements FlowRule {

    private static final List<String> V4_CODES = List.of(
            "net unreachable",
            "host unreachable",
            "protocol unreachable",
            "port unreachable",
            "fragmentation needed",
            "source route failed",
            "net unknown",
            "host unknown",
            "source isolated",
            "net prohibited",
            "host prohibited",
            "net unreachable for this service",
            "host unreachable for this service",
            "administratively prohibited");

    private static final List<String> V6_CODES = List.of(
            "no route",
            "administratively prohibited",
            "beyond scope",
            "address unreachable",
            "port unreachable",
            "source address failed policy",
            "route rejected");

    @Override
    public String id() {
        return "icmp-unreachable";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return flow.flow().icmpReports().stream()
                .filter(report -> report.error().isUnreachable())
                .filter(report -> report.aboutForward() || !report.error().isPortUnreachable())
                .filter(report -> !isAnsweredAnyway(flow, report))
                .filter(report -> !Traceroute.isProbe(flow, report.aboutForward(), scene))
                .map(report -> observation(flow, report, scene))
                .findFirst();
    }

    /// Somebody complained, and the traffic went on nevertheless.
    private static boolean isAnsweredAnyway(FlowCase flow, IcmpReport report) {
        return report.aboutForward() && flow.works();
    }

    private Observation observation(FlowCase flow, IcmpReport report, Scene scene) {
        Path path = scene.topology().path(report.example(), true);
        Stage first = path.first();
        String says = code(report.error());
        Claim claim = new Claim(
                "host " + first.sourceAddress() + " answers packets for "
                        + flow.responder().endpoint() + " with ICMP " + says,
                "an answer from " + flow.responder().endpoint(),
                "ICMP " + says + " from " + first.sourceAddress(),
                advice(flow, report.error(), first, scene));
        Proof proof = new Proof(
                path.stages(),
                report.count(),
                first.epochNanos(),
                first.epochNanos(),
                DisplayFilter.address(first.sourceAddress())
                        + (report.error().version() == 4 ? " && icmp" : " && icmpv6"));
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof);
    }

    private static String code(IcmpError error) {
        List<String> codes = error.version() == 4 ? V4_CODES : V6_CODES;
        return error.code() < codes.size() ? codes.get(error.code()) : "unreachable, code " + error.code();
    }

    private static String advice(FlowCase flow, IcmpError error, Stage first, Scene scene) {
        if (error.isPortUnreachable()) {
            return Unserved.advice(flow, scene).orElseGet(() -> adviceOnPort(flow, first));
        }
        String says = code(error);
        if (says.contains("prohibited") || says.contains("polic") || says.contains("rejected")) {
            return "A firewall rule on the host that sends the error rejects the traffic: it was first seen at "
                    + first.point() + ".";
        }
        return "The host that sends the error has no way to the destination: check its routes and whether the destination"
                + " answers ARP; the error was first seen at " + first.point() + ".";
    }

    /// Where nobody listens, hosts answer TCP by a reset.
    private static String adviceOnPort(FlowCase flow, Stage first) {
        String who = flow.flow().protocol() == IpProtocol.TCP
                ? "A firewall rule rejects the connection: check the rules of "
                : "Nobody listens at that UDP port, or a firewall rule rejects it: check the process and the rules of ";
        return who + "the host that sends the error; it was first seen at " + first.point() + ".";
    }
}
