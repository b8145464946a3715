package hopline.decode.redact;

import hopline.capture.Octets;
import hopline.decode.Address;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names as octets in packets, which stay as long as they are.
final class NameOctets {

    /// As pods and hosts are named by their addresses.
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![0-9A-Za-z])(?:0|[1-9]\\d{0,2})(?:-(?:0|[1-9]\\d{0,2})){3}(?![0-9A-Za-z])");

    private NameOctets() {}

    static byte[] rewrite(NamePseudonyms names, AddressPseudonyms addresses, Octets name) {
        String text = new String(name.toByteArray(), StandardCharsets.ISO_8859_1);
        return (ReservedNames.isReserved(text) ? text : rewrite(names, addresses, text))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String rewrite(NamePseudonyms names, AddressPseudonyms addresses, String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.find() || !isAddress(address.group())) {
            return names.name(text);
        }
        Address original = Address.of(address.group().replace('-', '.'));
        return names.name(text.substring(0, address.start()))
                + addresses.ofSameDigits(original).toString().replace('.', '-')
                + names.name(text.substring(address.end()));
    }

    private static boolean isAddress(String text) {
        for (String octet : text.split("-", -1)) {
            if (Integer.parseInt(octet) > 0xff) {
                return false;
            }
        }
        return true;
    }
}
