package hopline.flows.rule;

import hopline.capture.event.EventLayout;
import hopline.flows.event.Denial;
import hopline.flows.event.Denial.Kind;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import java.util.Map;
import java.util.Optional;

/// Which losses the system explains so well that they are more than a dropped packet.
final class Refusals {

    /// What the packet monitor's own words for a drop mean; they are the same in every build that has them.
    private static final Map<String, Kind> REASONS = Map.ofEntries(
            Map.entry("Failed ARP Guard", Kind.GUARD),
            Map.entry("Failed IPv4 Guard", Kind.GUARD),
            Map.entry("Failed IPv6 Guard", Kind.GUARD),
            Map.entry("Failed MAC Guard", Kind.GUARD),
            Map.entry("Failed NDP Guard", Kind.GUARD),
            Map.entry("Spoofed MAC address is not allowed", Kind.GUARD),
            Map.entry("IPv4 guard", Kind.GUARD),
            Map.entry("IPv6 guard", Kind.GUARD),
            Map.entry("MAC guard", Kind.GUARD),
            Map.entry("ARP guard", Kind.GUARD),
            Map.entry("Inspection drop", Kind.FIREWALL),
            Map.entry("ICMP: inspection drop", Kind.FIREWALL),
            Map.entry("INET: receive inspection", Kind.FIREWALL),
            Map.entry("INET: accept inspection", Kind.FIREWALL));

    private Refusals() {}

    /// A loss that stops a flow, and what refused it.
    ///
    /// @param denial the event that says so; empty where only the dropped packet's own event does
    record Refused(Passage loss, Kind kind, String reason, Optional<Denial> denial) {

        /// The reason, where it was, and by what it was read if not by the trace's own layout.
        String found() {
            String place =
                    denial.map(Denial::place).filter(at -> !reason.contains(at)).orElse("");
            boolean published =
                    denial.filter(d -> d.layout() == EventLayout.PUBLISHED).isPresent();
            return reason
                    + (place.isEmpty() ? "" : ", " + place)
                    + (published ? " (read by the event's published layout)" : "");
        }

        boolean isCertain() {
            return denial.map(Denial::certain).orElse(true);
        }
    }

    /// What stops the flow, if the system says that it refused it.
    static Optional<Refused> of(FlowCase flow, Scene scene) {
        return Losses.stopping(flow)
                .filter(loss -> loss.fate() instanceof Fate.Dropped)
                .filter(loss -> !loss.last().destinationAddress().isMulticast())
                .map(loss -> refused(loss, scene));
    }

    private static Refused refused(Passage loss, Scene scene) {
        String reason = ((Fate.Dropped) loss.fate()).drop().reason();
        Optional<Denial> denial = scene.events()
                .denial(loss.last(), loss.route().firstNanos(), loss.route().lastNanos());
        Kind kind = denial.map(Denial::kind).orElse(Kind.OTHER);
        return new Refused(loss, kind == Kind.OTHER ? REASONS.getOrDefault(reason, kind) : kind, reason, denial);
    }

    /// The same, of that kind only.
    static Optional<Refused> of(FlowCase flow, Scene scene, Kind kind) {
        return of(flow, scene).filter(refused -> refused.kind() == kind);
    }
}
