package hopline.capture;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a capture says about a record beyond its octets: the options of its block, in pcapng's form.
///
/// Like the [CaptureRecord] it belongs to, it is one reused view: it holds until the reader moves on, and whatever is
/// asked for is looked up then. A record that a capture says nothing about has none.
///
/// What the system's tracing said, such as a drop's reason, is in [#facts]: as readers of traces put it here, or read
/// back from the comment that it is written as.
public final class RecordNotes {

    private static final int DIRECTION_MASK = 0b11;
    private static final int RECEPTION_SHIFT = 2;
    private static final int RECEPTION_MASK = 0b111;
    private static final int FCS_SHIFT = 5;
    private static final int FCS_MASK = 0b1111;
    private static final int ERRORS_SHIFT = 16;

    /// Whether a record was on its way into or out of its capture point.
    public enum Direction {
        UNKNOWN,
        INBOUND,
        OUTBOUND
    }

    /// How a record was addressed, as the network card told.
    public enum Reception {
        UNKNOWN,
        UNICAST,
        MULTICAST,
        BROADCAST,
        PROMISCUOUS
    }

    /// What was decided about a record.
    ///
    /// @param kind 0 by the hardware, 1 by Linux's eBPF in traffic control, 2 by Linux's eBPF in XDP
    /// @param value the decision; a number of 8 octets, big-endian here, for kinds 1 and 2
    public record Verdict(int kind, Octets value) {}

    /// A checksum over a record.
    ///
    /// @param algorithm 0 two's complement, 1 XOR, 2 CRC-32, 3 MD5, 4 SHA-1, 5 Toeplitz
    public record Hash(int algorithm, Octets value) {}

    private final OptionCursor cursor = new OptionCursor();
    private final EventFacts parsed = new EventFacts();
    private byte[] array = {};
    private int from;
    private int limit;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private @Nullable EventFacts facts;
    /// The options are those of an [OptionBuffer], so that each is whole.
    private boolean collected;

    /// Notes that say nothing, to be filled.
    public RecordNotes() {}

    /// Points at the options in `array` from index `from` to before `limit`, without copying; forgets the facts.
    public void set(byte[] array, int from, int limit, ByteOrder order) {
        this.array = array;
        this.from = from;
        this.limit = limit;
        this.order = order;
        this.facts = null;
        this.collected = false;
    }

    /// Points at what was collected in `options`.
    public void set(OptionBuffer options) {
        set(options.array(), 0, options.size(), options.order());
        collected = true;
    }

    /// Adds what a trace said; `facts` may be reused once the reader moves on.
    public void setFacts(EventFacts facts) {
        this.facts = facts;
    }

    /// Places `cursor` before the first option.
    public OptionCursor cursor(OptionCursor cursor) {
        return cursor.over(array, from, limit, order);
    }

    /// Adds the options to `out`, by `cursor`; facts that are not written as a comment yet are left out.
    public void addTo(OptionBuffer out, OptionCursor cursor) {
        if (collected && out.order() == order) {
            out.addCollected(array, limit);
        } else {
            out.addAll(cursor(cursor), OptionLayout.RECORD);
        }
    }

    /// A copy of the options that outlives the record; facts that are not written as a comment yet are left out.
    public CaptureOptions options() {
        return CaptureOptions.copyOf(array, from, limit, order);
    }

    /// `epb_flags`, 0 when not stated.
    public int flags() {
        return find(CaptureOptions.RECORD_FLAGS, 4) ? cursor.i32(0) : 0;
    }

    public Direction direction() {
        int direction = flags() & DIRECTION_MASK;
        return direction < Direction.values().length ? Direction.values()[direction] : Direction.UNKNOWN;
    }

    public Reception reception() {
        int reception = flags() >>> RECEPTION_SHIFT & RECEPTION_MASK;
        return reception < Reception.values().length ? Reception.values()[reception] : Reception.UNKNOWN;
    }

    /// Octets of the frame check sequence at the record's end, 0 when not stated.
    public int frameCheckLength() {
        return flags() >>> FCS_SHIFT & FCS_MASK;
    }

