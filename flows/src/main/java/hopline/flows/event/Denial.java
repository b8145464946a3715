package hopline.flows.event;

import hopline.capture.event.EventLayout;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.VfpRule;
import java.util.Optional;

/// The system's word, by an event of its own, that it did not let packets through.
///
/// @param kind what sort of refusal
/// @param reason why, for people
/// @param rule which rule refused them, where the event says so
/// @param port the virtual switch's port, where it was one
/// @param firstNanos when the first was refused, nanoseconds since 1970, on the reference node's clock
/// @param lastNanos when the last was
/// @param count how many events say so
/// @param layout by what they were read
/// @param certain false when the event leaves another cause open
public record Denial(
        Kind kind,
        String reason,
        Optional<VfpRule> rule,
        Optional<SwitchPort> port,
        long firstNanos,
        long lastNanos,
        long count,
        EventLayout layout,
        boolean certain) {

    /// What refuses packets.
    public enum Kind {
        /// A rule that blocks: a network policy or ACL.
        POLICY,
        /// The guard of a port's own addresses.
        GUARD,
        /// The host's or the pod's own firewall.
        FIREWALL,
        /// No port was left to translate to.
        PORTS,
        OTHER
    }

    /// The same refusal, once more.
    Denial again(long epochNanos) {
        return new Denial(
                kind, reason, rule, port, firstNanos, Math.max(lastNanos, epochNanos), count + 1, layout, certain);
    }

    boolean isOf(Denial other) {
        return kind == other.kind && reason.equals(other.reason) && rule.equals(other.rule) && port.equals(other.port);
    }

    /// Where, for people, as far as the event tells.
    public String place() {
        return port.map(SwitchPort::label).orElse("");
    }
}
