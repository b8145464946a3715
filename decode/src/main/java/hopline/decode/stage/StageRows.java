package hopline.decode.stage;

import hopline.capture.CapturePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stages in flight, each packed into a row of sixteen words.
///
/// A hundred thousand stages wait at a time, for late records and for their packet's next appearance. As objects they
/// would be copied by the garbage collector and lie anywhere in memory; as rows, taken and freed in the order of time,
/// they are written and read nearly in sequence. [TimeOrder] and [Journeys] pass row numbers on; only who looks into a
/// row loads it into a [Stage]. Each row has room for the links of the journey that begins with it.
///
/// Grows with what is in flight, which those two bound. Single-threaded.
final class StageRows {

    /// No row: the end of a chain.
    static final int NONE = -1;

    private static final int WORDS = 16;
    private static final int LINK_WORDS = 4;
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private static final long LOW_32 = 0xffff_ffffL;

    /// The last word of a row: where it was seen, and what is set of these.
    private static final int MARKS = WORDS - 1;

    private static final int LIKELY = 8;

    private static final int HEAD_LENGTH_MASK = 0x1f;
    private static final int MORE_FRAGMENTS = 1 << 9;

    /// Whether there is something of the row in the arrays beside the words, which are not asked otherwise.
    private static final int DETAIL = 1 << 10;

    private static final int TUNNEL = 1 << 11;
    private static final int SIGHTING = 1 << 19;

    private long[][] words = {};
    private long[][] links = {};
    private @Nullable StageDetail[][] details = {};
    private @Nullable Encapsulation[][] tunnels = {};
    private @Nullable Sighting[][] sightings = {};
    private final List<@Nullable CapturePoint> points = new ArrayList<>();
    private int[] free = new int[CHUNK];
    private int freed;
    private int used;

    /// Packs `stage`, which may then be used again, and returns its row.
    int store(Stage stage) {
        int row = freed > 0 ? free[--freed] : unused();
        register(stage.point);
        pack(stage, words[row >>> CHUNK_BITS], (row & CHUNK - 1) * WORDS);
        if (stage.detail != null) {
            details[row >>> CHUNK_BITS][row & CHUNK - 1] = stage.detail;
        }
        if (stage.outer != null) {
            tunnels[row >>> CHUNK_BITS][row & CHUNK - 1] = stage.outer;
        }
        if (stage.sighting != null) {
            sightings[row >>> CHUNK_BITS][row & CHUNK - 1] = stage.sighting;
        }
        return row;
    }

    private int unused() {
        if (used >>> CHUNK_BITS == words.length) {
            int chunks = words.length + 1;
            words = Arrays.copyOf(words, chunks);
            words[chunks - 1] = new long[CHUNK * WORDS];
            links = Arrays.copyOf(links, chunks);
            links[chunks - 1] = new long[CHUNK * LINK_WORDS];
            details = Arrays.copyOf(details, chunks);
            details[chunks - 1] = new StageDetail[CHUNK];
            tunnels = Arrays.copyOf(tunnels, chunks);
            tunnels[chunks - 1] = new Encapsulation[CHUNK];
            sightings = Arrays.copyOf(sightings, chunks);
            sightings[chunks - 1] = new Sighting[CHUNK];
        }
        return used++;
    }

    /// Gives the row back; it must not be asked again.
    void free(int row) {
        if ((marks(row) & DETAIL) != 0) {
            details[row >>> CHUNK_BITS][row & CHUNK - 1] = null;
        }
        if (freed == free.length) {
            free = Arrays.copyOf(free, freed * 2);
        }
        free[freed++] = row;
    }

    private long marks(int row) {
        return words[row >>> CHUNK_BITS][(row & CHUNK - 1) * WORDS + MARKS];
    }

    private void register(CapturePoint point) {
        while (points.size() <= point.id()) {
            points.add(null);
        }
        if (points.get(point.id()) == null) {
            points.set(point.id(), point);
        }
    }

