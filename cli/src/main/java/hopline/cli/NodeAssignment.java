package hopline.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;

/// `--node NAME=FILE`: the node that a file is about, or all files in a folder; of captures, on which they were made.
record NodeAssignment(String node, String file) {

    static final String OPTION = "node";

    /// Those of `line`.
    ///
    /// @param filters whether `--node` without a file is a filter, and passed over here
    static List<NodeAssignment> of(CommandLine line, boolean filters) throws UsageException {
        List<NodeAssignment> assignments = new ArrayList<>();
        for (String text : Values.of(line, OPTION)) {
            int equals = text.indexOf('=');
            if (equals < 0 && filters) {
                continue;
            }
            if (equals <= 0 || equals == text.length() - 1) {
                throw new UsageException("--node takes NAME=FILE, not " + text);
            }
            assignments.add(new NodeAssignment(text.substring(0, equals), text.substring(equals + 1)));
        }
        return assignments;
    }
}
