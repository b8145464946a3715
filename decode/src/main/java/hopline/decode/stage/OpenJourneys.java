package hopline.decode.stage;

import java.util.Arrays;

/// The journeys that may still be continued, by what their stages have in common and in the order they began.
///
/// A journey is known by the row of its first stage; the rows of its other stages are chained to that one. Nothing is
/// allocated for a journey: the chains run through the links of its rows.
final class OpenJourneys {

    static final int NONE = StageRows.NONE;

    /// Of a first row: what [Content#key] says of its stage.
    private static final int KEY = 0;

    /// Of a first row: the neighbours of equal hash.
    private static final int OLDER_NEWER = 1;

    /// Of any row the next stage, of a first row also the last one.
    private static final int NEXT_LAST = 2;

    /// Of a first row: how many stages there are, and the marks.
    private static final int SIZE = 3;

    private static final long SEGMENTED = 1;
    private static final long MERGED = 2;
    private static final long ONE_STAGE = 1 << 8;

    /// Places in the table for each journey: a chain of one nearly always.
    private static final int SPREAD = 4;

    private final StageRows rows;
    private int[] newest = unlinked(1 << 12);

    /// The journeys in the order they began, and when that was: a ring.
    private int[] opened = new int[1 << 10];

    private long[] openedNanos = new long[1 << 10];
    private int begin;
    private int count;

    OpenJourneys(StageRows rows) {
        this.rows = rows;
    }

    private static int[] unlinked(int length) {
        int[] table = new int[length];
        Arrays.fill(table, NONE);
        return table;
    }

    int count() {
        return count;
    }

    /// When the journey that began first did so; there must be one.
    long firstNanos() {
        return openedNanos[begin];
    }

    /// The newest journey whose key may be `key`; [#older] leads to the others.
    int newest(long key) {
        return newest[slot(key)];
    }

    int older(int journey) {
        return high(rows.link(journey, OLDER_NEWER));
    }

    long key(int journey) {
        return rows.link(journey, KEY);
    }

    /// The stage after that one in its journey, or none.
    int next(int stage) {
        return high(rows.link(stage, NEXT_LAST));
    }

    int size(int journey) {
        return (int) (rows.link(journey, SIZE) / ONE_STAGE);
    }

    boolean isSegmented(int journey) {
        return (rows.link(journey, SIZE) & SEGMENTED) != 0;
    }

    boolean isMerged(int journey) {
        return (rows.link(journey, SIZE) & MERGED) != 0;
    }

    void setMerged(int journey) {
        rows.setLink(journey, SIZE, rows.link(journey, SIZE) | MERGED);
    }

    /// Begins a journey with the stage in that row.
    void begin(int row, long epochNanos, long key) {
        if (count == opened.length) {
            growRing();
        }
        if (count * SPREAD > newest.length) {
            growTable();
        }
        int end = begin + count & opened.length - 1;
        opened[end] = row;
        openedNanos[end] = epochNanos;
        count++;
        rows.setLink(row, KEY, key);
        rows.setLink(row, NEXT_LAST, pair(NONE, row));
        rows.setLink(row, SIZE, ONE_STAGE);
        link(row, key);
    }

    /// Adds a stage behind the last one.
    void append(int journey, int row) {
        int last = low(rows.link(journey, NEXT_LAST));
        rows.setLink(row, NEXT_LAST, pair(NONE, NONE));
        rows.setLink(last, NEXT_LAST, pair(row, low(rows.link(last, NEXT_LAST))));
        rows.setLink(journey, NEXT_LAST, pair(high(rows.link(journey, NEXT_LAST)), row));
        long size = rows.link(journey, SIZE) + ONE_STAGE;
        boolean cut = rows.payloadLength(row) != rows.payloadLength(journey);
        rows.setLink(journey, SIZE, cut ? size | SEGMENTED : size);
    }

    /// Takes the journey that began first out of the table; its rows remain the caller's. It is the oldest in its
    /// chain, so nothing is older than it.
    int removeFirst() {
        int journey = opened[begin];
        begin = begin + 1 & opened.length - 1;
        count--;
        int newer = low(rows.link(journey, OLDER_NEWER));
        if (newer == NONE) {
            newest[slot(key(journey))] = NONE;
        } else {
            rows.setLink(newer, OLDER_NEWER, pair(NONE, low(rows.link(newer, OLDER_NEWER))));
        }
        return journey;
    }

    /// Brings what closing the journeys that began first will ask for into the processor's cache, see
    /// [StageRows#fetch].
    ///
    /// @return something that depends on it
    long fetchFirst(int most) {
        long sum = 0;
        int fetched = Math.min(most, count);
        for (int i = 0; i < fetched; i++) {
            sum += rows.fetch(opened[begin + i & opened.length - 1]);
        }
        for (int i = 0; i < fetched; i++) {
            sum += newest[slot(key(opened[begin + i & opened.length - 1]))];
        }
        return sum;
    }

    /// The same for the later stages of a journey.
    long fetchLater(int journey) {
        long sum = 0;
        for (int at = next(journey); at != NONE; at = next(at)) {
            sum += rows.fetch(at);
        }
        return sum;
    }

    /// The same for what tying the stages in those rows, of those keys, will ask for.
    long fetch(int[] stages, long[] keys, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += newest[slot(keys[i])];
        }
        for (int i = 0; i < length; i++) {
            int candidate = newest[slot(keys[i])];
            sum += candidate == NONE ? rows.fetchMarks(stages[i]) : rows.fetch(stages[i]) ^ rows.fetch(candidate);
        }
        return sum;
    }

    private void link(int journey, long key) {
        int slot = slot(key);
        int before = newest[slot];
        rows.setLink(journey, OLDER_NEWER, pair(before, NONE));
        if (before != NONE) {
            rows.setLink(before, OLDER_NEWER, pair(high(rows.link(before, OLDER_NEWER)), journey));
        }
        newest[slot] = journey;
    }

    private int slot(long key) {
        return (int) key & newest.length - 1;
    }

    private void growTable() {
        newest = unlinked(newest.length * 2);
        for (int i = 0; i < count; i++) {
            int journey = opened[begin + i & opened.length - 1];
            link(journey, key(journey));
        }
    }

    private void growRing() {
        int length = opened.length;
        opened = Arrays.copyOf(opened, 2 * length);
        openedNanos = Arrays.copyOf(openedNanos, 2 * length);
        System.arraycopy(opened, 0, opened, length, begin);
        System.arraycopy(openedNanos, 0, openedNanos, length, begin);
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & 0xffff_ffffL);
    }

    private static int high(long pair) {
        return (int) (pair >> 32);
    }

    private static int low(long pair) {
        return (int) pair;
    }
}
