package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.state.Service;
import hopline.flows.state.ServiceTarget;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a service serves nobody who asks as a flow does, where the cluster's lists tell.
final class Unserved {

    private Unserved() {}

    /// What is wrong and what to do, for a flow without an answer; empty when the lists know who may serve it.
    static Optional<String> advice(FlowCase flow, Scene scene) {
        boolean isTranslated = !flow.responder().endpoint().equals(flow.target().endpoint());
        return flow.isAnswered() || isTranslated
                ? Optional.empty()
                : flow.target()
                        .service()
                        .map(target -> withoutEndpoint(flow, target, scene))
                        .orElseGet(() -> flow.target().addressed().map(service -> withoutPort(flow, service)));
    }

    /// A cluster IP is no machine's: there are but its ports.
    private static String withoutPort(FlowCase flow, Service service) {
        String ports = service.ports().stream()
                .map(port -> port(port.port(), port.protocol()))
                .collect(Collectors.joining(", "));
        Endpoint asked = flow.target().endpoint();
        if (!asked.hasPort()) {
            return "This is the cluster IP of service " + service.id()
                    + ", and most proxies answer no pings of one: ask a port of it instead (" + ports + ").";
        }
        return "By the lists, service " + service.id() + " has no port "
                + port(asked.port(), flow.flow().protocol()) + ", only " + ports
                + ": use one that it has, or add this one.";
    }

    private static String port(int number, int protocol) {
        return number + "/" + IpProtocol.name(protocol);
    }

    private static Optional<String> withoutEndpoint(FlowCase flow, ServiceTarget target, Scene scene) {
        return Candidates.of(flow, target, scene)
                .filter(Candidates::isNone)
                .map(none -> "By the lists, service " + flow.target().name() + " has no ready endpoint"
                        + none.onlyOn().map(Unserved::byPolicy).orElse("")
                        + ", and kube-proxy refuses or drops what is sent to it: look at the service's selector, and at"
                        + " where its pods run and whether they are ready.");
    }

    private static String byPolicy(String node) {
        return " on " + node + ", where its traffic policy is Local";
    }
}
