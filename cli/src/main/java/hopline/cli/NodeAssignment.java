package hopline.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/// `--node NAME=PATH`: the node that a file, or all in a folder, is about; that a capture was made on.
record NodeAssignment(String node, String file) {

    static final String OPTION = "node";

    private static final String ARGUMENT = "NAME=PATH";

    /// The option that makes them.
    static Option option(String description) {
        return Values.option(OPTION, ARGUMENT, description);
    }

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
                throw new UsageException("--node takes " + ARGUMENT + ", not " + text);
            }
            assignments.add(new NodeAssignment(text.substring(0, equals), text.substring(equals + 1)));
        }
        return assignments;
    }
}
