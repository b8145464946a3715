package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.capture.event.SystemEvent;
import hopline.decode.stage.StageBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stages in the order of time, and what the nodes' systems logged between them.
final class StageBatch {

    /// Stages at most.
    private static final int SIZE = 512;

    /// Events at most: some systems log more of them than there are packets.
    private static final int MAX_LOGGED = 4_096;

    /// What a node's system logged.
    ///
    /// @param before the number of the stage that comes next
    /// @param epochNanos when, on the clock of the reference node
    record Logged(int before, String node, SystemEvent event, long epochNanos) {}

    private final StageBlock stages = new StageBlock(SIZE);
    private final List<Logged> logged = new ArrayList<>();
    private final CaptureTimes times = new CaptureTimes();
    private List<CapturePoint> newPoints = List.of();
    private @Nullable Throwable failure;

    void add(String node, SystemEvent event, long epochNanos) {
        logged.add(new Logged(stages.size(), node, event, epochNanos));
    }

    /// Completes it with the capture points that no batch before this one knew.
    void complete(List<CapturePoint> newPoints) {
        this.newPoints = newPoints;
    }

    void fail(Throwable reason) {
        failure = reason;
    }

    boolean isFull() {
        return stages.room() == 0 || logged.size() >= MAX_LOGGED;
    }

    boolean isEmpty() {
        return stages.size() == 0 && logged.isEmpty();
    }

    StageBlock stages() {
        return stages;
    }

    /// When stages were seen that were read meanwhile; they come in this batch or in a later one.
    CaptureTimes times() {
        return times;
    }

    /// In the order of what they come before.
    List<Logged> logged() {
        return logged;
    }

    List<CapturePoint> newPoints() {
        return newPoints;
    }

    /// What ended the reading before its time, or null.
    @Nullable Throwable failure() {
        return failure;
    }

    /// Makes it ready to be filled again.
    void clear() {
        stages.clear();
        logged.clear();
        times.clear();
    }
}
