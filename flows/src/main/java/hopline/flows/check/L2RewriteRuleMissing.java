package hopline.flows.check;

import hopline.decode.MacAddress;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.text.MacText;
import hopline.flows.state.vfp.VfpLayer;
import hopline.flows.state.vfp.VfpRule;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// A bridged pod whose MAC address the external port does not replace by the node's.
final class L2RewriteRuleMissing implements StateRule {

    private static final String LAYER = "EXTERNAL_L2_REWRITE_LAYER";

    @Override
    public String id() {
        return "l2-rewrite-rule-missing";
    }

    @Override
    public String reference() {
        return "F04";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            List<VfpLayer> layers = node.state().vfp().layers().stream()
                    .filter(layer -> layer.name().equals(LAYER))
                    .toList();
            boolean isWhole = !node.state().vfp().lacksRules();
            if (isWhole && !layers.isEmpty() && node.bridge().isPresent()) {
                check(node, layers, findings);
            }
        }
    }

    private void check(NodeView node, List<VfpLayer> layers, StateFindings findings) {
        Set<Long> rewritten = new HashSet<>();
        for (VfpRule rule : node.state().vfp().rules()) {
            if (rule.layer().equals(LAYER) && rule.type().equals("transposition")) {
                MacText.parse(rule.condition("source mac")).ifPresent(rewritten::add);
            }
        }
        for (HnsEndpoint endpoint : node.podEndpoints().toList()) {
            if (endpoint.mac().isPresent() && !rewritten.contains(endpoint.mac().getAsLong())) {
                String mac = MacAddress.text(endpoint.mac().getAsLong()).toUpperCase(Locale.ROOT);
                findings.add(
                        this,
                        Severity.ERROR,
                        node.name(),
                        new Claim(
                                "Packets of " + endpoint.label() + " leave " + node.name()
                                        + " with the pod's own MAC address",
                                "a rule in " + LAYER + " that replaces " + mac,
                                "no rule for " + mac,
                                "Recreate the pod, then the network if that does not help. On a virtual machine MAC"
                                        + " address spoofing must be allowed for its adapter."),
                        Stream.of(endpoint.source(), layers.getFirst().source()));
            }
        }
    }
}
