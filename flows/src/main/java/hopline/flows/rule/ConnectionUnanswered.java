package hopline.flows.rule;

import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import hopline.flows.TcpConnection;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.scene.Traceroute;
import java.util.Optional;

/// A connection's SYN arrived, as far as can be seen, and no answer came. Pings are a warning: hosts may ignore them.
final class ConnectionUnanswered implements FlowRule {

    /// Clients ask again after a second: an answer that is to come comes before.
    private static final long MIN_WAIT_NANOS = 900_000_000;

    @Override
    public String id() {
        return "connection-unanswered";
    }

    @Override
    public String reference() {
        return "F56";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (!isRequest(flow) || flow.isAnswered() || flow.isOverheard() || isByDesign(flow, scene)) {
            return Optional.empty();
        }
        return flow.mainForward()
                .filter(passage -> !passage.last().destinationAddress().isMulticast())
                .filter(passage -> hasWaited(flow, passage, scene))
                .filter(passage -> !mayReturnElsewhere(passage, scene))
                .map(passage -> observation(flow, passage, scene));
    }

    private static boolean isByDesign(FlowCase flow, Scene scene) {
        return IcmpNotTranslated.explains(flow, scene) || Traceroute.isProbe(flow, true, scene);
    }

    private static boolean isRequest(FlowCase flow) {
        TcpConnection tcp = flow.flow().tcp();
        return tcp != null ? tcp.initiator().syns() > 0 : isPing(flow);
    }

    private static boolean isPing(FlowCase flow) {
        int protocol = flow.flow().protocol();
        return (protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6)
                && flow.mainForward()
                        .filter(passage -> passage.path().first().sourcePort() != 0)
                        .isPresent();
    }

    /// Clients that asked twice waited; else the capture must go on long enough.
    private static boolean hasWaited(FlowCase flow, Passage passage, Scene scene) {
        long last = flow.forward().stream()
                .mapToLong(p -> p.route().lastNanos())
                .max()
                .orElse(0);
        boolean askedAgain =
                flow.flow().forward().packets() > 1 && last - flow.flow().startNanos() >= MIN_WAIT_NANOS;
        return askedAgain || scene.remainingNanos(passage.last().point(), last) >= MIN_WAIT_NANOS;
    }

    /// Only nodes that pass it on were captured: from outside the answer may come to the client's node by another way.
    private static boolean mayReturnElsewhere(Passage passage, Scene scene) {
        Stage first = passage.path().first();
        Stage last = passage.last();
        Optional<String> client = scene.whereabouts().owner(first.sourceAddress(), first.epochNanos());
        Optional<String> server = scene.whereabouts().owner(last.destinationAddress(), last.epochNanos());
        return client.isPresent()
                && server.isEmpty()
                && first.sameSource(last)
                && passage.path().stages().stream()
                        .noneMatch(stage -> stage.point().node().equals(client.get()));
    }

    private Observation observation(FlowCase flow, Passage passage, Scene scene) {
        Stage last = passage.last();
        boolean arrives = passage.fate() instanceof Fate.Delivered;
        boolean ping = flow.flow().tcp() == null;
        String what = ping ? "pings" : "connections";
        Claim claim = new Claim(
                what + " to " + Resets.target(flow) + (arrives ? " arrive and get no answer" : " get no answer"),
                (ping ? "echo reply" : "SYN-ACK") + " from " + flow.responder().endpoint(),
                "nothing after " + last.point(),
                Unserved.advice(flow, scene).orElseGet(() -> arrives ? adviceThere(last) : adviceBefore(last)));
        Observation observation = new Observation(
                this,
                ping ? Severity.WARNING : Severity.ERROR,
                Place.lastSeen(last.point()),
                claim,
                Proof.of(passage, last));
        return arrives ? observation : observation.likely();
    }

    private static String adviceThere(Stage last) {
        return "The packet reached the point where " + last.destinationAddress()
                + " lives: look at the firewall inside the pod or host, at its listen queue, and at reverse path"
                + " filtering.";
    }

    private static String adviceBefore(Stage last) {
        return "Nothing shows whether it got further than " + last.point() + ": capture closer to "
                + last.destinationAddress() + ", at its own interface.";
    }
}
