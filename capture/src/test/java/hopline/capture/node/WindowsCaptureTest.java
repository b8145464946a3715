package hopline.capture.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hopline.capture.bundle.ManifestFacts;
import hopline.capture.node.plan.CapturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Captures with the tools of Windows, whose places are taken by scripts: not Windows, but the whole of
/// what is driven.
@EnabledOnOs({OS.LINUX, OS.MAC})
class WindowsCaptureTest {

    private static final int SERVER_2019 = 17763;
    private static final int SERVER_2022 = 20348;
    private static final int SERVER_2025 = 26100;

    @TempDir
    Path folder;

    private StandIns standIns;
    private Path tools;
    private Path bundle;
    private Sessions sessions;
    private final List<String> news = new ArrayList<>();

    @BeforeEach
    void installStandIns() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        bundle = folder.resolve("win-a.zip");
        sessions = new Sessions(folder.resolve("sessions"));
        standIns = new StandIns(tools)
                .with("pktmon", StandIns.pktmon(true))
                .with("logman", StandIns.logman())
                .with("netsh", StandIns.netsh());
    }

    private Order order(int build, Map<String, String> plan) throws Exception {
        Map<String, List<String>> values =
                new HashMap<>(Map.of("duration", List.of("100ms"), "keep-free", List.of("0")));
        values.put("max-size", List.of("1M"));
        plan.forEach((key, value) -> values.put(key, List.of(value.split(" "))));
        NodeFacts node = new NodeFacts("win-a", NodeFacts.Family.WINDOWS, "Windows", build, "amd64");
        return new Order(
                "session-1",
                CapturePlan.of(values),
                node,
                standIns,
                sessions,
                bundle,
                "1",
                Optional.empty(),
                false,
                news::add);
    }

    private Outcome capture(int build, Map<String, String> plan) throws Exception {
        return CaptureRun.run(order(build, plan), new StopSignal());
    }

    /// The calls of one program, without those that only collect state.
    private List<String> calls(String program) {
        Path work = bundle.resolveSibling("win-a.zip.part");
        return standIns.calls(work).stream()
                .filter(call -> call.startsWith(program + " "))
                .filter(call -> !program.equals("netsh") || call.startsWith("netsh trace"))
                .toList();
    }

    @Test
    void drivesPacketMonitorOfServer2022() throws Exception {
        Outcome outcome = capture(
                SERVER_2022,
                Map.of("backend", "pktmon", "address", "10.244.1.7", "port", "80 443", "snap-length", "256"));

        assertThat(calls("pktmon"))
                .containsExactly(
                        "pktmon status",
                        "pktmon filter list",
                        "pktmon filter add hopline1 -i 10.244.1.7 -p 80 -e",
                        "pktmon filter add hopline2 -i 10.244.1.7 -p 443 -e",
                        "pktmon filter add hopline3 -d ARP -e",
                        "pktmon filter add hopline4 -t ICMP -e",
                        "pktmon filter add hopline5 -t ICMPv6 -e",
                        "pktmon start --capture --comp all --type all --pkt-size 256 --flags 0x012"
                                + " --file-name work/trace.etl --file-size 1 --log-mode circular",
                        "pktmon list --all --include-hidden --json",
                        "pktmon counters --json",
                        "pktmon status --buffer-info",
                        "pktmon stop",
                        "pktmon filter remove");
        assertThat(outcome.isComplete()).isTrue();
        assertThat(entries()).contains("manifest.json", "trace.etl", "state/after/pktmon-counters.json");
        assertThat(manifest()).hasValueSatisfying(facts -> {
            assertThat(facts.node()).isEqualTo("win-a");
            assertThat(facts.isComplete()).isTrue();
            assertThat(facts.ended().orElseThrow())
                    .isAfterOrEqualTo(facts.started().orElseThrow());
        });
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void drivesPacketMonitorOfServer2019AsItTakesIt() throws Exception {
        capture(SERVER_2019, Map.of("backend", "pktmon", "address", "10.244.1.7"));

        assertThat(calls("pktmon"))
                .contains(
                        "pktmon filter add hopline1 -i 10.244.1.7",
                        "pktmon start --etw -p 0 -f work/trace.etl -s 1",
                        "pktmon comp list",
                        "pktmon comp counters");
    }

    @Test
    void tracesWhatVfpDecides() throws Exception {
        capture(SERVER_2025, Map.of("backend", "pktmon", "profile", "vfp", "where", "nics"));

        assertThat(calls("pktmon"))
                .contains("pktmon start --capture --comp nics --type all --pkt-size 0 --flags 0x01A --trace"
                        + " --provider {9F2660EA-CFE7-428F-9850-AECA612619B0} --keywords 0xE --level 6"
                        + " --file-name work/trace.etl --file-size 1 --log-mode circular")
                .doesNotContain("pktmon filter remove");
    }

    @Test
    void tracesOnlyDrops() throws Exception {
        capture(SERVER_2022, Map.of("backend", "pktmon", "profile", "drops"));

        assertThat(calls("pktmon")).anyMatch(call -> call.contains("--type drop") && call.contains("--keywords 0x2 "));
    }

    @Test
    void drivesNetsh() throws Exception {
        Outcome outcome = capture(SERVER_2022, Map.of("backend", "netsh", "profile", "vfp", "snap-length", "128"));

        assertThat(calls("netsh"))
                .containsExactly(
                        "netsh trace show status",
                        "netsh trace start capture=yes capturetype=both captureMultilayer=yes packettruncatebytes=128"
                                + " provider={9F2660EA-CFE7-428F-9850-AECA612619B0} keywords=0xE level=6"
                                + " report=disabled correlation=disabled persistent=no overwrite=yes fileMode=circular"
                                + " maxSize=1 traceFile=work/trace.etl",
                        "netsh trace show status",
                        "netsh trace stop");
        assertThat(outcome.isComplete()).isTrue();
    }

    @Test
    void asksForAllThatTheStandardScriptAsksFor() throws Exception {
        capture(SERVER_2022, Map.of("backend", "netsh", "profile", "full"));

        assertThat(calls("netsh").get(1))
                .contains("0C885E0D-", "2F07E2EE-", "80CE50DE-", "D0E4BC17-", "93F693DC-", "564368D6-")
                .contains("9F2660EA-", "66C07ECD-", "AE3F6C6D-", "9B322459-", "67DC0D66-")
                .doesNotContain("scenario=", "persistent=yes");
    }

    @Test
    void leavesACaptureOfSomebodyElseAlone() throws Exception {
        Files.writeString(tools.resolve("running"), "C:\\other\\PktMon.etl\n");

        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "pktmon", "port", "80")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("left alone");
        assertThat(calls("pktmon")).containsExactly("pktmon status", "pktmon filter list");
        assertThat(tools.resolve("running")).exists();
        assertThat(bundle.resolveSibling("win-a.zip.part")).doesNotExist();
    }

    @Test
    void leavesATraceOfSomebodyElseAlone() throws Exception {
        Files.writeString(tools.resolve("tracing"), "C:\\other\\server.etl\n");

        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "netsh")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("left alone");
        assertThat(calls("netsh")).containsExactly("netsh trace show status");
    }

    @Test
    void understandsAnIdlePacketMonitorInAnotherLanguage() throws Exception {
        standIns.with("pktmon", StandIns.pktmon(false));

        assertThat(capture(SERVER_2022, Map.of("backend", "pktmon")).isComplete())
                .isTrue();
    }

    @Test
    void leavesFiltersOfOthersAlone() throws Exception {
        Files.writeString(tools.resolve("filters"), "DNSFilter UDP 53\n");

        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "pktmon")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--keep-filters");
        assertThat(tools.resolve("filters")).hasContent("DNSFilter UDP 53");
    }

    @Test
    void capturesThroughFiltersOfOthersWhenAskedTo() throws Exception {
        Files.writeString(tools.resolve("filters"), "DNSFilter UDP 53\n");

        capture(SERVER_2022, Map.of("backend", "pktmon", "keep-filters", "true"));

        assertThat(calls("pktmon")).doesNotContain("pktmon filter remove");
        assertThat(tools.resolve("filters")).hasContent("DNSFilter UDP 53");
    }

    @Test
    void doesNotSetFiltersBesideThoseOfOthers() throws Exception {
        Files.writeString(tools.resolve("filters"), "DNSFilter UDP 53\n");

        assertThatThrownBy(
                        () -> capture(SERVER_2022, Map.of("backend", "pktmon", "keep-filters", "true", "port", "80")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("only be removed all at once");
    }

    @Test
    void takesItsFiltersAwayWhenTheToolRefuses() throws Exception {
        Files.writeString(tools.resolve("refuses"), "Not enough space on the disk.\n");

        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "pktmon", "port", "80")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Not enough space on the disk.");
        assertThat(tools.resolve("filters")).doesNotExist();
        assertThat(sessions.list()).isEmpty();
        assertThat(bundle.resolveSibling("win-a.zip.part")).doesNotExist();
    }

    @Test
    void tellsWhatNetshSaysToWhomIsNotAnAdministrator() throws Exception {
        Files.writeString(
                tools.resolve("refuses"), "The requested operation requires elevation (Run as administrator).\n");

        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "netsh")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("requires elevation");
    }

    @Test
    void waitsForAStopThatTakesItsTime() throws Exception {
        Files.createFile(tools.resolve("slow"));

        Outcome outcome = capture(SERVER_2022, Map.of("backend", "netsh"));

        assertThat(outcome.isComplete()).isTrue();
        assertThat(tools.resolve("tracing")).doesNotExist();
    }

    @Test
    void stopsWhenTheTraceHasGrownToItsBound() throws Exception {
        standIns.with(
                "pktmon",
                "case $1 in start) f=; for w in \"$@\"; do [ \"$f\" = --file-name ] && t=$w; f=$w; done;"
                        + " head -c 1000000 /dev/zero >\"$t\" ;; status) echo 'Packet Monitor is not running.' ;; esac\n");

        Outcome outcome = capture(SERVER_2022, Map.of("backend", "pktmon", "duration", "1h"));

        assertThat(outcome.bounds()).containsExactly("--max-size 1M is reached");
        assertThat(calls("pktmon")).contains("pktmon stop");
    }

    @Test
    void stopsAfterADrop() throws Exception {
        Order order = order(SERVER_2022, Map.of("backend", "pktmon", "until-drop", "true", "duration", "1h"));
        Thread dropping = new Thread(() -> {
            try {
                while (!Files.exists(tools.resolve("running"))) {
                    Thread.sleep(20);
                }
                Files.writeString(tools.resolve("drops"), "3");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        dropping.start();

        assertThat(CaptureRun.run(order, new StopSignal()).stopped()).isEqualTo("a packet was dropped: 3 packets");
    }

    @Test
    void refusesToWaitForDropsThatNobodyCounts() throws Exception {
        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "netsh", "until-drop", "true")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("netsh trace does not count dropped packets");
        assertThatThrownBy(() -> capture(SERVER_2019, Map.of("backend", "pktmon", "until-drop", "true")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("this is build 17763");
        assertThat(standIns.calls(folder)).isEmpty();
    }

    record Uncounted(String what, NodeFacts.Family family, int build, String advice) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Uncounted> UNCOUNTED = List.of(
            new Uncounted("macOS", NodeFacts.Family.OTHER, 0, "/proc/net: take --ring without --until-drop"),
            new Uncounted("no /proc", NodeFacts.Family.LINUX, 0, "/proc/net: take --ring without --until-drop"),
            new Uncounted("2019", NodeFacts.Family.WINDOWS, SERVER_2019, "/proc/net: take --ring without --until-drop"),
            new Uncounted(
                    "2022",
                    NodeFacts.Family.WINDOWS,
                    SERVER_2022,
                    "/proc/net: take --backend pktmon, or --ring without --until-drop"));

    @ParameterizedTest
    @FieldSource("UNCOUNTED")
    void advisesOnlyWhatTheSystemHasWhereLibpcapWouldWaitForDrops(Uncounted system) throws Exception {
        CapturePlan waiting = CapturePlan.of(Map.of("backend", List.of("pcap"), "until-drop", List.of("true")));
        NodeFacts node = new NodeFacts("a", system.family(), "", system.build(), "");

        assertThatThrownBy(() -> PcapTrace.requireCounters(waiting, node, false))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith(system.advice());
        assertThatCode(() -> PcapTrace.requireCounters(waiting, node, true)).doesNotThrowAnyException();
    }

    @Test
    void tellsOfAPodThatStartsMeanwhile() throws Exception {
        standIns.with(
                "hnsdiag",
                "echo '11111111-2222-3333-4444-555555555555'\n[ \"$2\" = endpoints ] || exit 0\n"
                        + "[ -f seen ] && echo '99999999-2222-3333-4444-555555555555'; touch seen\n");

        capture(SERVER_2022, Map.of("backend", "pktmon", "duration", "5s"));

        assertThat(news).anyMatch(text -> text.contains("99999999-2222-3333-4444-555555555555 has appeared"));
    }

    @Test
    void refusesWhereThereIsTooLittleRoom() {
        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "netsh", "keep-free", "900T")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Lower one of them");
        assertThat(calls("netsh")).containsExactly("netsh trace show status");
    }

    @Test
    void refusesASecondCaptureWithTheSameTool() throws Exception {
        sessions.save(dead(Map.of("backend", List.of("netsh"))));

        assertThatThrownBy(() -> capture(SERVER_2022, Map.of("backend", "netsh")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("hopline capture stop");
    }

    /// A session whose process is no more.
    private Session dead(Map<String, List<String>> plan) {
        Path work = bundle.resolveSibling("win-a.zip.part");
        return new Session(
                "crashed",
                Long.MAX_VALUE,
                Instant.EPOCH,
                "win-a",
                work,
                bundle,
                Session.State.RUNNING,
                Instant.EPOCH,
                false,
                plan);
    }

    private Outcome recover(Session session) throws Exception {
        sessions.save(session);
        NodeFacts node = new NodeFacts("win-a", NodeFacts.Family.WINDOWS, "Windows", SERVER_2022, "amd64");
        return Recovery.end(session, node, standIns, sessions, "1", news::add);
    }

    @Test
    void stopsWhatACrashLeftRunning() throws Exception {
        Session crashed = dead(Map.of("backend", List.of("pktmon"), "port", List.of("80")));
        Files.createDirectories(crashed.folder());
        Files.writeString(crashed.folder().resolve("trace.etl"), "trace");
        Files.writeString(tools.resolve("running"), crashed.folder().resolve("trace.etl") + "\n");
        Files.writeString(tools.resolve("filters"), "hopline1 TCP 80\n");

        Outcome outcome = recover(crashed);

        assertThat(tools.resolve("running")).doesNotExist();
        assertThat(tools.resolve("filters")).doesNotExist();
        assertThat(outcome.isComplete()).isFalse();
        assertThat(entries()).contains("trace.etl");
        assertThat(manifest()).map(ManifestFacts::isComplete).contains(false);
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void afterACrashLeavesWhatOthersStartedMeanwhile() throws Exception {
        Session crashed = dead(Map.of("backend", List.of("pktmon"), "port", List.of("80")));
        Files.writeString(tools.resolve("running"), "C:\\other\\PktMon.etl\n");
        Files.writeString(tools.resolve("filters"), "hopline1 TCP 80\nDNSFilter UDP 53\n");

        Outcome outcome = recover(crashed);

        assertThat(tools.resolve("running")).exists();
        assertThat(tools.resolve("filters")).exists();
        assertThat(outcome.failures()).anyMatch(failure -> failure.contains("others stand beside them"));
    }

    @Test
    void afterALossOfPowerOnlyPacks() throws Exception {
        Session crashed = dead(Map.of("backend", List.of("netsh")));

        recover(crashed);

        assertThat(calls("netsh")).containsExactly("netsh trace show status");
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void runsNothingToShowWhatItWouldRun() throws Exception {
        List<String> lines = CaptureRun.planned(order(SERVER_2022, Map.of("backend", "netsh")));

        assertThat(lines).contains("Start", "Stop", "   netsh trace stop");
        assertThat(standIns.calls(folder)).isEmpty();
    }

    private List<String> entries() throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return zip.stream().map(entry -> entry.getName()).toList();
        }
    }

    private Optional<ManifestFacts> manifest() throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return ManifestFacts.read(zip.getInputStream(zip.getEntry("manifest.json")));
        }
    }
}