    /// Link-layer errors as 16 bits: 8 CRC, 9 too long, 10 too short, 11 wrong gap, 12 unaligned, 13 start frame
    /// delimiter, 14 preamble, 15 symbol.
    public int linkErrors() {
        return flags() >>> ERRORS_SHIFT;
    }

    /// The same for all records of one packet.
    public OptionalLong packetId() {
        return number(CaptureOptions.RECORD_PACKET_ID);
    }

    /// Which of the interface's queues received it.
    public OptionalInt queue() {
        return find(CaptureOptions.RECORD_QUEUE, 4) ? OptionalInt.of(cursor.i32(0)) : OptionalInt.empty();
    }

    /// Records lost between this one and the one before it.
    public OptionalLong dropCount() {
        return number(CaptureOptions.RECORD_DROP_COUNT);
    }

    private OptionalLong number(int code) {
        return find(code, 8) ? OptionalLong.of(cursor.i64(0)) : OptionalLong.empty();
    }

    /// The process that a record belongs to.
    public OptionalLong process() {
        return find(CaptureOptions.RECORD_PROCESS_THREAD, 8)
                ? OptionalLong.of(cursor.i32(0) & 0xffff_ffffL)
                : OptionalLong.empty();
    }

    /// The thread that a record belongs to.
    public OptionalLong thread() {
        return find(CaptureOptions.RECORD_PROCESS_THREAD, 8)
                ? OptionalLong.of(cursor.i32(4) & 0xffff_ffffL)
                : OptionalLong.empty();
    }

    /// In file order.
    public List<Verdict> verdicts() {
        List<Verdict> found = new ArrayList<>();
        for (cursor(cursor); cursor.next(); ) {
            if (cursor.code() == CaptureOptions.RECORD_VERDICT && cursor.length() > 0) {
                found.add(new Verdict(cursor.u8(0), verdictValue()));
            }
        }
        return found;
    }

    private Octets verdictValue() {
        boolean swapped = isNumericVerdict(cursor.u8(0), cursor.length()) && order == ByteOrder.LITTLE_ENDIAN;
        byte[] value = cursor.octets(1).toByteArray();
        for (int i = 0; swapped && i < value.length / 2; i++) {
            byte kept = value[i];
            value[i] = value[value.length - 1 - i];
            value[value.length - 1 - i] = kept;
        }
        return Octets.wrap(value);
    }

    /// True when an `epb_verdict` of that kind and length holds a number behind its kind.
    public static boolean isNumericVerdict(int kind, int length) {
        return (kind == 1 || kind == 2) && length == 9;
    }

    /// In file order.
    public List<Hash> hashes() {
        List<Hash> found = new ArrayList<>();
        for (cursor(cursor); cursor.next(); ) {
            if (cursor.code() == CaptureOptions.RECORD_HASH && cursor.length() > 0) {
                found.add(new Hash(cursor.u8(0), cursor.octets(1)));
            }
        }
        return found;
    }

    /// In file order.
    public List<String> comments() {
        List<String> found = new ArrayList<>();
        for (cursor(cursor); cursor.next(); ) {
            if (cursor.code() == CaptureOptions.COMMENT) {
                found.add(cursor.text());
            }
        }
        return found;
    }

    /// In file order.
    public List<CustomOption> custom() {
        return CustomOption.of(cursor(cursor));
    }

    /// True when [#facts] were put here by a reader, and are not among the comments.
    public boolean hasUnwrittenFacts() {
        return facts != null;
    }

    /// What the system's tracing said about the record; null when it said nothing. As the notes, it holds until the
    /// reader moves on.
    public @Nullable EventFacts facts() {
        if (facts != null) {
            return facts;
        }
        for (cursor(cursor); cursor.next(); ) {
            if (cursor.code() == CaptureOptions.COMMENT && parsed.parse(cursor.text())) {
                return parsed;
            }
        }
        return null;
    }

    private boolean find(int code, int length) {
        for (cursor(cursor); cursor.next(); ) {
            if (cursor.code() == code && cursor.length() == length) {
                return true;
            }
        }
        return false;
    }
}
