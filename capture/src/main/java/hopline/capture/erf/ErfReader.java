package hopline.capture.erf;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.LinkType;
import hopline.capture.MalformedCaptureException;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.file.ReadWindow;
import hopline.capture.file.TimeUnits;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the extensible record format of Endace's cards
/// ([ERF types](https://www.endace.com/erf-extensible-record-format-types.pdf)): Ethernet and IP; records of other
/// types are passed over and counted. Extension headers, and the types beside plain Ethernet, are built from the
/// published layout, not seen in a real file.
///
/// ```
/// +----------------------------------------------------------+
/// | timestamp: 2^-32 seconds (64), little-endian             |
/// +----------+-----------+-------------------+---------------+
/// | type (8) | flags (8) | record length(16) | lost (16)     |  big-endian from here on
/// +----------+-----------+-------------------+---------------+
/// | length on the wire, check sequence included (16)         |
/// +----------------------------------------------------------+
/// | extension headers of 8 octets, while the bit above type, |
/// | then that above the extension's own type, says so        |
/// +----------------------------------------------------------+
/// | of Ethernet: two octets of padding; captured octets …    |
/// +----------------------------------------------------------+
/// ```
public final class ErfReader implements CaptureReader {

    static final int HEADER_LENGTH = 16;

    private static final int TYPE = 8;
    private static final int FLAGS = 9;
    private static final int RECORD_LENGTH = 10;
    private static final int LOST = 12;
    private static final int WIRE_LENGTH = 14;

    private static final int EXTENDED = 0x80;
    private static final int EXTENSION_LENGTH = 8;
    private static final int MAX_EXTENSIONS = 64;
    private static final int PORT_MASK = 0x03;

    private static final int ETHERNET = 2;
    private static final int COLOURED_ETHERNET = 11;
    private static final int STEERED_ETHERNET = 16;
    private static final int IPV4 = 22;
    private static final int IPV6 = 23;

    private static final int ETHERNET_PADDING = 2;
    private static final int CHECK_LENGTH = 4;
    private static final int ALIGNMENT = 8;

    /// Where an Ethernet record has its type, and what is likely to be there.
    private static final int ETHER_TYPE = HEADER_LENGTH + ETHERNET_PADDING + 12;

    private static final Set<Integer> ETHER_TYPES = Set.of(0x0800, 0x0806, 0x86dd, 0x8100, 0x88a8, 0x8847);

    private static final long YEAR_1990 = 631_152_000L;
    private static final long DAY = 86_400;
    private static final int BINARY_FRACTION = 32;
    private static final int TICKS_OPTION = 0x80 | BINARY_FRACTION;
    private static final int MAX_LENGTH = 65_535;

    private final ReadWindow window;
    private final TimeUnits units = TimeUnits.binary(BINARY_FRACTION, 0);
    private final CaptureRecord record = new CaptureRecord();
    private final CaptureSection section = new CaptureSection(0, ByteOrder.LITTLE_ENDIAN, CaptureOptions.NONE);
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<CaptureInterface> seenInterfaces = Collections.unmodifiableList(interfaces);
    private final Map<Integer, Integer> indexOf = new TreeMap<>(); // by port and link type
    private final Map<String, Long> skipped = new TreeMap<>();
    private int pending;
    private long number;
    private long lost;

    /// Reads from the window's start on.
    public ErfReader(ReadWindow window) {
        this.window = window;
    }

    /// Whether `head` looks like the front of such a file, which no magic number tells: the first record is Ethernet
    /// of a likely time, length and content, and a second that lies in `head` is of the same day.
    public static boolean isErf(Octets head) {
        if (!isLikely(head)) {
            return false;
        }
        int length = head.u16(RECORD_LENGTH);
        if (head.length() < length + HEADER_LENGTH) {
            return true;
        }
        Octets second = head.from(length);
        return second.u16(RECORD_LENGTH) >= HEADER_LENGTH && Math.abs(seconds(second) - seconds(head)) <= DAY;
    }

    private static boolean isLikely(Octets record) {
        if (record.length() < ETHER_TYPE + 2 || record.u8(TYPE) != ETHERNET) {
            return false;
        }
        int length = record.u16(RECORD_LENGTH);
        int whole = HEADER_LENGTH + ETHERNET_PADDING + record.u16(WIRE_LENGTH);
        return seconds(record) >= YEAR_1990
                && ETHER_TYPES.contains(record.u16(ETHER_TYPE))
                && length > HEADER_LENGTH + ETHERNET_PADDING
                && length < whole + ALIGNMENT;
    }

