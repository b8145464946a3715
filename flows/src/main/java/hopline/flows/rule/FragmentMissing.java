package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.flows.IcmpReport;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Fragments.Exchange;
import hopline.flows.scene.PiecedDatagram;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A datagram was cut into pieces, and some of them do not arrive: the rest is worthless.
///
/// One lost piece is a lost packet like any other; it is a fault when most of what two hosts send in pieces lacks some.
/// A point that never shows any but first pieces may have a capture filter on ports, which only those bear.
final class FragmentMissing implements FlowRule {

    private static final int MIN_LACKING = 2;

    /// A capture that ends, or begins, while the pieces are on their way proves nothing.
    private static final long MARGIN_NANOS = 100_000_000;

    /// Of ICMP time exceeded: reassembly took too long.
    private static final int REASSEMBLY = 1;

    @Override
    public String id() {
        return "fragment-missing";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public boolean seesUntroubled() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.fragments().isEmpty()
                ? Optional.empty()
                : check(flow, true, scene).or(() -> check(flow, false, scene));
    }

    private Optional<Observation> check(FlowCase flow, boolean isForward, Scene scene) {
        if (!isInPieces(flow, isForward) && !Failures.fails(flow, scene)) {
            return Optional.empty();
        }
        boolean told = flow.flow().icmpReports().stream()
                .filter(report -> report.aboutForward() == isForward)
                .map(IcmpReport::error)
                .anyMatch(FragmentMissing::isReassemblyTimeout);
        return flow.passages(isForward).stream()
                .findFirst()
                .map(passage -> passage.route().example().first())
                .map(first ->
                        scene.fragments().between(first.protocol(), first.sourceAddress(), first.destinationAddress()))
                .filter(exchange -> told || isMost(exchange))
                .flatMap(exchange -> exchange.lacking().stream()
                        .flatMap(datagram ->
                                observation(sender(flow, isForward), datagram, exchange, told, scene).stream())
                        .findFirst());
    }

    private static String sender(FlowCase flow, boolean isForward) {
        return (isForward ? flow.initiator() : flow.responder()).name();
    }

    static boolean isReassemblyTimeout(IcmpError error) {
        return error.isTimeExceeded() && error.code() == REASSEMBLY;
    }

    private static boolean isInPieces(FlowCase flow, boolean isForward) {
        return flow.passages(isForward).stream()
                .anyMatch(passage -> passage.route().example().first().isFragment());
    }

    private static boolean isMost(Exchange exchange) {
        return exchange.lackingCount() >= MIN_LACKING && exchange.lackingCount() >= exchange.whole();
    }

    private Optional<Observation> observation(
            String sender, PiecedDatagram datagram, Exchange exchange, boolean told, Scene scene) {
        Path path = scene.topology().path(datagram.longest(), false);
        Optional<CapturePoint> lacking = lackingAt(datagram, path, scene);
        if (lacking.isEmpty() || isAtTheEdge(datagram, lacking.get(), scene)) {
            return Optional.empty();
        }
        Optional<CapturePoint> whole = wholeBefore(datagram, path, lacking.get());
        if (whole.isEmpty() && !told && !scene.fragments().showsAllKinds(lacking.get())) {
            return Optional.empty();
        }
        Observation observation = observation(sender, datagram, exchange, path, lacking.get(), whole);
        return Optional.of(whole.isPresent() || told ? observation : observation.likely());
    }

    /// The first point on the way at which some octets are missing. Of several uplinks each may have seen a part.
    private static Optional<CapturePoint> lackingAt(PiecedDatagram datagram, Path path, Scene scene) {
        return path.stages().stream()
                .map(Stage::point)
                .filter(point -> !datagram.isWholeAt(point))
                .filter(point -> !(scene.whereabouts().isUplink(point) && datagram.isWholeOn(point.node())))
                .findFirst();
    }

    private static Optional<CapturePoint> wholeBefore(PiecedDatagram datagram, Path path, CapturePoint lacking) {
        return path.stages().stream()
                .map(Stage::point)
                .takeWhile(point -> point.id() != lacking.id())
                .filter(datagram::isWholeAt)
                .reduce((before, last) -> last);
    }

    private static boolean isAtTheEdge(PiecedDatagram datagram, CapturePoint point, Scene scene) {
        long first = datagram.firstNanos();
        boolean begun = scene.coverage().covers(point.node(), first, first);
        return !begun || scene.remainingNanos(point, datagram.lastNanos()) < MARGIN_NANOS;
    }

    private Observation observation(
            String sender,
            PiecedDatagram datagram,
            Exchange exchange,
            Path path,
            CapturePoint lacking,
            Optional<CapturePoint> whole) {
        int missing = datagram.firstMissing(lacking);
        String which = missing == 0 ? "the first fragment" : "later fragments";
        Claim claim = new Claim(
                which + " of datagrams that " + sender + " sends do not reach " + lacking,
                "all octets of each datagram",
                "nothing from octet " + missing + " on",
                missing == 0
                        ? "Something on the way drops the fragment that bears the ports: compare the filters on both sides of "
                                + lacking + "."
                        : "Something on the way drops fragments without ports: firewalls, load balancers and cloud networks do,"
                                + " some nftables rules too (ip frag-off). Make datagrams smaller: a lower EDNS buffer size, TCP"
                                + " for DNS, a lower MTU in the sender; or let fragments pass.");
        Stage telling = path.first(stage -> stage.point().id() == lacking.id()).orElse(path.last());
        Proof proof = new Proof(
                evidence(path, telling),
                exchange.lackingCount(),
                datagram.firstNanos(),
                datagram.lastNanos(),
                DisplayFilter.address(telling.sourceAddress()) + " && "
                        + DisplayFilter.address(telling.destinationAddress())
                        + (telling.sourceAddress().isIpv4()
                                ? " && (ip.flags.mf == 1 || ip.frag_offset > 0)"
                                : " && ipv6.fraghdr"));
        Place place =
                whole.map(before -> Place.lost(before, Optional.of(lacking))).orElseGet(() -> Place.at(lacking));
        return new Observation(this, Severity.ERROR, place, claim, proof).causedBy(which);
    }

    private static List<Stage> evidence(Path path, Stage telling) {
        return Stream.concat(Stream.of(telling), path.stages().stream().filter(stage -> stage != telling))
                .toList();
    }
}
