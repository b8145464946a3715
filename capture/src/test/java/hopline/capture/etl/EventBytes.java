package hopline.capture.etl;

import java.util.ArrayList;
import java.util.List;

/// One event as it lies in a buffer, any kind of header, straight from the specification.
public final class EventBytes {

    private static final int FLAG_EXTENDED = 1;

    private final HeaderKind kind;
    private String provider = "00000000-0000-0000-0000-000000000000";
    private int id;
    private int version;
    private int group;
    private int versionBits;
    private long time;
    private long process;
    private long thread;
    private long keyword;
    private int options;
    private final List<byte[]> extended = new ArrayList<>();
    private byte[] payload = {};

    private EventBytes(HeaderKind kind) {
        this.kind = kind;
    }

    static EventBytes of(HeaderKind kind) {
        return new EventBytes(kind);
    }

    /// An event that a manifest or TraceLogging describes, from a 64-bit system.
    public static EventBytes manifest(String provider, int id) {
        return new EventBytes(HeaderKind.EVENT64).provider(provider).id(id);
    }

    /// A classic event of a class.
    public static EventBytes classic(String eventClass, int type) {
        return new EventBytes(HeaderKind.FULL64).provider(eventClass).id(type);
    }

    /// One of the kernel's own.
    public static EventBytes kernel(int group, int type) {
        EventBytes event = new EventBytes(HeaderKind.SYSTEM64).id(type);
        event.group = group;
        return event;
    }

    /// A message of the trace preprocessor, with the parts that `options` say.
    public static EventBytes message(String guid, int number, int options) {
        EventBytes event = new EventBytes(HeaderKind.WPP).provider(guid).id(number);
        event.options = options;
        return event;
    }

    EventBytes provider(String guid) {
        provider = guid;
        return this;
    }

    EventBytes id(int number) {
        id = number;
        return this;
    }

    public EventBytes version(int number) {
        version = number;
        return this;
    }

    /// The bits above the version that tell of performance counters.
    EventBytes counters(int bits) {
        versionBits = bits;
        return this;
    }

    /// The raw time stamp.
    public EventBytes at(long ticks) {
        time = ticks;
        return this;
    }

    public EventBytes in(long processId, long threadId) {
        process = processId;
        thread = threadId;
        return this;
    }

    public EventBytes keyword(long bits) {
        keyword = bits;
        return this;
    }

    public EventBytes extended(int type, byte[] data) {
        Payload item = Payload.of();
        int size = 8 + data.length + Math.floorMod(-data.length, 8);
        item.u16(size).u16(type).u16(0).u16(data.length).octets(data).align(8);
        extended.add(item.toByteArray());
        return this;
    }

    public EventBytes payload(Payload data) {
        payload = data.toByteArray();
        return this;
    }

    public EventBytes payload(String hex) {
        return payload(Payload.of().hex(hex));
    }

    public byte[] toByteArray() {
        return switch (kind) {
            case EVENT32, EVENT64 -> manifest();
            case FULL32, FULL64, INSTANCE32, INSTANCE64 -> classic();
            case WPP -> message();
            case PERFINFO32, PERFINFO64 ->
                Payload.of()
                        .u16(version | versionBits)
                        .u8(kind.number())
                        .u8(0xC0)
                        .u16(kind.length() + payload.length)
                        .u8(id)
                        .u8(group)
                        .i64(time)
                        .octets(payload)
                        .toByteArray();
            default -> kernel();
        };
    }

    private byte[] manifest() {
        Payload items = Payload.of();
        for (int i = 0; i < extended.size(); i++) {
            byte[] item = extended.get(i);
            item[4] = (byte) (i + 1 < extended.size() ? 1 : 0);
            items.octets(item);
        }
        return Payload.of()
                .u16(kind.length() + items.size() + payload.length)
                .u8(kind.number())
                .u8(0xC0)
                .u16(extended.isEmpty() ? 0 : FLAG_EXTENDED)
                .u16(0)
                .u32(thread)
                .u32(process)
                .i64(time)
                .guid(provider)
                .u16(id)
                .u8(version)
                .u8(0)
                .u8(4)
                .u8(0)
                .u16(0)
                .i64(keyword)
                .i64(0)
                .i64(0)
                .i64(0)
                .octets(items.toByteArray())
                .octets(payload)
                .toByteArray();
    }

    private byte[] classic() {
        return Payload.of()
                .u16(kind.length() + payload.length)
                .u8(kind.number())
                .u8(0xC0)
                .u8(id)
                .u8(0)
                .u16(version)
                .u32(thread)
                .u32(process)
                .i64(time)
                .guid(provider)
                .i64(0)
                .octets(new byte[kind.length() - 48])
                .octets(payload)
                .toByteArray();
    }

    private byte[] kernel() {
        return Payload.of()
                .u16(version | versionBits)
                .u8(kind.number())
                .u8(0xC0)
                .u16(kind.length() + payload.length)
                .u8(id)
                .u8(group)
                .u32(thread)
                .u32(process)
                .i64(time)
                .octets(new byte[kind.length() - 24])
                .octets(payload)
                .toByteArray();
    }

    private byte[] message() {
        Payload parts = Payload.of();
        if ((options & 0x01) != 0) {
            parts.u32(1);
        }
        if ((options & 0x02) != 0) {
            parts.guid(provider);
        } else if ((options & 0x04) != 0) {
            parts.u32(7);
        }
        if ((options & 0x08) != 0) {
            parts.i64(time);
        }
        if ((options & 0x20) != 0) {
            parts.u32(thread).u32(process);
        }
        return Payload.of()
                .u16(8 + parts.size() + payload.length)
                .u8(0)
                .u8(0x90)
                .u16(id)
                .u16(options)
                .octets(parts.toByteArray())
                .octets(payload)
                .toByteArray();
    }
}
