package hopline.capture.etl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// One event of a trace, as a view into the window it was read through.
///
/// Whoever walks over events owns a single instance and refills it for each: what it says holds until the next one.
public final class TraceEvent {

    private static final int WPP_MESSAGE_NUMBER = 4;
    private static final int WPP_OPTIONS = 6;
    private static final int WPP_SEQUENCE = 0x01;
    private static final int WPP_GUID = 0x02;
    private static final int WPP_COMPONENT = 0x04;
    private static final int WPP_TIME_STAMP = 0x08;
    private static final int WPP_SYSTEM_INFO = 0x20;

    private static final int PROVIDER = 0x18;
    private static final int ID = 0x28;
    private static final int KEYWORD = 0x30;
    private static final int ACTIVITY = 0x40;
    private static final int FLAG_EXTENDED = 0x01;

    private static final int KERNEL_VERSION_PEBS = 0x8000;
    private static final int KERNEL_VERSION_COUNTERS = 0x0700;

    private HeaderKind kind = HeaderKind.EVENT64;
    private byte[] array = {};
    private int start;
    private int size;
    private int processor;
    private long time;
    private int payload;

    TraceEvent() {}

    /// What follows was logged on `onProcessor`.
    void begin(int onProcessor) {
        processor = onProcessor;
        time = Long.MIN_VALUE;
    }

    /// Points at an event whose header is known to be there whole.
    void set(HeaderKind newKind, byte[] newArray, int newStart, int newSize) {
        kind = newKind;
        array = newArray;
        start = newStart;
        size = newSize;
        payload = payloadAt();
        time = timeOrThatBefore();
    }

    private int payloadAt() {
        return switch (kind) {
            case EVENT32, EVENT64 -> manifestPayload();
            case SYSTEM32, SYSTEM64, COMPACT32, COMPACT64, PERFINFO32, PERFINFO64 -> kernelPayload();
            case WPP -> Math.min(size, wppLength());
            default -> kind.length();
        };
    }

    private int manifestPayload() {
        int at = kind.length();
        boolean more = (EventData.u16(array, start + 4) & FLAG_EXTENDED) != 0;
        while (more && size - at >= ExtendedItem.HEADER_LENGTH) {
            int itemSize = EventData.u16(array, start + at);
            more = (EventData.u16(array, start + at + 4) & 1) != 0;
            if (itemSize < ExtendedItem.HEADER_LENGTH || itemSize > size - at) {
                return at;
            }
            at += itemSize;
        }
        return at;
    }

    /// Performance counters may stand between header and payload; the version's high bits say how many.
    private int kernelPayload() {
        int version = EventData.u16(array, start);
        int counters = (version & KERNEL_VERSION_COUNTERS) >>> 8;
        int words = counters + ((version & KERNEL_VERSION_PEBS) != 0 ? 1 : 0);
        return Math.min(size, kind.length() + 8 * words);
    }

    private int wppLength() {
        int options = wppOptions();
        int length = kind.length();
        length += (options & WPP_SEQUENCE) != 0 ? 4 : 0;
        length += (options & WPP_GUID) != 0 ? Guid.LENGTH : (options & WPP_COMPONENT) != 0 ? 4 : 0;
        length += (options & WPP_TIME_STAMP) != 0 ? 8 : 0;
        length += (options & WPP_SYSTEM_INFO) != 0 ? 8 : 0;
        return length;
    }

    private int wppOptions() {
        return EventData.u16(array, start + WPP_OPTIONS);
    }

    private long timeOrThatBefore() {
        if (kind.timeAt() >= 0) {
            return EventData.i64(array, start + kind.timeAt());
        }
        if (kind == HeaderKind.WPP && (wppOptions() & WPP_TIME_STAMP) != 0) {
            int options = wppOptions();
            int at = kind.length() + ((options & WPP_SEQUENCE) != 0 ? 4 : 0);
            at += (options & WPP_GUID) != 0 ? Guid.LENGTH : (options & WPP_COMPONENT) != 0 ? 4 : 0;
            return at + 8 <= size ? EventData.i64(array, start + at) : time;
        }
        return time;
    }

    HeaderKind kind() {
        return kind;
    }

    /// Octets of the whole event.
    int size() {
        return size;
    }

    byte[] array() {
        return array;
    }

    /// Where in [#array] the header begins.
    int start() {
        return start;
    }

    /// The processor it was logged on.
    public int processor() {
        return processor;
    }

    /// The raw time stamp, in ticks of the trace's clock; an event without one has that of the event before it.
    public long time() {
        return time;
    }

    /// True when a manifest or TraceLogging describes it: it has provider, id, keyword.
    public boolean isManifest() {
        return kind.isManifest();
    }

    /// True when these two words are the provider's octets; see [Guid].
    public boolean isOf(Guid provider) {
        return kind.isManifest()
                && provider.is(EventData.i64(array, start + PROVIDER), EventData.i64(array, start + PROVIDER + 8));
    }

    /// True for a classic event of that class.
    boolean isClassicOf(Guid eventClass) {
        return kind.isClassic()
                && eventClass.is(EventData.i64(array, start + PROVIDER), EventData.i64(array, start + PROVIDER + 8));
    }

