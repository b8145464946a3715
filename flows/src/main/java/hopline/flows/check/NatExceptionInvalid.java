package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Cidr;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsEndpoint.OutboundNat;
import hopline.flows.state.text.Written;
import hopline.flows.state.vfp.VfpRule;
import java.util.Optional;
import java.util.stream.Stream;

/// An exception from source translation that is no range, or one that takes in the internet.
final class NatExceptionInvalid implements StateRule {

    /// No private range is wider than 10.0.0.0/8.
    private static final int WIDEST = 8;

    private static final String EVERYTHING = "0.0.0.0-255.255.255.255";

    @Override
    public String id() {
        return "nat-exception-invalid";
    }

    @Override
    public String reference() {
        return "F01";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            for (HnsEndpoint endpoint : node.hns().endpoints()) {
                for (OutboundNat nat : endpoint.outboundNats()) {
                    nat.exceptions().forEach(exception -> check(node, exception, findings));
                }
            }
            for (CniConfig config : node.state().cni().configs()) {
                config.exceptions().forEach(exception -> check(node, exception, findings));
            }
            if (findings.none(this, node.name())) {
                node.state().vfp().rules().stream()
                        .filter(rule -> rule.name().startsWith("EXCEPTIONS_OUTBOUNDNAT"))
                        .forEach(rule -> rule(node, rule, findings));
            }
        }
    }

    private void rule(NodeView node, VfpRule rule, StateFindings findings) {
        if (rule.condition("destination ip").equals(EVERYTHING)) {
            add(node, "0.0.0.0/0", new Written(rule.name(), rule.source()), findings);
        }
    }

    private void check(NodeView node, Written exception, StateFindings findings) {
        if (exception.text().contains("__") || exception.text().contains("{{")) {
            return;
        }
        Optional<Cidr> range = Cidr.parse(exception.text().strip());
        if (range.isEmpty()
                || (range.get().prefix().isIpv4() && range.get().length() < WIDEST)
                || range.get().length() == 0) {
            add(node, exception.text(), exception, findings);
        }
    }

    private void add(NodeView node, String found, Written exception, StateFindings findings) {
        boolean isRange = Cidr.parse(found.strip()).isPresent();
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        isRange
                                ? "The exception " + found
                                        + " takes in the whole internet: no pod gets an answer from there"
                                : "An exception from source translation is no range of addresses: " + found,
                        "ranges of pods, services and nodes",
                        found,
                        "Correct the prefix in the CNI configuration and recreate the pods; exceptions are decided when"
                                + " a pod is made."),
                Stream.of(exception.source()));
    }
}
