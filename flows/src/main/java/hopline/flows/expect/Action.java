package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.MacAddress;
import java.util.Optional;

/// What one layer does to a packet.
public sealed interface Action {

    /// Lets it through as it is.
    record Pass() implements Action {}

    /// Translates its destination; `restoring` when that undoes a source translation for an answer.
    record DestinationNat(Endpoint from, Endpoint to, boolean restoring) implements Action {}

    /// Translates its source; `restoring` when that undoes a destination translation for an answer.
    record SourceNat(Endpoint from, Endpoint to, boolean restoring) implements Action {}

    /// Puts it into a tunnel.
    record Encapsulate(Tunnel tunnel) implements Action {}

    /// Takes it out of its tunnel.
    record Decapsulate(Tunnel tunnel) implements Action {}

    /// Writes other addresses into its frame.
    record RewriteMac(long source, long destination) implements Action {}

    /// Decides where it goes next.
    ///
    /// @param nextHop empty when the destination itself is next
    /// @param device the interface, where routes name one
    record Route(Optional<Address> nextHop, String device) implements Action {}

    /// Hands it on to `to`.
    record Forward(String to) implements Action {}

    /// Ends it.
    record Drop(String reason) implements Action {}

    /// The word for it in JSON and in the minimal form, as for observed rewrites where there is one.
    default String kind() {
        return switch (this) {
            case Pass pass -> "pass";
            case DestinationNat nat -> nat.restoring() ? "unsnat" : "dnat";
            case SourceNat nat -> nat.restoring() ? "undnat" : "snat";
            case Encapsulate encapsulate -> "encap";
            case Decapsulate decapsulate -> "decap";
            case RewriteMac mac -> "mac";
            case Route route -> "route";
            case Forward forward -> "forward";
            case Drop drop -> "drop";
        };
    }

    /// What it does, in words.
    default String text() {
        return switch (this) {
            case Pass pass -> "pass";
            case DestinationNat nat -> kind() + " " + nat.from() + " → " + nat.to();
            case SourceNat nat -> kind() + " " + nat.from() + " → " + nat.to();
            case Encapsulate encapsulate -> "encap " + encapsulate.tunnel();
            case Decapsulate decapsulate -> "decap " + decapsulate.tunnel();
            case RewriteMac mac -> "mac " + mac(mac.source()) + " → " + mac(mac.destination());
            case Route route ->
                "route " + route.nextHop().map(hop -> "via " + hop).orElse("on the link")
                        + (route.device().isEmpty() ? "" : " dev " + route.device());
            case Forward forward -> "forward to " + forward.to();
            case Drop drop -> "drop: " + drop.reason();
        };
    }

    /// A MAC address as text, `?` where it is unknown.
    static String mac(long mac) {
        return mac == Headers.UNKNOWN_MAC ? "?" : MacAddress.text(mac);
    }
}
