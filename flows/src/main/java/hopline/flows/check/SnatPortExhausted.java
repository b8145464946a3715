package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.log.Signal;
import java.util.Set;
import java.util.stream.Stream;

/// The ports from which HNS gives 64 to every load balancer and translation are used up.
final class SnatPortExhausted implements StateRule {

    /// As Microsoft's own health script counts.
    private static final int FEW = 10;

    private final LoggedFailure logged = new LoggedFailure(
            id(),
            reference(),
            Set.of(Signal.PORTS_EXHAUSTED),
            Severity.ERROR,
            "HNS has no ports left for another load balancer",
            advice());

    @Override
    public String id() {
        return "snat-port-exhausted";
    }

    @Override
    public String reference() {
        return "F32";
    }

    private static String advice() {
        return "Run kube-proxy with --enable-dsr, which needs none for cluster addresses; widen the dynamic port range"
                + " (netsh int ipv4 set dynamicportrange tcp); use fewer services of type LoadBalancer.";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        logged.check(view, findings);
        for (NodeView node : view.nodes()) {
            for (HostReading reading : node.state().host().readings()) {
                boolean isCount = reading.key().equals(HostReading.FREE_PORT_RANGES);
                if (isCount && Integer.parseInt(reading.value()) <= FEW) {
                    findings.add(
                            this,
                            Severity.ERROR,
                            node.name(),
                            new Claim(
                                    node.name() + " has " + reading.value()
                                            + " ranges of 64 ports left for translation",
                                    "more than " + FEW,
                                    reading.value(),
                                    advice()),
                            Stream.of(reading.source()));
                }
            }
        }
    }
}
