package hopline.flows.state.linux;

import hopline.flows.state.Facts;
import java.util.List;
import java.util.Optional;

/// What the kernel of one Linux node has.
public final class LinuxState {

    private static final int MAX_FACTS = 500_000;

    private final Facts<IptablesChain> chains = new Facts<>(MAX_FACTS);
    private final Facts<IptablesRule> rules = new Facts<>(MAX_FACTS);
    private final Facts<TrackedConnection> connections = new Facts<>(MAX_FACTS);
    private final Facts<KernelSetting> settings = new Facts<>(MAX_FACTS);
    private final Facts<BridgePort> bridgePorts = new Facts<>(MAX_FACTS);

    /// Nothing yet.
    public LinuxState() {}

    /// Takes in a chain.
    public void add(IptablesChain fact) {
        chains.add(fact);
    }

    /// Takes in a rule.
    public void add(IptablesRule fact) {
        rules.add(fact);
    }

    /// Takes in a tracked connection.
    public void add(TrackedConnection fact) {
        connections.add(fact);
    }

    /// Takes in a setting.
    public void add(KernelSetting fact) {
        settings.add(fact);
    }

    /// Takes in a bridge port.
    public void add(BridgePort fact) {
        bridgePorts.add(fact);
    }

    /// Chains in the order of the files.
    public List<IptablesChain> chains() {
        return chains.all();
    }

    /// Rules in the order of the files.
    public List<IptablesRule> rules() {
        return rules.all();
    }

    /// Tracked connections in the order of the files.
    public List<TrackedConnection> connections() {
        return connections.all();
    }

    /// Settings in the order of the files.
    public List<KernelSetting> settings() {
        return settings.all();
    }

    /// Bridge ports in the order of the files.
    public List<BridgePort> bridgePorts() {
        return bridgePorts.all();
    }

    /// The setting of that key, as it was read last.
    public Optional<KernelSetting> setting(String key) {
        return settings.all().stream()
                .filter(setting -> setting.key().equals(key))
                .reduce((first, last) -> last);
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return chains.isCut() || rules.isCut() || connections.isCut() || settings.isCut() || bridgePorts.isCut();
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return chains.isEmpty()
                && rules.isEmpty()
                && connections.isEmpty()
                && settings.isEmpty()
                && bridgePorts.isEmpty();
    }
}
