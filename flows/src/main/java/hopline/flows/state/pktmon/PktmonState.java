package hopline.flows.state.pktmon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What the packet monitor of one node listed.
public final class PktmonState {

    private static final int MAX_FACTS = 100_000;

    private final List<PktmonComponent> components = new ArrayList<>();
    private final List<PktmonCounter> counters = new ArrayList<>();

    /// Nothing yet.
    public PktmonState() {}

    /// Takes in a component.
    public void add(PktmonComponent component) {
        if (components.size() < MAX_FACTS) {
            components.add(component);
        }
    }

    /// Takes in a counter.
    public void add(PktmonCounter counter) {
        if (counters.size() < MAX_FACTS) {
            counters.add(counter);
        }
    }

    /// The components in the order of the files.
    public List<PktmonComponent> components() {
        return Collections.unmodifiableList(components);
    }

    /// The counters in the order of the files.
    public List<PktmonCounter> counters() {
        return Collections.unmodifiableList(counters);
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return components.isEmpty() && counters.isEmpty();
    }
}
