package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.UnrecognizedContentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever happens to a list on its way, reading it has one of two outcomes: a file, or a refusal that says why.
class DamagedListPropertyTest {

    private static final byte[] LIST = Lists.list(
                    """
            {"kind": "Pod", "metadata": {"name": "a", "uid": "1", "labels": {"app": "ä\\u00e4"}},
             "spec": {"nodeName": "n1", "containers": [{"ports": [{"containerPort": 80}]}]},
             "status": {"podIP": "10.50.1.1", "startTime": "2026-03-01T10:00:00Z"}},
            {"kind": "Service", "metadata": {"name": "s"}, "spec": {"clusterIP": "10.99.0.1", "type": "NodePort",
             "ports": [{"name": "http", "port": 80, "targetPort": "http", "nodePort": 30080}]}},
            {"kind": "EndpointSlice", "metadata": {"name": "s-1", "labels": {"kubernetes.io/service-name": "s"}},
             "addressType": "IPv4", "ports": [{"name": "http", "port": 8080}],
             "endpoints": [{"addresses": ["10.50.1.1"], "conditions": {"ready": true}}]},
            {"kind": "Endpoints", "metadata": {"name": "t"},
             "subsets": [{"addresses": [{"ip": "10.50.1.2"}], "ports": [{"port": 1}]}]},
            {"kind": "Node", "metadata": {"name": "n1", "annotations": {
                 "flannel.alpha.coreos.com/backend-data": "{\\"VNI\\": 1, \\"VtepMAC\\": \\"02:00:00:00:00:01\\"}"}},
             "spec": {"podCIDR": "10.50.1.0/24"},
             "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.11"}]}},
            {"kind": "Pod", "metadata": {"name": "b", "uid": "2"}, "status": {"podIP": "10.50.1.3"}}""")
            .getBytes(StandardCharsets.UTF_8);
    private static final List<Object> WHOLE = items(LIST);

    @Property
    void cuttingItKeepsAPrefix(@ForAll @IntRange(max = 4000) int length) {
        int cut = Math.min(length, LIST.length - 1);

        List<Object> kept = items(Arrays.copyOf(LIST, cut));

        assertThat(kept).isEqualTo(WHOLE.subList(0, kept.size()));
    }

    @Property
    void changingAByteNeverFailsOtherwise(@ForAll @IntRange(max = 4000) int place, @ForAll byte value) {
        byte[] changed = LIST.clone();
        changed[place % changed.length] = value;

        assertThat(items(changed)).hasSizeLessThanOrEqualTo(WHOLE.size());
    }

    @Property
    void anyOctetsAreReadOrRefused(@ForAll byte[] octets, @ForAll @IntRange(max = 4000) int place) {
        byte[] mixed = LIST.clone();
        int start = place % mixed.length;
        System.arraycopy(octets, 0, mixed, start, Math.min(octets.length, mixed.length - start));

        assertThat(items(octets)).isNotNull();
        assertThat(items(mixed)).isNotNull();
    }

    /// Everything kept, in the order of the list; nothing when the file is refused.
    private static List<Object> items(byte[] content) {
        try {
            ClusterFile file = Lists.read(content);
            assertThat(Cluster.of(List.of(file)).counts()).isNotNull();
            return file.snapshots().stream()
                    .flatMap(snapshot -> Stream.of(
                                    snapshot.pods().stream().limit(1),
                                    snapshot.services().stream(),
                                    snapshot.endpoints().stream(),
                                    snapshot.nodes().stream(),
                                    snapshot.pods().stream().skip(1))
                            .flatMap(items -> items))
                    .map(Object.class::cast)
                    .toList();
        } catch (UnrecognizedContentException e) {
            assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
            return List.of();
        } catch (IOException e) {
            throw new AssertionError("neither read nor refused", e);
        }
    }
}
