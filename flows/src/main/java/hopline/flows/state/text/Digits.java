package hopline.flows.state.text;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// Decimal numbers as state files write them.
public final class Digits {

    private static final int MAX_NUMBER = 9;
    private static final int MAX_WIDE = 18;

    private Digits() {}

    /// Whether `text` is nothing but digits, from one to `most` of them.
    public static boolean only(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// The number that `text` is, from 0 to 999,999,999; empty when it is none.
    public static OptionalInt number(String text) {
        return only(text, MAX_NUMBER) ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /// The number that `text` is, of at most 18 digits, with or without a minus; empty when it is none.
    public static OptionalLong wide(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        return only(digits, MAX_WIDE) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
