package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.path.Tunnels;
import hopline.flows.scene.Scene;
import hopline.flows.scene.SharedSetting;
import java.util.Objects;
import java.util.OptionalInt;

/// One end of a tunnel uses another value of a [SharedSetting] than the overlay.
///
/// @param node which node's end
/// @param wrong the value it uses
/// @param right the value of the overlay
/// @param seen where the wrong value was first seen
/// @param telling the packet's first stage in the tunnel
record Deviation(String node, int wrong, int right, CapturePoint seen, Stage telling) {

    /// Of the ends of the tunnel in which `passage` ends, the one that is not as the overlay is.
    ///
    /// @param receiver the value that the far end uses
    static Deviation of(Passage passage, SharedSetting setting, int receiver, Scene scene) {
        Stage last = passage.last();
        Encapsulation tunnel = Objects.requireNonNull(last.outer());
        int sender = setting.of(tunnel);
        boolean senderIsRight = setting.right().equals(OptionalInt.of(sender));
        Address culprit = senderIsRight ? tunnel.destination() : tunnel.source();
        int wrong = senderIsRight ? receiver : sender;
        return new Deviation(
                scene.whereabouts().owner(culprit, last.epochNanos()).orElse(culprit.toString()),
                wrong,
                senderIsRight ? sender : receiver,
                setting.sent(culprit, wrong).map(Tunnels.Use::firstSeen).orElse(last.point()),
                passage.path().first(stage -> tunnel.equals(stage.outer())).orElse(last));
    }
}
