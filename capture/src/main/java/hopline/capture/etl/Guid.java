package hopline.capture.etl;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A GUID, kept as its sixteen octets lie in a file: two little-endian words.
///
/// Windows stores the first three groups little-endian and the last eight octets in the order they are written.
public record Guid(long low, long high) {

    /// Octets in a file.
    public static final int LENGTH = 16;

    /// From the usual form, `4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac`.
    public static Guid of(String text) {
        UUID uuid = UUID.fromString(text);
        return new Guid(swapGroups(uuid.getMostSignificantBits()), Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    /// Turns `aaaaaaaabbbbcccc` into `ccccbbbbaaaaaaaa`, and back.
    private static long swapGroups(long groups) {
        return groups >>> 32 | (groups & 0xffff_0000L) << 16 | groups << 48;
    }

    private static long joinGroups(long low) {
        return low << 32 | (low >>> 16 & 0xffff_0000L) | low >>> 48;
    }

    /// True when its octets are these two words, without making an object of them.
    public boolean is(long otherLow, long otherHigh) {
        return low == otherLow && high == otherHigh;
    }

    /// The usual form in lower case, without braces.
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        String first = hex.toHexDigits(joinGroups(low));
        String last = hex.toHexDigits(Long.reverseBytes(high));
        return first.substring(0, 8)
                + '-'
                + first.substring(8, 12)
                + '-'
                + first.substring(12)
                + '-'
                + last.substring(0, 4)
                + '-'
                + last.substring(4);
    }

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Guid that && low == that.low && high == that.high;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low) * 31 + Long.hashCode(high);
    }
}
