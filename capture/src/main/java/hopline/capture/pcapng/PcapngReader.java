package hopline.capture.pcapng;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.MalformedCaptureException;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import hopline.capture.RecordNotes;
import hopline.capture.event.SystemEvent;
import hopline.capture.file.ReadWindow;
import hopline.capture.file.TimeUnits;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads pcapng, [draft-ietf-opsawg-pcapng](https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/).
///
/// ```
/// +------------+--------------+-----------------+--------------+
/// | Block Type | Total Length | Body (padded) … | Total Length |
/// +------------+--------------+-----------------+--------------+
/// ```
///
/// Sections may follow each other in differing byte orders; each starts its interfaces anew. Blocks that hold no
/// packet and are of no use here are skipped and counted.
public final class PcapngReader implements CaptureReader {

    /// Palindromic, so readable before the byte order is known.
    public static final int SECTION_HEADER = 0x0A0D0D0A;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int JOURNAL_EXPORT = 9;
    private static final int CUSTOM = 0xBAD;
    private static final int CUSTOM_NOT_COPIED = 0x40000BAD;

    /// Sysdig's own, of its versions 1 and 2.
    static final int SYSDIG_EVENT = 0x204;

    static final int SYSDIG_EVENT_2 = 0x216;
    static final int LARGE_SYSDIG_EVENT_2 = 0x221;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

    private static final int BLOCK_HEADER_LENGTH = 8;
    private static final int BLOCK_OVERHEAD = 12;
    /// In the header of an obsolete Packet Block.
    private static final int UNKNOWN_DROPS = 0xffff;

    private static final int SECTION_BODY = 16;
    private static final int INTERFACE_BODY = 8;
    private static final int PACKET_BODY = 20;
    private static final int STATISTICS_BODY = 12;

    /// 16 MiB, and libpcap's slack for a block's own fields and options.
    private static final int MAX_BLOCK_LENGTH = (16 << 20) + 131_072;

    /// Bounds on what is kept of a file while it is read; real ones have some thousand interfaces at most.
    private static final int MAX_SECTIONS = 1 << 16;

    private static final int MAX_INTERFACES = 1 << 16;

    /// In octets, of all sections and interfaces together.
    private static final int MAX_OPTIONS = 32 << 20;

    /// Types of skipped blocks that are told apart.
    private static final int MAX_SKIPPED_TYPES = 1 << 10;

    private final ReadWindow window;
    private final CaptureRecord record = new CaptureRecord();
    private final List<CaptureInterface> interfaces = new ArrayList<>();

    /// Asked for with each record.
    private final List<CaptureInterface> shownInterfaces = Collections.unmodifiableList(interfaces);

    private final List<TimeUnits> units = new ArrayList<>();
    private final List<Long> statedDrops = new ArrayList<>();
    private final List<CaptureSection> sections = new ArrayList<>();
    private final RecordNotes notes = new RecordNotes();
    private final OptionCursor cursor = new OptionCursor();
    private OptionBuffer dropOptions = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
    private final Map<String, Long> skippedBlocks = new TreeMap<>();
    private long keptOptions;
    private int sectionStart;
    private int blockLength;
    private CaptureBlock.@Nullable Listener listener;
    private SystemEvent.@Nullable Listener eventListener;
    private @Nullable MalformedCaptureException brokenStart;
    private long countedDrops;
    private long number;
    private long lastEpochNanos;

    /// Reads the header of the first section; when it is broken, [#next] will tell.
    public PcapngReader(ReadWindow window) throws IOException {
        this.window = window;
        try {
            if (readBlock()) {
                startSection();
            }
        } catch (MalformedCaptureException e) {
            brokenStart = e;
        }
    }

    @Override
    public CaptureFormat format() {
        return CaptureFormat.PCAPNG;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        if (brokenStart != null) {
            throw brokenStart;
        }
        while (readBlock()) {
            int type = window.i32(0);
            switch (type) {
                case ENHANCED_PACKET -> {
                    return enhancedPacket();
                }
                case SECTION_HEADER -> startSection();
                case INTERFACE_DESCRIPTION -> addInterface();
                case SIMPLE_PACKET -> {
                    return simplePacket();
                }
                case PACKET -> {
                    return obsoletePacket();
                }
                case INTERFACE_STATISTICS -> {
                    readStatistics();
                    tell(type);
                }
                case CUSTOM, CUSTOM_NOT_COPIED, JOURNAL_EXPORT, SYSDIG_EVENT, SYSDIG_EVENT_2, LARGE_SYSDIG_EVENT_2 -> {
                    number++; // Wireshark numbers these among the frames
                    hear(type);
                    skipped(type);
                }
                default -> skipped(type);
            }
        }
        return null;
    }

