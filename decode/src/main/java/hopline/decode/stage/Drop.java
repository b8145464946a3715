package hopline.decode.stage;

import hopline.capture.EventFacts;
import hopline.capture.Fact;
import java.util.Locale;
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
        return new Drop(
                said(facts, Fact.DROP, Fact.REASON, "reason %d"),
                said(facts, Fact.PLACE, Fact.LOCATION, "location 0x%x"));
    }

    private static String said(EventFacts facts, Fact text, Fact number, String form) {
        if (!facts.text(text).isEmpty()) {
            return facts.text(text);
        }
        long code = facts.number(number, -1);
        return code < 0 ? "" : String.format(Locale.ROOT, form, code);
    }
}
