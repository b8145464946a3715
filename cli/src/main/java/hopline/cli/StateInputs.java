package hopline.cli;

import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.FileReport;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/// What was collected of nodes, as the command line names it.
final class StateInputs {

    private StateInputs() {}

    /// The option that names nodes.
    static Option node() {
        return NodeAssignment.option("the node that a file or folder is about; repeatable");
    }

    /// Reads what is at `paths` and where `--node` says. Complains about what cannot be read; empty where nothing
    /// of use was.
    ///
    /// @param missing told when there is neither
    static Optional<CollectedState> read(CommandLine line, List<String> paths, String missing, Console console)
            throws UsageException, IOException {
        CollectedState state = StateReader.read(find(line, paths, missing));
        state.problems().forEach(console::complain);
        if (state.files().stream().anyMatch(FileReport::isUsed)) {
            return Optional.of(state);
        }
        if (state.problems().isEmpty()) {
            console.complain("no node state among the inputs");
        }
        return Optional.empty();
    }

    private static StateFinder find(CommandLine line, List<String> paths, String missing)
            throws UsageException, IOException {
        List<NodeAssignment> assignments = NodeAssignment.of(line, false);
        if (paths.isEmpty() && assignments.isEmpty()) {
            throw new UsageException(missing);
        }
        PipedInput.begin(InputFiles.of(paths, line).named());
        StateFinder finder = new StateFinder();
        for (NodeAssignment assignment : assignments) {
            finder.add(PipedInput.file(assignment.file()), assignment.node());
        }
        for (String path : paths) {
            finder.add(PipedInput.file(path));
        }
        return finder;
    }
}
