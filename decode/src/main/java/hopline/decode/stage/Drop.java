package hopline.decode.stage;

import hopline.capture.EventFacts;
import org.jspecify.annotations.Nullable;

/// The system's own word that it dropped a packet.
///
/// @param reason why, in the system's words, else its number
/// @param place where in the system, in its words, else its number; empty when it does not say
public record Drop(String reason, String place) {

    /// What `facts` say of a drop, or null when they say of none.
    static @Nullable Drop of(EventFacts facts) {
        if (!facts.isDrop()) {
            return null;
        }
        return new Drop(facts.dropReason(), facts.dropPlace());
    }
}
