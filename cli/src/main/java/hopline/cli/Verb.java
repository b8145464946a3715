package hopline.cli;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// One verb of the command line.
interface Verb {

    /// As it is typed.
    String name();

    /// What it does, in a line.
    String summary();

    /// What follows the verb, such as `[options] INPUT…`.
    String synopsis();

    /// The options it takes, beside `--help`.
    Options options();

    /// What may follow the options, where it is a choice of words; empty where it is files.
    default List<String> operands() {
        return List.of();
    }

    /// Examples for its help, each a comment and a command line.
    List<Example> examples();

    /// Does it; returns an [ExitCode].
    ///
    /// @throws UsageException when the operands are wrong
    /// @throws IOException when a result cannot be written
    int run(CommandLine line, Console console) throws UsageException, IOException;

    /// A command line worth trying.
    ///
    /// @param purpose what it does, for a comment
    /// @param command the whole command line
    record Example(String purpose, String command) {}
}
