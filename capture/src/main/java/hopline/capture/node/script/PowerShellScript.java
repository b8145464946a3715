package hopline.capture.node.script;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.Prober;
import hopline.capture.node.RefusedException;
import hopline.capture.node.Steps;
import hopline.capture.node.Tool;
import hopline.capture.node.plan.Backend;
import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.plan.Probe;
import hopline.capture.node.plan.Where;
import hopline.capture.node.process.Command;
import hopline.capture.node.windows.NetshTrace;
import hopline.capture.node.windows.Pktmon;
import hopline.capture.node.windows.WindowsState;
import hopline.capture.secret.SecretForms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A plan as one PowerShell 5.1 script that needs nothing but Windows: checks, capture, bounds, state, bundle. Its
/// command lines come from the same place as those that are run from here.
///
/// Not run on Windows; checked by its structure, its words and tree-sitter's grammar of the language.
public final class PowerShellScript {

    /// Where the script puts everything, unless told otherwise.
    public static final String FOLDER = "C:\\hopline-capture";

    /// Stands for the file that takes the packets, which the script names.
    private static final String TRACE = "@TRACE@";

    private static final String TEMPLATE = "capture.ps1";

    private final CapturePlan plan;
    private final String version;

    private PowerShellScript(CapturePlan plan, String version) {
        this.plan = plan;
        this.version = version;
    }

    /// The script for `plan`.
    ///
    /// @param version of Hopline
    /// @throws RefusedException when no tool of Windows can carry it out
    public static String of(CapturePlan plan, String version) throws RefusedException {
        return new PowerShellScript(plan, version).text();
    }

    private String text() throws RefusedException {
        if (plan.backend() == Backend.PCAP) {
            throw new RefusedException("a script drives pktmon or netsh, which every node has: take --backend auto");
        }
        if (plan.where().kind() == Where.Kind.POD) {
            throw new RefusedException(
                    "a script cannot find a pod's components: with --where name their numbers (pktmon list), or all");
        }
        if (plan.probes().stream().anyMatch(probe -> probe.from() != Probe.From.NODE)) {
            throw new RefusedException(
                    "a script runs on the node alone: probes from pods are made with kubectl, beside it");
        }
        String text = template();
        for (Map.Entry<String, String> part : parts().entrySet()) {
            text = text.replace("@@" + part.getKey() + "@@", part.getValue());
        }
        return text;
    }

    private Map<String, String> parts() throws RefusedException {
        boolean onlyNetsh = plan.backend() == Backend.NETSH;
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("VERSION", version.replaceAll("[^A-Za-z0-9._+-]", ""));
        parts.put("FOLDER", FOLDER);
        parts.put("SECONDS", String.valueOf(plan.bounds().duration().toSeconds()));
        parts.put("MAX_OCTETS", String.valueOf(plan.bounds().octets()));
        parts.put("KEEP_FREE", String.valueOf(plan.bounds().keepFree()));
        parts.put("RING", String.valueOf(plan.bounds().ring()));
        parts.put("UNTIL_DROP", String.valueOf(plan.trigger().untilDrop()));
        parts.put("KEEP_FILTERS", String.valueOf(plan.keepFilters()));
        parts.put("BACKEND", plan.backend().word());
        parts.put("SETS_FILTERS", String.valueOf(!plan.wanted().isEverything()));
        parts.put("START", onlyNetsh ? refusal("netsh") : start(new Pktmon(), NodeFacts.VERSION_2004));
        parts.put("START_OLD", onlyNetsh ? refusal("netsh") : startOld());
        parts.put("START_NETSH", startNetsh());
        parts.put("SECRET_FORMS", secretForms());
        parts.put("SECRET_BLOCK", pattern(SecretForms.block()));
        parts.put("SECRET_BLOCK_MARK", pattern(SecretForms.blockMark()));
        parts.put("SECRET_BLOCK_END", pattern(SecretForms.blockEnd()));
        parts.put("STATE", kept("    ", "$Where", WindowsState.commands()));
        parts.put("COUNTERS", counters("            ", new Pktmon(), NodeFacts.VERSION_2004));
        parts.put("COUNTERS_OLD", counters("            ", new Pktmon(), NodeFacts.SERVER_2019));
        parts.put("COUNTERS_NETSH", counters("        ", new NetshTrace(), 0));
        parts.put("PROBES", probes());
        parts.put("PLAN", plan());
        return parts;
    }

