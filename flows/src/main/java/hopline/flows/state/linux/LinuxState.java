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
    private final Facts<NftObject> nftObjects = new Facts<>(MAX_FACTS);
    private final Facts<VxlanDevice> vxlanDevices = new Facts<>(MAX_FACTS);
    private final Facts<ForwardingEntry> forwardingEntries = new Facts<>(MAX_FACTS);
    private final Facts<LinkAddress> links = new Facts<>(MAX_FACTS);

    private boolean lacksRules;

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

    /// Takes in an object of nftables.
    public void add(NftObject fact) {
        nftObjects.add(fact);
    }

    /// Takes in a VXLAN interface.
    public void add(VxlanDevice fact) {
        vxlanDevices.add(fact);
    }

    /// Takes in an entry of a forwarding table.
    public void add(ForwardingEntry fact) {
        forwardingEntries.add(fact);
    }

    /// Takes in an interface.
    public void add(LinkAddress fact) {
        links.add(fact);
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

    /// Objects of nftables in the order of the files.
    public List<NftObject> nftObjects() {
        return nftObjects.all();
    }

    /// VXLAN interfaces in the order of the files.
    public List<VxlanDevice> vxlanDevices() {
        return vxlanDevices.all();
    }

    /// Entries of forwarding tables in the order of the files.
    public List<ForwardingEntry> forwardingEntries() {
        return forwardingEntries.all();
    }

    /// Interfaces with their addresses in the order of the files.
    public List<LinkAddress> links() {
        return links.all();
    }

    /// The setting of that key, as it was read last.
    public Optional<KernelSetting> setting(String key) {
        return settings.all().stream()
                .filter(setting -> setting.key().equals(key))
                .reduce((first, last) -> last);
    }

    /// Notes that rules are missing from what was read.
    public void noteLoss() {
        lacksRules = true;
    }

    /// Whether rules of iptables or nftables were not read to their end, or are more than are kept: one that is not
    /// here may be in the rest.
    public boolean lacksRules() {
        return lacksRules || chains.isCut() || rules.isCut() || nftObjects.isCut();
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return chains.isCut()
                || rules.isCut()
                || connections.isCut()
                || settings.isCut()
                || bridgePorts.isCut()
                || nftObjects.isCut()
                || vxlanDevices.isCut()
                || forwardingEntries.isCut()
                || links.isCut();
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
