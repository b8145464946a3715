package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Optional;

/// A pod reaches itself through a service, and the packet does not come back to it in a form it accepts.
///
/// After the service's translation, source and destination are the pod itself; a host drops such a packet from
/// outside. So the node must translate the source as well, and the bridge must send it out where it came in.
final class HairpinNotTranslated implements FlowRule {

    @Override
    public String id() {
        return "hairpin-not-translated";
    }

    @Override
    public String reference() {
        return "F27, F54";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.works()) {
            return Optional.empty();
        }
        Address own = flow.initiator().endpoint().address();
        return flow.firstForward(passage -> leadsBack(passage, own) ? check(flow, passage) : Optional.empty());
    }

    private static boolean leadsBack(Passage passage, Address own) {
        return Translations.ofDestination(passage)
                .filter(nat -> nat.to().address().equals(own))
                .isPresent();
    }

    private Optional<Observation> check(FlowCase flow, Passage passage) {
        if (isToItself(passage.last())) { // nodes translate the source last: a capture may end before that
            return passage.fate() instanceof Fate.Unknown
                    ? Optional.empty()
                    : passage.path()
                            .first(HairpinNotTranslated::isToItself)
                            .map(stage -> untranslated(flow, passage, stage));
        }
        return passage.fate() instanceof Fate.Lost loss
                ? Optional.of(notReturned(flow, passage, loss))
                : Optional.empty();
    }

    private static boolean isToItself(Stage stage) {
        return stage.sourceAddress().equals(stage.destinationAddress());
    }

    private Observation untranslated(FlowCase flow, Passage passage, Stage stage) {
        Claim claim = new Claim(
                "pod " + flow.initiator().name() + " reaches itself through "
                        + flow.target().name() + ", and its own address stays the source",
                "source translated to an address of the node, or the service's",
                "source and destination " + stage.sourceAddress(),
                "Turn on source translation for hairpin traffic: kube-proxy does it when it knows the cluster CIDR or with"
                        + " masqueradeAll; on Windows use loopbackDSR (a second OutBoundNAT for the endpoint's own"
                        + " address).");
        return new Observation(this, Severity.ERROR, Place.at(stage), claim, Proof.of(passage, stage))
                .suspecting(stage.sourceAddress());
    }

    private Observation notReturned(FlowCase flow, Passage passage, Fate.Lost loss) {
        Claim claim = new Claim(
                "pod " + flow.initiator().name() + " reaches itself through "
                        + flow.target().name() + ", and the bridge does not send the packet back",
                loss.nextExpected().map(point -> "seen again at " + point).orElse("seen again at the pod"),
                "nothing after " + loss.lastSeen(),
                "Turn on hairpin mode for the pod's bridge port (kubelet's hairpinMode hairpin-veth, or promiscuous-bridge).");
        return new Observation(this, Severity.ERROR, Place.of(loss), claim, Proof.of(passage, passage.last()));
    }
}
