package hopline.flows.rule;

import hopline.flows.state.ServiceTarget;
import java.util.Optional;

/// Why a service serves nobody who asks as a flow does, where the cluster's lists tell.
final class Unserved {

    private Unserved() {}

    /// What is wrong and what to do about it, for a flow without an answer; empty when the lists know who may serve it.
    static Optional<String> advice(FlowCase flow, Scene scene) {
        boolean isTranslated =
                !flow.responder().endpoint().equals(flow.target().endpoint());
        return flow.isAnswered() || isTranslated
                ? Optional.empty()
                : flow.target().service().flatMap(target -> withoutEndpoint(flow, target, scene));
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
