package hopline.decode.redact;

import hopline.decode.Address;

/// Is told what a redaction looks at, and what it puts in whose place, each time it does.
public interface Replacements {

    /// An address that does not stay itself, or a network's.
    void address(Address original, Address made);

    /// A MAC address that does not stay itself, 48 bits.
    void mac(long original, long made);

    /// A name, or an identifier such as a GUID.
    void name(String original, String made);

    /// A record's payload of which more than a mark was there, whether it is kept or not.
    void payload();

    /// A text, or a piece of one, as it is before anything is replaced.
    void text(String written);

    /// A password, a token, a key in the text that was told of last.
    void secret();
}
