package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsNetwork.Extension;
import java.util.stream.Stream;

/// A pod network whose switch has no VFP: nothing is translated, encapsulated or filtered.
final class VfpExtensionDisabled implements StateRule {

    @Override
    public String id() {
        return "vfp-extension-disabled";
    }

    @Override
    public String reference() {
        return "F60";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            // On a transparent network another extension may forward, such as Open vSwitch.
            for (HnsNetwork network :
                    node.podNetworks().filter(of -> !of.isTransparent()).toList()) {
                boolean isEnabled = network.extensions().stream().anyMatch(of -> of.isVfp() && of.enabled());
                if (!network.extensions().isEmpty() && !isEnabled) {
                    boolean isThere = network.extensions().stream().anyMatch(Extension::isVfp);
                    findings.add(
                            this,
                            Severity.ERROR,
                            node.name(),
                            new Claim(
                                    "The switch of network " + network.name() + " on " + node.name()
                                            + " works without VFP",
                                    "the VFP switch extension, enabled",
                                    isThere ? "disabled" : "absent",
                                    "Client editions of Windows lack it or keep it off: use a server edition, or"
                                            + " Enable-VMSwitchExtension."),
                            Stream.of(network.source()));
                }
            }
        }
    }
}
