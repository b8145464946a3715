package hopline.decode.redact;

import hopline.capture.CaptureReader;
import java.util.Collection;

/// One redaction: all that goes through the same one gets the same pseudonyms. Single-threaded.
public final class Redaction {

    private final AddressPseudonyms addresses;
    private final NamePseudonyms names;
    private final PacketRedaction packets;
    private final TextRedaction text;

    /// @param keepOui leaves the first half of MAC addresses, which names the maker of the network card
    /// @param keepPayload leaves what packets carry, and with it whatever it holds
    /// @param moreVxlanPorts UDP ports on which VXLAN is looked for, beside the usual ones
    public Redaction(RedactionKey key, boolean keepOui, boolean keepPayload, Collection<Integer> moreVxlanPorts) {
        addresses = new AddressPseudonyms(key, keepOui);
        names = new NamePseudonyms(key);
        packets = new PacketRedaction(key, addresses, names, keepPayload, moreVxlanPorts);
        text = new TextRedaction(addresses, names);
    }

    /// Tells `listener` from now on of everything that is replaced, in packets and texts.
    public void listen(Replacements listener) {
        addresses.listen(listener);
        names.listen(listener);
        packets.listen(listener);
        text.listen(listener);
    }

    /// What stands in the place of addresses.
    public AddressPseudonyms addresses() {
        return addresses;
    }

    /// What stands in the place of names.
    public NamePseudonyms names() {
        return names;
    }

    /// Redacts the octets of records.
    public PacketRedaction packets() {
        return packets;
    }

    /// Redacts texts.
    public TextRedaction text() {
        return text;
    }

    /// What `reader` delivers, redacted: records, options, names of interfaces and of addresses. Closing
    /// it closes `reader`.
    public CaptureReader of(CaptureReader reader) {
        return new RedactedReader(reader, packets, text, addresses);
    }
}
