package hopline.capture.etl;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What may stand between an event's header and its payload, `EVENT_HEADER_EXT_TYPE_…`.
///
/// ```
/// +----------+---------+---------+----------+--------------------+
/// | ItemSize | ExtType | Linkage | DataSize | data (padded to 8) |
/// +----------+---------+---------+----------+--------------------+
/// ```
///
/// Real files showed the first, the schema and the traits; the others were built from the specification.
enum ExtendedItem {
    RELATED_ACTIVITY(1, "related activity"),
    USER(2, "user"),
    TERMINAL_SESSION(3, "session"),
    /// Number of the instance and of its parent, and the parent's class.
    INSTANCE(4, "instance"),
    STACK_TRACE32(5, "stack"),
    STACK_TRACE64(6, "stack"),
    PEBS_INDEX(7, "pebs index"),
    COUNTERS(8, "counters"),
    /// The packaged application that logged it.
    PACKAGE_KEY(9, "package key"),
    EVENT_KEY(10, "event key"),
    SCHEMA(11, ""),
    PROVIDER_TRAITS(12, ""),
    PROCESS_START_KEY(13, "process start key"),
    CONTROL(14, "control"),
    CLOCK_DELTA(15, "clock delta"),
    /// The container an event belongs to: 36 characters.
    CONTAINER(16, "container"),
    /// Stands for a stack that was logged before, behind a number as in a stack.
    STACK_KEY32(17, "stack key"),
    STACK_KEY64(18, "stack key");

    static final int HEADER_LENGTH = 8;

    /// Frames and counters that are shown of one item.
    private static final int MAX_SHOWN = 64;

    private final int number;
    private final String label;

    ExtendedItem(int number, String label) {
        this.number = number;
        this.label = label;
    }

    static @Nullable ExtendedItem of(int number) {
        ExtendedItem[] all = values();
        return number >= 1 && number <= all.length ? all[number - 1] : null;
    }

    int number() {
        return number;
    }

    /// What people call it; empty for those that say how to read the event.
    String label() {
        return label;
    }

    /// What it says, for people.
    String text(EventData data) {
        return switch (this) {
            case RELATED_ACTIVITY, CONTROL -> data.guid().toString();
            case USER -> FieldType.sid(data);
            case TERMINAL_SESSION -> String.valueOf(data.u32());
            case INSTANCE -> data.u32() + " of " + data.u32() + " of " + data.guid();
            case STACK_TRACE32 -> numbers(behindMatch(data), 4);
            case STACK_TRACE64 -> numbers(behindMatch(data), 8);
            case COUNTERS -> numbers(data, 8);
            case CLOCK_DELTA -> String.valueOf(data.i64());
            case CONTAINER -> data.utf8(data.remaining());
            case SCHEMA, PROVIDER_TRAITS -> "";
            case STACK_KEY32 -> String.valueOf(behindMatch(data).u32());
            case STACK_KEY64 -> number(behindMatch(data));
            case PEBS_INDEX, PACKAGE_KEY, EVENT_KEY, PROCESS_START_KEY -> number(data);
        };
    }

    /// Of four or eight octets.
    private static String number(EventData data) {
        return Long.toUnsignedString(data.remaining() < Long.BYTES ? data.u32() : data.i64());
    }

    /// A stack, the innermost call first, and its key stand behind a number that ties the kernel's part to that
    /// of the program.
    private static EventData behindMatch(EventData data) {
        data.skip(Long.BYTES);
        return data;
    }

    private static String numbers(EventData data, int size) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < MAX_SHOWN && data.remaining() >= size; i++) {
            text.add("0x" + Long.toHexString(data.pointer(size)));
        }
        return data.remaining() < size ? text.toString() : text + " …";
    }
}
