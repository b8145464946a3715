package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Stage;
import hopline.flows.SegmentTrack;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.ResentSegments;
import hopline.flows.scene.ResentSegments.Share;
import hopline.flows.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Segments are sent again, more than any network's share: five or more, and two percent or more, of one
/// connection, or lost at one place by all together, of all segments that pass it. Counted at one capture point,
/// never over the copies of one packet.
final class Retransmissions implements FlowRule {

    private static final int MIN_RESENT = 5;
    private static final int MIN_PERCENT = 2;

    @Override
    public String id() {
        return "retransmissions";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return ResentSegments.worst(flow).flatMap(track -> {
            CapturePoint place = ResentSegments.place(flow, track);
            boolean many = isMany(Share.of(track)) || isMany(scene.resent().at(place));
            return many ? Optional.of(observation(flow, track, place)) : Optional.empty();
        });
    }

    private static boolean isMany(Share share) {
        return share.resent() >= MIN_RESENT && 100 * share.resent() >= MIN_PERCENT * share.segments();
    }

    private Observation observation(FlowCase flow, SegmentTrack track, CapturePoint place) {
        Share share = Share.of(track);
        boolean located = flow.passages(track.isForward()).stream().anyMatch(Passage::isLost);
        Claim claim = new Claim(
                located
                        ? "TCP segments are lost after " + place + " and sent again"
                        : "TCP segments seen at " + place + " are sent again",
                "fewer than " + MIN_RESENT + " segments or " + MIN_PERCENT + " % sent again",
                share.toString(),
                located
                        ? "Packets get lost behind " + place
                                + ": look at that interface's and the next hop's drop counters, at queues and at the link."
                        : "The loss is outside what was captured: capture further along the path to find where.");
        Stage example = track.firstRetransmission();
        List<Stage> evidence = new ArrayList<>();
        if (example != null) {
            evidence.add(example);
        }
        flow.passages(track.isForward()).stream()
                .filter(Passage::isLost)
                .map(Passage::last)
                .forEach(evidence::add);
        Proof proof = new Proof(
                evidence,
                share.resent(),
                flow.flow().startNanos(),
                flow.flow().endNanos(),
                "tcp.analysis.retransmission");
        Place where = located ? Place.lastSeen(place) : Place.at(place);
        return new Observation(this, Severity.WARNING, where, claim, proof)
                .causedBy(claim.title())
                .counting(share);
    }
}
