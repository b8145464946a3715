package hopline.flows.event;

import hopline.capture.event.Matter;
import hopline.capture.event.VfpRule;
import java.util.Locale;

/// Which sort of refusal an event tells of.
final class Denials {

    /// `STATUS_INSUFFICIENT_RESOURCES`.
    static final long INSUFFICIENT_RESOURCES = 0xC000_009AL;

    /// HNS' own rule against packets of a service to itself, which is no policy.
    private static final String LOOP_GUARD = "Block_LoopBack";

    private Denials() {}

    static Denial.Kind ofBlock(VfpRule rule) {
        return rule.rule().startsWith(LOOP_GUARD) ? Denial.Kind.OTHER : Denial.Kind.POLICY;
    }

    static Denial.Kind of(Matter.Dropped drop) {
        return switch (drop.by()) {
            case GUARD -> drop.reason().endsWith(" guard") ? Denial.Kind.GUARD : Denial.Kind.OTHER;
            case SWITCH_GUARD -> Denial.Kind.GUARD;
            case SWITCH_POLICY -> Denial.Kind.POLICY;
            case FIREWALL -> Denial.Kind.FIREWALL;
            case FORWARDING, SWITCH, TRANSLATION, STACK -> Denial.Kind.OTHER;
        };
    }

    static String status(long status) {
        return status == INSUFFICIENT_RESOURCES
                ? "insufficient resources (0xc000009a)"
                : String.format(Locale.ROOT, "status 0x%08x", status & 0xffff_ffffL);
    }
}
