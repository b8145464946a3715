package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.UnrecognizedContentException;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists that API servers gave to others, and files that people keep beside them.
class RealListsTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "state", "k8s");

    @BeforeEach
    void needsTestData() {
        assumeTrue(Files.isDirectory(FOLDER), "no development data beside this checkout");
    }

    @Test
    void areReadWhole() throws IOException {
        List<ClusterFile> files = new ArrayList<>();
        for (String kind : List.of("pods", "services", "endpointslices", "endpoints", "nodes")) {
            ClusterFile file = new ClusterReader().read(FOLDER.resolve("vm-" + kind + "-list.json"));
            assertThat(file.problem()).isEmpty();
            assertThat(file.skipped()).isEmpty();
            files.add(file);
        }
        Cluster cluster = Cluster.of(files);

        assertThat(cluster.counts()).isEqualTo(new ClusterCounts(1, 1, 3, 1));
        assertThat(cluster.pods().getFirst().hostNetwork()).isTrue();
        ServiceTarget dns = cluster.service(Lists.ip("10.96.0.10"), 53, IpProtocol.UDP, Lists.at("10:00:00"))
                .orElseThrow();
        assertThat(dns.service().id()).hasToString("kube-system/kube-dns");
        Backends backends = cluster.backends(dns.service(), dns.port(), Lists.at("10:00:00"))
                .orElseThrow();
        assertThat(backends.eligible())
                .extracting(Backend::endpoint)
                .containsExactly(new Endpoint(Lists.ip("10.244.0.3"), 53));
        assertThat(cluster.nodeOwning(Lists.ip("10.244.0.3"), Lists.at("10:00:00")))
                .hasValue("m01");
        assertThat(cluster.node("m01").orElseThrow().isWindows()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure-npm-cache.json", "seed001-kubectl-get-pods-wide.txt", "seed001-kubectl-get-svc.txt"})
    void otherFilesAreRefused(String name) {
        assertThatThrownBy(() -> new ClusterReader().read(FOLDER.resolve(name)))
                .isInstanceOf(UnrecognizedContentException.class)
                .hasMessageEndingWith(", not a Kubernetes list");
    }
}
