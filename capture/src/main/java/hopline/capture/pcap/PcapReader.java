package hopline.capture.pcap;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.MalformedCaptureException;
import hopline.capture.file.ReadWindow;
import hopline.capture.file.TimeUnits;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads pcap, [draft-ietf-opsawg-pcap](https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/), in both byte
/// orders, with microseconds and nanoseconds, and the variant of old Linux systems (libpcap 0.4 with
/// Alexey Kuznetsov's patch) whose record headers are eight octets longer.
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
    private static final int SNAP_LENGTH = 16;
    private static final int LINK_TYPE = 20;

    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int FRACTION = 4;
    private static final int CAPTURED_LENGTH = 8;
    private static final int ORIGINAL_LENGTH = 12;

    private static final int MICROSECONDS_MAGIC = 0xa1b2c3d4;
    private static final int NANOSECONDS_MAGIC = 0xa1b23c4d;
    private static final int KUZNETSOV_MAGIC = 0xa1b2cd34;

    /// Interface index, protocol and packet type, which the variant adds to each record's header.
    private static final int KUZNETSOV_EXTRA = 8;

    /// The bits above these hold the length of the frame check sequence.
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final int LINK_TYPE_RESERVED = 0x03ff_0000;

    /// Longest record that is believed, as in libpcap and Wireshark, whatever the header's snap length says.
    private static final int MAX_CAPTURED_LENGTH = 262_144;

    private final ReadWindow window;
    private final CaptureRecord record = new CaptureRecord();
    private final CaptureInterface theInterface;
    private final CaptureSection section;
    private final TimeUnits units;
    private final long fractionsPerSecond;
    private final int headerLength;
    private int pending;
    private long number;

    /// True when the four octets `magic`, read in little-endian order, begin a pcap file.
    public static boolean isMagic(int magic) {
        return isMagicInOrder(magic) || isMagicInOrder(Integer.reverseBytes(magic));
    }

    private static boolean isMagicInOrder(int magic) {
        return magic == MICROSECONDS_MAGIC || magic == NANOSECONDS_MAGIC || magic == KUZNETSOV_MAGIC;
    }

    /// Reads the file header.
    ///
    /// @throws MalformedCaptureException when the file ends inside it
    public PcapReader(ReadWindow window) throws IOException {
        this.window = window;
        if (!window.has(FILE_HEADER_LENGTH)) {
            throw new MalformedCaptureException(
                    0,
                    "file ends inside the pcap header: " + FILE_HEADER_LENGTH + " octets expected, "
                            + window.available(FILE_HEADER_LENGTH) + " found");
        }
        window.order(isMagicInOrder(window.i32(0)) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean nanoseconds = window.i32(0) == NANOSECONDS_MAGIC;
        this.headerLength = RECORD_HEADER_LENGTH + (window.i32(0) == KUZNETSOV_MAGIC ? KUZNETSOV_EXTRA : 0);
        this.units = nanoseconds ? TimeUnits.NANOSECONDS : TimeUnits.MICROSECONDS;
        this.fractionsPerSecond = nanoseconds ? 1_000_000_000 : 1_000_000;
        this.theInterface = new CaptureInterface(0, 0, "", linkType(window.i32(LINK_TYPE)), window.u32(SNAP_LENGTH));
        this.section = new CaptureSection(0, window.order(), CaptureOptions.NONE);
        window.skip(FILE_HEADER_LENGTH);
    }

    private static int linkType(int field) throws MalformedCaptureException {
        if ((field & LINK_TYPE_RESERVED) != 0) {
            throw new MalformedCaptureException(
                    LINK_TYPE, "link type 0x" + Integer.toHexString(field) + " sets reserved bits, zeros expected");
        }
        return field & LINK_TYPE_MASK;
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
        int captured = checkedLength(window.i32(CAPTURED_LENGTH));
        int size = headerLength + captured;
        if (!window.has(size)) {
            throw new MalformedCaptureException(
                    window.position(),
                    "file ends inside record " + (number + 1) + ": " + captured + " captured octets expected, "
                            + (window.available(size) - headerLength) + " found");
        }
        long ticks = window.u32(0) * fractionsPerSecond + window.u32(FRACTION);
        record.set(++number, 0, units.epochNanos(ticks), window.u32(ORIGINAL_LENGTH));
        record.setOctets(window.array(), window.indexOf(headerLength), captured);
        pending = size;
        return record;
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
        if (captured < 0 || captured > MAX_CAPTURED_LENGTH) {
            throw new MalformedCaptureException(
                    window.position(),
                    "record " + (number + 1) + " claims " + Integer.toUnsignedString(captured)
                            + " captured octets, at most " + MAX_CAPTURED_LENGTH + " expected");
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
        window.close();
    }
}
