package hopline.decode.dns;

import hopline.capture.Octets;
import java.util.Optional;

/// Domain names on the wire, [RFC 1035 §4.1.4](https://www.rfc-editor.org/rfc/rfc1035#section-4.1.4): labels that
/// each begin with their length, ended by an empty one or by a pointer to labels elsewhere in the message.
final class DnsName {

    /// A name longer than [#MAX_LENGTH] breaks the format; so no name needs more jumps than this.
    static final int MAX_JUMPS = 128;

    /// Octets of a name on the wire, pointers replaced by what they point at.
    private static final int MAX_LENGTH = 255;
    private static final int POINTER = 0xc0;

    private DnsName() {}

    /// Where the name at `start` ends in the message, pointers not followed; -1 when it is broken or cut short.
    static int end(Octets message, int start) {
        int at = start;
        while (at < message.length()) {
            int length = message.u8(at);
            if (length == 0) {
                return at + 1;
            }
            if ((length & POINTER) == POINTER) {
                return at + 2 <= message.length() ? at + 2 : -1;
            }
            if ((length & POINTER) != 0) {
                return -1;
            }
            at += 1 + length;
        }
        return -1;
    }

    /// The name at `start` in presentation form; empty when it is broken, cut short or jumps too often.
    static Optional<String> read(Octets message, int start) {
        StringBuilder name = new StringBuilder();
        int at = start;
        int jumps = 0;
        int octets = 1; // the label that ends it
        while (at < message.length()) {
            int length = message.u8(at);
            if (length == 0) {
                return Optional.of(name.isEmpty() ? "." : name.toString());
            }
            if ((length & POINTER) == POINTER) {
                if (at + 2 > message.length() || ++jumps > MAX_JUMPS) {
                    return Optional.empty();
                }
                at = message.u16(at) & 0x3fff;
                continue;
            }
            octets += 1 + length;
            boolean broken = (length & POINTER) != 0 || at + 1 + length > message.length();
            if (broken || octets > MAX_LENGTH) {
                return Optional.empty();
            }
            appendLabel(name, message.slice(at + 1, length));
            at += 1 + length;
        }
        return Optional.empty();
    }

    /// Octets outside printable ASCII, dots and backslashes inside a label are written as RFC 4343 asks: `\DDD`.
    private static void appendLabel(StringBuilder name, Octets label) {
        if (!name.isEmpty()) {
            name.append('.');
        }
        for (int i = 0; i < label.length(); i++) {
            int octet = label.u8(i);
            if (octet == '.' || octet == '\\') {
                name.append('\\').append((char) octet);
            } else if (octet > ' ' && octet < 0x7f) {
                name.append((char) octet);
            } else {
                name.append('\\')
                        .append((char) ('0' + octet / 100))
                        .append((char) ('0' + octet / 10 % 10))
                        .append((char) ('0' + octet % 10));
            }
        }
    }
}
