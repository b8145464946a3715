package hopline.capture.node;

import hopline.capture.node.plan.Backend;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.process.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A way of capturing that is driven by commands.
public interface Tool {

    /// Which one it is.
    Backend backend();

    /// What is run for `plan` on `node`.
    ///
    /// @param trace the file that takes the packets
    /// @throws RefusedException when the tool cannot do what the plan says
    Steps steps(CapturePlan plan, NodeFacts node, Path trace) throws RefusedException;

    /// Why the capture must not be started, told from what the checks printed; empty when it may.
    Optional<String> obstacle(List<Result> checks, CapturePlan plan);

    /// Whether the capture that the checks found is the one that writes `trace`.
    boolean isRunning(List<Result> checks, Path trace);

    /// Whether the plan makes it set filters that must be taken away.
    boolean setsFilters(CapturePlan plan);

    /// Remarks on what this tool makes of the plan, a sentence each.
    List<String> remarks(CapturePlan plan);

    /// What reads the packets dropped so far, if the tool can tell while it runs.
    Optional<hopline.capture.node.process.Command> drops();
}
