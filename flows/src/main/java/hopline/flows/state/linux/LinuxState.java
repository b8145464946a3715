package hopline.flows.state.linux;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the kernel of one Linux node has.
public final class LinuxState {

    private static final int MAX_FACTS = 500_000;

    private final List<IptablesChain> chains = new ArrayList<>();
    private final List<IptablesRule> rules = new ArrayList<>();
    private final List<TrackedConnection> connections = new ArrayList<>();
    private final List<KernelSetting> settings = new ArrayList<>();
    private final List<BridgePort> bridgePorts = new ArrayList<>();
    private final List<NftObject> nftObjects = new ArrayList<>();
    private final List<VxlanDevice> vxlanDevices = new ArrayList<>();
    private final List<ForwardingEntry> forwardingEntries = new ArrayList<>();
    private final List<LinkAddress> links = new ArrayList<>();

    /// Nothing yet.
    public LinuxState() {}

    private static <T> void keep(List<T> facts, T fact) {
        if (facts.size() < MAX_FACTS) {
            facts.add(fact);
        }
    }

    /// Takes in a chain.
    public void add(IptablesChain fact) {
        keep(chains, fact);
    }

    /// Takes in a rule.
    public void add(IptablesRule fact) {
        keep(rules, fact);
    }

    /// Takes in a tracked connection.
    public void add(TrackedConnection fact) {
        keep(connections, fact);
    }

    /// Takes in a setting.
    public void add(KernelSetting fact) {
        keep(settings, fact);
    }

    /// Takes in a bridge port.
    public void add(BridgePort fact) {
        keep(bridgePorts, fact);
    }

    /// Takes in an object of nftables.
    public void add(NftObject fact) {
        keep(nftObjects, fact);
    }

    /// Takes in a VXLAN interface.
    public void add(VxlanDevice fact) {
        keep(vxlanDevices, fact);
    }

    /// Takes in an entry of a forwarding table.
    public void add(ForwardingEntry fact) {
        keep(forwardingEntries, fact);
    }

    /// Takes in an interface.
    public void add(LinkAddress fact) {
        keep(links, fact);
    }

    /// Chains in the order of the files.
    public List<IptablesChain> chains() {
        return Collections.unmodifiableList(chains);
    }

    /// Rules in the order of the files.
    public List<IptablesRule> rules() {
        return Collections.unmodifiableList(rules);
    }

    /// Tracked connections in the order of the files.
    public List<TrackedConnection> connections() {
        return Collections.unmodifiableList(connections);
    }

    /// Settings in the order of the files.
    public List<KernelSetting> settings() {
        return Collections.unmodifiableList(settings);
    }

    /// Bridge ports in the order of the files.
    public List<BridgePort> bridgePorts() {
        return Collections.unmodifiableList(bridgePorts);
    }

    /// Objects of nftables in the order of the files.
    public List<NftObject> nftObjects() {
        return Collections.unmodifiableList(nftObjects);
    }

    /// VXLAN interfaces in the order of the files.
    public List<VxlanDevice> vxlanDevices() {
        return Collections.unmodifiableList(vxlanDevices);
    }

    /// Entries of forwarding tables in the order of the files.
    public List<ForwardingEntry> forwardingEntries() {
        return Collections.unmodifiableList(forwardingEntries);
    }

    /// Interfaces with their addresses in the order of the files.
    public List<LinkAddress> links() {
        return Collections.unmodifiableList(links);
    }

    /// The setting of that key, as it was read last.
    public Optional<KernelSetting> setting(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).reduce((first, last) -> last);
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return chains.isEmpty()
                && rules.isEmpty()
                && connections.isEmpty()
                && settings.isEmpty()
                && bridgePorts.isEmpty()
                && nftObjects.isEmpty()
                && vxlanDevices.isEmpty()
                && forwardingEntries.isEmpty()
                && links.isEmpty();
    }
}
