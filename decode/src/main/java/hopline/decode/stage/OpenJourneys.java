package hopline.decode.stage;

import java.util.Arrays;

/// The journeys that may still be continued, by what their stages have in common and in the order they began.
///
/// A journey is known by the row of its first stage; the rows of its other stages are chained to that one. Nothing is
/// allocated for a journey: the chains run through the links of its first row.
final class OpenJourneys {

    static final int NONE = StageRows.NONE;

    /// Of a first row: the neighbours of equal hash.
    private static final int OLDER_NEWER = 1;

    /// Of a first row: the journey that began next, and this one's last stage.
    private static final int NEXT_LAST = 2;

    /// Of any row: the next stage; of a first row also how many there are, and the marks.
    private static final int STAGE_SIZE = 3;

    private static final long SEGMENTED = 1;
    private static final long MERGED = 2;
    private static final int SIZE_SHIFT = 8;

    private final StageRows rows;
    private int[] newest = unlinked(1 << 12);
    private int first = NONE;
    private int last = NONE;
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

    /// The journey that began first, or none.
    int first() {
        return first;
    }

    /// The newest journey whose key may be `key`; [#older] leads to the others.
    int newest(long key) {
        return newest[slot(key)];
    }

    int older(int journey) {
        return high(rows.link(journey, OLDER_NEWER));
    }

    long key(int journey) {
        return rows.link(journey, StageRows.KEY);
    }

    /// The stage after that one in its journey, or none.
    int next(int stage) {
        return high(rows.link(stage, STAGE_SIZE));
    }

    int size(int journey) {
        return low(rows.link(journey, STAGE_SIZE)) >>> SIZE_SHIFT;
    }

    boolean isSegmented(int journey) {
        return (rows.link(journey, STAGE_SIZE) & SEGMENTED) != 0;
    }

    boolean isMerged(int journey) {
        return (rows.link(journey, STAGE_SIZE) & MERGED) != 0;
    }

    void setMerged(int journey) {
        rows.setLink(journey, STAGE_SIZE, rows.link(journey, STAGE_SIZE) | MERGED);
    }

    /// Begins a journey with the stage in that row.
    void begin(int row) {
        if (count * 2 > newest.length) {
            grow();
        }
        rows.setLink(row, NEXT_LAST, pair(NONE, row));
        rows.setLink(row, STAGE_SIZE, pair(NONE, 1 << SIZE_SHIFT));
        link(row);
        if (last == NONE) {
            first = row;
        } else {
            rows.setLink(last, NEXT_LAST, pair(row, low(rows.link(last, NEXT_LAST))));
        }
        last = row;
        count++;
    }

    /// Adds a stage behind the last one.
    void append(int journey, int row) {
        long ends = rows.link(journey, NEXT_LAST);
        rows.setLink(row, STAGE_SIZE, pair(NONE, 0));
        chain(low(ends), row);
        rows.setLink(journey, NEXT_LAST, pair(high(ends), row));
        long state = rows.link(journey, STAGE_SIZE) + (1 << SIZE_SHIFT);
        boolean cut = rows.payloadLength(row) != rows.payloadLength(journey);
        rows.setLink(journey, STAGE_SIZE, cut ? state | SEGMENTED : state);
    }

    private void chain(int stage, int next) {
        rows.setLink(stage, STAGE_SIZE, pair(next, low(rows.link(stage, STAGE_SIZE))));
    }

    /// Takes the journey that began first out of the table; its rows remain the caller's. It is the oldest in its
    /// chain, so nothing is older than it.
    int removeFirst() {
        int journey = first;
        first = high(rows.link(journey, NEXT_LAST));
        if (first == NONE) {
            last = NONE;
        }
        int newer = low(rows.link(journey, OLDER_NEWER));
        if (newer == NONE) {
            newest[slot(key(journey))] = NONE;
        } else {
            rows.setLink(newer, OLDER_NEWER, pair(NONE, low(rows.link(newer, OLDER_NEWER))));
        }
        count--;
        return journey;
    }

    private void link(int journey) {
        int slot = slot(key(journey));
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

    private void grow() {
        newest = unlinked(newest.length * 2);
        for (int journey = first; journey != NONE; journey = high(rows.link(journey, NEXT_LAST))) {
            link(journey);
        }
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
