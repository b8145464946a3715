package hopline.flows.rule;

import hopline.flows.scene.Category;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Scene;
import hopline.flows.state.Backends;
import hopline.flows.state.Service;
import hopline.flows.state.ServiceTarget;
import hopline.flows.state.TrafficPolicy;
import java.util.Optional;

/// The endpoints of a service that may serve a flow.
///
/// @param backends all of the service's or, by its traffic policy, those of one node
/// @param onlyOn that node, as the cluster calls it
record Candidates(Backends backends, Optional<String> onlyOn) {

    /// Empty when the lists say nothing of the service's endpoints.
    static Optional<Candidates> of(FlowCase flow, ServiceTarget target, Scene scene) {
        Optional<String> onlyOn = policy(flow, target) == TrafficPolicy.LOCAL ? entry(flow, scene) : Optional.empty();
        return scene.cluster()
                .backends(target.service(), target.port(), flow.flow().startNanos())
                .map(all -> new Candidates(onlyOn.map(all::on).orElse(all), onlyOn));
    }

    /// Those inside the cluster may use any endpoint also by a service's outer addresses.
    private static TrafficPolicy policy(FlowCase flow, ServiceTarget target) {
        Service service = target.service();
        if (target.kind() == ServiceTarget.Kind.CLUSTER_IP) {
            return service.internalTrafficPolicy();
        }
        return flow.category() == Category.EXTERNAL_TO_SERVICE
                ? service.externalTrafficPolicy()
                : TrafficPolicy.CLUSTER;
    }

    /// The node that translates: the initiator's own, or the one that somebody outside turned to.
    private static Optional<String> entry(FlowCase flow, Scene scene) {
        return flow.initiator().node().or(() -> flow.target().node()).or(() -> flow.mainForward()
                .map(passage -> passage.path().first().point().node())
                .map(scene.whereabouts()::clusterName));
    }

    boolean isNone() {
        return backends.eligible().isEmpty();
    }
}
