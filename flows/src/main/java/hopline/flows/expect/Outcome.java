package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.util.Optional;

/// How an expected walk ends.
public sealed interface Outcome {

    /// It reaches its destination.
    ///
    /// @param who the pod or node that gets it, by name
    record Delivered(Place at, Endpoint to, String who) implements Outcome {}

    /// It leaves the cluster's nodes.
    ///
    /// @param nextHop the router it is handed to; empty when its destination is on the link
    record Left(String node, Optional<Address> nextHop, String note) implements Outcome {}

    /// The state says that it is dropped.
    record Dropped(Place at, String reason) implements Outcome {}

    /// The state does not tell.
    record Unknown(Place at, String reason) implements Outcome {}

    /// It goes round in a circle.
    record Endless(Place at) implements Outcome {}

    /// The word for it in JSON and in the minimal form.
    default String kind() {
        return switch (this) {
            case Delivered delivered -> "delivered";
            case Left left -> "left";
            case Dropped dropped -> "dropped";
            case Unknown unknown -> "unknown";
            case Endless endless -> "endless";
        };
    }

    /// It in a sentence without a full stop.
    default String text() {
        return switch (this) {
            case Delivered delivered -> "delivered to " + delivered.who() + " at " + delivered.to();
            case Left left ->
                "leaves " + left.node()
                        + left.nextHop().map(hop -> " to the router " + hop).orElse(" for the link")
                        + (left.note().isEmpty() ? "" : ": " + left.note());
            case Dropped dropped -> "dropped at " + dropped.at() + ": " + dropped.reason();
            case Unknown unknown -> "unknown from " + unknown.at() + " on: " + unknown.reason();
            case Endless endless -> "goes round in a circle, seen again at " + endless.at();
        };
    }
}
