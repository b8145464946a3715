package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Drop;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import java.util.Optional;

/// The system says that it dropped a packet, and why.
final class PacketDropped implements FlowRule {

    @Override
    public String id() {
        return "packet-dropped";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        Optional<Passage> stopping = Losses.stopping(flow).filter(PacketDropped::isDropped);
        if (stopping.isPresent() && isMeantForOne(stopping.get())) {
            return stopping.map(loss -> observation(loss, Severity.ERROR));
        }
        return flow.first(passage -> isDropped(passage) ? Optional.of(passage) : Optional.empty())
                .map(loss -> observation(loss, Severity.NOTE));
    }

    private static boolean isDropped(Passage passage) {
        return passage.fate() instanceof Fate.Dropped;
    }

    /// What is sent to many is dropped wherever nobody wants it.
    private static boolean isMeantForOne(Passage loss) {
        return !loss.last().destinationAddress().isMulticast();
    }

    private Observation observation(Passage loss, Severity severity) {
        Fate.Dropped fate = (Fate.Dropped) loss.fate();
        CapturePoint at = fate.at();
        Drop drop = fate.drop();
        String place = drop.place().isEmpty() ? "" : ", in " + drop.place();
        Claim claim = new Claim(
                "packets are dropped on " + at.node() + " at " + at.name() + ": " + drop.reason(),
                "to go on",
                "dropped: " + drop.reason() + place,
                severity == Severity.ERROR
                        ? "The system itself gives this reason: look at what " + at.name()
                                + " is told to do with such packets. On Windows that is the VFP rules of the pod's port, the HNS"
                                + " policies and endpoints, and the drop counters (pktmon counters, vfpctrl)."
                        : "The traffic works all the same, or was sent to many: resent, or a copy that nobody wanted.");
        return new Observation(this, severity, Place.lastSeen(at), claim, Proof.of(loss, loss.last()))
                .causedBy(drop.reason());
    }
}
