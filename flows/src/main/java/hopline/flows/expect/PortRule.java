package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import java.util.List;

/// A rule of a virtual port, ready to be compared with packets. Empty lists match everything.
final class PortRule {

    private final List<PortSpan> protocols;
    private final List<AddressSpan> sources;
    private final List<AddressSpan> destinations;
    private final List<PortSpan> sourcePorts;
    private final List<PortSpan> destinationPorts;
    private final long sourceMac;
    private final long destinationMac;
    private final int priority;
    private final int sharedBits;
    private final Effect effect;
    private final RuleRef ref;
    private final String unread;

    /// What a rule compares; what is left out matches everything.
    static final class Draft {

        List<PortSpan> protocols = List.of();
        List<AddressSpan> sources = List.of();
        List<AddressSpan> destinations = List.of();
        List<PortSpan> sourcePorts = List.of();
        List<PortSpan> destinationPorts = List.of();
        long sourceMac = Headers.UNKNOWN_MAC;
        long destinationMac = Headers.UNKNOWN_MAC;
        int priority = 100;
        String unread = "";

        PortRule build(Effect effect, RuleRef ref) {
            return new PortRule(this, effect, ref);
        }

        Draft to(Endpoint destination, int protocol) {
            destinations = List.of(AddressSpan.of(destination.address()));
            destinationPorts = List.of(PortSpan.of(destination.port()));
            return protocol(protocol);
        }

        Draft to(AddressSpan... spans) {
            destinations = List.of(spans);
            return this;
        }

        Draft protocol(int protocol) {
            protocols = List.of(PortSpan.of(protocol));
            return this;
        }

        Draft priority(int other) {
            priority = other;
            return this;
        }
    }

    private PortRule(Draft draft, Effect effect, RuleRef ref) {
        this.protocols = List.copyOf(draft.protocols);
        this.sources = List.copyOf(draft.sources);
        this.destinations = List.copyOf(draft.destinations);
        this.sourcePorts = List.copyOf(draft.sourcePorts);
        this.destinationPorts = List.copyOf(draft.destinationPorts);
        this.sourceMac = draft.sourceMac;
        this.destinationMac = draft.destinationMac;
        this.priority = draft.priority;
        this.sharedBits =
                destinations.stream().mapToInt(AddressSpan::sharedBits).max().orElse(-1);
        this.effect = effect;
        this.ref = ref;
        this.unread = draft.unread;
    }

    Effect effect() {
        return effect;
    }

    RuleRef ref() {
        return ref;
    }

    /// A condition that could not be read, so that it may match less than it seems to; mostly empty.
    String unread() {
        return unread;
    }

    boolean matches(Headers headers) {
        return contains(destinations, headers.destination().address())
                && contains(destinationPorts, headers.destination(), headers.protocol())
                && containsNumber(protocols, headers.protocol())
                && contains(sources, headers.source().address())
                && contains(sourcePorts, headers.source(), headers.protocol())
                && (sourceMac == Headers.UNKNOWN_MAC || sourceMac == headers.sourceMac())
                && (destinationMac == Headers.UNKNOWN_MAC || destinationMac == headers.destinationMac());
    }

    private static boolean contains(List<AddressSpan> spans, Address address) {
        if (spans.isEmpty()) {
            return true;
        }
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<PortSpan> spans, Endpoint end, int protocol) {
        return spans.isEmpty() || (IpProtocol.hasPorts(protocol) && containsNumber(spans, end.port()));
    }

    private static boolean containsNumber(List<PortSpan> spans, int number) {
        if (spans.isEmpty()) {
            return true;
        }
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).contains(number)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it counts before `other`, which matches too: by priority, the lower number first, or by the length
    /// of the destination's prefix; each decides where the other does not.
    boolean precedes(PortRule other, boolean longestPrefix) {
        if (longestPrefix && sharedBits != other.sharedBits) {
            return sharedBits > other.sharedBits;
        }
        return priority != other.priority ? priority < other.priority : sharedBits > other.sharedBits;
    }
}
