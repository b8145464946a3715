package hopline.decode.stage;

import hopline.capture.CapturePoint;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stages in flight, each packed into a row of [StageWords].
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

    private static final int LINK_WORDS = 4;
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private long[][] words = {};
    private long[][] links = {};
    private @Nullable StageDetail[][] details = {};
    private @Nullable Encapsulation[][] tunnels = {};
    private @Nullable Sighting[][] sightings = {};
    private @Nullable CapturePoint[] points = {};
    private final StageBlock single = new StageBlock(1);
    private int[] free = new int[CHUNK];
    private int freed;
    private int used;

    /// Packs `stage`, which may then be used again, and returns its row.
    int store(Stage stage) {
        single.clear();
        single.add(stage);
        return store(single, 0);
    }

    /// Takes over what stands `at` that place of `block`, and returns its row.
    int store(StageBlock block, int at) {
        int row = freed > 0 ? free[--freed] : unused();
        int to = (row & CHUNK - 1) * StageWords.LENGTH;
        System.arraycopy(block.words(), at * StageWords.LENGTH, words[row >>> CHUNK_BITS], to, StageWords.LENGTH);
        register(block.point(at));
        if ((marks(row) & StageWords.BESIDE) != 0) {
            storeBeside(row, block, at);
        }
        return row;
    }

    private void storeBeside(int row, StageBlock block, int at) {
        int chunk = row >>> CHUNK_BITS;
        int beside = row & CHUNK - 1;
        if (block.detail(at) != null) {
            details[chunk][beside] = block.detail(at);
        }
        if (block.tunnel(at) != null) {
            tunnels[chunk][beside] = block.tunnel(at);
        }
        if (block.sighting(at) != null) {
            sightings[chunk][beside] = block.sighting(at);
        }
    }

    private int unused() {
        if (used >>> CHUNK_BITS == words.length) {
            int chunks = words.length + 1;
            words = Arrays.copyOf(words, chunks);
            words[chunks - 1] = new long[CHUNK * StageWords.LENGTH];
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
        if ((marks(row) & StageWords.DETAIL) != 0) {
            details[row >>> CHUNK_BITS][row & CHUNK - 1] = null;
        }
        if (freed == free.length) {
            free = Arrays.copyOf(free, freed * 2);
        }
        free[freed++] = row;
    }

    private long marks(int row) {
        return words[row >>> CHUNK_BITS][(row & CHUNK - 1) * StageWords.LENGTH + StageWords.MARKS];
    }

    private void register(CapturePoint point) {
        if (point.id() >= points.length) {
            points = Arrays.copyOf(points, 2 * point.id() + 1);
        }
        if (points[point.id()] == null) {
            points[point.id()] = point;
        }
    }

    /// Unpacks `row` into `stage`, which takes over all its fields.
    void load(int row, Stage stage) {
        long[] from = words[row >>> CHUNK_BITS];
        int at = (row & CHUNK - 1) * StageWords.LENGTH;
        StageWords.unpack(from, at, stage);
        long marks = from[at + StageWords.MARKS];
        int beside = row & CHUNK - 1;
        stage.point = Objects.requireNonNull(points[StageWords.point(marks)]);
        stage.detail = (marks & StageWords.DETAIL) != 0 ? details[row >>> CHUNK_BITS][beside] : null;
        stage.outer = (marks & StageWords.TUNNEL) != 0 ? tunnels[row >>> CHUNK_BITS][beside] : null;
        stage.sighting = (marks & StageWords.SIGHTING) != 0 ? sightings[row >>> CHUNK_BITS][beside] : null;
        stage.next = null;
    }

    @Nullable Sighting sighting(int row) {
        return (marks(row) & StageWords.SIGHTING) != 0 ? sightings[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
    }

    /// Brings a row and its links into the processor's cache. Asked of many rows in a loop that does nothing
    /// else, the memory works on several at a time; whoever asks it one by one waits for each. Of ten million
    /// records the main thread is done in a fifth less time.
    ///
    /// @return something that depends on them, so that they are read indeed
    long fetch(int row) {
        int tunnelled = tunnels[row >>> CHUNK_BITS][row & CHUNK - 1] != null ? 1 : 0;
        return words[row >>> CHUNK_BITS][(row & CHUNK - 1) * StageWords.LENGTH] ^ fetchMarks(row) ^ tunnelled;
    }

    /// The same for what beginning a journey with that row asks for.
    long fetchMarks(int row) {
        return marks(row) ^ payloadLength(row) ^ links[row >>> CHUNK_BITS][(row & CHUNK - 1) * LINK_WORDS];
    }

    /// Both rows are of one packet: what they say alike beyond their headers is kept once.
    void shareDetail(int row, int other) {
        StageDetail detail =
                (marks(row) & StageWords.DETAIL) != 0 ? details[row >>> CHUNK_BITS][row & CHUNK - 1] : null;
        if (detail != null && detail.equals(details[other >>> CHUNK_BITS][other & CHUNK - 1])) {
            details[other >>> CHUNK_BITS][other & CHUNK - 1] = detail;
        }
    }

    long epochNanos(int row) {
        return words[row >>> CHUNK_BITS][(row & CHUNK - 1) * StageWords.LENGTH];
    }

    void setEpochNanos(int row, long epochNanos) {
        words[row >>> CHUNK_BITS][(row & CHUNK - 1) * StageWords.LENGTH] = epochNanos;
    }

    int payloadLength(int row) {
        return (int)
                (words[row >>> CHUNK_BITS][(row & CHUNK - 1) * StageWords.LENGTH + StageWords.PAYLOAD_LENGTH] >> 32);
    }

    void setLikely(int row) {
        words[row >>> CHUNK_BITS][(row & CHUNK - 1) * StageWords.LENGTH + StageWords.MARKS] |= StageWords.LIKELY;
    }

    /// One of the words that [OpenJourneys] keeps with a row.
    long link(int row, int which) {
        return links[row >>> CHUNK_BITS][(row & CHUNK - 1) * LINK_WORDS + which];
    }

    void setLink(int row, int which, long value) {
        links[row >>> CHUNK_BITS][(row & CHUNK - 1) * LINK_WORDS + which] = value;
    }
}
