package hopline.capture;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a capture says of a section, an interface or a record in the form of options: codes and values as in
/// [pcapng §3.5](https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html#section-3.5), whatever format they
/// come from. Immutable; options of unknown codes are kept too.
///
/// Numbers lie in [#order]; codes mean different things in different blocks, so the constants say whose they are.
public final class CaptureOptions {

    public static final int COMMENT = 1;
    /// Custom options, each beginning with a Private Enterprise Number: text and octets, to be copied or not when a
    /// capture is changed.
    public static final int CUSTOM_TEXT = 2988;

    public static final int CUSTOM_OCTETS = 2989;
    public static final int CUSTOM_TEXT_NOT_COPIED = 19372;
    public static final int CUSTOM_OCTETS_NOT_COPIED = 19373;

    public static final int SECTION_HARDWARE = 2;
    public static final int SECTION_OS = 3;
    public static final int SECTION_APPLICATION = 4;

    public static final int INTERFACE_NAME = 2;
    public static final int INTERFACE_DESCRIPTION = 3;
    /// Address and mask: 8 octets; may occur several times.
    public static final int INTERFACE_IPV4 = 4;
    /// Address and prefix length: 17 octets; may occur several times.
    public static final int INTERFACE_IPV6 = 5;

    public static final int INTERFACE_MAC = 6;
    public static final int INTERFACE_EUI = 7;
    public static final int INTERFACE_SPEED = 8;
    public static final int INTERFACE_TIME_RESOLUTION = 9;
    public static final int INTERFACE_TIME_ZONE = 10;
    public static final int INTERFACE_FILTER = 11;
    public static final int INTERFACE_OS = 12;
    public static final int INTERFACE_FCS_LENGTH = 13;
    public static final int INTERFACE_TIME_OFFSET = 14;
    public static final int INTERFACE_HARDWARE = 15;
    public static final int INTERFACE_TRANSMIT_SPEED = 16;
    public static final int INTERFACE_RECEIVE_SPEED = 17;
    public static final int INTERFACE_TIME_ZONE_NAME = 18;

    public static final int RECORD_FLAGS = 2;
    public static final int RECORD_HASH = 3;
    public static final int RECORD_DROP_COUNT = 4;
    public static final int RECORD_PACKET_ID = 5;
    public static final int RECORD_QUEUE = 6;
    public static final int RECORD_VERDICT = 7;
    /// Process and thread, 4 octets each.
    public static final int RECORD_PROCESS_THREAD = 8;

    public static final int STATISTICS_START = 2;
    public static final int STATISTICS_END = 3;
    public static final int STATISTICS_RECEIVED = 4;
    public static final int STATISTICS_INTERFACE_DROPS = 5;
    public static final int STATISTICS_ACCEPTED = 6;
    public static final int STATISTICS_SYSTEM_DROPS = 7;
    public static final int STATISTICS_DELIVERED = 8;

    /// No options at all.
    public static final CaptureOptions NONE = new CaptureOptions(new byte[0], ByteOrder.LITTLE_ENDIAN);

    private final byte[] octets;
    private final ByteOrder order;

    private CaptureOptions(byte[] octets, ByteOrder order) {
        this.octets = octets;
        this.order = order;
    }

    /// A copy of the options that lie in `array` from index `from` to before `limit`, numbers in `order`.
    public static CaptureOptions copyOf(byte[] array, int from, int limit, ByteOrder order) {
        return from >= limit ? NONE : new CaptureOptions(Arrays.copyOfRange(array, from, limit), order);
    }

    public ByteOrder order() {
        return order;
    }

    public boolean isEmpty() {
        return !cursor().next();
    }

    /// A new cursor before the first option.
    public OptionCursor cursor() {
        return new OptionCursor().over(octets, 0, octets.length, order);
    }

    /// The first option of that code as text; empty when there is none.
    public Optional<String> text(int code) {
        OptionCursor cursor = first(code);
        return cursor == null ? Optional.empty() : Optional.of(cursor.text());
    }

    /// Every option of that code as text, in file order.
    public List<String> texts(int code) {
        List<String> found = new ArrayList<>();
        for (OptionCursor cursor = cursor(); cursor.next(); ) {
            if (cursor.code() == code) {
                found.add(cursor.text());
            }
        }
        return found;
    }

    /// Every option of that code, in file order.
    public List<Octets> octets(int code) {
        List<Octets> found = new ArrayList<>();
        for (OptionCursor cursor = cursor(); cursor.next(); ) {
            if (cursor.code() == code) {
                found.add(cursor.octets(0));
            }
        }
        return found;
    }

    /// The first option of that code as a number of 1, 2, 4 or 8 octets, as its length says; numbers of 8 are signed.
    /// Empty when there is none or it has another length.
    public OptionalLong number(int code) {
        OptionCursor cursor = first(code);
        if (cursor == null) {
            return OptionalLong.empty();
        }
        return switch (cursor.length()) {
            case 1 -> OptionalLong.of(cursor.u8(0));
            case 2 -> OptionalLong.of(cursor.u16(0));
            case 4 -> OptionalLong.of(cursor.i32(0) & 0xffff_ffffL);
            case 8 -> OptionalLong.of(cursor.i64(0));
            default -> OptionalLong.empty();
        };
    }

    /// The comments, in file order.
    public List<String> comments() {
        return texts(COMMENT);
    }

    /// The custom options, in file order.
    public List<CustomOption> custom() {
        return CustomOption.of(cursor());
    }

    private @Nullable OptionCursor first(int code) {
        for (OptionCursor cursor = cursor(); cursor.next(); ) {
            if (cursor.code() == code) {
                return cursor;
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaptureOptions that && order == that.order && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /// Code and value of each, as `2=65746830`.
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        for (OptionCursor cursor = cursor(); cursor.next(); ) {
            all.add(cursor.code() + "=" + cursor.octets(0));
        }
        return String.join(" ", all);
    }
}
