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
        "/node-ab/node-a-cni0.pcap,  node-a",
        // of a name that says nothing the folders around it, the innermost first, and no further than three
        "/node-ab/node-a/eth0.pcap,  node-a",
        "/node-ab/PktMon.etl,        node-ab",
        "/x/node-a.ZIP/PktMon.etl,   node-a",
        "/node-a-2026/1/cni0.pcap,   node-a",
        "/node-a/1/2/3/eth0.pcap,    eth0",
        // anything else is called like its node, whatever it lies in
        "/x/node-abc.pcap,           node-abc",
        "/x/a-node-a.pcap,           a-node-a",
        "/node-a/worker.pcap,        worker",
        "/node-a-is-slow/client.pcap, client",
    })
    void theClustersNodesAreKnownByTheirNames(String path, String node) {
        assertThat(FileNodes.of(NODES, List.of(path)).of(path)).isEqualTo(node);
    }

    /// Nobody calls two nodes alike, but two nodes have interfaces of one name.
    @Test
    void filesOfOneNameInSeveralFoldersAreOfSeveralNodes() {
        FileNodes nodes = FileNodes.of(
                List.of(), List.of("/x/one/up.pcap", "/x/one/down.pcap", "/x/two/up.pcap", "/x/three/wan.pcap"));

        assertThat(nodes.of("/x/one/up.pcap")).isEqualTo("one");
        assertThat(nodes.of("/x/one/down.pcap")).isEqualTo("one");
        assertThat(nodes.of("/x/two/up.pcap")).isEqualTo("two");
        assertThat(nodes.of("/x/three/wan.pcap")).isEqualTo("wan");
    }

    /// What was packed on each node.
    @Test
    void filesOfOneNameInSeveralArchivesAreOfSeveralNodes() {
        List<String> paths = List.of("/x/one.zip/trace.etl", "/x/two.zip/trace.etl");

        assertThat(paths).map(FileNodes.of(List.of(), paths)::of).containsExactly("one", "two");
    }

    /// Folders that are called alike say no more than the file.
    @Test
    void foldersOfOneNameTellNothing() {
        List<String> paths = List.of("/mon/captures/worker.pcap", "/tue/captures/worker.pcap");

        assertThat(paths).map(FileNodes.of(List.of(), paths)::of).containsExactly("worker", "worker");
    }

    /// What precedes the name of an interface is a node where it precedes several.
    @Test
    void severalInterfacesAreOfOneNode() {
        List<String> paths = List.of("/x/one-eth0.pcap", "/x/one_veth-1.pcap", "/x/two-eth0.pcap", "/y/two-cni0.pcap");

        assertThat(paths).map(FileNodes.of(List.of(), paths)::of).containsExactly("one", "one", "two-eth0", "two-cni0");
    }

    /// A file that is about tunnels or bridges is not called like one.
    @Test
    void whatOnlyBeginsLikeAnInterfaceIsNone() {
        List<String> paths = List.of("/x/vxlan-host1.pcap", "/x/vxlan-host2.pcap", "/x/broken.pcap", "/x/wg-out.pcap");

        assertThat(paths)
                .map(FileNodes.of(List.of(), paths)::of)
                .containsExactly("vxlan-host1", "vxlan-host2", "broken", "wg-out");
    }

    /// A node has several interfaces; one alone may be the only one that somebody captured on each node.
    @Test
    void interfacesInOneFolderAreOfOneNode() {
        List<String> several = List.of("/x/eth0.pcap", "/x/cni0.pcap", "/x/veth12.pcap", "/x/router.pcap");

        assertThat(several).map(FileNodes.of(List.of(), several)::of).containsExactly("x", "x", "x", "router");
        assertThat(FileNodes.of(List.of(), List.of("/x/eth0.pcap")).of("/x/eth0.pcap"))
                .isEqualTo("eth0");
    }

    /// Pieces of one interface's capture are no several interfaces, and those of two nodes are two.
    @Test
    void piecesAreOfOneCapture() {
        List<String> paths = List.of(
                "/x/one_00001_20261121073818.pcap",
                "/x/one_00002_20261121074818.pcap",
                "/x/two.pcap",
                "/x/two.pcap1",
                "/y/eth0.pcap",
                "/y/eth0.pcap1",
                "/a/PktMon1.etl",
                "/a/PktMon2.etl",
                "/b/PktMon1.etl");

        assertThat(paths)
                .map(FileNodes.of(List.of(), paths)::of)
                .containsExactly("one", "one", "two", "two", "eth0", "eth0", "a", "a", "b");
    }
}
