package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.kubernetes.ServiceProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A cloud load balancer that asks nodes for their health at a port where no node answers for the service.
final class HealthProbePortWrong implements StateRule {

    @Override
    public String id() {
        return "health-probe-port-wrong";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (ServiceProbe probe : view.kubernetes().probes()) {
            Optional<Service> service = view.cluster().services().stream()
                    .filter(of -> of.id().equals(probe.service()))
                    .findFirst();
            service.ifPresent(of -> check(of, probe, findings));
        }
    }

    private void check(Service service, ServiceProbe probe, StateFindings findings) {
        List<String> good = new ArrayList<>(List.of("traffic-port"));
        for (ServicePort port : service.ports()) {
            good.add(String.valueOf(port.nodePort()));
            good.add(String.valueOf(port.port()));
            good.add(port.name());
        }
        if (probe.healthCheckNodePort() > 0) {
            good.add(String.valueOf(probe.healthCheckNodePort()));
        }
        if (!good.contains(probe.port())) {
            String nodePorts = String.join(
                    " or ",
                    service.ports().stream()
                            .filter(ServicePort::hasNodePort)
                            .map(port -> String.valueOf(port.nodePort()))
                            .toList());
            findings.add(
                    this,
                    Severity.WARNING,
                    "",
                    new Claim(
                            "The health probe of service " + service.id() + " asks port " + probe.port()
                                    + ", at which no node answers for it",
                            nodePorts.isEmpty() ? "a port of the service" : "node port " + nodePorts,
                            probe.annotation() + ": " + probe.port(),
                            "Correct or remove the annotation: a probe that fails takes every node out."),
                    Stream.of(probe.source()));
        }
    }
}
