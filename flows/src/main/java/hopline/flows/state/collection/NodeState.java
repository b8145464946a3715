package hopline.flows.state.collection;

import hopline.flows.state.cni.CniState;
import hopline.flows.state.hns.HnsState;
import hopline.flows.state.host.HostState;
import hopline.flows.state.linux.LinuxState;
import hopline.flows.state.log.LogState;
import hopline.flows.state.pktmon.PktmonState;
import hopline.flows.state.vfp.VfpState;
import java.util.OptionalLong;

/// Everything that was read of one node. Readers fill it, rules look at it.
public final class NodeState {

    private final String folder;
    private String name;
    private final HnsState hns = new HnsState();
    private final VfpState vfp = new VfpState();
    private final PktmonState pktmon = new PktmonState();
    private final HostState host = new HostState();
    private final LinuxState linux = new LinuxState();
    private final CniState cni = new CniState();
    private final LogState log = new LogState();
    private OptionalLong collectedAt = OptionalLong.empty();

    /// A node whose files lie in `folder`; so it is called until its files tell its name.
    NodeState(String folder) {
        this.folder = folder;
        this.name = folder;
    }

    /// A node of which nothing was read.
    public static NodeState unread(String name) {
        return new NodeState(name);
    }

    /// The folder or archive that its files lie in.
    public String folder() {
        return folder;
    }

    /// What it is called.
    public String name() {
        return name;
    }

    /// When the last of it was collected, nanoseconds since 1970; empty when neither bundle nor file names say.
    public OptionalLong collectedAt() {
        return collectedAt;
    }

    void note(OptionalLong collected) {
        boolean isLater =
                collected.isPresent() && (collectedAt.isEmpty() || collected.getAsLong() > collectedAt.getAsLong());
        collectedAt = isLater ? collected : collectedAt;
    }

    void rename(String other) {
        name = other;
    }

    /// What the Host Network Service holds.
    public HnsState hns() {
        return hns;
    }

    /// What the Virtual Filtering Platform has programmed.
    public VfpState vfp() {
        return vfp;
    }

    /// What the packet monitor listed.
    public PktmonState pktmon() {
        return pktmon;
    }

    /// What the node says of itself.
    public HostState host() {
        return host;
    }

    /// What a Linux kernel has programmed.
    public LinuxState linux() {
        return linux;
    }

    /// How its network plugins are configured.
    public CniState cni() {
        return cni;
    }

    /// What was logged.
    public LogState log() {
        return log;
    }

    /// Whether nothing was read of it.
    public boolean isEmpty() {
        return hns.isEmpty()
                && vfp.isEmpty()
                && pktmon.isEmpty()
                && host.isEmpty()
                && linux.isEmpty()
                && cni.isEmpty()
                && log.isEmpty();
    }

    /// Whether its files held more than is kept.
    boolean isCut() {
        return hns.isCut()
                || vfp.isCut()
                || pktmon.isCut()
                || host.isCut()
                || linux.isCut()
                || cni.isCut()
                || log.isCut();
    }

    /// Whether it shows anything that only Windows has.
    public boolean isWindows() {
        return !hns.isEmpty() || !vfp.isEmpty() || !pktmon.isEmpty();
    }
}
