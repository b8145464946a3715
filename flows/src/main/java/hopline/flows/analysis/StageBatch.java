package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.capture.event.SystemEvent;
import hopline.decode.stage.StageBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stages in the order they were read, and what the nodes' systems logged between them.
final class StageBatch {

    /// Stages at most; two inputs' turns.
    static final int SIZE = 512;

    /// Events at most: there may be any number of them between two records.
    static final int MAX_EVENTS = 1024;

    /// What a node's system logged.
    ///
    /// @param before the number of the stage that was read next
    /// @param epochNanos when, on the clock of the reference node
    record Logged(int before, String node, SystemEvent event, long epochNanos) {}

    private final StageBlock stages = new StageBlock(SIZE);
    private final List<Logged> logged = new ArrayList<>();
    private List<CapturePoint> newPoints = List.of();
    private long readUntil;
    private @Nullable Throwable failure;

    void add(String node, SystemEvent event, long epochNanos) {
        logged.add(new Logged(stages.size(), node, event, epochNanos));
    }

    /// Completes it.
    ///
    /// @param newPoints the capture points that no batch before this one knew
    /// @param readUntil all inputs are read as far as that time, nanoseconds since 1970
    void complete(List<CapturePoint> newPoints, long readUntil) {
        this.newPoints = newPoints;
        this.readUntil = readUntil;
    }

    void fail(Throwable reason) {
        failure = reason;
    }

    boolean hasRoomFor(int more) {
        return stages.room() >= more;
    }

    boolean hasRoomForEvent() {
        return logged.size() < MAX_EVENTS;
    }

    boolean isEmpty() {
        return stages.size() == 0 && logged.isEmpty();
    }

    StageBlock stages() {
        return stages;
    }

    /// In the order of what they come before.
    List<Logged> logged() {
        return logged;
    }

    List<CapturePoint> newPoints() {
        return newPoints;
    }

    long readUntil() {
        return readUntil;
    }

    /// What ended the reading before its time, or null.
    @Nullable Throwable failure() {
        return failure;
    }

    /// Makes it ready to be filled again.
    void clear() {
        stages.clear();
        logged.clear();
    }
}
