package hopline.flows.state.text;

import java.util.OptionalLong;

/// Reads MAC addresses with `-`, `:` or nothing between the octets, in either case, with or without `0x`.
public final class MacText {

    private static final int DIGITS = 12;

    private MacText() {}

    /// The lower 48 bits; empty when `text` is no MAC address.
    public static OptionalLong parse(String text) {
        String bare = text.strip();
        long mac = 0;
        int digits = 0;
        for (int i = bare.startsWith("0x") || bare.startsWith("0X") ? 2 : 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c == ':' || c == '-') {
                continue;
            }
            int digit = Character.digit(c, 16);
            if (digit < 0 || ++digits > DIGITS) {
                return OptionalLong.empty();
            }
            mac = mac << 4 | digit;
        }
        return digits == DIGITS ? OptionalLong.of(mac) : OptionalLong.empty();
    }
}
