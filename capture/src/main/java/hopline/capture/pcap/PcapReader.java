package hopline.capture.pcap;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.LinkType;
import hopline.capture.MalformedCaptureException;
import hopline.capture.OptionBuffer;
import hopline.capture.file.ReadWindow;
import hopline.capture.file.TimeUnits;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads pcap, [draft-ietf-opsawg-pcap](https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/), in both byte
/// orders, with microseconds and nanoseconds, and what others made of it: the longer record headers of old Linux
/// systems and of Nokia's firewalls, IXIA's longer file header, AIX's own link types, and the swapped lengths of
/// versions before 2.3.
///
/// ```
/// file                                      record
/// +-------------------------------+         +-------------------------------+
/// | magic a1b2c3d4 or a1b23c4d    |         | seconds                       |
/// | major version | minor version |         | microseconds or nanoseconds   |
/// | reserved                      |         | captured length               |
/// | reserved                      |         | original length               |
/// | snap length                   |         +-------------------------------+
/// | FCS bits, link type           |         | captured octets …             |
/// +-------------------------------+         +-------------------------------+
/// ```
public final class PcapReader implements CaptureReader {

    private static final int FILE_HEADER_LENGTH = 24;
    private static final int MAJOR_VERSION = 4;
    private static final int MINOR_VERSION = 6;
    private static final int SNAP_LENGTH = 16;
    private static final int LINK_TYPE = 20;

    private static final int MICROSECONDS_MAGIC = 0xa1b2c3d4;
    private static final int NANOSECONDS_MAGIC = 0xa1b23c4d;
    private static final int PATCHED_MAGIC = 0xa1b2cd34;
    private static final int IXIA_HARDWARE_MAGIC = 0x1c0001ac;
    private static final int IXIA_SOFTWARE_MAGIC = 0x1c0001ab;

    /// The size of all records, which IXIA adds to the file's header.
    private static final int IXIA_EXTRA = 4;

    /// DG/UX, whose lengths are swapped as in the versions before 2.3.
    private static final int DG_UX_VERSION = 543;

    /// The interface types of RFC 1573 that AIX writes instead of link types, in files of version 2.2.
    private static final Map<Integer, Integer> AIX_LINK_TYPES =
            Map.of(6, LinkType.ETHERNET, 9, 6, 15, AixFddi.LINK_TYPE, 24, 0);

    private static final class AixFddi {
        static final int LINK_TYPE = 10;
        /// AIX pads such records in front.
        static final int PADDING = 3;
    }

    /// The bits above these hold the length of the frame check sequence.
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final int LINK_TYPE_RESERVED = 0x03ff_0000;
    private static final int CHECKSUM_PRESENT = 0x0400_0000;
    private static final int CHECKSUM_LENGTH_SHIFT = 28;

    /// Longest record that is believed, as in libpcap and Wireshark, whatever the header's snap length says.
    private static final int MAX_CAPTURED_LENGTH = 262_144;

    /// Longest record of buses whose records may be as long as a transfer; others believe 128 MiB.
    private static final int MAX_TRANSFER_LENGTH = 16 << 20;

    /// D-Bus, USB as Windows, Linux and FreeBSD log it, Elektrobit.
    private static final Set<Integer> TRANSFERS = Set.of(231, 249, 220, 186, 279);

    private enum Lengths {
        IN_ORDER,
        SWAPPED,
        /// Version 2.3 was written both ways.
        SWAPPED_WHEN_CAPTURED_IS_LONGER
    }

    private final ReadWindow window;
    private final CaptureRecord record = new CaptureRecord();
    private final CaptureInterface theInterface;
    private final CaptureSection section;
    private final TimeUnits units;
    private final long fractionsPerSecond;
    private final Lengths lengths;
    private final int maxCaptured;
    private final int headerLength;
    private final int padding;
    private int pending;
    private long number;

