package hopline.capture.node.windows;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.RefusedException;
import hopline.capture.node.Steps;
import hopline.capture.node.Tool;
import hopline.capture.node.plan.Backend;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.Profile;
import hopline.capture.node.plan.Where;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `netsh trace`, of which a machine runs one at a time.
///
/// No report is made, which takes minutes; no scenario is named, which Server Core lacks; no filter is set,
/// because one that names inner addresses loses what is encapsulated, and one that names outer addresses loses the
/// pods' side. A size does not end a session, so whoever starts it must watch the file.
public final class NetshTrace implements Tool {

    private static final String PROGRAM = "netsh";
    private static final Duration STARTING = Duration.ofMinutes(2);

    /// Merging a large trace takes its time; to end it early would leave the session running.
    private static final Duration STOPPING = Duration.ofMinutes(20);

    private static final int STATUS = 0;

    public NetshTrace() {}

    @Override
    public Backend backend() {
        return Backend.NETSH;
    }

    @Override
    public Steps steps(CapturePlan plan, NodeFacts node, Path trace) throws RefusedException {
        if (plan.profile() == Profile.DROPS) {
            throw new RefusedException(
                    "netsh trace cannot choose dropped packets: take --backend pktmon, or --profile vfp");
        }
        if (plan.trigger().untilDrop()) {
            throw new RefusedException(
                    "netsh trace does not count dropped packets while it runs: take --backend pktmon, or --ring"
                            + " without --until-drop");
        }
        if (plan.where().kind() == Where.Kind.POD || plan.where().kind() == Where.Kind.INTERFACES) {
            throw new RefusedException(
                    "netsh trace captures at every component or at NICs: take --where all or nics, or --backend pktmon");
        }
        return new Steps(
                List.of(status()),
                List.of(),
                List.of(new Command(start(plan, trace), "", STARTING, Command.Content.TEXT)),
                List.of(Command.into("netsh-status.txt", PROGRAM, "trace", "show", "status")),
                List.of(Command.of(PROGRAM, "trace", "stop").within(STOPPING)),
                List.of(),
                List.of());
    }

    private static Command status() {
        return Command.of(PROGRAM, "trace", "show", "status");
    }

    private static List<String> start(CapturePlan plan, Path trace) {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "trace", "start"));
        if (plan.profile() == Profile.HNS) {
            words.add("capture=no");
        } else {
            boolean nics = plan.where().kind() == Where.Kind.NICS;
            words.addAll(List.of("capture=yes", "capturetype=" + (nics ? "physical" : "both")));
            if (!nics) {
                words.add("captureMultilayer=yes");
            }
            if (plan.snapLength() > 0) {
                words.add("packettruncatebytes=" + plan.snapLength());
            }
        }
        for (Provider provider : Provider.of(plan.profile())) {
            words.addAll(
                    List.of("provider=" + provider.id(), "keywords=" + provider.mask(), "level=" + provider.level()));
        }
        words.addAll(List.of("report=disabled", "correlation=disabled", "persistent=no", "overwrite=yes"));
        words.addAll(List.of("fileMode=circular", "maxSize=" + mebibytes(plan), "traceFile=" + trace));
        return words;
    }

    private static long mebibytes(CapturePlan plan) {
        return Math.max(1, (plan.bounds().octets() + (1 << 20) - 1) >> 20);
    }

    @Override
    public Optional<String> obstacle(List<Result> checks, CapturePlan plan) {
        Result status = checks.get(STATUS);
        if (status.exitCode() == Result.NOT_RUN) {
            return Optional.of("netsh is not on this node; Nano Server has none");
        }
        return status.succeeded()
                ? Optional.of(
                        "a netsh trace is already running, and not for Hopline: it is left alone. Whoever started it"
                                + " stops it with: netsh trace stop")
                : Optional.empty();
    }

    @Override
    public boolean isRunning(List<Result> checks, Path trace) {
        return checks.get(STATUS).succeeded()
                && Mentions.file(checks.get(STATUS).text(), trace);
    }

    @Override
    public boolean setsFilters(CapturePlan plan) {
        return false;
    }

    @Override
    public List<String> remarks(CapturePlan plan) {
        List<String> remarks = new ArrayList<>();
        if (!plan.wanted().isEverything()) {
            remarks.add("netsh has no filter that keeps encapsulated copies: everything is captured, filter when you"
                    + " analyse");
        }
        remarks.add("netsh watches the components that are there when it starts: of a pod that starts later nothing is"
                + " seen before the capture is started again");
        return remarks;
    }

    @Override
    public Optional<Command> drops() {
        return Optional.empty();
    }
}