    private static void pack(Stage stage, long[] row, int at) {
        row[at] = stage.epochNanos;
        row[at + 1] = stage.record;
        row[at + 2] = stage.sourceMac << 16 | (stage.vlan & 0xffffL);
        row[at + 3] = stage.destinationMac << 16 | stage.sourcePort;
        row[at + 4] = stage.sourceHigh;
        row[at + 5] = stage.sourceLow;
        row[at + 6] = stage.destinationHigh;
        row[at + 7] = stage.destinationLow;
        row[at + 8] = pair(stage.sequence, stage.acknowledgment);
        row[at + 9] = pair(stage.identification, stage.length);
        row[at + 10] = pair(stage.payloadLength, stage.fragmentOffset << 16 | stage.window);
        row[at + 11] = stage.head0;
        row[at + 12] = stage.head1;
        row[at + 13] = stage.timestamps;
        row[at + 14] = pair(
                stage.destinationPort << 16 | stage.maximumSegmentSize,
                stage.protocol << 16 | stage.timeToLive << 8 | (stage.flags & 0xff));
        row[at + MARKS] = (long) stage.point.id() << 40
                | (stage.file & 0xf_ffffL) << 20
                | stage.tcpOctets << 12
                | stage.headLength << 4
                | (stage.ipv6 ? 1 : 0)
                | (stage.fragment ? 2 : 0)
                | (stage.portsKnown ? 4 : 0)
                | (stage.moreFragments ? MORE_FRAGMENTS : 0)
                | (stage.likely ? LIKELY : 0)
                | (stage.detail != null ? DETAIL : 0)
                | (stage.outer != null ? TUNNEL : 0)
                | (stage.sighting != null ? SIGHTING : 0);
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & LOW_32);
    }

    /// Unpacks `row` into `stage`, which takes over all its fields.
    void load(int row, Stage stage) {
        long[] from = words[row >>> CHUNK_BITS];
        int at = (row & CHUNK - 1) * WORDS;
        stage.epochNanos = from[at];
        stage.record = from[at + 1];
        stage.sourceMac = from[at + 2] >>> 16;
        stage.vlan = (short) from[at + 2];
        stage.destinationMac = from[at + 3] >>> 16;
        stage.sourcePort = (char) from[at + 3];
        stage.sourceHigh = from[at + 4];
        stage.sourceLow = from[at + 5];
        stage.destinationHigh = from[at + 6];
        stage.destinationLow = from[at + 7];
        stage.sequence = (int) (from[at + 8] >> 32);
        stage.acknowledgment = (int) from[at + 8];
        stage.identification = (int) (from[at + 9] >> 32);
        stage.length = (int) from[at + 9];
        stage.payloadLength = (int) (from[at + 10] >> 32);
        stage.fragmentOffset = (int) from[at + 10] >>> 16;
        stage.window = (char) from[at + 10];
        stage.head0 = from[at + 11];
        stage.head1 = from[at + 12];
        stage.timestamps = from[at + 13];
        unpackSmall(from[at + 14], from[at + MARKS], stage);
        long marks = from[at + MARKS];
        stage.detail = (marks & DETAIL) != 0 ? details[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
        stage.outer = (marks & TUNNEL) != 0 ? tunnels[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
        stage.sighting = (marks & SIGHTING) != 0 ? sightings[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
        stage.next = null;
    }

    private void unpackSmall(long transport, long place, Stage stage) {
        stage.destinationPort = (char) (transport >>> 48);
        stage.maximumSegmentSize = (char) (transport >>> 32);
        stage.protocol = (char) (transport >>> 16);
        stage.timeToLive = (short) (transport >>> 8 & 0xff);
        stage.flags = (byte) transport;
        stage.point = Objects.requireNonNull(points.get((int) (place >>> 40)));
        stage.file = (int) (place >>> 20 & 0xf_ffff);
        stage.tcpOctets = (byte) (place >>> 12 & 0x7f);
        stage.headLength = (byte) (place >>> 4 & HEAD_LENGTH_MASK);
        stage.ipv6 = (place & 1) != 0;
        stage.fragment = (place & 2) != 0;
        stage.portsKnown = (place & 4) != 0;
        stage.moreFragments = (place & MORE_FRAGMENTS) != 0;
        stage.likely = (place & LIKELY) != 0;
    }

    @Nullable Sighting sighting(int row) {
        return (marks(row) & SIGHTING) != 0 ? sightings[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
    }

    /// Brings a row and its links into the processor's cache. Asked of many rows in a loop that does nothing
    /// else, the memory works on several at a time; whoever asks it one by one waits for each. Of ten million
    /// records the main thread is done in a fifth less time.
    ///
    /// @return something that depends on them, so that they are read indeed
    long fetch(int row) {
        boolean tunnelled = (marks(row) & TUNNEL) != 0 && tunnels[row >>> CHUNK_BITS][row & CHUNK - 1] != null;
        return words[row >>> CHUNK_BITS][(row & CHUNK - 1) * WORDS] ^ fetchMarks(row) ^ (tunnelled ? 1 : 0);
    }

    /// The same for what beginning a journey with that row asks for.
    long fetchMarks(int row) {
        return marks(row) ^ payloadLength(row) ^ links[row >>> CHUNK_BITS][(row & CHUNK - 1) * LINK_WORDS];
    }

    /// Both rows are of one packet: what they say alike beyond their headers is kept once.
    void shareDetail(int row, int other) {
        StageDetail detail = (marks(row) & DETAIL) != 0 ? details[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
        if (detail != null && detail.equals(details[other >>> CHUNK_BITS][other & CHUNK - 1])) {
            details[other >>> CHUNK_BITS][other & CHUNK - 1] = detail;
        }
    }

    long epochNanos(int row) {
        return words[row >>> CHUNK_BITS][(row & CHUNK - 1) * WORDS];
    }

    void setEpochNanos(int row, long epochNanos) {
        words[row >>> CHUNK_BITS][(row & CHUNK - 1) * WORDS] = epochNanos;
    }

    int payloadLength(int row) {
        return (int) (words[row >>> CHUNK_BITS][(row & CHUNK - 1) * WORDS + 10] >> 32);
    }

    void setLikely(int row) {
        words[row >>> CHUNK_BITS][(row & CHUNK - 1) * WORDS + MARKS] |= LIKELY;
    }

    /// One of the words that [OpenJourneys] keeps with a row.
    long link(int row, int which) {
        return links[row >>> CHUNK_BITS][(row & CHUNK - 1) * LINK_WORDS + which];
    }

    void setLink(int row, int which, long value) {
        links[row >>> CHUNK_BITS][(row & CHUNK - 1) * LINK_WORDS + which] = value;
    }
}
