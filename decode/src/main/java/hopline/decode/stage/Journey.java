package hopline.decode.stage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All stages of one packet, as far as it was seen.
///
/// A journey is a tree: bridges flood, large sends are cut into segments. The stages stand in the order they were
/// tied, which is that of their times; which came first of two with equal times only the whole capture can tell.
public final class Journey {

    private final Stage first;
    private Stage last;
    private int size = 1;
    private boolean segmented;
    private boolean merged;
    private boolean kept;

    /// Neighbours in [Journeys]' table and queue.
    long key;

    @Nullable Journey older;

    @Nullable Journey newer;

    @Nullable Journey nextOpened;

    Journey(Stage first, long key) {
        this.first = first;
        this.last = first;
        this.key = key;
    }

    void add(Stage stage) {
        last.next = stage;
        last = stage;
        size++;
        segmented |= stage.payloadLength != first.payloadLength;
    }

    /// Some stages are segments or merges of what others show whole.
    public boolean isSegmented() {
        return segmented;
    }

    /// Must be called by whoever holds on to the journey or one of its stages beyond the call that handed it out:
    /// else they are used again.
    public void keep() {
        kept = true;
    }

    boolean isKept() {
        return kept;
    }

    void setMerged() {
        merged = true;
    }

    /// The stage seen first.
    public Stage first() {
        return first;
    }

    /// The first stage whose transport header was captured whole, else the first stage.
    public Stage clearest() {
        for (Stage stage = first; stage != null; stage = stage.next) {
            if (stage.isTransportWhole()) {
                return stage;
            }
        }
        return first;
    }

    /// What the stages say beyond their headers, or null; the longest of it, as a snap length may have cut some.
    public @Nullable StageDetail detail() {
        StageDetail longest = first.detail;
        for (Stage stage = first.next; stage != null; stage = stage.next) {
            if (longest == null || length(stage.detail) > length(longest)) {
                longest = stage.detail;
            }
        }
        return longest;
    }

    private static int length(@Nullable StageDetail detail) {
        return detail instanceof StageDetail.Dns dns ? dns.message().octets().length() : 0;
    }

    /// The stage seen last.
    public Stage last() {
        return last;
    }

    public int size() {
        return size;
    }

    /// True when a receiver merged this segment into one larger packet, which continues another journey: then this
    /// one's last stage is not where it was lost.
    public boolean isMerged() {
        return merged;
    }

    /// The stages in the order they were tied.
    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>(size);
        for (Stage stage = first; stage != null; stage = stage.next) {
            stages.add(stage);
        }
        return stages;
    }
}
