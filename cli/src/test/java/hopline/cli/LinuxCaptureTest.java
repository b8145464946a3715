package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Captures for real, on two nodes in network namespaces, each by a process of its own as users run it.
@EnabledOnOs(OS.LINUX)
class LinuxCaptureTest {

    private static TwoNodes nodes;
    private static Process server;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        nodes = TwoNodes.build();
        server = nodes.serve();
        for (int i = 0; i < 100 && !answers(); i++) {
            Thread.sleep(100);
        }
    }

    private static boolean answers() throws Exception {
        try {
            nodes.on("pod-b", "curl", "--silent", "--max-time", "1", "http://127.0.0.1:8080/");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @AfterAll
    static void takeDown() throws Exception {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
        if (nodes != null) {
            nodes.close();
        }
    }

    /// Whatever a failed test left running.
    @AfterEach
    void endAll() throws Exception {
        run("a", "capture", "stop");
    }

    private record Ended(int exitCode, String out, String err) {}

    private Ended run(String node, String... arguments) throws Exception {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = nodes.hopline(node, sessions(), arguments)
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out.strip(), Files.readString(err));
    }

    private Path sessions() {
        return folder.resolve("sessions");
    }

    private Path bundle(String node) {
        return folder.resolve("node-" + node + ".zip");
    }

    private List<String> words(String verb, String node, String... more) {
        List<String> words = new ArrayList<>(List.of("capture", verb, "--name", "node-" + node, "--no-kubernetes"));
        words.addAll(List.of("--keep-free", "1M", "--output", bundle(node).toString()));
        if (!List.of(more).contains("--max-size")) {
            words.addAll(List.of("--max-size", "20M"));
        }
        words.addAll(List.of(more));
        return words;
    }

    private String start(String node, String... more) throws Exception {
        Ended ended = run(node, words("start", node, more).toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }

    private Ended stop(String node, String id) throws Exception {
        return run(node, "capture", "stop", id);
    }

    private void ping() throws Exception {
        nodes.trying("pod-a", "ping", "-q", "-c", "2", "-i", "0.2", "-W", "2", TwoNodes.POD_B);
    }

    private void connect(int port) throws Exception {
        nodes.trying("pod-a", "curl", "--silent", "--max-time", "3", "http://" + TwoNodes.SERVICE + ":" + port + "/");
    }

    private static String entry(Path bundle, String name) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String manifest(Path bundle) throws IOException {
        return entry(bundle, "manifest.json");
    }

    @Test
    void seesAPacketAtEveryHopAndNamesTheFault() throws Exception {
        String onA = start("a");
        String onB = start("b");
        connect(80);
        connect(81);
        assertThat(stop("a", onA).exitCode()).isZero();
        assertThat(stop("b", onB).exitCode()).isZero();

        Session analysis = Session.of(
                "analyze",
                "--format",
                "json",
                bundle("a").toString(),
                bundle("b").toString());

        assertThat(analysis.exitCode()).as(analysis.err()).isEqualTo(ExitCode.FINDINGS);
        String json = analysis.out().replaceAll("\\s+", "");
        assertThat(json)
                .contains("\"node\":\"node-a\"", "\"node\":\"node-b\"", "\"kind\":\"dnat\"", "\"kind\":\"encap\"");
        assertThat(json).contains("\"verdict\":\"delivered\"", "\"rule\":\"arp-unanswered\"", "10.52.2.99");
        assertThat(Session.of("info", bundle("a").toString()).out()).contains("v-pod", "cni0", "vx0", "eth0");
        assertThat(Session.of("state", "show", bundle("a").toString()).out()).contains("node-a", "10.52.2.0/24");
    }

    @Test
    void stopsInTheBackgroundWhenAsked() throws Exception {
        String id = start("a");
        assertThat(run("a", "capture", "status").out()).contains(id, "pcap", "running");
        ping();

        Ended ended = stop("a", id);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(bundle("a").toString());
        assertThat(manifest(bundle("a"))).contains("\"stopped\" : \"hopline capture stop asked for it\"");
        assertThat(run("a", "capture", "status").out()).isEqualTo("no capture of Hopline is running here");
    }

    @Test
    void makesTheBundleWhenItIsTerminated() throws Exception {
        assertThat(signalled("TERM").exitCode()).isZero();
        assertThat(manifest(bundle("a"))).contains("\"stopped\" : \"it was interrupted\"", "\"complete\" : true");
    }

    @Test
    void makesTheBundleAfterControlC() throws Exception {
        assertThat(signalled("INT").exitCode()).isZero();
        assertThat(manifest(bundle("a"))).contains("\"complete\" : true");
    }

    private Ended signalled(String signal) throws Exception {
        Path err = folder.resolve("run.err");
        ProcessBuilder run = nodes.hopline("a", sessions(), words("run", "a").toArray(String[]::new));
        run.command().addAll(0, List.of("env", "--default-signal=INT")); // a test in the background ignores it
        Process process = run.redirectError(err.toFile()).start();
        await("it captures", () -> Files.exists(err) && Files.readString(err).contains("capturing with libpcap"));
        ping();
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), "", Files.readString(err));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        for (int i = 0; i < 600 && !condition.holds(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.holds()).as(what).isTrue();
    }

    private long pid(String id) throws IOException {
        Matcher pid = Pattern.compile("\"pid\" : \\[ \"(\\d+)\"")
                .matcher(Files.readString(sessions().resolve(id + ".json")));
        assertThat(pid.find()).isTrue();
        return Long.parseLong(pid.group(1));
    }

    @Test
    void cleansUpAfterACaptureThatWasKilled() throws Exception {
        String id = start("a");
        ping();
        Thread.sleep(1000); // what was captured is handed to the system several times a second
        ProcessHandle.of(pid(id)).orElseThrow().destroyForcibly();
        await("it is dead", () -> run("a", "capture", "status").out().contains("its process has ended"));

        Ended ended = stop("a", id);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ended.err()).contains("ended without stopping the capture");
        assertThat(manifest(bundle("a"))).contains("\"complete\" : false");
        Session info = Session.of("info", bundle("a").toString());
        assertThat(info.exitCode()).as(info.err()).isZero();
        assertThat(info.out()).contains("icmp");
    }

    @Test
    void takesInInterfacesThatComeAndTellsOfThoseThatGo() throws Exception {
        String id = start("a");
        nodes.ip("a", "link add v-late type veth peer name v-peer");
        nodes.ip("a", "addr add 10.99.0.1/24 dev v-late");
        nodes.ip("a", "link set v-late up");
        nodes.ip("a", "link set v-peer up");
        Thread.sleep(1500);
        nodes.trying("a", "ping", "-q", "-c", "2", "-W", "1", "10.99.0.2");
        nodes.ip("a", "link del v-late");
        Thread.sleep(500);
        stop("a", id);

        assertThat(manifest(bundle("a"))).contains("v-late has appeared and is captured", "v-late has vanished");
        assertThat(Session.of("info", bundle("a").toString()).out()).contains("v-late", "arp");
    }

    @Test
    void countsWhatTheKernelDropped() throws Exception {
        String id = start("a", "--max-size", "500M");
        String process = String.valueOf(pid(id));
        new ProcessBuilder("kill", "-STOP", process).start().waitFor();
        nodes.trying("pod-a", "ping", "-q", "-f", "-s", "1400", "-c", "20000", "-w", "20", "10.52.1.1");
        new ProcessBuilder("kill", "-CONT", process).start().waitFor();
        stop("a", id);

        String manifest = manifest(bundle("a"));
        assertThat(manifest).contains("the kernel dropped");
        Matcher at = Pattern.compile(
                        "\"name\" : \"v-pod\".*?\"received\" : (\\d+),\\s*\"dropped\" : (\\d+),.*?\"written\" : (\\d+)",
                        Pattern.DOTALL)
                .matcher(manifest);
        assertThat(at.find()).isTrue();
        assertThat(Long.parseLong(at.group(2))).isPositive();
        assertThat(Long.parseLong(at.group(3))).isEqualTo(Long.parseLong(at.group(1)) - Long.parseLong(at.group(2)));
    }

    @Test
    void keepsTheNewestOfARing() throws Exception {
        String id = start("a", "--max-size", "1M", "--file-size", "256K", "--ring");
        nodes.trying("pod-a", "ping", "-q", "-f", "-s", "1400", "-c", "1500", "-w", "20", "10.52.1.1");
        Thread.sleep(500);
        stop("a", id);

        long octets = 0;
        try (ZipFile zip = new ZipFile(bundle("a").toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                octets += entry.getName().startsWith("trace-") ? entry.getSize() : 0;
            }
        }
        assertThat(octets).isBetween(256L << 10, (1L << 20) + (64 << 10));
        assertThat(manifest(bundle("a"))).contains("older files were removed to keep to the bounds");
    }

    @Test
    void stopsAtItsSize() throws Exception {
        start("a", "--max-size", "1M");
        nodes.trying("pod-a", "ping", "-q", "-f", "-s", "1400", "-c", "1500", "-w", "20", "10.52.1.1");
        await("it has stopped by itself", () -> Files.exists(bundle("a")));

        assertThat(manifest(bundle("a"))).contains("--max-size 1M is reached");
    }

    @Test
    void stopsBeforeTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=24m", "none", disk.toString()).start();
        assumeThat(mount.waitFor()).as("a tmpfs can be mounted").isZero();
        try {
            Path bundle = disk.resolve("full.zip");
            List<String> words = words("start", "a", "--max-size", "8M");
            words.set(words.indexOf("--output") + 1, bundle.toString());
            words.set(words.indexOf("--keep-free") + 1, "4M");
            Ended started = run("a", words.toArray(String[]::new));
            assertThat(started.exitCode()).as(started.err()).isZero();
            Files.write(disk.resolve("others"), new byte[21 << 20]);
            await("it has stopped by itself", () -> Files.exists(bundle));

            assertThat(manifest(bundle)).contains("the disk fills");
        } finally {
            new ProcessBuilder("umount", "--lazy", disk.toString()).start().waitFor();
        }
    }

    @Test
    void refusesADiskThatIsTooSmall() throws Exception {
        Ended ended = run("a", words("run", "a", "--max-size", "9000T").toArray(String[]::new));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ended.err()).contains("this plan may need");
        assertThat(folder.resolve("node-a.zip.part")).doesNotExist();
    }

    @Test
    void refusesWhoMayNotCapture() throws Exception {
        assumeThat(hopline.capture.node.process.SystemPrograms.isInstalled("setpriv"))
                .as("setpriv is installed")
                .isTrue();
        List<String> words =
                new ArrayList<>(nodes.hopline("a", sessions(), words("run", "a").toArray(String[]::new))
                        .command());
        words.addAll(4, List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw"));
        Process process = new ProcessBuilder(words).start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err).contains("CAP_NET_RAW");
    }

    @Test
    void collectsNoSecrets() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path kubectl = Files.writeString(
                tools.resolve("kubectl"),
                """
                #!/bin/sh
                echo '{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"web","namespace":"shop"},'
                echo '"spec":{"containers":[{"env":[{"name":"A","value":"PLANTED-env"}],"args":["PLANTED-arg"]}]}}]}'
                echo "token: PLANTED-token" >&2
                """);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        Path config = Files.writeString(folder.resolve("config"), "token: PLANTED-kubeconfig\n");
        ProcessBuilder builder = nodes.hopline(
                "a",
                sessions(),
                "state",
                "collect",
                "--name",
                "node-a",
                "--kubeconfig",
                config.toString(),
                "-o",
                bundle("a").toString());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().put("SERVICE_TOKEN", "PLANTED-variable");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        int lists = 0;
        try (ZipFile zip = new ZipFile(bundle("a").toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                assertThat(entry(bundle("a"), entry.getName()))
                        .as(entry.getName())
                        .doesNotContain("PLANTED");
                lists += entry.getName().startsWith("kubernetes/pods-") ? 1 : 0;
            }
        }
        assertThat(lists).isEqualTo(1);
    }
}
