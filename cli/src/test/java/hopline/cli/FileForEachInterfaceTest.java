package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who has no Hopline on a node runs tcpdump once for each interface: what is found is what is found in one file for
/// each node.
class FileForEachInterfaceTest {

    private static final String HEALTHY = "healthy-overlay";

    @TempDir
    Path folder;

    /// @param form where the file of `NODE` and `POINT` goes
    private void write(String sample, String form) throws IOException {
        for (String node : List.of("node-a", "node-b")) {
            for (String point : points(node)) {
                Path file = folder.resolve(form.replace("NODE", node).replace("POINT", point));
                Files.createDirectories(file.getParent());
                OnePointCapture.write(sample, node, point, file);
            }
        }
    }

    private static List<String> points(String node) {
        List<String> points = new ArrayList<>(List.of("eth0", "cni0", "vx0"));
        points.addAll(
                node.equals("node-a")
                        ? List.of("v-client", "v-web-1", "v-cart-1", "v-dns-1")
                        : List.of("v-worker", "v-web-2", "v-orders-1"));
        return points;
    }

    private void addLists(String sample) throws IOException {
        try (Stream<Path> files = Files.list(SampleCaptures.folder(sample))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("s.json")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE_POINT.pcap", "NODE/POINT.pcap", "logs/NODE-2026-11-21/POINT.pcap"})
    void theListsTellWhichFilesAreOfOneNode(String form) throws IOException {
        write("service-wrong-backend", form);
        addLists("service-wrong-backend");

        String text = Session.of("analyze", folder.toString()).out();

        assertThat(text)
                .startsWith("1 error in 14 flows.\n")
                .contains("records at v-client\n", "Clocks    node-b and node-a agree within ")
                .contains("   rule       service-wrong-backend ", "   where      node node-a, first seen at cni0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE/POINT.pcap", "NODE_POINT.pcap"})
    void withoutListsFoldersAndBeginningsTell(String form) throws IOException {
        write(HEALTHY, form);

        assertThat(Session.of("analyze", folder.toString()).out())
                .startsWith("No fault found in 25 flows.\n")
                .contains(" " + form.replace("NODE", "node-b").replace("POINT", "vx0") + ": node node-b, ");
    }

    @Test
    void theUserSaysItOfFolders() throws IOException {
        write(HEALTHY, "NODE/POINT.pcap");

        Session session = Session.of(
                "analyze",
                "--node",
                "left=" + folder.resolve("node-a"),
                "--node",
                "right=" + folder.resolve("node-b"),
                folder.toString());

        assertThat(session.out()).startsWith("No fault found in 25 flows.\n").contains("right and left agree within ");
        assertThat(session.err()).isEmpty();
    }

    @Test
    void aConversionKeepsWhichNodeItIs() throws IOException {
        write(HEALTHY, "NODE/POINT.pcap");
        Path all = folder.resolve("all.pcapng");

        assertThat(Session.of("convert", folder.toString(), all.toString()).exitCode())
                .isZero();

        assertThat(Session.of("analyze", all.toString()).out())
                .startsWith("No fault found in 25 flows.\n")
                .contains("inside node-a and node-b\n");
    }
}
