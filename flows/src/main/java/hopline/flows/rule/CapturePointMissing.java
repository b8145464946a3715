package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.Scene;
import hopline.flows.state.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Pods took part in the traffic of a captured node, and their own interfaces were not captured.
///
/// What such a pod sends is first seen further on: at a bridge, at an uplink, where others' packets pass, too.
final class CapturePointMissing implements SceneRule {

    private static final int MAX_NAMES = 6;

    @Override
    public String id() {
        return "capture-point-missing";
    }

    @Override
    public String reference() {
        return "F57, F58";
    }

    @Override
    public List<Observation> check(Scene scene) {
        Map<String, List<Shared>> byNode = new TreeMap<>();
        for (Shared shared : begin(scene)) {
            if (shared.isShared(scene)) {
                byNode.computeIfAbsent(shared.point().node(), node -> new ArrayList<>())
                        .add(shared);
            }
        }
        return byNode.values().stream()
                .map(points -> observation(points, scene))
                .toList();
    }

    /// A point where the packets of some pods begin.
    private record Shared(CapturePoint point, SortedSet<String> pods) {

        private boolean isShared(Scene scene) {
            return pods.size() > 1
                    || scene.whereabouts().isUplink(point)
                    || scene.topology().isTransit(point);
        }
    }

    /// In the order of the points.
    private static Collection<Shared> begin(Scene scene) {
        Map<Integer, Shared> points = new TreeMap<>();
        for (Pod pod : scene.cluster().pods()) {
            home(pod, scene)
                    .ifPresent(point -> points.computeIfAbsent(point.id(), id -> new Shared(point, new TreeSet<>()))
                            .pods()
                            .add(pod.id().toString()));
        }
        return points.values();
    }

    /// Where that pod's packets begin, on the node where it runs.
    private static Optional<CapturePoint> home(Pod pod, Scene scene) {
        long nanos = scene.coverage().middleNanos();
        return pod.addresses().stream()
                .filter(address -> scene.cluster()
                        .pod(address, nanos)
                        .filter(holder -> holder.id().equals(pod.id()))
                        .isPresent())
                .flatMap(address -> scene.topology().home(address).stream().filter(point -> scene.whereabouts()
                        .owner(address, nanos)
                        .filter(point.node()::equals)
                        .isPresent()))
                .findFirst();
    }

    private Observation observation(List<Shared> points, Scene scene) {
        CapturePoint point = points.getFirst().point();
        String node = point.node();
        SortedSet<String> pods = new TreeSet<>();
        points.forEach(shared -> pods.addAll(shared.pods()));
        List<String> listed = pods.stream().limit(MAX_NAMES).toList();
        int more = pods.size() - listed.size();
        String names = String.join(", ", listed) + (more > 0 ? " and " + more + " more" : "");
        String seenAt = points.stream().map(shared -> shared.point().name()).collect(Collectors.joining(", "));
        Claim claim = new Claim(
                "on " + node + " the interfaces of " + names + " were not captured",
                "a capture at each pod's own interface",
                "first seen at " + seenAt,
                "Whether a packet reaches such a pod, and whether it answers, cannot be shown. Capture at the pods' interfaces,"
                        + " too. Captures list their interfaces when they start: start again when pods have come since.");
        Proof proof = new Proof(
                List.of(), 0, scene.coverage().middleNanos(), scene.coverage().middleNanos(), "");
        return new Observation(this, Severity.NOTE, Place.at(point), claim, proof);
    }
}
