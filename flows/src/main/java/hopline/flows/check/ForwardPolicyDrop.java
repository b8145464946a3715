package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.linux.IptablesChain;
import hopline.flows.state.linux.IptablesRule;
import java.util.List;
import java.util.stream.Stream;

/// A Linux node that drops what it should forward, unless some rule lets pods' packets pass first.
final class ForwardPolicyDrop implements StateRule {

    /// How the chains begin in which network plugins accept pods' packets.
    private static final List<String> PLUGINS =
            List.of("cali-", "FLANNEL-", "CILIUM", "CNI-", "ANTREA-", "KUBE-ROUTER-", "WEAVE-");

    @Override
    public String id() {
        return "forward-policy-drop";
    }

    @Override
    public String reference() {
        return "F53";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            List<IptablesRule> rules = node.state().linux().rules();
            boolean hasIpv6 = view.cluster().nodes().stream().anyMatch(other -> other.podCidrs().stream()
                    .anyMatch(cidr -> !cidr.prefix().isIpv4()));
            for (IptablesChain chain : node.state().linux().chains()) {
                boolean isForward =
                        chain.table().equals("filter") && chain.name().equals("FORWARD");
                if (isForward
                        && chain.policy().equals("DROP")
                        && !node.state().linux().lacksRules()
                        && (!chain.isIpv6() || hasIpv6)
                        && rules.stream().noneMatch(rule -> rule.isIpv6() == chain.isIpv6() && letsPodsPass(rule))) {
                    add(node, chain, findings);
                }
            }
        }
    }

    /// An acceptance that is for pods: by range, by interface, or by a plugin's own chain.
    private static boolean letsPodsPass(IptablesRule rule) {
        if (!rule.table().equals("filter")) {
            return false;
        }
        String target = rule.target();
        boolean isPlugins = rule.chain().equals("FORWARD") && PLUGINS.stream().anyMatch(target::startsWith);
        boolean isRange = (rule.chain().equals("FORWARD") || rule.chain().equals("KUBE-FORWARD"))
                && target.equals("ACCEPT")
                && !rule.text().contains("--ctstate")
                && !rule.text().contains("docker")
                && !rule.text().contains("--mark");
        return isPlugins || isRange;
    }

    private void add(NodeView node, IptablesChain chain, StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        node.name() + " drops what pods send through it: the policy of FORWARD is DROP",
                        "policy ACCEPT, or a rule that accepts pods' packets",
                        "policy DROP and no such rule",
                        "iptables -P FORWARD ACCEPT; Docker sets DROP when it starts, so the plugin must add its rules"
                                + " after it."),
                Stream.of(chain.source()));
    }
}
