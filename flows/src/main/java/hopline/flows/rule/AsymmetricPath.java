package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.MacAddress;
import hopline.decode.stage.Stage;
import hopline.flows.TcpConnection;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Optional;

/// A connection's answers come back by another way than its questions went, and it does not get on.
///
/// Many networks send answers another way, and it works: direct server return, several uplinks, pairs of routers. So
/// only connections that stand still count, and only where no other conversation works with the same two ways.
final class AsymmetricPath implements FlowRule {

    /// VRRP for IPv4 and IPv6, HSRP versions 1 and 2, GLBP: frames go to an address that two routers share.
    private static final List<Long> SHARED_PREFIXES =
            List.of(0x0000_5e00_01L, 0x0000_5e00_02L, 0x0000_0c07_acL, 0x0000_0c9f_f0L, 0x0007_b400_01L);

    private static final int LAST_OCTET = 8;

    /// The two ways at one node's uplink.
    private record Ways(Stage there, Stage back) {}

    @Override
    public String id() {
        return "asymmetric-path";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return isStanding(flow, scene)
                ? flow.mainForward().flatMap(there -> flow.mainReverse()
                        .flatMap(back -> ways(there, back, scene).map(ways -> observation(flow, there, ways))))
                : Optional.empty();
    }

    /// Both sides speak, and it gets nowhere.
    private static boolean isStanding(FlowCase flow, Scene scene) {
        TcpConnection tcp = flow.flow().tcp();
        return tcp != null
                && tcp.initiator().syns() > 0
                && tcp.responder().syns() > 0
                && (Failures.fails(flow, scene) || tcp.isStalled(true) || tcp.isStalled(false));
    }

    private static Optional<Ways> ways(Passage there, Passage back, Scene scene) {
        for (Stage out : there.path().stages()) {
            if (isPlainAtUplink(out, scene)) {
                for (Stage in : back.path().stages()) {
                    if (isPlainAtUplink(in, scene) && differ(out, in, there, back, scene)) {
                        return Optional.of(new Ways(out, in));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isPlainAtUplink(Stage stage, Scene scene) {
        return stage.outer() == null && scene.whereabouts().isUplink(stage.point());
    }

    private static boolean differ(Stage out, Stage in, Passage there, Passage back, Scene scene) {
        if (!out.point().node().equals(in.point().node())) {
            return false;
        }
        return out.samePoint(in) ? differAtOnePoint(out, in, scene) : areTwoUplinks(out, in, there, back, scene);
    }

    /// The frames go to one neighbour, and those of the answers come from another.
    private static boolean differAtOnePoint(Stage out, Stage in, Scene scene) {
        boolean outgoing = isOn(out, scene);
        long sentTo = outgoing ? out.destinationMac() : in.destinationMac();
        long answeredFrom = outgoing ? in.sourceMac() : out.sourceMac();
        return sentTo != answeredFrom
                && sentTo != 0
                && answeredFrom != 0
                && !MacAddress.isGroup(sentTo)
                && !isShared(sentTo)
                && !isShared(answeredFrom)
                && !scene.habits().links().works(out.point(), sentTo, answeredFrom);
    }

    private static boolean isOn(Stage stage, Scene scene) {
        return scene.whereabouts()
                .owner(stage.sourceAddress(), stage.epochNanos())
                .filter(stage.point().node()::equals)
                .isPresent();
    }

    private static boolean isShared(long mac) {
        return SHARED_PREFIXES.contains(mac >>> LAST_OCTET);
    }

    /// Each way passes an uplink that the other does not.
    private static boolean areTwoUplinks(Stage out, Stage in, Passage there, Passage back, Scene scene) {
        return !passes(back, out.point())
                && !passes(there, in.point())
                && !scene.habits().links().works(out.point(), in.point());
    }

    private static boolean passes(Passage passage, CapturePoint point) {
        return passage.path().first(stage -> stage.point().id() == point.id()).isPresent();
    }

    private Observation observation(FlowCase flow, Passage there, Ways ways) {
        Stage out = ways.there();
        Stage in = ways.back();
        boolean oneUplink = out.samePoint(in);
        Claim claim = new Claim(
                "answers of " + flow.responder().name() + " come back by another way than the questions of "
                        + flow.initiator().name() + " go, and connections stand still",
                oneUplink
                        ? "the same neighbour in both directions at " + out.point()
                        : "both directions at " + out.point(),
                oneUplink
                        ? "frames " + link(out) + " there, " + link(in) + " back"
                        : "there at " + out.point() + ", back at " + in.point(),
                "A firewall or translator that sees one direction only drops what it cannot make sense of: compare the routes"
                        + " to " + out.destinationAddress() + " and to " + out.sourceAddress()
                        + " on both sides, policy routes on hosts with several interfaces, and reverse path filters.");
        return new Observation(this, Severity.ERROR, Place.at(out), claim, proof(there, out, in)).likely();
    }

    private static String link(Stage stage) {
        return MacAddress.text(stage.sourceMac()) + " → " + MacAddress.text(stage.destinationMac());
    }

    private static Proof proof(Passage there, Stage out, Stage in) {
        return new Proof(
                List.of(out, in),
                there.route().packets(),
                there.route().firstNanos(),
                there.route().lastNanos(),
                DisplayFilter.of(out));
    }
}
