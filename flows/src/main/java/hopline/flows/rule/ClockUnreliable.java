package hopline.flows.rule;

import hopline.decode.stage.ClockEstimate;
import hopline.decode.stage.ClockEstimate.Era;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.CaptureQuality;
import hopline.flows.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A node's clock was set or drifted while capturing, or cannot be compared with the others'.
///
/// A constant offset is no fault: it is estimated and taken out.
final class ClockUnreliable implements SceneRule {

    @Override
    public String id() {
        return "clock-unreliable";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public List<Observation> check(Scene scene) {
        List<Observation> observations = new ArrayList<>();
        for (CaptureQuality capture : scene.captures()) {
            if (!capture.points().isEmpty() && !capture.isReference() && capture.records() > 0) {
                check(capture).ifPresent(observations::add);
            }
        }
        return observations;
    }

    private Optional<Observation> check(CaptureQuality capture) {
        ClockEstimate clock = capture.clock();
        if (clock.eras().isEmpty()) {
            return Optional.of(
                    observation(
                            capture,
                            "no packet ties the clock of " + capture.node() + " to the others",
                            "packets seen on both nodes",
                            "none",
                            "The order of events between the nodes is unknown: compare their clocks (chrony, w32tm) yourself."));
        }
        if (clock.eras().size() > 1) {
            return Optional.of(stepped(capture, clock));
        }
        Era era = clock.eras().getFirst();
        if (!era.consistent()) {
            return Optional.of(observation(
                    capture,
                    "the clock of " + capture.node() + " drifts against the others",
                    "one offset for the whole capture",
                    "offsets that differ by " + millis(2 * era.uncertaintyNanos()),
                    "Times between nodes are only good to " + millis(era.uncertaintyNanos())
                            + ": check time synchronisation on " + capture.node() + "."));
        }
        return Optional.empty();
    }

    private Observation stepped(CaptureQuality capture, ClockEstimate clock) {
        Era before = clock.eras().getFirst();
        Era after = clock.eras().get(1);
        long step = after.offsetNanos() - before.offsetNanos();
        return observation(
                capture,
                "the clock of " + capture.node() + " was set by " + millis(step) + " while capturing, near record "
                        + after.byRecord() + " of " + capture.file(),
                "one offset for the whole capture",
                clock.eras().size() + " offsets",
                "Times were corrected on both sides of the step; what happened close to it may be out of order. Check time"
                        + " synchronisation on " + capture.node() + ".");
    }

    private Observation observation(
            CaptureQuality capture, String title, String expected, String actual, String advice) {
        Proof proof = new Proof(List.of(), capture.records(), capture.firstNanos(), capture.lastNanos(), "");
        Claim claim = new Claim(title, expected, actual, advice);
        return new Observation(this, Severity.NOTE, Place.at(capture.points().getFirst()), claim, proof);
    }

    private static String millis(long nanos) {
        return Math.abs(nanos) >= 1_000_000_000
                ? String.format(Locale.ROOT, "%+.3f s", nanos / 1e9)
                : String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }
}
