package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import java.util.List;
import java.util.stream.Stream;

/// A Linux node that does not forward, or that hides bridged packets from iptables.
final class IpForwardingOff implements StateRule {

    private record Needed(String key, boolean isIpv4, Severity severity, String consequence) {

        boolean isOfBridges() {
            return key.startsWith("net.bridge.");
        }
    }

    private static final List<Needed> NEEDED = List.of(
            new Needed("net.ipv4.ip_forward", true, Severity.ERROR, "does not forward packets of pods"),
            new Needed(
                    "net.bridge.bridge-nf-call-iptables",
                    true,
                    Severity.WARNING,
                    "hides bridged packets from iptables: services fail between pods of the node"),
            new Needed("net.ipv6.conf.all.forwarding", false, Severity.ERROR, "does not forward IPv6 packets of pods"),
            new Needed(
                    "net.bridge.bridge-nf-call-ip6tables",
                    false,
                    Severity.WARNING,
                    "hides bridged IPv6 packets from ip6tables: services fail between pods of the node"));

    @Override
    public String id() {
        return "ip-forwarding-off";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (Needed needed : NEEDED) {
                node.state()
                        .linux()
                        .setting(needed.key())
                        .filter(setting -> setting.value().equals("0"))
                        .filter(setting -> needed.isIpv4() || hasIpv6Pods(node))
                        .filter(setting -> !needed.isOfBridges() || !node.lacksBridges())
                        .ifPresent(setting -> findings.add(
                                this,
                                needed.severity(),
                                node.name(),
                                new Claim(
                                        node.name() + " " + needed.consequence(),
                                        needed.key() + " = 1",
                                        needed.key() + " = 0",
                                        "sysctl -w " + needed.key() + "=1, and keep it in /etc/sysctl.d."),
                                Stream.of(setting.source())));
            }
        }
    }

    /// Where pods are listed, a range of IPv6 is used only when one of them has an address of it.
    private static boolean hasIpv6Pods(NodeView node) {
        boolean hasRange = node.node().stream()
                .flatMap(listed -> listed.podCidrs().stream())
                .anyMatch(cidr -> !cidr.prefix().isIpv4());
        List<Address> used = node.view().cluster().pods().stream()
                .filter(pod -> !pod.hostNetwork())
                .flatMap(pod -> pod.addresses().stream())
                .toList();
        return hasRange && (used.isEmpty() || used.stream().anyMatch(address -> !address.isIpv4()));
    }
}
