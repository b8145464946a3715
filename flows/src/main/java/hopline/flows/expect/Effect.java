package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.util.List;
import java.util.Optional;

/// What a rule of a virtual port does to the packets that it matches.
sealed interface Effect {

    record Allow() implements Effect {}

    record Block() implements Effect {}

    /// Load balancing: one of several destinations.
    ///
    /// @param source the source it gets as well; empty when it keeps its own
    /// @param routes it also counts as a hop
    record Balance(List<Endpoint> backends, Optional<Address> source, boolean routes) implements Effect {

        public Balance {
            backends = List.copyOf(backends);
        }
    }

    /// Dynamic NAT: the source becomes an address with a port of a pool.
    ///
    /// @param to empty where the rule does not say
    record TranslateSource(Optional<Address> to) implements Effect {}

    /// Into a tunnel.
    ///
    /// @param innerMac the inner destination MAC that the receiver expects
    record Encapsulate(Tunnel tunnel, long innerMac, boolean routes) implements Effect {}

    /// Another frame; [Headers#UNKNOWN_MAC] leaves an address as it is.
    record RewriteMac(long source, long destination) implements Effect {}

    /// Something whose effect on a packet is not known here: metering, mapping …
    record Other(String type) implements Effect {}
}
