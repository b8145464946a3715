package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consecutive addresses, as VFP's rules name them.
record AddressSpan(Address first, Address last) {

    boolean contains(Address address) {
        return first.isIpv4() == address.isIpv4()
                && Long.compareUnsigned(address.high(), first.high()) >= 0
                && Long.compareUnsigned(address.high(), last.high()) <= 0
                && (address.high() != first.high() || Long.compareUnsigned(address.low(), first.low()) >= 0)
                && (address.high() != last.high() || Long.compareUnsigned(address.low(), last.low()) <= 0);
    }

    /// How many bits its addresses share at least.
    int sharedBits() {
        if (first.isIpv4()) {
            return Long.numberOfLeadingZeros((first.low() ^ last.low()) & 0xffff_ffffL) - Integer.SIZE;
        }
        long high = first.high() ^ last.high();
        return high != 0
                ? Long.numberOfLeadingZeros(high)
                : Long.SIZE + Long.numberOfLeadingZeros(first.low() ^ last.low());
    }

    static AddressSpan of(Address address) {
        return new AddressSpan(address, address);
    }

    static AddressSpan of(Cidr range) {
        Address first = range.prefix();
        if (first.isIpv4()) {
            long hosts = range.length() == 0 ? 0xffff_ffffL : (1L << (32 - range.length())) - 1;
            return new AddressSpan(first, new Address(first.high(), first.low() | hosts));
        }
        long high = range.length() >= 64 ? 0 : range.length() == 0 ? -1L : -1L >>> range.length();
        long low = range.length() <= 64 ? -1L : range.length() == 128 ? 0 : -1L >>> (range.length() - 64);
        return new AddressSpan(first, new Address(first.high() | high, first.low() | low));
    }

    /// From `10.244.0.0-10.244.255.255`, `10.96.0.10`, `10.244.0.0/16`, or several with commas; empty when one of
    /// them is none of these.
    static Optional<List<AddressSpan>> parse(String text) {
        List<AddressSpan> spans = new ArrayList<>();
        for (String part : text.split("[,\\s]+", -1)) {
            Optional<AddressSpan> span = one(part);
            if (span.isEmpty()) {
                return Optional.empty();
            }
            spans.add(span.get());
        }
        return Optional.of(spans);
    }

    private static Optional<AddressSpan> one(String text) {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            Optional<Address> first = AddressText.parse(text.substring(0, dash));
            Optional<Address> last = AddressText.parse(text.substring(dash + 1));
            return first.flatMap(
                    from -> last.filter(to -> from.isIpv4() == to.isIpv4()).map(to -> new AddressSpan(from, to)));
        }
        return text.indexOf('/') >= 0
                ? Cidr.parse(text).map(AddressSpan::of)
                : AddressText.parse(text).map(AddressSpan::of);
    }
}