    /// Who logged it: the provider, a classic event's class, or of a WPP message the GUID of its source file. The
    /// kernel's own events have only a group, here in the first word.
    public Guid provider() {
        if (kind.isManifest() || kind.isClassic()) {
            return guidAt(PROVIDER);
        }
        if (kind.isKernel()) {
            return new Guid(array[start + 7] & 0xff, 0);
        }
        int at = kind.length() + ((wppOptions() & WPP_SEQUENCE) != 0 ? 4 : 0);
        boolean hasGuid = kind == HeaderKind.WPP && (wppOptions() & WPP_GUID) != 0 && at + Guid.LENGTH <= size;
        return hasGuid ? guidAt(at) : new Guid(0, 0);
    }

    private Guid guidAt(int at) {
        return new Guid(EventData.i64(array, start + at), EventData.i64(array, start + at + 8));
    }

    /// The event's number within its provider: its id, a classic or kernel event's type, a WPP message's number.
    public int id() {
        if (kind.isManifest()) {
            return EventData.u16(array, start + ID);
        }
        if (kind.isClassic()) {
            return array[start + 4] & 0xff;
        }
        if (kind.isKernel()) {
            return array[start + 6] & 0xff;
        }
        return kind == HeaderKind.WPP ? EventData.u16(array, start + WPP_MESSAGE_NUMBER) : kind.number();
    }

    /// Tells layouts of one id apart; only the kinds with a provider have it.
    public int version() {
        if (kind.isManifest()) {
            return array[start + ID + 2] & 0xff;
        }
        return kind.isClassic() ? EventData.u16(array, start + 6) : 0;
    }

    /// How grave it is, from 1, critical, to 5, verbose; 0 when it does not say.
    public int level() {
        return kind.isManifest() ? array[start + ID + 4] & 0xff : 0;
    }

    /// What kind of event it is within its provider: a set of bits.
    public long keyword() {
        return kind.isManifest() ? EventData.i64(array, start + KEYWORD) : 0;
    }

    /// Ties events of one activity together; all zero when there is none.
    public Guid activity() {
        return kind.isManifest() ? guidAt(ACTIVITY) : new Guid(0, 0);
    }

    /// The process in whose context it was logged: for packets often one that merely ran at that moment. 0 to
    /// 2^32 - 1, where all bits set mean none.
    public long process() {
        return kind.hasThread() ? EventData.i32(array, start + 12) & 0xffff_ffffL : 0;
    }

    /// The thread in whose context it was logged.
    public long thread() {
        return kind.hasThread() ? EventData.i32(array, start + 8) & 0xffff_ffffL : 0;
    }

    /// Octets of a pointer in its payload: 4 or 8.
    public int pointerSize() {
        return kind.pointerSize();
    }

    /// What the provider logged.
    public EventData payload() {
        return new EventData(array, start + payload, size - payload);
    }

    /// Points `data` at the payload, for those who look at very many.
    public void payload(EventData data) {
        data.set(array, start + payload, size - payload);
    }

    /// The first extended item of that type, or one without data when there is none.
    EventData extended(ExtendedItem item) {
        for (int at = firstItem(); at > 0; at = nextItem(at)) {
            if (EventData.u16(array, start + at + 2) == item.number()) {
                return itemData(at);
            }
        }
        return new EventData(array, start + size, 0);
    }

    /// What the extended items say, by what people call them; those are left out that say how to read the event.
    Map<String, String> extended() {
        if (firstItem() == 0) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (int at = firstItem(); at > 0; at = nextItem(at)) {
            int number = EventData.u16(array, start + at + 2);
            ExtendedItem item = ExtendedItem.of(number);
            EventData data = itemData(at);
            String label = item == null ? "item " + number : item.label();
            if (!label.isEmpty()) {
                String text = item == null ? FieldType.hex(data.octets(data.remaining())) : item.text(data);
                texts.merge(label, text, (one, other) -> one + " " + other);
            }
        }
        return texts;
    }

    /// Where the first extended item begins, or 0 when there is none.
    private int firstItem() {
        boolean any = kind.isManifest() && (EventData.u16(array, start + 4) & FLAG_EXTENDED) != 0;
        return any && kind.length() + ExtendedItem.HEADER_LENGTH <= payload ? kind.length() : 0;
    }

    /// Where the item behind that at `at` begins, or 0 when that is the last.
    private int nextItem(int at) {
        boolean more = (EventData.u16(array, start + at + 4) & 1) != 0;
        int next = at + EventData.u16(array, start + at);
        return more && next > at && next + ExtendedItem.HEADER_LENGTH <= payload ? next : 0;
    }

    private EventData itemData(int at) {
        int dataSize = Math.min(
                EventData.u16(array, start + at + 6), EventData.u16(array, start + at) - ExtendedItem.HEADER_LENGTH);
        return new EventData(array, start + at + ExtendedItem.HEADER_LENGTH, Math.max(0, dataSize));
    }

    @Override
    public String toString() {
        return Objects.toString(provider()) + '/' + id();
    }
}
