package hopline.flows.state.pktmon;

import hopline.flows.state.Facts;
import java.util.List;

/// What the packet monitor of one node listed.
public final class PktmonState {

    private static final int MAX_FACTS = 100_000;

    private final Facts<PktmonComponent> components = new Facts<>(MAX_FACTS);
    private final Facts<PktmonCounter> counters = new Facts<>(MAX_FACTS);

    /// Nothing yet.
    public PktmonState() {}

    /// Takes in a component.
    public void add(PktmonComponent component) {
        components.add(component);
    }

    /// Takes in a counter.
    public void add(PktmonCounter counter) {
        counters.add(counter);
    }

    /// The components in the order of the files.
    public List<PktmonComponent> components() {
        return components.all();
    }

    /// The counters in the order of the files.
    public List<PktmonCounter> counters() {
        return counters.all();
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return components.isCut() || counters.isCut();
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return components.isEmpty() && counters.isEmpty();
    }
}
