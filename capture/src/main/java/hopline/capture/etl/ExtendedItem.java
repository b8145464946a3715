package hopline.capture.etl;

import java.util.StringJoiner;
import java.util.function.Function;
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
    RELATED_ACTIVITY(1, "related activity", data -> data.guid().toString()),
    USER(2, "user", FieldType::sid),
    TERMINAL_SESSION(3, "session", data -> String.valueOf(data.u32())),
    /// Number of the instance and of its parent, and the parent's class.
    INSTANCE(4, "instance", data -> data.u32() + " of " + data.u32() + " of " + data.guid()),
    STACK_TRACE32(5, "stack", data -> stack(data, 4)),
    STACK_TRACE64(6, "stack", data -> stack(data, 8)),
    PEBS_INDEX(7, "pebs index", ExtendedItem::number),
    COUNTERS(8, "counters", data -> numbers(data, 8)),
    /// The packaged application that logged it.
    PACKAGE_KEY(9, "package key", ExtendedItem::number),
    EVENT_KEY(10, "event key", ExtendedItem::number),
    SCHEMA(11, "", data -> ""),
    PROVIDER_TRAITS(12, "", data -> ""),
    PROCESS_START_KEY(13, "process start key", ExtendedItem::number),
    CONTROL(14, "control", data -> data.guid().toString()),
    CLOCK_DELTA(15, "clock delta", data -> String.valueOf(data.i64())),
    /// The container an event belongs to: 36 characters.
    CONTAINER(16, "container", data -> data.utf8(data.remaining())),
    /// Stands for a stack that was logged before.
    STACK_KEY32(17, "stack key", ExtendedItem::number),
    STACK_KEY64(18, "stack key", ExtendedItem::number);

    static final int HEADER_LENGTH = 8;

    /// Frames and counters that are shown of one item.
    private static final int MAX_SHOWN = 64;

    private final int number;
    private final String label;
    private final Function<EventData, String> reading;

    ExtendedItem(int number, String label, Function<EventData, String> reading) {
        this.number = number;
        this.label = label;
        this.reading = reading;
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
        return reading.apply(data);
    }

    /// Of four or eight octets.
    private static String number(EventData data) {
        return Long.toUnsignedString(data.remaining() < Long.BYTES ? data.u32() : data.i64());
    }

    /// Where the thread was, the innermost call first, behind a number that ties the kernel's part to the program's.
    private static String stack(EventData data, int pointerSize) {
        data.skip(Long.BYTES);
        return numbers(data, pointerSize);
    }

    private static String numbers(EventData data, int size) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < MAX_SHOWN && data.remaining() >= size; i++) {
            text.add("0x" + Long.toHexString(data.pointer(size)));
        }
        return data.remaining() < size ? text.toString() : text + " …";
    }
}
