package hopline.capture.node.windows;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.RefusedException;
import hopline.capture.node.Steps;
import hopline.capture.node.Tool;
import hopline.capture.node.plan.Backend;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.Profile;
import hopline.capture.node.plan.Wanted;
import hopline.capture.node.plan.Where;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Packet Monitor. Its options are those of Windows Server 2022 and newer; builds before version 2004, Server 2019
/// among them, take `--etw` and `comp` instead. Its filters are the machine's: they outlive a capture, and can
/// only be removed all at once, so none are set beside those of others.
public final class Pktmon implements Tool {

    private static final String PROGRAM = "pktmon";
    private static final Duration STOPPING = Duration.ofMinutes(5);
    private static final int MOST_FILTERS = 32;
    private static final int MOST_FILTERS_BEFORE_2004 = 8;
    private static final int STATUS = 0;
    private static final int SESSION = 1;
    private static final int FILTERS = 2;

    public Pktmon() {}

    @Override
    public Backend backend() {
        return Backend.PKTMON;
    }

    @Override
    public Steps steps(CapturePlan plan, NodeFacts node, Path trace) throws RefusedException {
        boolean old = node.build() != 0 && node.build() < NodeFacts.VERSION_2004;
        if (node.build() != 0 && node.build() < NodeFacts.SERVER_2019) {
            throw new RefusedException("Packet Monitor came with Windows Server 2019, this is build " + node.build()
                    + ": take --backend netsh");
        }
        if (old && plan.trigger().untilDrop()) {
            throw new RefusedException("Packet Monitor before version 2004, this is build " + node.build()
                    + ", lists drops in no form that can be watched: take --ring without --until-drop");
        }
        List<Command> start = new ArrayList<>(filters(plan.wanted(), old));
        start.add(new Command(old ? oldStart(plan, trace) : start(plan, trace), "", STOPPING, Command.Content.TEXT));
        return new Steps(
                checks(),
                List.of(),
                start,
                counters(old),
                List.of(Command.of(PROGRAM, "stop").within(STOPPING)),
                setsFilters(plan) ? List.of(Command.of(PROGRAM, "filter", "remove")) : List.of(),
                List.of());
    }

    /// The name of a session of event tracing is the same in every language.
    private static List<Command> checks() {
        return List.of(
                Command.of(PROGRAM, "status"),
                Command.of("logman", "query", "PktMon", "-ets"),
                Command.of(PROGRAM, "filter", "list"));
    }

    private static List<Command> counters(boolean old) {
        return old
                ? List.of(
                        Command.into("pktmon-components.txt", PROGRAM, "comp", "list"),
                        Command.into("pktmon-counters.txt", PROGRAM, "comp", "counters"))
                : List.of(
                        Command.into("pktmon-components.json", PROGRAM, "list", "--all", "--include-hidden", "--json"),
                        Command.into("pktmon-counters.json", PROGRAM, "counters", "--json"),
                        Command.into("pktmon-status.txt", PROGRAM, "status", "--buffer-info"));
    }

