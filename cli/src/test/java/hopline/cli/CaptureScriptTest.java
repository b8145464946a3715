package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Scripts are checked by their words and their structure, and [PowerShellGrammarTest] by the grammar of the language:
/// there is no PowerShell to run them with.
class CaptureScriptTest {

    @TempDir
    Path folder;

    private static String script(String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("capture", "script"));
        words.addAll(List.of(options));
        Session session = Session.of(words.toArray(String[]::new));
        assertThat(session.exitCode()).as(session.err()).isZero();
        return session.out();
    }

    @Test
    void runsTheCommandLinesOfThePlan() {
        assertThat(script("--profile", "vfp", "--port", "80", "--duration", "60s", "--max-size", "256M"))
                .contains("[int]$Seconds = 60", "$MaxOctets = 268435456", "$Backend = 'auto'")
                .contains("'pktmon', 'filter', 'add', 'hopline1', '-p', '80', '-e'")
                .contains("'--provider', '{9F2660EA-CFE7-428F-9850-AECA612619B0}', '--keywords', '0xE', '--level', '6'")
                .contains("'--file-name', $Trace, '--file-size', '256', '--log-mode', 'circular'")
                .contains("'persistent=no'", "('traceFile=' + $Trace)")
                .contains("'pktmon', 'start', '--etw', '-p', '0', '-f', $Trace, '-s', '256'");
    }

    @Test
    void leavesNothingToBeFilledIn() {
        assertThat(script()).doesNotContain("@@").doesNotContain("@TRACE@");
    }

    @Test
    void downloadsNothing() {
        assertThat(script("--profile", "full"))
                .doesNotContainIgnoringCase("http:")
                .doesNotContainIgnoringCase("https:")
                .doesNotContainIgnoringCase("Invoke-WebRequest")
                .doesNotContainIgnoringCase("Net.WebClient")
                .doesNotContainIgnoringCase("Install-Module")
                .doesNotContainIgnoringCase("Invoke-Expression");
    }

    @Test
    void opensAndClosesEachBracketOutsideItsTexts() {
        String code = script("--address", "10.0.0.1")
                .replaceAll("(?m)^\\s*#.*$", "")
                .replaceAll("'(?:[^']|'')*'", "''")
                .replaceAll("\"(?:[^\"`]|`.)*\"", "\"\"");
        java.util.ArrayDeque<Character> open = new java.util.ArrayDeque<>();
        for (char c : code.toCharArray()) {
            int closing = ")}]".indexOf(c);
            if ("({[".indexOf(c) >= 0) {
                open.push(c);
            } else if (closing >= 0) {
                assertThat(open.pop()).isEqualTo("({[".charAt(closing));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void stopsAndPacksWhateverHappens() {
        String script = script();

        assertThat(script.substring(script.indexOf("} finally {\n    # Runs after Ctrl-C")))
                .contains("Stop-Capture", "Remove-Filters", "Complete-Bundle");
    }

    /// What a crash or a restart left behind waits for nobody, and is told from a script that takes its time.
    @Test
    void stopsNoCaptureWhoseScriptIsGone() {
        String script = script();

        assertThat(script.substring(script.indexOf("if ($Stop) {"), script.indexOf("-Path $Folder | Out-Null")))
                .containsSubsequence(
                        "while (Test-Path -LiteralPath $Work) {",
                        "if (-not (Test-Held)) {",
                        "Deny",
                        "-CleanUp makes it");
        assertThat(script.substring(script.indexOf("# --- the capture")))
                .containsSubsequence("$Lock = [IO.File]::Create($LockFile", "New-Item", "$Work");
    }

    @Test
    void keepsWhatIsNotWordsOfThePlanOutOfIt() {
        assertThat(Session.of("capture", "script", "--where", "1';reboot;'").out())
                .contains("'1'';reboot;'''")
                .doesNotContain("'1';reboot;");
    }

    /// PowerShell 5.1 reads a script in the machine's code page, where the second octet of a small `io` is a quotation
    /// mark.
    @Test
    void isAsciiWhateverThePlanHolds() {
        String script = script("--where", "a\u0451;reboot;\u2018\ud83d\ude00");

        assertThat(script).matches("[\\x20-\\x7e\\n]*+");
        assertThat(script)
                .contains("('a' + [char]1105 + ';reboot;' + [char]8216 + '' + [char]55357 + '' + [char]56832 + '')");
    }

    /// Server 2019 as it came knows no lists of components as JSON.
    @Test
    void asksForCountersAsEachBuildTakesIt() {
        String script = script();

        assertThat(script.substring(script.indexOf("function Stop-Capture")))
                .containsSubsequence(
                        "'netsh', 'trace', 'show', 'status'",
                        "if ($Build -lt 19041) {",
                        "\"state/after/pktmon-counters.txt\" @('pktmon', 'comp', 'counters')",
                        "} else {",
                        "\"state/after/pktmon-components.json\" @('pktmon', 'list', '--all', '--include-hidden', '--json')",
                        "\"state/after/pktmon-counters.json\" @('pktmon', 'counters', '--json')",
                        "'pktmon', 'stop'");
    }

    @Test
    void cleansUpNothingThatIsStillAtWork() {
        String script = script();

        assertThat(script.substring(script.indexOf("if ($CleanUp) {")))
                .containsSubsequence("if (Test-Held) {", "is still running: -Stop ends it", "Stop-Capture");
    }

    /// What is written to the pipeline behind Ctrl-C is lost, and the name of the bundle must not be.
    @Test
    void tellsTheBundleAfterCtrlC() {
        assertThat(script()).contains("Write-Host \"bundle: $Bundle\"");
    }

    @Test
    void asksForABackendThatEveryNodeHas() {
        Session session = Session.of("capture", "script", "--backend", "pcap");

        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(session.err()).contains("a script drives pktmon or netsh");
    }

    @Test
    void waitsForNoDropWhereNoneIsCounted() {
        Session session = Session.of("capture", "script", "--backend", "netsh", "--until-drop", "--pre-trigger", "1m");

        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(session.err()).contains("netsh trace does not count dropped packets");
        assertThat(script("--until-drop"))
                .containsSubsequence(
                        "if ($Backend -eq 'netsh') {",
                        "$(throw 'this plan cannot be carried out here: netsh trace does not count",
                        "} elseif ($Build -lt 19041) {",
                        "$(throw 'this plan cannot be carried out here: Packet Monitor before version 2004",
                        "'pktmon', 'start', '--capture'");
    }

    @Test
    void cannotKnowThePodsOfANodeThatIsElsewhere() {
        Session session = Session.of("capture", "script", "--where", "pod:shop/cart");

        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(session.err()).contains("a script cannot find a pod's components");
    }

    @Test
    void isAManifestOfPodsThatRunIt() {
        String manifest = script("--for", "hostprocess", "--nodes", "win-a,win-b", "--duration", "30s");

        assertThat(manifest)
                .contains("function Start-Capture", "nodeName: win-a", "hostProcess: true")
                .contains(
                        "kubectl --namespace kube-system cp hopline-capture-win-b:/hopline-capture/win-b.zip win-b.zip");
    }

    /// They are pasted into shells, of which most take a backslash away.
    @Test
    void theManifestTellsCommandsForEveryShell() {
        String manifest = script("--for", "hostprocess", "--nodes", "win-a");

        assertThat(manifest.lines().filter(line -> line.startsWith("#   kubectl")))
                .hasSize(6)
                .noneMatch(line -> line.contains("\\"));
    }

    @Test
    void refusesNamesThatAreNoNodes() {
        Session session = Session.of("capture", "script", "--for", "hostprocess", "--nodes", "a b");
        Session none = Session.of("capture", "script", "--for", "hostprocess");

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("name the nodes to capture on: --nodes win-a,win-b");
    }

    @Test
    void aWrongPlanIsAWrongCommandLine() throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "speed: high\n");

        Session session = Session.of("capture", "run", "--plan", plan.toString(), "--dry-run");

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).contains("a plan knows no speed");
    }

    @Test
    void aDryRunShowsWhatWouldBeRunInOrder() {
        Session session = Session.of(
                "capture",
                "run",
                "--backend",
                "pcap",
                "--dry-run",
                "--no-kubernetes",
                "--probe",
                "node=ping://10.0.0.1");

        assertThat(session.exitCode()).as(session.err()).isZero();
        assertThat(session.out())
                .containsSubsequence("Plan for", "State before", "State after", "Probes", "ping", "Bundle");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDryRunShowsWhatLibpcapWouldCapture() {
        Session session = Session.of(
                "capture",
                "run",
                "--dry-run",
                "--no-kubernetes",
                "--where=lo",
                "--port=53",
                "--outer-only",
                "--snap-length=128",
                "--max-size=64M",
                "--file-size=16M",
                "--profile=vfp",
                "--keep-filters");

        assertThat(session.out())
                .contains(
                        """
                        Capture with libpcap, in this process
                           interfaces: lo
                           filter: ((port 53)) or arp or icmp or icmp6
                           octets of each packet: 128
                           files: trace-00001.pcapng and so on, 16.0 MiB each, 64.0 MiB together
                           libpcap captures packets alone: the profile changes nothing
                           libpcap knows no filters of others: keep-filters changes nothing
                        """);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDryRunRefusesWhatARunWouldRefuse() {
        Session session = Session.of("capture", "run", "--dry-run", "--no-kubernetes", "--where=none0");

        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(session.err()).isEqualTo("hopline: there is no interface none0\n");
    }

    /// Kubelet begins its log with all its flags, and plugins with their environment.
    @Test
    void logsAreCollectedWithoutTheLinesOfHowTheirProgramsWereStarted() {
        assertThat(script())
                .contains("Get-Content -LiteralPath $_.FullName -Tail 5000")
                .contains("Where-Object { $_ -notmatch ''FLAG: |CNI_ARGS|Command line'' }");
    }
}
