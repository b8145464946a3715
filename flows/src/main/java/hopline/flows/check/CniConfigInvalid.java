package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.collection.FileReport;
import hopline.flows.state.text.Damage;
import hopline.flows.state.text.Written;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A CNI configuration that a plugin cannot read or cannot follow.
final class CniConfigInvalid implements StateRule {

    private static final String KIND = "network plugin settings";

    @Override
    public String id() {
        return "cni-config-invalid";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (CniConfig config : node.state().cni().configs()) {
                config.placeholders().forEach(place -> placeholder(node, place, findings));
                if (config.type().isBlank() && !config.isFragment()) {
                    withoutType(node, config, findings);
                }
                config.subnets().forEach(subnet -> subnet(node, subnet, findings));
            }
            damage(view, node, findings);
        }
    }

    private void placeholder(NodeView node, Written place, StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "A placeholder in the CNI configuration was never filled in: " + place.text(),
                        "a value",
                        place.text(),
                        "The script that installs the plugin did not finish: run it again."),
                Stream.of(place.source()));
    }

    private void withoutType(NodeView node, CniConfig config, StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "The CNI configuration " + config.name() + " names no plugin",
                        "a type such as win-bridge",
                        "none in " + config.name(),
                        "Add \"type\"."),
                Stream.of(config.source()));
    }

    private void subnet(NodeView node, Written subnet, StateFindings findings) {
        String text = subnet.text().strip();
        Optional<Cidr> range = Cidr.parse(text);
        boolean isFilledIn = text.isEmpty() || text.equals("usePodCidr") || text.contains("__") || text.contains("{{");
        if (range.isEmpty() && !isFilledIn) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            "The subnet of the CNI configuration is no range of addresses: " + text,
                            "a range: an address, a slash and a number",
                            text,
                            "Correct it and recreate the pods."),
                    Stream.of(subnet.source()));
        }
    }

    /// What was forgiven here, a plugin does not forgive.
    private void damage(StateView view, NodeView node, StateFindings findings) {
        Set<String> files = node.state().cni().configs().stream()
                .filter(config -> !config.isFragment())
                .map(config -> config.source().file())
                .collect(Collectors.toSet());
        for (FileReport report : view.state().files()) {
            if (!files.contains(report.file())
                    || !report.holds().containsKey(KIND)
                    || report.holds().size() > 1) {
                continue;
            }
            for (Damage.Note note : report.damage()) {
                if (!note.what().contains("placeholder")) {
                    Source where = note.first();
                    findings.add(
                            this,
                            Severity.ERROR,
                            node.name(),
                            new Claim(
                                    "The CNI configuration is no JSON that plugins read: " + note.what(),
                                    "JSON",
                                    note.what(),
                                    "Correct the line; a plugin that cannot read its configuration makes no network."),
                            Stream.of(where));
                }
            }
        }
    }
}
