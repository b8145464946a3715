package hopline.decode.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All stages of one packet, as far as it was seen.
///
/// A journey is a tree: bridges flood, large sends are cut into segments. The stages stand in the order they were
/// tied, which is that of their times, until [#arrange] puts them into that of the path: which came first of two with
/// equal times only the whole capture can tell.
public final class Journey {

    private Stage first;
    private Stage last;
    private int size;
    private boolean segmented;
    private boolean merged;
    private boolean kept;
    private boolean arranged;

    Journey(Stage first) {
        this.first = first;
        this.last = first;
        this.size = 1;
    }

    /// Begins another journey in place of one that nobody keeps.
    void begin(Stage stage) {
        first = stage;
        last = stage;
        size = 1;
        segmented = false;
        merged = false;
        arranged = false;
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

    /// Whether somebody holds on to it.
    public boolean isKept() {
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

    /// Puts the stages into the order that `order` finds, equal ones as they were tied. Once: later calls change
    /// nothing.
    public void arrange(Comparator<Stage> order) {
        if (arranged) {
            return;
        }
        arranged = true;
        if (size > 1) {
            relink(sorted(order));
        }
    }

    /// By insertion: mostly little is out of order, and `order` need not be transitive.
    private List<Stage> sorted(Comparator<Stage> order) {
        List<Stage> sorted = new ArrayList<>(size);
        for (Stage stage = first; stage != null; stage = stage.next) {
            int at = sorted.size();
            while (at > 0 && order.compare(stage, sorted.get(at - 1)) < 0) {
                at--;
            }
            sorted.add(at, stage);
        }
        return sorted;
    }

    private void relink(List<Stage> sorted) {
        first = sorted.getFirst();
        last = sorted.getLast();
        for (int i = 0; i + 1 < size; i++) {
            sorted.get(i).next = sorted.get(i + 1);
        }
        last.next = null;
    }

    /// The stages in their order.
    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>(size);
        for (Stage stage = first; stage != null; stage = stage.next) {
            stages.add(stage);
        }
        return stages;
    }
}