    /// True when the four octets `magic`, read in little-endian order, begin a pcap file.
    public static boolean isMagic(int magic) {
        return isMagicInOrder(magic) || isMagicInOrder(Integer.reverseBytes(magic));
    }

    private static boolean isMagicInOrder(int magic) {
        return switch (magic) {
            case MICROSECONDS_MAGIC, NANOSECONDS_MAGIC, PATCHED_MAGIC, IXIA_HARDWARE_MAGIC, IXIA_SOFTWARE_MAGIC -> true;
            default -> false;
        };
    }

    /// Reads the file header, and looks at the first records to tell which kind of pcap it is.
    ///
    /// @throws MalformedCaptureException when the file ends inside the header or it says what cannot be
    public PcapReader(ReadWindow window) throws IOException {
        this.window = window;
        window.order(ByteOrder.LITTLE_ENDIAN);
        window.order(isMagicInOrder(window.i32(0)) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int magic = window.i32(0);
        int size = FILE_HEADER_LENGTH + (isIxia(magic) ? IXIA_EXTRA : 0);
        requireHeader(size);
        boolean aix = isAix(magic);
        int linkTypeField = aix ? AIX_LINK_TYPES.get(window.i32(LINK_TYPE)) : window.i32(LINK_TYPE);
        int linkType = linkType(linkTypeField);
        boolean nanoseconds = magic == NANOSECONDS_MAGIC || magic == IXIA_HARDWARE_MAGIC || aix;
        long snapLength = window.u32(SNAP_LENGTH);
        this.lengths = lengths();
        this.units = nanoseconds ? TimeUnits.NANOSECONDS : TimeUnits.MICROSECONDS;
        this.fractionsPerSecond = nanoseconds ? 1_000_000_000 : 1_000_000;
        this.maxCaptured = TRANSFERS.contains(linkType) ? MAX_TRANSFER_LENGTH : MAX_CAPTURED_LENGTH;
        this.padding = aix && linkType == AixFddi.LINK_TYPE ? AixFddi.PADDING : 0;
        this.headerLength = RecordHeader.of(
                        window, size, forms(magic, aix), new RecordHeader.Limits(maxCaptured, snapLength))
                .length();
        CaptureOptions options = options(nanoseconds, linkTypeField);
        this.theInterface = new CaptureInterface(0, 0, "", linkType, snapLength, options);
        this.section = new CaptureSection(0, window.order(), CaptureOptions.NONE);
        window.skip(size);
    }

    private void requireHeader(int size) throws IOException {
        if (!window.has(size)) {
            throw new MalformedCaptureException(
                    0,
                    "file ends inside the pcap header: " + size + " octets expected, " + window.available(size)
                            + " found");
        }
        if (window.u16(MAJOR_VERSION) < 2) {
            throw new MalformedCaptureException(
                    MAJOR_VERSION,
                    "pcap has version " + window.u16(MAJOR_VERSION) + "." + window.u16(MINOR_VERSION)
                            + ", 2.0 or later expected");
        }
    }

    private static boolean isIxia(int magic) {
        return magic == IXIA_HARDWARE_MAGIC || magic == IXIA_SOFTWARE_MAGIC;
    }

    private boolean isVersion(int minor) {
        return window.u16(MAJOR_VERSION) == 2 && window.u16(MINOR_VERSION) == minor;
    }

    private boolean isAix(int magic) {
        return magic == MICROSECONDS_MAGIC && isVersion(2) && AIX_LINK_TYPES.containsKey(window.i32(LINK_TYPE));
    }

    private Lengths lengths() {
        int major = window.u16(MAJOR_VERSION);
        if (major == DG_UX_VERSION || (major == 2 && window.u16(MINOR_VERSION) < 3)) {
            return Lengths.SWAPPED;
        }
        return isVersion(3) ? Lengths.SWAPPED_WHEN_CAPTURED_IS_LONGER : Lengths.IN_ORDER;
    }

    /// Only files of version 2.4 are ever of the patched kinds.
    private List<RecordHeader> forms(int magic, boolean aix) {
        if (magic == PATCHED_MAGIC) {
            return RecordHeader.OF_PATCHED_MAGIC;
        }
        boolean plain = magic != MICROSECONDS_MAGIC || aix || lengths != Lengths.IN_ORDER;
        return plain ? List.of(RecordHeader.STANDARD) : RecordHeader.OF_STANDARD_MAGIC;
    }

    private static int linkType(int field) throws MalformedCaptureException {
        if ((field & LINK_TYPE_RESERVED) != 0) {
            throw new MalformedCaptureException(
                    LINK_TYPE, "link type 0x" + Integer.toHexString(field) + " sets reserved bits, zeros expected");
        }
        return field & LINK_TYPE_MASK;
    }

    /// What the header says of its one interface, in pcapng's words.
    private static CaptureOptions options(boolean nanoseconds, int linkTypeField) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        if (nanoseconds) {
            options.u8(CaptureOptions.INTERFACE_TIME_RESOLUTION, 9);
        }
        if ((linkTypeField & CHECKSUM_PRESENT) != 0) {
            options.u8(CaptureOptions.INTERFACE_FCS_LENGTH, 2 * (linkTypeField >>> CHECKSUM_LENGTH_SHIFT));
        }
        return options.toOptions();
    }