    private void skipped(int type) {
        String name = BlockNames.name(type);
        boolean toldApart = skippedBlocks.size() < MAX_SKIPPED_TYPES || skippedBlocks.containsKey(name);
        skippedBlocks.merge(toldApart ? name : BlockNames.OTHERS, 1L, Long::sum);
        tell(type);
    }

    private void hear(int type) {
        if (eventListener != null && type == JOURNAL_EXPORT) {
            int start = window.indexOf(BLOCK_HEADER_LENGTH);
            int end = start + blockLength - BLOCK_OVERHEAD;
            JournalEntry.event(Arrays.copyOfRange(window.array(), start, end)).ifPresent(eventListener::heard);
        }
    }

    private void tell(int type) {
        if (listener != null) {
            int length = blockLength - BLOCK_OVERHEAD;
            Octets body = Octets.wrap(window.array(), window.indexOf(BLOCK_HEADER_LENGTH), length);
            listener.passed(new CaptureBlock(type, sections.size() - 1, window.order(), body));
        }
    }

    /// Brings the next block whole into the window; false at the end of the file.
    private boolean readBlock() throws IOException {
        window.skip(blockLength);
        blockLength = 0;
        if (!window.has(BLOCK_OVERHEAD)) {
            requireEnd();
            return false;
        }
        if (window.i32(0) == SECTION_HEADER) {
            readByteOrder();
        } else if (sections.isEmpty()) {
            throw malformed("file begins with a block of type " + BlockNames.name(window.i32(0))
                    + ", a section header expected");
        }
        int stated = window.i32(4);
        int length = checkedLength(stated);
        if (!window.has(length)) {
            throw malformed("file ends inside " + BlockNames.withArticle(window.i32(0)) + ": " + length
                    + " octets expected, " + window.available(length) + " found");
        }
        int trailing = window.i32(length - 4);
        if (trailing != stated) {
            throw malformed("block length " + stated + " is closed by " + Integer.toUnsignedString(trailing));
        }
        blockLength = length;
        return true;
    }

    private void requireEnd() throws IOException {
        int rest = window.available(BLOCK_OVERHEAD);
        if (rest == 0 && window.isCutShort()) {
            throw malformed(ReadWindow.CUT_SHORT);
        }
        if (rest > 0) {
            throw malformed(
                    "file ends inside a block header: " + BLOCK_OVERHEAD + " octets expected, " + rest + " found");
        }
    }

    private void readByteOrder() throws IOException {
        window.order(ByteOrder.LITTLE_ENDIAN);
        int magic = window.i32(BLOCK_HEADER_LENGTH);
        if (magic == BYTE_ORDER_MAGIC) {
            return;
        }
        window.order(ByteOrder.BIG_ENDIAN);
        if (window.i32(BLOCK_HEADER_LENGTH) != BYTE_ORDER_MAGIC) {
            throw malformed("section header has byte-order magic 0x" + Integer.toHexString(magic)
                    + ", 0x1a2b3c4d expected in either order");
        }
    }

    /// Rounded up to a multiple of 4: early writers left the padding out of the length.
    private int checkedLength(int length) throws MalformedCaptureException {
        if (length < BLOCK_OVERHEAD || length > MAX_BLOCK_LENGTH) {
            throw malformed(BlockNames.name(window.i32(0)) + " has length " + Integer.toUnsignedString(length) + ", "
                    + BLOCK_OVERHEAD + " to " + MAX_BLOCK_LENGTH + " expected");
        }
        return (length + 3) & ~3;
    }

    private void startSection() throws MalformedCaptureException {
        requireBody(SECTION_BODY);
        int major = window.u16(BLOCK_HEADER_LENGTH + 4);
        int minor = window.u16(BLOCK_HEADER_LENGTH + 6);
        if (major != 1 || (minor != 0 && minor != 2)) { // 1.2 was written for years and means 1.0
            throw malformed("section has version " + major + "." + minor + ", 1.0 or 1.2 expected");
        }
        requireAtMost(MAX_SECTIONS, sections.size() + 1, "section");
        sectionStart = interfaces.size();
        sections.add(new CaptureSection(sections.size(), window.order(), keptOptions(SECTION_BODY)));
    }

