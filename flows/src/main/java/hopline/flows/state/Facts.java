package hopline.flows.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Facts of one kind in the order of the files, up to a bound: what a file holds beyond it is left out, and that
/// is remembered.
public final class Facts<T> {

    private final List<T> all = new ArrayList<>();
    private final int most;
    private boolean isCut;

    /// None yet, and never more than `most`.
    public Facts(int most) {
        this.most = most;
    }

    /// Takes in a fact.
    public void add(T fact) {
        if (all.size() < most) {
            all.add(fact);
        } else {
            isCut = true;
        }
    }

    /// All that were kept.
    public List<T> all() {
        return Collections.unmodifiableList(all);
    }

    /// Whether there were more than are kept.
    public boolean isCut() {
        return isCut;
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return all.isEmpty();
    }
}
