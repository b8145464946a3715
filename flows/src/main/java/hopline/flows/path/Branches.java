package hopline.flows.path;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Leaves the side branches of a journey out: a bridge floods, promiscuous interfaces get copies, and large sends are
/// cut into segments.
final class Branches {

    private final Topology topology;

    Branches(Topology topology) {
        this.topology = topology;
    }

    /// The main branch of a journey whose stages are in order.
    List<Stage> main(Journey journey) {
        if (journey.size() == 1) {
            return List.of(journey.first());
        }
        return withoutFloodedCopies(untilArrival(forms(journey)));
    }

    /// The stages that differ in form: segments of one large send are shown once.
    private static List<Stage> forms(Journey journey) {
        List<Stage> forms = new ArrayList<>(journey.size());
        for (Stage stage = journey.first(); stage != null; stage = stage.next()) {
            if (!isAmong(forms, stage)) {
                forms.add(stage);
            }
        }
        return forms;
    }

    private static boolean isAmong(List<Stage> forms, Stage stage) {
        for (int i = 0; i < forms.size(); i++) {
            if (isSameForm(forms.get(i), stage)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSameForm(Stage a, Stage b) {
        return a.samePoint(b)
                && a.sameTuple(b)
                && a.timeToLive() == b.timeToLive()
                && a.destinationMac() == b.destinationMac()
                && Objects.equals(a.outer(), b.outer())
                && Objects.equals(a.drop(), b.drop());
    }

    /// What a bridge still sends elsewhere once the packet is at home is a side branch; what the system
    /// counts on is the packet's way, on which it was not yet at home.
    private List<Stage> untilArrival(List<Stage> path) {
        for (int i = 1; i + 1 < path.size(); i++) {
            if (topology.isAtHome(path.get(i))
                    && !topology.isTransit(path.get(i).point())
                    && !path.get(i).isCountedBefore(path.get(i + 1))) {
                return path.subList(0, i + 1);
            }
        }
        return path;
    }

    private List<Stage> withoutFloodedCopies(List<Stage> path) {
        boolean arrived = isAnyAtHome(path);
        List<Stage> kept = new ArrayList<>(path.size());
        for (int i = 0; i < path.size(); i++) {
            Stage stage = path.get(i);
            boolean mayBeCopy = i > 0 && stage.drop() == null && (arrived || i + 1 < path.size());
            if (!mayBeCopy || topology.isAtHome(stage) || !isFloodedCopy(stage, path.getFirst())) {
                kept.add(stage);
            }
        }
        return kept;
    }

    private boolean isAnyAtHome(List<Stage> path) {
        for (int i = 0; i < path.size(); i++) {
            if (topology.isAtHome(path.get(i))) {
                return true;
            }
        }
        return false;
    }

    /// At the home of others, past which nothing ever goes.
    private boolean isFloodedCopy(Stage stage, Stage first) {
        CapturePoint point = stage.point();
        return topology.hasResidents(point)
                && !topology.isResident(first.sourceAddress(), point)
                && !topology.isTransit(point);
    }
}
