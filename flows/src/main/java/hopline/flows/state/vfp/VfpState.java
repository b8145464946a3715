package hopline.flows.state.vfp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What VFP has on one node.
public final class VfpState {

    private static final int MAX_FACTS = 400_000;

    private final List<VfpRule> rules = new ArrayList<>();
    private final List<VfpLayer> layers = new ArrayList<>();
    private final List<VfpGroup> groups = new ArrayList<>();
    private final Map<String, SwitchPort> ports = new LinkedHashMap<>();
    private final List<PortReading> readings = new ArrayList<>();
    private final List<VfpFlow> flows = new ArrayList<>();
    private int facts;
    private boolean isCut;
    private boolean lacksRules;

    /// Nothing yet.
    public VfpState() {}

    private boolean hasRoom() {
        isCut |= facts >= MAX_FACTS;
        return facts++ < MAX_FACTS;
    }

    /// Takes in a rule.
    public void add(VfpRule rule) {
        if (hasRoom()) {
            rules.add(rule);
        }
    }

    /// Takes in a layer.
    public void add(VfpLayer layer) {
        if (hasRoom()) {
            layers.add(layer);
        }
    }

    /// Takes in a group.
    public void add(VfpGroup group) {
        if (hasRoom()) {
            groups.add(group);
        }
    }

    /// Takes in a port; what is said later of the same port adds to what is known.
    public void add(SwitchPort port) {
        if (hasRoom()) {
            ports.merge(
                    port.id(),
                    port,
                    (old, other) -> old.mac().isPresent() && old.number().isPresent() ? old : other);
        }
    }

    /// Takes in what is said of a port.
    public void add(PortReading reading) {
        if (hasRoom()) {
            readings.add(reading);
        }
    }

    /// Takes in a flow.
    public void add(VfpFlow flow) {
        if (hasRoom()) {
            flows.add(flow);
        }
    }

    /// The rules in the order of the files.
    public List<VfpRule> rules() {
        return Collections.unmodifiableList(rules);
    }

    /// The layers in the order of the files.
    public List<VfpLayer> layers() {
        return Collections.unmodifiableList(layers);
    }

    /// The groups that say which of their rules counts, in the order of the files.
    public List<VfpGroup> groups() {
        return Collections.unmodifiableList(groups);
    }

    /// The switch's ports in the order of the files.
    public List<SwitchPort> ports() {
        return List.copyOf(ports.values());
    }

    /// What is said of ports outside their rules.
    public List<PortReading> readings() {
        return Collections.unmodifiableList(readings);
    }

    /// Flows, as far as they were understood.
    public List<VfpFlow> flows() {
        return Collections.unmodifiableList(flows);
    }

    /// Notes that rules are missing from what was read.
    public void noteLoss() {
        lacksRules = true;
    }

    /// Whether a text or list with rules was not read to its end: a rule that is not here may be in the rest.
    public boolean lacksRules() {
        return lacksRules;
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return isCut;
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return facts == 0;
    }
}
