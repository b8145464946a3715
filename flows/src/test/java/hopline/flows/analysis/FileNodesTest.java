package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNodesTest {

    private static final List<String> NODES = List.of("node-a", "node-ab", "aks-3.internal.example");

    @ParameterizedTest
    @CsvSource({
        // the whole name, or its beginning up to a separator; the longest of several
        "/x/node-a.pcap,             node-a",
        "/x/node-a_eth0.pcapng.gz,   node-a",
        "/x/NODE-A-eth0.pcap,        node-a",
        "/x/node-ab.cni0.pcap,       node-ab",
        "/x/aks-3-eth0.pcap,         aks-3",
        "/x/aks-3.internal.example-eth0.pcap, aks-3.internal.example",
        // the folders around it, the innermost first, and no further than three
        "/node-ab/node-a/eth0.pcap,  node-a",
        "/node-a/2026/eth0.pcap,     node-a",
        "/node-a/1/2/3/eth0.pcap,    eth0",
        "/node-ab/node-a-cni0.pcap,  node-a",
        // anything else is called like its node
        "/x/node-abc.pcap,           node-abc",
        "/x/worker.pcap,             worker",
        "/x/a-node-a.pcap,           a-node-a",
    })
    void theClustersNodesAreKnownByTheirNames(String path, String node) {
        assertThat(FileNodes.of(NODES, List.of(path)).of(path)).isEqualTo(node);
    }

    /// Nobody calls two nodes alike, but two nodes have interfaces of one name.
    @Test
    void filesOfOneNameInSeveralFoldersAreOfSeveralNodes() {
        FileNodes nodes = FileNodes.of(
                List.of(), List.of("/x/one/eth0.pcap", "/x/one/cni0.pcap", "/x/two/eth0.pcap", "/x/three/wan.pcap"));

        assertThat(nodes.of("/x/one/eth0.pcap")).isEqualTo("one");
        assertThat(nodes.of("/x/one/cni0.pcap")).isEqualTo("one");
        assertThat(nodes.of("/x/two/eth0.pcap")).isEqualTo("two");
        assertThat(nodes.of("/x/three/wan.pcap")).isEqualTo("wan");
    }

    /// Folders that are called alike say no more than the file.
    @Test
    void foldersOfOneNameTellNothing() {
        List<String> paths = List.of("/mon/captures/worker.pcap", "/tue/captures/worker.pcap");

        assertThat(paths).map(FileNodes.of(List.of(), paths)::of).containsExactly("worker", "worker");
    }
}
