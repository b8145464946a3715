package hopline.cli.filter;

import hopline.flows.state.Cidr;

/// One address, or all that share its first bits.
final class AddressRange {

    private AddressRange() {}

    /// From `10.42.1.11`, `10.42.0.0/16`, `fd00::1` or `fd00::/64`.
    static Cidr parse(String text) {
        return Cidr.parse(text)
                .or(() -> Cidr.parse(text + "/128"))
                .or(() -> Cidr.parse(text + "/32"))
                .orElseThrow(
                        () -> new IllegalArgumentException("takes an address such as 10.42.1.11 or fd00::1, or a range"
                                + " such as 10.42.0.0/16, not '" + text + "'"));
    }
}
