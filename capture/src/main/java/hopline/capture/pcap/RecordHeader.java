package hopline.capture.pcap;

import hopline.capture.file.ReadWindow;
import java.io.IOException;
import java.util.List;

/// The forms that the header of a pcap record took. The file's magic does not tell all of them apart, so the first
/// records are looked at, as Wireshark does; but a rare form is taken only where nothing speaks against it, so that a
/// damaged file of the usual form is not read as something else.
enum RecordHeader {
    STANDARD(16),

    /// libpcap with Alexey Kuznetsov's patches of April and October 1999, as in Red Hat 6.1: adds the interface's
    /// index, the Ethernet protocol, the kind of packet.
    PATCHED(24),

    /// The same, patched in September 1999, as in SuSE 6.3: four octets more.
    PATCHED_FOR_PROCESSORS(28),

    /// Nokia's firewalls add four octets.
    NOKIA(20);

    static final int SECONDS = 0;
    static final int FRACTION = 4;
    static final int CAPTURED_LENGTH = 8;
    static final int ORIGINAL_LENGTH = 12;
    private static final int INTERFACE = 16;
    private static final int PROTOCOL = 20;
    private static final int KIND = 22;
    private static final int NOKIA_EXTRA = 16;

    static final List<RecordHeader> OF_STANDARD_MAGIC = List.of(STANDARD, PATCHED, NOKIA);
    static final List<RecordHeader> OF_PATCHED_MAGIC = List.of(PATCHED, PATCHED_FOR_PROCESSORS);

    private static final int RECORDS_EXAMINED = 3;
    private static final int MICROSECONDS_PER_SECOND = 1_000_000;
    private static final int MOST_INTERFACES = 10_000;
    private static final int LARGEST_KIND = 4;
    private static final int FIRST_ETHER_TYPE = 0x600;
    private static final long LONGEST_PACKET = 128 << 20;

    private final int length;

    RecordHeader(int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    /// Which of `forms` the records that begin at offset `start` of the window have.
    static RecordHeader of(ReadWindow window, int start, List<RecordHeader> forms, Limits limits) throws IOException {
        for (RecordHeader form : forms) {
            if (!form.looksOdd(window, start, limits)) {
                return form;
            }
        }
        return forms.getFirst();
    }

    /// What the file's header says of its records.
    ///
    /// @param longest octets of a record that are believed
    /// @param snapLength octets of a record that are expected
    record Limits(int longest, long snapLength) {}

    private boolean looksOdd(ReadWindow window, int start, Limits limits) throws IOException {
        int at = start;
        for (int i = 0; i < RECORDS_EXAMINED && window.has(at + 1); i++) {
            if (!window.has(at + length) || isOdd(window, at, limits)) {
                return true;
            }
            at += length + window.i32(at + CAPTURED_LENGTH);
            if (!window.has(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOdd(ReadWindow window, int at, Limits limits) {
        long captured = window.u32(at + CAPTURED_LENGTH);
        long original = window.u32(at + ORIGINAL_LENGTH);
        return window.u32(at + FRACTION) >= MICROSECONDS_PER_SECOND
                || captured > limits.longest()
                || captured > limits.snapLength()
                || captured > original
                || original > LONGEST_PACKET
                || isOddForm(window, at);
    }

    private boolean isOddForm(ReadWindow window, int at) {
        return switch (this) {
            case STANDARD -> false;
            case PATCHED, PATCHED_FOR_PROCESSORS ->
                window.u32(at + INTERFACE) > MOST_INTERFACES
                        || !isProtocol(window.u16(at + PROTOCOL))
                        || window.u8(at + KIND) > LARGEST_KIND;
            case NOKIA -> !isNokia(window, at + NOKIA_EXTRA);
        };
    }

    /// An EtherType, or one of the numbers Linux uses beside them.
    private static boolean isProtocol(int protocol) {
        return protocol >= FIRST_ETHER_TYPE
                || (protocol > 0 && protocol <= 0x17)
                || protocol == 0x60
                || protocol == 0x200
                || protocol == 0x400;
    }

    /// What is known of Nokia's four octets, read as a little-endian number: `0xXfbfYZ0W` with few values for each
    /// letter.
    private static boolean isNokia(ReadWindow window, int at) {
        int first = window.u8(at);
        int second = window.u8(at + 1);
        int last = window.u8(at + 3);
        return (first == 1 || first == 2)
                && (second == 0xb6 || second == 0xb9 || second == 0xd6 || second == 0xd9)
                && window.u8(at + 2) == 0xbf
                && (last == 0x9f || last == 0xbf);
    }
}
