package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Walks of packets that nobody sent, through the real command line.
class TraceVerbTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PATHS = SampleCaptures.FOLDER.resolve("node-paths");

    /// A case of the data path, and the packet that shows it.
    private record Case(String what, String... packet) {}

    private static final List<Case> CASES = List.of(
            new Case("1 pod to pod on one node", "--from", "shop/client", "--to", "shop/web-1:8080"),
            new Case("2, 4 pod to pod on another node", "--from", "shop/client", "--to", "shop/web-2:8080"),
            new Case("5 pod to internet", "--from", "shop/client", "--to", "203.0.113.80:443"),
            new Case("5 ping to internet", "--from", "shop/client", "--to", "203.0.113.80", "--protocol", "icmp"),
            new Case("6, 7 pod to service", "--from", "shop/client", "--to", "shop/web:80"),
            new Case("8 node port, Cluster", "--from", "192.0.2.7:50000", "--to", "10.20.0.11:31080"),
            new Case("8 node port, Local", "--from", "192.0.2.7:50000", "--to", "10.20.0.11:31090"),
            new Case("8 node port, Local, no endpoint here", "--from", "192.0.2.7:50000", "--to", "10.20.0.12:31090"),
            new Case("9 pod to itself through its service", "--from", "shop/self", "--to", "shop/self:80"),
            new Case(
                    "10 DNS over UDP", "--from", "shop/client", "--to", "kube-system/kube-dns:53", "--protocol", "udp"),
            new Case("10 DNS over TCP", "--from", "shop/client", "--to", "kube-system/kube-dns:53"),
            new Case("11 node to service", "--from", "win-a", "--to", "shop/web:80"),
            new Case("11 node to its own node port", "--from", "win-a", "--to", "10.20.0.11:31080"),
            new Case(
                    "12 as long as an overlay takes",
                    "--from",
                    "shop/client",
                    "--to",
                    "shop/web-2:8080",
                    "--size",
                    "1450"),
            new Case(
                    "12 as long as the adapter takes",
                    "--from",
                    "shop/client",
                    "--to",
                    "shop/web-2:8080",
                    "--size",
                    "1500"),
            new Case("12 too long", "--from", "shop/client", "--to", "shop/web-2:8080", "--size", "1501"));

    /// Layers that only VFP's listing tells of, and who decided, do not count where two sources are compared.
    private static final List<String> DECIDING = List.of("dnat", "snat", "undnat", "unsnat", "encap", "decap", "drop");

    @TempDir
    Path folder;

    private static Session trace(Path state, String... packet) {
        List<String> line = new ArrayList<>(List.of("trace", "--state", state.toString(), "--answer"));
        line.addAll(List.of(packet));
        return Session.of(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-dsr", "l2bridge-nat", "overlay-dsr", "overlay-nat"})
    void walksEveryCaseOfTheDataPath(String network) throws IOException {
        GoldenFile.check(PATHS.resolve(network + ".walks.txt"), walks(PATHS.resolve(network)));
    }

    private static String walks(Path state) {
        StringBuilder seen = new StringBuilder();
        for (Case one : CASES) {
            List<String> packet = new ArrayList<>(List.of(one.packet()));
            packet.addAll(List.of("--format", "minimal"));
            seen.append("# ").append(one.what()).append('\n');
            seen.append(trace(state, packet.toArray(String[]::new)).out());
        }
        return seen.toString();
    }

    /// The files of a sample, but for captures and those of one name, each as `change` makes it.
    private Path changed(String sample, String without, UnaryOperator<String> change) throws IOException {
        Path from = PATHS.resolve(sample);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                String name = file.getFileName().toString();
                if (!name.equals(without) && !name.endsWith(".pcapng")) {
                    Files.writeString(to, change.apply(Files.readString(file)));
                }
            }
        }
        return folder;
    }

    /// Where VFP was not collected, what HNS holds leads packets the same way.
    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-dsr", "l2bridge-nat", "overlay-dsr", "overlay-nat"})
    void hnsAloneLeadsTheSameWay(String network) throws IOException {
        String exact = walks(PATHS.resolve(network));
        String less = walks(changed(network, "vfpOutput.txt", UnaryOperator.identity()));

        assertThat(decided(less)).isEqualTo(decided(exact));
        assertThat(less).contains("vfpOutput.txt of win-a");
    }

    /// What happens to the headers, and how each walk ends.
    private static List<String> decided(String walks) {
        return walks.lines()
                .filter(line -> line.startsWith("#")
                        || line.contains("\toutcome\t")
                        || DECIDING.contains(line.split("\t", -1).length > 4 ? line.split("\t", -1)[4] : ""))
                .map(line -> line.startsWith("#") || line.contains("\toutcome\t")
                        ? line
                        : String.join(" ", Arrays.asList(line.split("\t", -1)).subList(4, 8)))
                .toList();
    }

    /// On Azure even a neighbour is reached by way of the machine's host: each packet is on the wire twice.
    @Test
    void anL2TunnelLeadsNeighboursOverTheWire() throws IOException {
        Path state =
                changed("l2bridge-dsr", "", text -> text.replace("\"Type\": \"L2Bridge\"", "\"Type\": \"L2Tunnel\""));

        GoldenFile.check(PATHS.resolve("l2tunnel.walks.txt"), walks(state));
    }

    /// Pods that are hosts of the node's network: no translation, no tunnel, MAC addresses of their own.
    @Test
    void aTransparentNetworkLeavesPacketsAsTheyAre() throws IOException {
        Path state = changed("l2bridge-dsr", "vfpOutput.txt", text -> text.replace(
                        "\"Type\": \"L2Bridge\"", "\"Type\": \"Transparent\"")
                .replace("\"Type\": \"OutBoundNAT\"", "\"Type\": \"PortName\"")
                .replace("\"FrontendVIPs\"", "\"Unused\"")
                .replace("\"HostComputeEndpoints\"", "\"Unused\""));

        GoldenFile.check(PATHS.resolve("transparent.walks.txt"), walks(state));
    }

    /// An endpoint without room for the tunnel sends what the adapter cannot: nothing but small packets arrive.
    @Test
    void aPodThatKnowsOfTheTunnelSendsNoMoreThanFits() throws IOException {
        Path state = changed(
                "overlay-dsr",
                "",
                text -> text.replace(
                        "\"Type\": \"OutBoundNAT\",\n    \"Settings\": {\n     \"Exceptions\"",
                        "\"Type\": \"EncapOverhead\", \"Settings\": {\"Overhead\": 50}}, {\"Type\": \"OutBoundNAT\","
                                + " \"Settings\": {\"Exceptions\""));

        assertThat(trace(
                                state,
                                "--from",
                                "shop/client",
                                "--to",
                                "shop/web-2:8080",
                                "--size",
                                "1500",
                                "--format",
                                "minimal")
                        .out())
                .contains(
                        "1500 octets are not sent in one piece: the pod's MTU is 1450, the adapter's 1500 less EncapOverhead 50");
    }

    /// On Linux each interface that a packet leaves by has a length of its own, and the tunnel's headers count on
    /// the adapter only.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vx0 | 1450 | 1400 | 1400 | delivered to pod shop/orders-1 at 10.42.2.41:9090",
                "vx0 | 1450 | 1400 | 1401 | dropped at node-a vx0: 1401 octets are more than vx0's MTU of 1400",
                "v-client@eth0 | 1450 | 1300 | 1301 | dropped at node-a v-client: 1301 octets are more than v-client's MTU of 1300",
                "v-orders-1@eth0 | 1450 | 1300 | 1301 | dropped at node-b v-orders-1: 1301 octets are more than v-orders-1's MTU of 1300",
                "cni0 | 1450 | 1300 | 1301 | dropped at node-b cni0: 1301 octets are more than cni0's MTU of 1300",
                "eth0@if4 | 1500 | 1400 | 1350 | delivered to pod shop/orders-1 at 10.42.2.41:9090",
                "eth0@if4 | 1500 | 1400 | 1351 | dropped at node-a eth0: 1401 octets, 50 of them the tunnel's, are more than eth0's MTU of 1400",
                "eth0@if5 | 1500 | 1400 | 1351 | delivered to pod shop/orders-1 at 10.42.2.41:9090",
                "v-web-1@eth0 | 1450 | 1300 | 1301 | delivered to pod shop/orders-1 at 10.42.2.41:9090"
            })
    void eachLinkOfALinuxNodeHasAnMtu(String name, String from, String to, String size, String outcome)
            throws IOException {
        Path state = changed(
                "../healthy-overlay",
                "",
                text -> text.replaceAll("(?m)^(\\d+: " + name + ": .* mtu )" + from + "\\b", "$1" + to));

        assertThat(trace(
                                state,
                                "--from",
                                "shop/client",
                                "--to",
                                "shop/orders:80",
                                "--size",
                                size,
                                "--format",
                                "minimal")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\toutcome\t")))
                .first()
                .asString()
                .endsWith(outcome);
    }

    /// Where the length of a link's packets was not read, a packet is not said to fit.
    @ParameterizedTest
    @ValueSource(strings = {"vx0", "v-client", "eth0", "cni0", "v-orders-1"})
    void aLinkWhoseMtuWasNotReadIsAnOpenQuestion(String link) throws IOException {
        Path state = changed(
                "../healthy-overlay", "", text -> text.replaceAll("(?m)^(\\d+: " + link + "[:@].*) mtu \\d+", "$1"));
        List<String> packet = List.of("--from", "shop/client", "--to", "shop/orders:80");
        String question = "how long a packet " + link + " of node-";

        assertThat(trace(state, packet.toArray(String[]::new)).out()).doesNotContain(question);
        assertThat(trace(
                                state,
                                Stream.concat(packet.stream(), Stream.of("--size", "1400"))
                                        .toArray(String[]::new))
                        .out())
                .contains(question);
    }

    @Test
    void saysTheHeadersAtEachLayer() throws IOException {
        Session session = trace(PATHS.resolve("overlay-dsr"), "--from", "shop/client", "--to", "shop/web-2:8080");

        GoldenFile.check(PATHS.resolve("overlay-dsr.expected.txt"), session.out());
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void saysTheSameToPrograms() throws IOException {
        Session session = trace(
                PATHS.resolve("overlay-dsr"), "--from", "shop/client", "--to", "shop/web-2:8080", "--format", "json");

        assertThat(JSON.readTree(session.out()).at("/walks/0/outcome/kind").asText())
                .isEqualTo("delivered");
        assertThat(JSON.readTree(session.out())
                        .at("/answers/0/walks/0/outcome/kind")
                        .asText())
                .isEqualTo("delivered");
    }

    @Test
    void whatWasNotReadIsSaidToBeOpenWithTheFileThatSettlesIt() {
        Session session = trace(
                PATHS.resolve("overlay-dsr").resolve("cluster"), "--from", "shop/client", "--to", "shop/web-2:8080");

        assertThat(session.out())
                .contains("Open")
                .contains("vfpOutput.txt")
                .contains("what the cluster's lists demand");
    }

    @Test
    void anEndThatNobodyKnowsIsRefusedInALine() {
        Session session = trace(PATHS.resolve("overlay-dsr"), "--from", "shop/nobody", "--to", "shop/web:80");

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.messages())
                .singleElement()
                .asString()
                .contains("no pod, node or address is called shop/nobody");
    }
}
