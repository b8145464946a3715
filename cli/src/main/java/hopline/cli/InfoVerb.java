package hopline.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// What is in a file.
final class InfoVerb implements Verb {

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String summary() {
        return "Tell what is in a capture file.";
    }

    @Override
    public String synopsis() {
        return "[options] FILE…";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<Example> examples() {
        return List.of(new Example("what is this file?", "hopline info trace.pcapng"));
    }

    @Override
    public int run(CommandLine line, Console console) {
        return ExitCode.CLEAN;
    }
}