    /// Server 2019 as it came takes fewer filters; where that is too few, its script says so when it runs.
    private String startOld() {
        try {
            return start(new Pktmon(), NodeFacts.SERVER_2019);
        } catch (RefusedException e) {
            return refusal(String.valueOf(e.getMessage()));
        }
    }

    private String startNetsh() throws RefusedException {
        boolean mayBeNeeded = plan.backend() != Backend.PKTMON;
        try {
            return mayBeNeeded ? start(new NetshTrace(), 0) : refusal("pktmon");
        } catch (RefusedException e) {
            if (plan.backend() == Backend.NETSH) {
                throw e;
            }
            return refusal(String.valueOf(e.getMessage()));
        }
    }

    private static String refusal(String reason) {
        return "            $(throw " + quoted("this plan cannot be carried out here: " + reason) + ")";
    }

    private String start(Tool tool, int build) throws RefusedException {
        return steps(tool, build).start().stream()
                .map(command -> "            ," + array(command.words()))
                .collect(Collectors.joining("\n"));
    }

    /// Nothing where the plan is not carried out.
    private String counters(String indent, Tool tool, int build) {
        try {
            return kept(indent, "state/after", steps(tool, build).counters());
        } catch (RefusedException e) {
            return "";
        }
    }

    private Steps steps(Tool tool, int build) throws RefusedException {
        return tool.steps(plan, new NodeFacts("", NodeFacts.Family.WINDOWS, "", build, ""), Path.of(TRACE));
    }

    private static String secretForms() {
        return SecretForms.substitutions().stream()
                .map(form -> "    ,@(" + pattern(form.pattern()) + ", " + quoted(form.instead()) + ")")
                .collect(Collectors.joining("\n"));
    }

    private static String pattern(String pattern) {
        return "[regex]::new(" + quoted(pattern) + ", $AsciiOnly)";
    }

    private static String kept(String indent, String folder, List<Command> commands) {
        return commands.stream()
                .map(command -> indent + "[void](Invoke-Program \"" + folder + "/" + command.output() + "\" "
                        + array(command.words()) + ")")
                .collect(Collectors.joining("\n"));
    }

    private String probes() {
        StringBuilder probes = new StringBuilder();
        int number = 0;
        for (Probe probe : plan.probes()) {
            number++;
            Command command = Prober.command(probe, number, true, Optional.empty());
            probes.append("    [void](Invoke-Program ")
                    .append(quoted(command.output()))
                    .append(' ')
                    .append(array(command.words()))
                    .append(")\n");
        }
        return probes.toString().stripTrailing();
    }

    private String plan() {
        return plan.values().entrySet().stream()
                .map(entry -> "            " + quoted(entry.getKey()) + " = " + array(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String array(List<String> words) {
        return words.stream().map(PowerShellScript::word).collect(Collectors.joining(", ", "@(", ")"));
    }

    private static String word(String word) {
        int at = word.indexOf(TRACE);
        if (at < 0) {
            return quoted(word);
        }
        return at == 0 ? "$Trace" : "(" + quoted(word.substring(0, at)) + " + $Trace)";
    }

    /// What is not ASCII is told by its number: PowerShell 5.1 reads scripts in the machine's code page, in
    /// which octets of a letter may be a quotation mark.
    private static String quoted(String text) {
        String ascii = "'" + text.replaceAll("\\p{Cntrl}", " ").replace("'", "''") + "'";
        String told = ascii.chars()
                .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : "' + [char]" + c + " + '")
                .collect(Collectors.joining());
        return told.equals(ascii) ? ascii : "(" + told + ")";
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(PowerShellScript.class.getResourceAsStream(TEMPLATE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the script is part of the program", e);
        }
    }
}