    private void addInterface() throws MalformedCaptureException {
        requireBody(INTERFACE_BODY);
        requireAtMost(MAX_INTERFACES, interfaces.size() + 1, "interface");
        CaptureOptions options = keptOptions(INTERFACE_BODY);
        units.add(InterfaceUnits.of(options));
        statedDrops.add(0L);
        interfaces.add(new CaptureInterface(
                interfaces.size(),
                sections.size() - 1,
                name(options),
                window.u16(BLOCK_HEADER_LENGTH),
                window.u32(BLOCK_HEADER_LENGTH + 4),
                options));
    }

    private static String name(CaptureOptions options) {
        return options.text(CaptureOptions.INTERFACE_NAME)
                .filter(name -> !name.isEmpty())
                .or(() -> options.text(CaptureOptions.INTERFACE_DESCRIPTION))
                .orElse("");
    }

    private CaptureRecord enhancedPacket() throws MalformedCaptureException {
        requireBody(PACKET_BODY);
        int interfaceIndex = interfaceIndex(window.u32(BLOCK_HEADER_LENGTH));
        return packet(interfaceIndex, window.i32(BLOCK_HEADER_LENGTH + 12), window.u32(BLOCK_HEADER_LENGTH + 16));
    }

    /// The Packet Block, which the Enhanced Packet Block replaced in 2008: the same but for its first four octets.
    private CaptureRecord obsoletePacket() throws MalformedCaptureException {
        requireBody(PACKET_BODY);
        int interfaceIndex = interfaceIndex(window.u16(BLOCK_HEADER_LENGTH));
        int drops = window.u16(BLOCK_HEADER_LENGTH + 2);
        CaptureRecord packet =
                packet(interfaceIndex, window.i32(BLOCK_HEADER_LENGTH + 12), window.u32(BLOCK_HEADER_LENGTH + 16));
        if (drops != UNKNOWN_DROPS) {
            countedDrops += drops;
            noteDrops(packet, drops);
        }
        return packet;
    }

    /// Says in an option what the block says in its header.
    private void noteDrops(CaptureRecord packet, int drops) {
        OptionBuffer options = drops(window.order());
        if (packet.notes() != null) {
            options.addAll(notes.cursor(cursor), OptionLayout.RECORD);
        }
        notes.set(options.u64(CaptureOptions.RECORD_DROP_COUNT, drops));
        packet.setNotes(notes);
    }

    private CaptureRecord packet(int interfaceIndex, int captured, long original) throws MalformedCaptureException {
        int room = blockLength - BLOCK_OVERHEAD - PACKET_BODY;
        requireCaptured(captured, room);
        long ticks = window.u32(BLOCK_HEADER_LENGTH + 4) << 32 | window.u32(BLOCK_HEADER_LENGTH + 8);
        lastEpochNanos = units.get(interfaceIndex).epochNanos(ticks);
        int padded = (captured + 3) & ~3;
        boolean noted = room - padded >= OptionCursor.HEADER_LENGTH;
        if (noted) {
            readNotes(BLOCK_HEADER_LENGTH + PACKET_BODY + padded);
        }
        record(interfaceIndex, PACKET_BODY, captured, original);
        record.setTicks(ticks);
        record.setNotes(noted ? notes : null);
        return record;
    }

    private void readNotes(int at) {
        notes.set(window.array(), window.indexOf(at), window.indexOf(blockLength - 4), window.order());
        for (notes.cursor(cursor); cursor.next(); ) {
            if (cursor.code() == CaptureOptions.RECORD_DROP_COUNT && cursor.length() == 8) {
                countedDrops += Math.max(0, cursor.i64(0));
            }
        }
    }

    private OptionBuffer drops(ByteOrder order) {
        if (dropOptions.order() != order) {
            dropOptions = new OptionBuffer(order);
        }
        return dropOptions.clear();
    }

