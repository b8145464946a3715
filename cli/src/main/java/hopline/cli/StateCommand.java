package hopline.cli;

import hopline.capture.node.Order;
import hopline.capture.node.RefusedException;
import hopline.capture.node.StateRun;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.PlanException;
import hopline.cli.report.Escape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/// Collects the state of this node.
final class StateCommand {

    private StateCommand() {}

    static int collect(CommandLine line, Console console) throws UsageException, IOException {
        if (line.getArgList().size() > 1) {
            throw new UsageException(
                    "state collect takes no " + Escape.text(line.getArgList().getLast()));
        }
        boolean dry = line.hasOption("dry-run");
        try {
            Order order = NodeOptions.order(line, CapturePlan.of(Map.of()), NodeOptions.node(line, !dry), console);
            if (dry) {
                StateRun.planned(order).forEach(text -> console.out().println(Escape.text(text)));
                return ExitCode.CLEAN;
            }
            if (Files.exists(order.bundle())) {
                throw new RefusedException(order.bundle() + " exists already: name another file with -o");
            }
            return CaptureCommand.report(StateRun.run(order), console);
        } catch (PlanException e) {
            throw new IllegalStateException("the usual plan is a plan", e);
        } catch (RefusedException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.ENVIRONMENT;
        }
    }
}
