package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.host.HostInterface;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Pods of an overlay whose packets do not fit once the tunnel's headers are around them.
final class MtuConfigWrong implements StateRule {

    /// IPv4, UDP, VXLAN and the inner Ethernet header.
    private static final int OVERHEAD = 50;

    @Override
    public String id() {
        return "mtu-config-wrong";
    }

    @Override
    public String reference() {
        return "F44";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            Optional<HnsNetwork> overlay = node.overlay();
            overlay.ifPresent(network -> overhead(node, network, findings));
            if (overlay.isPresent()) {
                interfaces(node, findings);
            }
            node.tunnels().forEach(tunnel -> ports(node, tunnel.name(), findings));
        }
    }

    private void overhead(NodeView node, HnsNetwork network, StateFindings findings) {
        for (HnsEndpoint endpoint : node.podEndpoints().toList()) {
            boolean isThere = node.networkOf(endpoint).equals(Optional.of(network));
            if (isThere
                    && endpoint.encapOverhead().isPresent()
                    && endpoint.encapOverhead().getAsInt() < OVERHEAD) {
                findings.add(
                        this,
                        Severity.ERROR,
                        node.name(),
                        new Claim(
                                "Endpoint " + endpoint.label() + " leaves "
                                        + endpoint.encapOverhead().getAsInt() + " octets for the tunnel's headers",
                                "EncapOverhead " + OVERHEAD,
                                "EncapOverhead " + endpoint.encapOverhead().getAsInt(),
                                "Correct the plugin's configuration and recreate the pods."),
                        Stream.of(endpoint.source()));
            }
        }
    }

    /// On Linux, a pod learns by ICMP that less fits into the tunnel than its interface takes, where nothing
    /// blocks that.
    private void ports(NodeView node, String tunnel, StateFindings findings) {
        Map<String, HostInterface> sized = node.state().host().interfacesWithMtu();
        HostInterface way = sized.get(tunnel);
        if (way == null) {
            return;
        }
        int most = way.mtu().getAsInt();
        for (String port : node.podInterfaces()) {
            HostInterface at = sized.get(port);
            if (at != null && at.mtu().getAsInt() > most) {
                findings.add(
                        this,
                        Severity.WARNING,
                        node.name(),
                        new Claim(
                                "Pods of " + node.name() + " believe that packets of "
                                        + at.mtu().getAsInt() + " octets fit into " + tunnel,
                                "an MTU of at most " + most + ", that of " + tunnel,
                                "an MTU of " + at.mtu().getAsInt(),
                                "Set the network plugin's MTU to " + most + " and recreate the pods, or raise that of "
                                        + tunnel + " where the nodes' network takes " + OVERHEAD + " more."),
                        Stream.of(way.source(), at.source()));
            }
        }
    }

    private void interfaces(NodeView node, StateFindings findings) {
        Optional<HostInterface> uplink = node.state().host().interfaces().stream()
                .filter(at -> at.mtu().isPresent()
                        && at.name().matches("(?i)(ethernet|eth)\\s?\\d*|vEthernet \\(Ethernet.*\\)"))
                .findFirst();
        if (uplink.isEmpty()) {
            return;
        }
        int most = uplink.get().mtu().getAsInt() - OVERHEAD;
        for (HostInterface at : node.state().host().interfaces()) {
            boolean isPods = at.name().matches("(?i)vEthernet \\([0-9a-f]{12,}.*\\)|flannel\\.\\d+|vxlan.calico");
            if (isPods && at.mtu().isPresent() && at.mtu().getAsInt() > most) {
                findings.add(
                        this,
                        Severity.ERROR,
                        node.name(),
                        new Claim(
                                "Packets of pods do not fit into the tunnel on " + node.name(),
                                "an MTU of at most " + most,
                                at.mtu().getAsInt() + " at " + at.name(),
                                "Lower the pods' MTU to " + most + ", or raise the network's."),
                        Stream.of(at.source(), uplink.get().source()));
            }
        }
    }
}
