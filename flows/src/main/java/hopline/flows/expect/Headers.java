package hopline.flows.expect;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the headers of the expected packet say at one hop.
///
/// @param protocol an IP protocol number
/// @param source with [Endpoint#NO_PORT] where the protocol has none, or where any of a pool may be taken
/// @param sourceMac in the lower 48 bits; [#UNKNOWN_MAC] where the state does not tell
/// @param destinationMac likewise
/// @param timeToLive of the inner header
/// @param tunnel the outer headers, while it is in a tunnel
public record Headers(
        int protocol,
        Endpoint source,
        Endpoint destination,
        long sourceMac,
        long destinationMac,
        int timeToLive,
        Optional<Tunnel> tunnel) {

    /// No frame has it as an address of one host.
    public static final long UNKNOWN_MAC = 0;

    /// A packet as it begins, before anyone wrote a frame around it.
    public static Headers of(int protocol, Endpoint source, Endpoint destination, int timeToLive) {
        return new Headers(protocol, source, destination, UNKNOWN_MAC, UNKNOWN_MAC, timeToLive, Optional.empty());
    }

    /// With another source.
    public Headers withSource(Endpoint other) {
        return new Headers(protocol, other, destination, sourceMac, destinationMac, timeToLive, tunnel);
    }

    /// With another destination.
    public Headers withDestination(Endpoint other) {
        return new Headers(protocol, source, other, sourceMac, destinationMac, timeToLive, tunnel);
    }

    /// In another frame.
    public Headers withMacs(long from, long to) {
        return new Headers(protocol, source, destination, from, to, timeToLive, tunnel);
    }

    /// After one router.
    public Headers routed() {
        return new Headers(
                protocol, source, destination, sourceMac, destinationMac, Math.max(0, timeToLive - 1), tunnel);
    }

    /// Inside `other`.
    public Headers in(Tunnel other) {
        return new Headers(protocol, source, destination, sourceMac, destinationMac, timeToLive, Optional.of(other));
    }

    /// Out of its tunnel.
    public Headers bare() {
        return new Headers(protocol, source, destination, sourceMac, destinationMac, timeToLive, Optional.empty());
    }

    /// The answer, from where this one goes to where it came from, in no frame yet.
    public Headers reversed(int newTimeToLive) {
        return of(protocol, destination, source, newTimeToLive);
    }

    /// An end as text; a port that nobody can foretell is `any`.
    public String text(Endpoint end) {
        return end.hasPort() || !IpProtocol.hasPorts(protocol) ? end.toString() : end + ":any";
    }

    /// As in `TCP 10.244.1.31:41234 → 10.96.0.10:53`.
    @Override
    public String toString() {
        return IpProtocol.name(protocol) + " " + text(source) + " → " + text(destination);
    }

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers that
                && protocol == that.protocol
                && source.equals(that.source)
                && destination.equals(that.destination)
                && sourceMac == that.sourceMac
                && destinationMac == that.destinationMac
                && timeToLive == that.timeToLive
                && tunnel.equals(that.tunnel);
    }

    @Override
    public int hashCode() {
        return (source.hashCode() * 31 + destination.hashCode()) * 31 + protocol;
    }
}
