package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.linux.BridgePort;
import java.util.List;
import java.util.stream.Stream;

/// Pods that cannot reach themselves through a service.
final class HairpinModeOff implements StateRule {

    @Override
    public String id() {
        return "hairpin-mode-off";
    }

    @Override
    public String reference() {
        return "F27, F54";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            bridgePorts(node, findings);
            node.state().cni().configs().forEach(config -> loopbackDsr(node, config, findings));
        }
    }

    private void bridgePorts(NodeView node, StateFindings findings) {
        List<BridgePort> off = node.state().linux().bridgePorts().stream()
                .filter(port -> port.name().startsWith("veth") && !port.hairpin() && !isDockers(port))
                .toList();
        if (off.isEmpty()) {
            return;
        }
        Claim claim = new Claim(
                off.size() + " bridge ports of pods on " + node.name() + " do not send packets back to their pod",
                "hairpin on",
                "hairpin off at " + off.getFirst().name() + (off.size() > 1 ? " and others" : ""),
                "Set hairpinMode in the CNI configuration, and recreate the pods. Kubelets before Kubernetes 1.24 that use"
                        + " Docker take --hairpin-mode=hairpin-veth.");
        findings.add(this, Severity.WARNING, node.name(), claim, off.stream().map(BridgePort::source));
    }

    /// Containers that Docker runs beside the cluster, on its own bridges.
    private static boolean isDockers(BridgePort port) {
        return port.bridge().equals("docker0") || port.bridge().matches("br-[0-9a-f]{12}");
    }

    private void loopbackDsr(NodeView node, CniConfig config, StateFindings findings) {
        if (config.loopbackDsr().filter(on -> !on).isEmpty()) {
            return;
        }
        Claim claim = new Claim(
                "Pods of " + config.name() + " cannot reach themselves through a service",
                "loopbackDSR on",
                "loopbackDSR off in " + config.name(),
                "Set loopbackDSR (Calico: windows_loopback_DSR) where a pod must reach its own service.");
        findings.add(this, Severity.NOTE, node.name(), claim, Stream.of(config.source()));
    }
}
