package hopline.decode.stage;

import hopline.capture.CapturePoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stages in the order they were read, packed, on their way from the thread that reads to the one that ties.
///
/// What the other thread looks at lies close together, and is written once; the stage that was packed serves for the
/// next record. Used by one thread at a time.
public final class StageBlock {

    private final long[] words;
    private final long[] keys;
    private final @Nullable CapturePoint[] points;
    private final @Nullable StageDetail[] details;
    private final @Nullable Encapsulation[] tunnels;
    private final @Nullable Sighting[] sightings;
    private final Stage unpacked = new Stage();
    private int size;

    /// An empty block with room for so many stages.
    public StageBlock(int room) {
        words = new long[room * StageWords.LENGTH];
        keys = new long[room];
        points = new CapturePoint[room];
        details = new StageDetail[room];
        tunnels = new Encapsulation[room];
        sightings = new Sighting[room];
    }

    /// Packs `stage`, which may then be used again; there must be room.
    public void add(Stage stage) {
        int at = size++;
        StageWords.pack(stage, words, at * StageWords.LENGTH);
        keys[at] = Content.key(stage);
        points[at] = stage.point;
        details[at] = stage.detail;
        tunnels[at] = stage.outer;
        sightings[at] = stage.sighting;
    }

    /// How many stages there are.
    public int size() {
        return size;
    }

    /// How many more there is room for.
    public int room() {
        return keys.length - size;
    }

    /// Makes it empty.
    public void clear() {
        size = 0;
    }

    /// Where the stage `at` that place, from 0, was seen.
    public CapturePoint point(int at) {
        return Objects.requireNonNull(points[at]);
    }

    /// Which of the analysis's inputs holds its record, from 0.
    public int file(int at) {
        return StageWords.file(words[at * StageWords.LENGTH + StageWords.MARKS]);
    }

    /// When that was, in nanoseconds since 1970, on the clock of the reference node.
    public long epochNanos(int at) {
        return words[at * StageWords.LENGTH];
    }

    /// All of the stage, good until another one is asked for.
    public Stage stage(int at) {
        StageWords.unpack(words, at * StageWords.LENGTH, unpacked);
        unpacked.point = point(at);
        unpacked.detail = details[at];
        unpacked.outer = tunnels[at];
        unpacked.sighting = sightings[at];
        return unpacked;
    }

    long[] words() {
        return words;
    }

    /// What [Content#key] says of it.
    long key(int at) {
        return keys[at];
    }

    long record(int at) {
        return words[at * StageWords.LENGTH + StageWords.RECORD];
    }

    @Nullable StageDetail detail(int at) {
        return details[at];
    }

    @Nullable Encapsulation tunnel(int at) {
        return tunnels[at];
    }

    @Nullable Sighting sighting(int at) {
        return sightings[at];
    }
}
