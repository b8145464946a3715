package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.state.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
        Map<Integer, SortedSet<String>> speakers = new TreeMap<>();
        Map<Integer, CapturePoint> points = new TreeMap<>();
        for (Pod pod : scene.cluster().pods()) {
            home(pod, scene).ifPresent(point -> {
                points.put(point.id(), point);
                speakers.computeIfAbsent(point.id(), id -> new TreeSet<>())
                        .add(pod.id().toString());
            });
        }
        Map<String, SortedSet<String>> missing = new TreeMap<>();
        Map<String, SortedSet<String>> seenAt = new TreeMap<>();
        Map<String, CapturePoint> first = new TreeMap<>();
        speakers.forEach((id, pods) -> {
            CapturePoint point = points.get(id);
            if (isShared(point, pods, scene)) {
                missing.computeIfAbsent(point.node(), node -> new TreeSet<>()).addAll(pods);
                seenAt.computeIfAbsent(point.node(), node -> new TreeSet<>()).add(point.name());
                first.putIfAbsent(point.node(), point);
            }
        });
        List<Observation> observations = new ArrayList<>();
        missing.forEach((node, pods) ->
                observations.add(observation(node, pods, seenAt.get(node), first.get(node), scene)));
        return observations;
    }

    /// Where that pod's packets begin, on the node where it runs.
    private static Optional<CapturePoint> home(Pod pod, Scene scene) {
        long nanos = scene.coverage().middleNanos();
        return pod.addresses().stream()
                .filter(address -> scene.cluster()
                        .pod(address, nanos)
                        .filter(holder -> holder.id().equals(pod.id()))
                        .isPresent())
                .flatMap(address -> scene.topology().home(address).stream()
                        .filter(point -> scene.whereabouts()
                                .owner(address, nanos)
                                .filter(point.node()::equals)
                                .isPresent()))
                .findFirst();
    }

    private static boolean isShared(CapturePoint point, SortedSet<String> pods, Scene scene) {
        return pods.size() > 1
                || scene.whereabouts().isUplink(point)
                || scene.topology().isTransit(point);
    }

    private Observation observation(
            String node, SortedSet<String> pods, SortedSet<String> seenAt, CapturePoint point, Scene scene) {
        List<String> listed = pods.stream().limit(MAX_NAMES).toList();
        int more = pods.size() - listed.size();
        String names = String.join(", ", listed) + (more > 0 ? " and " + more + " more" : "");
        Claim claim = new Claim(
                "on " + node + " the interfaces of " + names + " were not captured",
                "a capture at each pod's own interface",
                "first seen at " + String.join(", ", seenAt),
                "Whether a packet reaches such a pod, and whether it answers, cannot be shown. Capture at the pods' interfaces,"
                        + " too. Captures list their interfaces when they start: start again when pods have come since.");
        Proof proof = new Proof(
                List.of(), 0, scene.coverage().middleNanos(), scene.coverage().middleNanos(), "");
        return new Observation(this, Severity.NOTE, Place.at(point), claim, proof);
    }
}