    @Override
    public CaptureFormat format() {
        return CaptureFormat.PCAP;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        window.skip(pending);
        pending = 0;
        if (!window.has(headerLength)) {
            requireEnd();
            return null;
        }
        int first = window.i32(RecordHeader.CAPTURED_LENGTH);
        int second = window.i32(RecordHeader.ORIGINAL_LENGTH);
        boolean swapped = areSwapped(first, second);
        int captured = checkedLength(swapped ? second : first);
        int size = headerLength + captured;
        if (!window.has(size)) {
            throw new MalformedCaptureException(
                    window.position(),
                    "file ends inside record " + (number + 1) + ": " + captured + " captured octets expected, "
                            + (window.available(size) - headerLength) + " found");
        }
        long ticks = window.u32(RecordHeader.SECONDS) * fractionsPerSecond + window.u32(RecordHeader.FRACTION);
        long original = Integer.toUnsignedLong(swapped ? first : second);
        int skipped = Math.min(padding, captured);
        record.set(++number, 0, units.epochNanos(ticks), Math.max(0, original - skipped));
        record.setTicks(ticks);
        record.setOctets(window.array(), window.indexOf(headerLength + skipped), captured - skipped);
        pending = size;
        return record;
    }

    private boolean areSwapped(int first, int second) {
        return lengths == Lengths.SWAPPED
                || (lengths == Lengths.SWAPPED_WHEN_CAPTURED_IS_LONGER && Integer.compareUnsigned(first, second) > 0);
    }

    private void requireEnd() throws IOException {
        int rest = window.available(headerLength);
        if (rest == 0 && window.isCutShort()) {
            throw new MalformedCaptureException(window.position(), ReadWindow.CUT_SHORT);
        }
        if (rest > 0) {
            throw new MalformedCaptureException(
                    window.position(),
                    "file ends inside the header of record " + (number + 1) + ": " + headerLength + " octets expected, "
                            + rest + " found");
        }
    }

    private int checkedLength(int captured) throws MalformedCaptureException {
        if (captured < 0 || captured > maxCaptured) {
            throw new MalformedCaptureException(
                    window.position(),
                    "record " + (number + 1) + " claims " + Integer.toUnsignedString(captured)
                            + " captured octets, at most " + maxCaptured + " expected");
        }
        return captured;
    }

    @Override
    public long records() {
        return number;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return List.of(theInterface);
    }

    @Override
    public List<CaptureSection> sections() {
        return List.of(section);
    }

    @Override
    public long lostRecords() {
        return 0;
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return Map.of();
    }

    @Override
    public void close() throws IOException {
        record.clearOctets();
        window.close();
    }
}