    private static List<String> start(CapturePlan plan, Path trace) {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "start"));
        if (plan.profile() != Profile.HNS) {
            words.add("--capture");
            words.add("--comp");
            words.addAll(components(plan.where()));
            words.addAll(List.of("--type", plan.profile() == Profile.DROPS ? "drop" : "all"));
            words.addAll(List.of("--pkt-size", String.valueOf(plan.snapLength())));
            words.addAll(List.of("--flags", plan.profile() == Profile.PACKETS ? "0x012" : "0x01A"));
        }
        List<Provider> providers = Provider.of(plan.profile());
        if (!providers.isEmpty()) {
            words.add("--trace");
        }
        for (Provider provider : providers) {
            words.addAll(List.of("--provider", provider.id(), "--keywords", provider.mask()));
            words.addAll(List.of("--level", String.valueOf(provider.level())));
        }
        words.addAll(List.of("--file-name", trace.toString(), "--file-size", mebibytes(plan)));
        words.addAll(List.of("--log-mode", "circular"));
        return words;
    }

    /// Server 2019 as it came: no modes, no providers, no choice between packets and drops.
    private static List<String> oldStart(CapturePlan plan, Path trace) {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "start", "--etw"));
        words.addAll(List.of("-p", String.valueOf(plan.snapLength())));
        if (plan.where().kind() != Where.Kind.ALL && plan.where().kind() != Where.Kind.NICS) {
            words.add("-c");
            words.addAll(plan.where().names());
        }
        words.addAll(List.of("-f", trace.toString(), "-s", mebibytes(plan)));
        return words;
    }

    private static List<String> components(Where where) {
        return switch (where.kind()) {
            case ALL -> List.of("all");
            case NICS -> List.of("nics");
            case POD, INTERFACES -> where.names();
        };
    }

    private static String mebibytes(CapturePlan plan) {
        return String.valueOf(Math.max(1, (plan.bounds().octets() + (1 << 20) - 1) >> 20));
    }

    /// One filter for each combination: what a filter names must all be in a packet, and any filter lets it pass.
    /// ARP and ICMP pass for what they tell about the rest. `-e` on one is `-e` on all.
    private static List<Command> filters(Wanted wanted, boolean old) throws RefusedException {
        if (wanted.isEverything()) {
            return List.of();
        }
        List<List<String>> conditions = List.of(List.of());
        conditions = times(conditions, "-i", wanted.addresses());
        conditions = times(
                conditions, "-p", wanted.ports().stream().map(String::valueOf).toList());
        conditions = times(
                conditions,
                "-t",
                wanted.protocols().stream().map(Pktmon::protocol).toList());
        List<List<String>> all = new ArrayList<>(conditions);
        all.add(List.of("-d", "ARP"));
        all.add(List.of("-t", "ICMP"));
        all.add(List.of("-t", "ICMPv6"));
        int most = old ? MOST_FILTERS_BEFORE_2004 : MOST_FILTERS;
        if (all.size() > most) {
            throw new RefusedException("Packet Monitor takes " + most + " filters, and this plan needs " + all.size()
                    + ": name fewer addresses, ports and protocols, or none, and filter when you analyse");
        }
        List<Command> commands = new ArrayList<>();
        for (List<String> condition : all) {
            List<String> words = new ArrayList<>(List.of(PROGRAM, "filter", "add", "hopline" + (commands.size() + 1)));
            words.addAll(condition);
            if (wanted.insideTunnels() && !old) {
                words.add("-e");
            }
            commands.add(Command.of(words.toArray(String[]::new)));
        }
        return commands;
    }

    private static String protocol(String word) {
        return word.equals("sctp") ? "132" : word.toUpperCase(Locale.ROOT);
    }

    private static List<List<String>> times(List<List<String>> conditions, String option, List<String> values) {
        if (values.isEmpty()) {
            return conditions;
        }
        List<List<String>> all = new ArrayList<>();
        for (List<String> condition : conditions) {
            for (String value : values) {
                List<String> more = new ArrayList<>(condition);
                more.addAll(List.of(option, value));
                all.add(more);
            }
        }
        return all;
    }

    @Override
    public Optional<String> obstacle(List<Result> checks, CapturePlan plan) {
        if (checks.get(STATUS).exitCode() == Result.NOT_RUN) {
            return Optional.of(
                    "pktmon is not on this node; Windows Server 2019 and newer have it, or take --backend netsh");
        }
        if (isCapturing(checks)) {
            return Optional.of("Packet Monitor is already capturing, and not for Hopline: it is left alone."
                    + " Whoever started it stops it with: pktmon stop");
        }
        boolean filtered = hasFilters(checks.get(FILTERS));
        if (filtered && !plan.keepFilters()) {
            return Optional.of(
                    "somebody has set filters of Packet Monitor (pktmon filter list), which would thin out the"
                            + " capture: they are left alone. --keep-filters captures through them; pktmon filter remove"
                            + " removes them all");
        }
        if (filtered && !plan.wanted().isEverything()) {
            return Optional.of(
                    "somebody has set filters of Packet Monitor, and filters can only be removed all at once:"
                            + " with --keep-filters name no addresses, ports or protocols");
        }
        return Optional.empty();
    }

    /// A session of event tracing is proof in any language. Where only counters run there is none; then a status
    /// of more than a line is taken for a capture, because idle it is one sentence.
    private static boolean isCapturing(List<Result> checks) {
        String status = checks.get(STATUS).text();
        boolean saysIdle = status.contains("is not running");
        long lines = status.lines().filter(line -> !line.isBlank()).count();
        return checks.get(SESSION).succeeded() || (!saysIdle && lines > 1);
    }

    /// Without filters the list is a heading and `None`, in whatever language; each filter is a row that begins
    /// with its number.
    private static boolean hasFilters(Result list) {
        return list.text().lines().anyMatch(line -> line.strip().matches("\\d+\\s+\\S.*"));
    }

    @Override
    public boolean isRunning(List<Result> checks, Path trace) {
        return isCapturing(checks) && checks.stream().anyMatch(result -> Mentions.file(result.text(), trace));
    }

    @Override
    public boolean setsFilters(CapturePlan plan) {
        return !plan.wanted().isEverything();
    }

    @Override
    public List<String> remarks(CapturePlan plan) {
        return List.of("Packet Monitor watches the components that are there when it starts: of a pod that starts later"
                + " nothing is seen before the capture is started again");
    }

    @Override
    public Optional<Command> drops() {
        return Optional.of(Command.of(PROGRAM, "counters", "--type", "drop", "--json"));
    }
}
