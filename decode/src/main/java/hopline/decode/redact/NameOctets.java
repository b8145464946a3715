package hopline.decode.redact;

import hopline.capture.Octets;
import java.nio.charset.StandardCharsets;

/// Names as octets in packets, which stay as long as they are.
final class NameOctets {

    private NameOctets() {}

    static byte[] rewrite(NamePseudonyms names, Octets name) {
        String text = new String(name.toByteArray(), StandardCharsets.ISO_8859_1);
        return (ReservedNames.isReserved(text) ? text : names.name(text)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
