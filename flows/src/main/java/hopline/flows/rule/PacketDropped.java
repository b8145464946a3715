package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Drop;
import hopline.flows.event.Denial;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.rule.Refusals.Refused;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
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
        Optional<Refused> refused = Refusals.of(flow, scene);
        if (refused.filter(r -> r.kind() != Denial.Kind.OTHER).isPresent()) {
            return Optional.empty(); // a rule of its own tells of it
        }
        Optional<Passage> stopping = Losses.stopping(flow).filter(PacketDropped::isDropped);
        if (stopping.isPresent() && isMeantForOne(stopping.get())) {
            return stopping.map(loss -> observation(loss, Severity.ERROR, refused.flatMap(Refused::denial)));
        }
        return flow.first(passage -> isDropped(passage) ? Optional.of(passage) : Optional.empty())
                .map(loss -> observation(loss, Severity.NOTE, Optional.empty()));
    }

    private static boolean isDropped(Passage passage) {
        return passage.fate() instanceof Fate.Dropped;
    }

    /// What is sent to many is dropped wherever nobody wants it.
    private static boolean isMeantForOne(Passage loss) {
        return !loss.last().destinationAddress().isMulticast();
    }

    private Observation observation(Passage loss, Severity severity, Optional<Denial> denial) {
        Fate.Dropped fate = (Fate.Dropped) loss.fate();
        CapturePoint at = fate.at();
        Drop drop = fate.drop();
        String place = drop.place().isEmpty() || drop.reason().contains(drop.place()) ? "" : ", in " + drop.place();
        Claim claim = new Claim(
                "packets are dropped on " + at.node() + " at " + at.name() + ": " + drop.reason(),
                "to go on",
                "dropped: " + drop.reason() + place + own(drop, denial),
                severity == Severity.ERROR
                        ? "The system itself gives this reason: look at what " + at.name()
                                + " is told to do with such packets. On Windows that is the VFP rules of the pod's port, the HNS"
                                + " policies and endpoints, and the drop counters (pktmon counters, vfpctrl)."
                        : "The traffic works all the same, or was sent to many: resent, or a copy that nobody wanted.");
        return new Observation(this, severity, Place.lastSeen(at), claim, Proof.of(loss, loss.last()))
                .causedBy(drop.reason());
    }

    /// What an event of its own says beside the dropped packet's.
    private static String own(Drop drop, Optional<Denial> denial) {
        return denial.filter(told -> !told.reason().equals(drop.reason()))
                .map(told -> "; " + told.reason() + (told.place().isEmpty() ? "" : ", " + told.place()))
                .orElse("");
    }
}
