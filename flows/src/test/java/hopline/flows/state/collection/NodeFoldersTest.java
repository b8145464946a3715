package hopline.flows.state.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files are one node's: captures, lists of the cluster and notes lie beside the folders of nodes.
class NodeFoldersTest {

    private static final String ROUTES = "default via 10.0.0.1 dev eth0\n10.244.1.0/24 dev cni0 proto kernel\n";
    private static final String NODES = "{\"apiVersion\":\"v1\",\"kind\":\"NodeList\",\"items\":[]}";

    @TempDir
    Path folder;

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void zip(String name, String... entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(ROUTES.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static List<String> nodes(Path operand) {
        StateFinder finder = new StateFinder();
        finder.add(operand.toString());
        CollectedState state = StateReader.read(finder);
        return state.nodes().stream().map(NodeState::name).sorted().toList();
    }

    @Test
    void aFolderWithFilesOfItsOwnIsOneNodeWithAllBelowIt() throws IOException {
        file("ip-route.txt", ROUTES);
        file("logs/routes.txt", ROUTES);

        assertThat(nodes(folder)).containsExactly(folder.getFileName().toString());
    }

    @Test
    void whatIsOfNoNodeMakesNoneOfTheFolder() throws IOException {
        file("README.md", "# What happened\n\nThe service did not answer.\n");
        file("nodes.json", NODES);
        file("state/west/network.txt", ROUTES);
        file("state/east/network.txt", ROUTES);

        assertThat(nodes(folder)).containsExactly("east", "west");
    }

    @Test
    void archivesInAFolderAreNodesByTheirOwnNames() throws IOException {
        zip("west.zip", "network.txt");
        zip("east.zip", "collected/network.txt", "collected/more/network.txt");

        assertThat(nodes(folder)).containsExactly("east", "west");
    }

    @Test
    void anArchiveMayHoldSeveralNodes() throws IOException {
        zip("incident.zip", "state/west/network.txt", "state/east/network.txt", "west-and-east.md/none");

        assertThat(nodes(folder.resolve("incident.zip"))).contains("east", "west");
    }
}
