package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTest {

    @Test
    void hasWhatTheListSays() throws IOException {
        Node node = node(
                """
                {'kind': 'Node', 'metadata': {'name': 'win-a'},
                 'spec': {'podCIDR': '10.50.1.0/24', 'podCIDRs': ['10.50.1.0/24', 'fd00:10:50:1::/64']},
                 'status': {'addresses': [
                         {'type': 'InternalIP', 'address': '10.20.0.11'}, {'type': 'ExternalIP', 'address': '203.0.113.5'},
                         {'type': 'Hostname', 'address': 'win-a'}],
                     'nodeInfo': {'operatingSystem': 'windows'}}}""");

        assertThat(node.name()).isEqualTo("win-a");
        assertThat(node.internalAddresses()).containsExactly(Lists.ip("10.20.0.11"));
        assertThat(node.otherAddresses()).containsExactly(Lists.ip("203.0.113.5"));
        assertThat(node.podCidrs()).extracting(Cidr::toString).containsExactly("10.50.1.0/24", "fd00:10:50:1::/64");
        assertThat(node.isWindows()).isTrue();
        assertThat(node.backend()).isEmpty();
        assertThat(node.vtep()).isEmpty();
    }

    @Test
    void knowsFlannelsTunnelEnd() throws IOException {
        Node node = annotated(
                """
                'flannel.alpha.coreos.com/backend-data': '{\\'VNI\\':4096,\\'VtepMAC\\':\\'00:15:5d:0A:0b:0c\\'}',
                'flannel.alpha.coreos.com/backend-type': 'vxlan',
                'flannel.alpha.coreos.com/public-ip': '10.20.0.11'""");

        assertThat(node.backend()).hasValue("vxlan");
        assertThat(node.vtep())
                .hasValue(new Vtep(
                        OptionalInt.of(4096),
                        OptionalLong.of(0x00155d0a0b0cL),
                        Optional.of(Lists.ip("10.20.0.11")),
                        Optional.empty()));
        assertThat(node.otherAddresses()).containsExactly(Lists.ip("10.20.0.11"));
    }

    @Test
    void hasNoTunnelEndWhereFlannelRoutes() throws IOException {
        Node node = annotated(
                """
                'flannel.alpha.coreos.com/backend-data': 'null',
                'flannel.alpha.coreos.com/backend-type': 'host-gw',
                'flannel.alpha.coreos.com/public-ip': '10.20.0.11'""");

        assertThat(node.backend()).hasValue("host-gw");
        assertThat(node.vtep()).isEmpty();
    }

    @Test
    void knowsCalicosTunnelEnd() throws IOException {
        Node node = annotated(
                """
                'projectcalico.org/IPv4Address': '10.20.0.11/24',
                'projectcalico.org/IPv4VXLANTunnelAddr': '10.50.1.1',
                'projectcalico.org/VXLANTunnelMACAddr': '66:d7:0e:02:00:01'""");

        assertThat(node.vtep())
                .hasValue(new Vtep(
                        OptionalInt.empty(),
                        OptionalLong.of(0x66d70e020001L),
                        Optional.of(Lists.ip("10.20.0.11")),
                        Optional.of(Lists.ip("10.50.1.1"))));
        assertThat(node.otherAddresses()).containsExactly(Lists.ip("10.20.0.11"), Lists.ip("10.50.1.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'flannel.alpha.coreos.com/backend-data': '{'",
                "'flannel.alpha.coreos.com/backend-data': '{\\'VNI\\': 16777216}'",
                "'flannel.alpha.coreos.com/backend-data': '{\\'VNI\\': 1, \\'VtepMAC\\': \\'here\\'}'",
                "'flannel.alpha.coreos.com/backend-data': '{\\'VNI\\': \\'1\\'}'",
                "'flannel.alpha.coreos.com/public-ip': '10.20.0'",
                "'projectcalico.org/IPv4VXLANTunnelAddr': '10.50.1.1/32'"
            })
    void countsAnnotationsThatMakeNoSense(String annotation) throws IOException {
        ClusterFile file = Lists.read(json(annotation));

        assertThat(file.skipped()).hasSize(1);
    }

    private static Node annotated(String annotations) throws IOException {
        return node(json(annotations));
    }

    private static String json(String annotations) {
        return quoted("{'kind': 'Node', 'metadata': {'name': 'a', 'annotations': {" + annotations + "}}}");
    }

    private static Node node(String json) throws IOException {
        ClusterFile file = Lists.read(quoted(json));
        assertThat(file.skipped()).isEmpty();
        return file.snapshots().getFirst().nodes().getFirst();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
