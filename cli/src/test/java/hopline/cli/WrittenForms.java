package hopline.cli;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.redact.AddressSpelling;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// The forms in which a private value may still stand somewhere: as octets, text, hexadecimal digits,
/// base64, UTF-16, and an address in each of its spellings.
final class WrittenForms {

    private static final int SHORTEST_NAME = 5;
    private static final int SHORTEST_BASE64 = 6;
    private static final int BASE64_PHASES = 3;

    private final ByteSearch search;

    /// Has `search` look for all forms of what is added.
    WrittenForms(ByteSearch search) {
        this.search = search;
    }

    /// Looks for an address.
    void address(Address address) {
        String plain = address.toString();
        AddressSpelling.textsOf(address).forEach(text -> text(text, plain + " as " + text));
        octets(octets(address), plain);
    }

    private static byte[] octets(Address address) {
        return address.isIpv4()
                ? ByteBuffer.allocate(4).putInt((int) address.low()).array()
                : ByteBuffer.allocate(16)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
    }

    /// Looks for a MAC address, 48 bits.
    void mac(long mac) {
        String plain = MacAddress.text(mac);
        AddressSpelling.textsOf(mac).forEach(text -> text(text, plain + " as " + text));
        octets(java.util.Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(mac).array(), 2, 8), plain);
    }

    /// Looks for a name, as it is written and as DNS does; one of a few letters is found anywhere, and
    /// passed over.
    void name(String name) {
        if (name.length() < SHORTEST_NAME) {
            return;
        }
        text(name, name);
        text(name.toUpperCase(Locale.ROOT), name);
        text(name.toLowerCase(Locale.ROOT), name);
        search.add(
                HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII),
                name + " in hex");
    }

    /// Looks for octets of a payload.
    void payload(byte[] octets) {
        octets(octets, "payload " + HexFormat.of().formatHex(octets));
    }

    /// Those of a number such as 10.0.0.1 stand anywhere where numbers are counted.
    private static boolean isTelling(byte[] octets) {
        long zeros = 0;
        Set<Byte> distinct = new HashSet<>();
        for (byte octet : octets) {
            zeros += octet == 0 ? 1 : 0;
            distinct.add(octet);
        }
        return distinct.size() > 2 && zeros < 2;
    }

    private void octets(byte[] octets, String what) {
        if (!isTelling(octets)) {
            return;
        }
        search.add(octets, what + " as octets");
        String hex = HexFormat.of().formatHex(octets);
        search.add(hex.getBytes(StandardCharsets.US_ASCII), what + " in hex");
        search.add(hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII), what + " in hex");
        base64(octets, what);
    }

    private void text(String text, String what) {
        search.add(text.getBytes(StandardCharsets.UTF_8), what);
        for (Charset wide : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            search.add(text.getBytes(wide), what + " in UTF-16");
        }
        base64(text.getBytes(StandardCharsets.UTF_8), what);
    }

    /// Within something longer it may begin at any of three places; what depends on its neighbours is
    /// left out.
    private void base64(byte[] octets, String what) {
        for (int phase = 0; phase < BASE64_PHASES; phase++) {
            byte[] padded = new byte[phase + octets.length];
            System.arraycopy(octets, 0, padded, phase, octets.length);
            String all = Base64.getEncoder().withoutPadding().encodeToString(padded);
            int from = (phase * 8 + 5) / 6;
            int to = padded.length * 8 / 6;
            if (to - from >= SHORTEST_BASE64) {
                search.add(all.substring(from, to).getBytes(StandardCharsets.US_ASCII), what + " in base64");
            }
        }
    }
}
