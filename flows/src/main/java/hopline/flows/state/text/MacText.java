package hopline.flows.state.text;

import java.util.HexFormat;
import java.util.OptionalLong;

/// Reads MAC addresses with `-`, `:` or nothing between the octets, in either case, with or without `0x`.
public final class MacText {

    private MacText() {}

    /// The lower 48 bits; empty when `text` is no MAC address.
    public static OptionalLong parse(String text) {
        String digits = text.strip().replaceFirst("^0[xX]", "").replaceAll("[:-]", "");
        return digits.length() == 12 && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                ? OptionalLong.of(HexFormat.fromHexDigitsToLong(digits))
                : OptionalLong.empty();
    }
}
