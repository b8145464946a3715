package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            new Case("11 node to its own node port", "--from", "win-a", "--to", "10.20.0.11:31080"));

    private static Session trace(Path state, String... packet) {
        List<String> line = new ArrayList<>(List.of("trace", "--state", state.toString(), "--answer"));
        line.addAll(List.of(packet));
        return Session.of(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-dsr", "l2bridge-nat", "overlay-dsr", "overlay-nat"})
    void walksEveryCaseOfTheDataPath(String network) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (Case one : CASES) {
            List<String> packet = new ArrayList<>(List.of(one.packet()));
            packet.addAll(List.of("--format", "minimal"));
            seen.append("# ").append(one.what()).append('\n');
            seen.append(
                    trace(PATHS.resolve(network), packet.toArray(String[]::new)).out());
        }

        GoldenFile.check(PATHS.resolve(network + ".walks.txt"), seen.toString());
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
