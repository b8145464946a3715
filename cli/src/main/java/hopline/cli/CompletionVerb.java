package hopline.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// Prints a script that completes command lines in a shell, made of the verbs' own options.
final class CompletionVerb implements Verb {

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "Print a script that lets a shell complete hopline's verbs and options: bash or powershell.";
    }

    @Override
    public String synopsis() {
        return "bash|powershell";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> operands() {
        return List.of("bash", "powershell");
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("for this bash", "source <(hopline completion bash)"),
                new Example(
                        "for every bash to come",
                        "hopline completion bash >~/.local/share/bash-completion/completions/hopline"),
                new Example(
                        "for PowerShell, in its profile",
                        "hopline completion powershell | Out-String | Invoke-Expression"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("which shell? bash or powershell");
        }
        switch (line.getArgList().getFirst()) {
            case "bash" -> console.out().print(Completion.bash(Main.verbs()));
            case "powershell" -> console.out().print(Completion.powershell(Main.verbs()));
            default ->
                throw new UsageException("the shell is bash or powershell, not "
                        + line.getArgList().getFirst());
        }
        return ExitCode.CLEAN;
    }
}