    /// A Simple Packet Block has no interface, time or captured length of its own.
    private CaptureRecord simplePacket() throws MalformedCaptureException {
        requireBody(4);
        int interfaceIndex = interfaceIndex(0);
        long original = window.u32(BLOCK_HEADER_LENGTH);
        long snapLength = interfaces.get(interfaceIndex).snapLength();
        int room = blockLength - BLOCK_OVERHEAD - 4;
        long captured = Math.min(original, snapLength == 0 ? Long.MAX_VALUE : snapLength);
        record(interfaceIndex, 4, (int) Math.min(captured, room), original);
        record.setUntimed();
        record.setNotes(null);
        return record;
    }

    private void record(int interfaceIndex, int body, int captured, long original) {
        record.set(++number, interfaceIndex, lastEpochNanos, original);
        record.setOctets(window.array(), window.indexOf(BLOCK_HEADER_LENGTH + body), captured);
    }

    private void readStatistics() throws MalformedCaptureException {
        requireBody(STATISTICS_BODY);
        int interfaceIndex = interfaceIndex(window.u32(BLOCK_HEADER_LENGTH));
        long drops = 0;
        for (OptionCursor options = options(STATISTICS_BODY).cursor(); options.next(); ) {
            boolean isDrops = options.code() == CaptureOptions.STATISTICS_INTERFACE_DROPS
                    || options.code() == CaptureOptions.STATISTICS_SYSTEM_DROPS;
            if (isDrops && options.length() == 8) {
                drops += Math.max(0, options.i64(0));
            }
        }
        statedDrops.set(interfaceIndex, drops);
    }

    /// `id` counts within the section.
    private int interfaceIndex(long id) throws MalformedCaptureException {
        int described = interfaces.size() - sectionStart;
        if (id >= described) {
            throw malformed(BlockNames.name(window.i32(0)) + " names interface " + id + ", " + described
                    + " described so far in its section");
        }
        return sectionStart + (int) id;
    }

    private void requireBody(int size) throws MalformedCaptureException {
        if (blockLength - BLOCK_OVERHEAD < size) {
            throw malformed(BlockNames.name(window.i32(0)) + " has a body of " + (blockLength - BLOCK_OVERHEAD)
                    + " octets, at least " + size + " expected");
        }
    }

    private void requireCaptured(int captured, int room) throws MalformedCaptureException {
        if (captured < 0 || captured > room) {
            throw malformed("record " + (number + 1) + " claims " + Integer.toUnsignedString(captured)
                    + " captured octets, its block has room for " + room);
        }
    }

    private void requireAtMost(int most, int number, String what) throws MalformedCaptureException {
        if (number > most) {
            throw malformed("file describes " + what + " " + number + ", at most " + most + " expected");
        }
    }

    private CaptureOptions keptOptions(int bodyLength) throws MalformedCaptureException {
        keptOptions += blockLength - BLOCK_OVERHEAD - bodyLength;
        if (keptOptions > MAX_OPTIONS) {
            throw malformed("sections and interfaces have " + keptOptions + " octets of options, at most " + MAX_OPTIONS
                    + " expected");
        }
        return options(bodyLength);
    }

    private CaptureOptions options(int bodyLength) {
        int from = window.indexOf(BLOCK_HEADER_LENGTH + bodyLength);
        return CaptureOptions.copyOf(window.array(), from, window.indexOf(blockLength - 4), window.order());
    }

    private MalformedCaptureException malformed(String problem) {
        return new MalformedCaptureException(window.position(), problem);
    }

    @Override
    public long records() {
        return number;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return shownInterfaces;
    }

    @Override
    public List<CaptureSection> sections() {
        return Collections.unmodifiableList(sections);
    }

    /// Told of the events of a trace that a conversion kept as entries of a journal, see [JournalEntry].
    @Override
    public void hear(SystemEvent.Listener newListener) {
        eventListener = newListener;
    }

    @Override
    public void listen(CaptureBlock.Listener listener) {
        this.listener = listener;
    }

    /// What interface statistics state, or, where a file has none, what the packets' own counts add up to.
    @Override
    public long lostRecords() {
        long stated = statedDrops.stream().mapToLong(Long::longValue).sum();
        return Math.max(stated, countedDrops);
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return Collections.unmodifiableMap(skippedBlocks);
    }

    @Override
    public void close() throws IOException {
        record.clearOctets();
        window.close();
    }
}
