package hopline.flows.rule;

import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.CaptureQuality;
import hopline.flows.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A capture lacks records that were there to be captured: the file breaks off, or the capturing system lost some.
///
/// What is missing from a capture proves nothing about the network.
final class CaptureIncomplete implements SceneRule {

    private static final int MAX_NODES = 8;

    @Override
    public String id() {
        return "capture-incomplete";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public List<Observation> check(Scene scene) {
        List<Observation> observations = new ArrayList<>();
        for (CaptureQuality capture : scene.captures()) {
            if (capture.points().isEmpty()) {
                continue;
            }
            capture.problem().ifPresent(problem -> observations.add(brokenOff(capture, problem)));
            if (isEmpty(capture, scene)) {
                observations.add(empty(capture));
            }
            if (capture.lostRecords() > 0) {
                observations.add(lossy(capture));
            }
        }
        notCaptured(scene).ifPresent(observations::add);
        return observations;
    }

    private Observation brokenOff(CaptureQuality capture, String problem) {
        Claim claim = new Claim(
                "the capture " + capture.file() + " breaks off after record " + capture.records(),
                "a whole file",
                problem,
                "What came after is unknown: packets that seem to end near the end of this file may have gone on. Copy the"
                        + " file again, or stop the capture before copying it.");
        return observation(capture, claim);
    }

    /// A whole one, and no other of its node has anything.
    private static boolean isEmpty(CaptureQuality capture, Scene scene) {
        return capture.problem().isEmpty()
                && scene.captures().stream()
                        .filter(other -> other.node().equals(capture.node()))
                        .allMatch(other -> other.records() == 0);
    }

    private Observation empty(CaptureQuality capture) {
        Claim claim = new Claim(
                "the capture " + capture.file() + " holds no packet",
                "packets, as on the other nodes",
                "none",
                "Nothing of what happens on " + capture.node()
                        + " can be shown. See whether it ran at the right interfaces,"
                        + " with a filter that lets packets through, and while they passed.");
        return observation(capture, claim);
    }

    private Observation lossy(CaptureQuality capture) {
        Claim claim = new Claim(
                "the capture " + capture.file() + " lacks "
                        + (capture.losesEvents() ? "events, which may have been packets" : "packets")
                        + ": the capturing system could not keep up",
                "no packet lost while capturing",
                loss(capture),
                "Packets may seem to vanish that were only not captured. Capture again with a larger buffer, a filter or a"
                        + " shorter snap length.");
        return observation(capture, claim);
    }

    private static String loss(CaptureQuality capture) {
        if (capture.losesEvents()) {
            return capture.lostRecords() + " events lost";
        }
        double share = 100.0 * capture.lostRecords() / (capture.lostRecords() + capture.records());
        return String.format(Locale.ROOT, "%d lost (%.1f %%)", capture.lostRecords(), share);
    }

    private Observation observation(CaptureQuality capture, Claim claim) {
        Place place = Place.at(capture.points().getFirst());
        return observation(capture, place, capture.records(), claim);
    }

    private Observation observation(CaptureQuality capture, Place place, long records, Claim claim) {
        Proof proof = new Proof(List.of(), records, capture.firstNanos(), capture.lastNanos(), "");
        return new Observation(this, Severity.NOTE, place, claim, proof);
    }

    /// Nodes of the cluster of which there is no capture: their side of each flow is not to be seen.
    private Optional<Observation> notCaptured(Scene scene) {
        Set<String> empty = scene.captures().stream()
                .filter(capture -> isEmpty(capture, scene))
                .map(CaptureQuality::node)
                .collect(Collectors.toSet());
        List<String> missing = scene.whereabouts().uncaptured().stream()
                .filter(node -> !empty.contains(node))
                .toList();
        return scene.captures().stream()
                .filter(capture -> !missing.isEmpty() && !capture.points().isEmpty())
                .findFirst()
                .map(capture -> {
                    String names = String.join(", ", missing.subList(0, Math.min(MAX_NODES, missing.size())))
                            + (missing.size() > MAX_NODES ? " and " + (missing.size() - MAX_NODES) + " more" : "");
                    Claim claim = new Claim(
                            "there is no capture of " + names,
                            "a capture of every node that the flows touch",
                            "none of " + names,
                            "What happens on " + (missing.size() == 1 ? "that node" : "those nodes")
                                    + " cannot be shown. If a flow ends there, capture there, too.");
                    return observation(capture, Place.on(missing.getFirst()), 0, claim);
                });
    }
}
