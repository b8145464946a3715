package hopline.cli;

import hopline.capture.node.RefusedException;
import hopline.capture.node.script.HostProcessManifest;
import hopline.capture.node.script.PowerShellScript;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;

/// Prints a plan as a script for a node without Java.
final class ScriptCommand {

    private ScriptCommand() {}

    static int print(CommandLine line, Console console) throws UsageException, IOException, RefusedException {
        String script = PowerShellScript.of(Pods.addressed(PlanOptions.plan(line), line), Version.text());
        String form = line.getOptionValue("for", "powershell");
        switch (form) {
            case "powershell" -> console.out().print(script);
            case "hostprocess" -> console.out().print(manifest(script, nodes(line)));
            default -> throw new UsageException("--for is powershell or hostprocess, not " + form);
        }
        return ExitCode.CLEAN;
    }

    private static String manifest(String script, List<String> nodes) throws UsageException {
        try {
            return HostProcessManifest.of(script, nodes);
        } catch (RefusedException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> nodes(CommandLine line) {
        return Values.of(line, "nodes").stream()
                .flatMap(names -> List.of(names.split(",")).stream())
                .filter(name -> !name.isBlank())
                .toList();
    }
}