    private static long seconds(Octets record) {
        return Integer.toUnsignedLong(Integer.reverseBytes(record.i32(4)));
    }

    @Override
    public CaptureFormat format() {
        return CaptureFormat.ERF;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        while (advance()) {
            int kind = window.u8(TYPE);
            int linkType = linkType(kind & ~EXTENDED);
            if (linkType >= 0) {
                return record(kind, linkType);
            }
            skipped.merge("ERF type " + (kind & ~EXTENDED), 1L, Long::sum);
        }
        return null;
    }

    /// Goes to the next record; false at the end.
    private boolean advance() throws IOException {
        window.skip(pending);
        pending = 0;
        window.order(ByteOrder.BIG_ENDIAN);
        int there = window.available(HEADER_LENGTH);
        if (there == 0 && !window.isCutShort()) {
            return false;
        }
        if (there < HEADER_LENGTH) {
            throw new MalformedCaptureException(
                    window.position(),
                    window.isCutShort()
                            ? ReadWindow.CUT_SHORT
                            : "file ends inside the header of record " + (number + 1) + ": " + HEADER_LENGTH
                                    + " octets expected, " + there + " found");
        }
        int length = window.u16(RECORD_LENGTH);
        if (length < HEADER_LENGTH) {
            throw new MalformedCaptureException(
                    window.position(),
                    "record " + (number + 1) + " claims " + length + " octets, at least " + HEADER_LENGTH
                            + " expected");
        }
        if (!window.has(length)) {
            throw new MalformedCaptureException(
                    window.position(),
                    "file ends inside record " + (number + 1) + ": " + length + " octets expected, "
                            + window.available(length) + " found");
        }
        pending = length;
        return true;
    }

    private static int linkType(int type) {
        return switch (type) {
            case ETHERNET, COLOURED_ETHERNET, STEERED_ETHERNET -> LinkType.ETHERNET;
            case IPV4 -> LinkType.IPV4;
            case IPV6 -> LinkType.IPV6;
            default -> -1;
        };
    }

    private CaptureRecord record(int kind, int linkType) throws MalformedCaptureException {
        int start = HEADER_LENGTH;
        boolean extended = (kind & EXTENDED) != 0;
        for (int i = 0; extended && i < MAX_EXTENSIONS && start + EXTENSION_LENGTH <= pending; i++) {
            extended = (window.u8(start) & EXTENDED) != 0;
            start += EXTENSION_LENGTH;
        }
        start += linkType == LinkType.ETHERNET ? ETHERNET_PADDING : 0;
        if (extended || start > pending) {
            throw new MalformedCaptureException(
                    window.position(),
                    "headers of record " + (number + 1) + " do not end within its " + pending + " octets");
        }
        lost += (kind & ~EXTENDED) == ETHERNET ? window.u16(LOST) : 0; // a colour where there is one
        long ticks = ticks();
        int original = window.u16(WIRE_LENGTH);
        int captured = Math.min(pending - start, original);
        record.set(++number, interfaceOf(window.u8(FLAGS) & PORT_MASK, linkType), units.epochNanos(ticks), original);
        record.setTicks(ticks);
        record.setOctets(window.array(), window.indexOf(start), captured);
        return record;
    }

    private long ticks() {
        long high = Integer.toUnsignedLong(Integer.reverseBytes(window.i32(4)));
        return high << Integer.SIZE | Integer.toUnsignedLong(Integer.reverseBytes(window.i32(0)));
    }

    private int interfaceOf(int port, int linkType) {
        return indexOf.computeIfAbsent(port << Short.SIZE | linkType, key -> {
            OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
            String name = "port " + port;
            options.text(CaptureOptions.INTERFACE_NAME, name);
            options.u8(CaptureOptions.INTERFACE_TIME_RESOLUTION, TICKS_OPTION);
            if (linkType == LinkType.ETHERNET) {
                options.u8(CaptureOptions.INTERFACE_FCS_LENGTH, CHECK_LENGTH);
            }
            int index = interfaces.size();
            interfaces.add(new CaptureInterface(index, 0, name, linkType, MAX_LENGTH, options.toOptions()));
            return index;
        });
    }

    @Override
    public long records() {
        return number;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return seenInterfaces;
    }

    @Override
    public List<CaptureSection> sections() {
        return List.of(section);
    }

    @Override
    public long lostRecords() {
        return lost;
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return Map.copyOf(skipped);
    }

    @Override
    public void close() throws IOException {
        record.clearOctets();
        window.close();
    }
}
