package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Two nodes with a pod each in network namespaces: veth pairs, a bridge each, VXLAN between them, and on node a a
/// service at 10.53.0.80 whose port 80 is translated to the pod on node b and whose port 81 leads to nobody.
final class TwoNodes implements AutoCloseable {

    static final String SERVICE = "10.53.0.80";
    static final String POD_B = "10.52.2.11";

    private final String prefix = "hl" + ProcessHandle.current().pid() + "-";
    private final List<String> namespaces = new ArrayList<>();

    private TwoNodes() {}

    /// Builds them; the tests are skipped where that cannot be done.
    static TwoNodes build() throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name"))
                .as("root makes network namespaces")
                .isEqualTo("root");
        for (String tool : List.of("ip", "nft", "ping", "bridge", "sysctl", "curl")) {
            assumeThat(hopline.capture.node.process.SystemPrograms.isInstalled(tool))
                    .as(tool + " is installed")
                    .isTrue();
        }
        TwoNodes nodes = new TwoNodes();
        try {
            nodes.make();
        } catch (AssertionError e) {
            nodes.close();
            assumeThat(false)
                    .as("network namespaces can be made here: " + e.getMessage())
                    .isTrue();
        }
        return nodes;
    }

    private void make() throws IOException, InterruptedException {
        for (String name : List.of("a", "b", "pod-a", "pod-b")) {
            run("ip", "netns", "add", prefix + name);
            namespaces.add(prefix + name);
            ip(name, "link set lo up");
            on(name, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0");
            on(name, "sysctl", "-qw", "net.ipv4.conf.default.rp_filter=0", "net.ipv6.conf.all.disable_ipv6=1");
            on(name, "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
        }
        ip("a", "link add eth0 type veth peer name eth0 netns " + prefix + "b");
        node("a", 1);
        node("b", 2);
        peer("a", 1, 2);
        peer("b", 2, 1);
        on(
                "a",
                "nft",
                "add table ip nat { chain pre { type nat hook prerouting priority -100; policy accept; "
                        + "ip daddr " + SERVICE + " tcp dport 80 dnat to " + POD_B + ":8080; "
                        + "ip daddr " + SERVICE + " tcp dport 81 dnat to 10.52.2.99:8080; }; }");
    }

    private void node(String name, int number) throws IOException, InterruptedException {
        String pod = "pod-" + name;
        ip(name, "addr add 172.31.0.1" + number + "/24 dev eth0");
        ip(name, "link set eth0 up");
        ip(name, "link add cni0 type bridge");
        ip(name, "addr add 10.52." + number + ".1/24 dev cni0");
        ip(name, "link set cni0 up");
        ip(name, "link add v-pod type veth peer name eth0 netns " + prefix + pod);
        ip(name, "link set v-pod master cni0 up");
        ip(pod, "addr add 10.52." + number + ".11/24 dev eth0");
        ip(pod, "link set eth0 mtu 1450 up");
        ip(pod, "route add default via 10.52." + number + ".1");
        ip(
                name,
                "link add vx0 address 02:00:00:00:00:0" + number + " type vxlan id 4096 local 172.31.0.1" + number
                        + " dev eth0 dstport 4789 nolearning");
        ip(name, "addr add 10.52." + number + ".0/32 dev vx0");
        ip(name, "link set vx0 mtu 1450 up");
    }

    private void peer(String name, int own, int other) throws IOException, InterruptedException {
        ip(name, "neigh add 10.52." + other + ".0 lladdr 02:00:00:00:00:0" + other + " dev vx0 nud permanent");
        on(name, ("bridge fdb append 02:00:00:00:00:0" + other + " dev vx0 dst 172.31.0.1" + other).split(" "));
        ip(name, "route add 10.52." + other + ".0/24 via 10.52." + other + ".0 dev vx0 onlink");
    }

    void ip(String namespace, String words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "-n", prefix + namespace));
        all.addAll(List.of(words.split(" ")));
        run(all.toArray(String[]::new));
    }

    void on(String namespace, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + namespace));
        all.addAll(List.of(words));
        run(all.toArray(String[]::new));
    }

    /// Runs it whatever comes of it: traffic may fail, as faults want it.
    void trying(String namespace, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + namespace));
        all.addAll(List.of(words));
        quietly(all).waitFor(30, TimeUnit.SECONDS);
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(String.join(" ", words) + ": " + said).isZero();
    }

    private static Process quietly(List<String> words) throws IOException {
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// This program on a node, in a process of its own.
    ProcessBuilder hopline(String namespace, Path sessions, String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", prefix + namespace));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        words.add("-Dhopline.sessions=" + sessions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "hopline.cli.Main"));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words);
    }

    /// A server that answers each connection on port 8080 with a line.
    Process serve() throws IOException {
        return quietly(List.of(
                "ip",
                "netns",
                "exec",
                prefix + "pod-b",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AnsweringServer.class.getName()));
    }

    @Override
    public void close() throws IOException {
        for (String namespace : namespaces) {
            quietly(List.of("ip", "netns", "del", namespace))
                    .onExit()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        }
    }
}
