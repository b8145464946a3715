package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.IpProtocol;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTest {

    @Test
    void hasWhatTheListSays() throws IOException {
        Service service = service(
                """
                {'kind': 'Service', 'metadata': {'name': 'web', 'namespace': 'shop'},
                 'spec': {'type': 'LoadBalancer', 'clusterIP': '10.99.7.7', 'clusterIPs': ['10.99.7.7', 'fd00:99::7'],
                     'externalIPs': ['203.0.113.7'], 'externalTrafficPolicy': 'Local', 'selector': {'app': 'web'},
                     'ports': [
                         {'name': 'http', 'port': 80, 'protocol': 'TCP', 'targetPort': 8080, 'nodePort': 30080},
                         {'name': 'dns', 'port': 53, 'protocol': 'UDP', 'targetPort': 'dns'},
                         {'name': 'bare', 'port': 81}]},
                 'status': {'loadBalancer': {'ingress': [{'ip': '198.51.100.7'}, {'hostname': 'lb.example.com'}]}}}""");

        assertThat(service.id()).hasToString("shop/web");
        assertThat(service.type()).isEqualTo("LoadBalancer");
        assertThat(service.clusterIps()).containsExactly(Lists.ip("10.99.7.7"), Lists.ip("fd00:99::7"));
        assertThat(service.externalIps()).containsExactly(Lists.ip("203.0.113.7"));
        assertThat(service.loadBalancerIps()).containsExactly(Lists.ip("198.51.100.7"));
        assertThat(service.ports())
                .containsExactly(
                        new ServicePort("http", IpProtocol.TCP, 80, "8080", 30080),
                        new ServicePort("dns", IpProtocol.UDP, 53, "dns", 0),
                        new ServicePort("bare", IpProtocol.TCP, 81, "81", 0));
        assertThat(service.externalTrafficPolicy()).isEqualTo(TrafficPolicy.LOCAL);
        assertThat(service.internalTrafficPolicy()).isEqualTo(TrafficPolicy.CLUSTER);
        assertThat(service.unproxied()).isFalse();
        assertThat(service.selector()).isEqualTo(Map.of("app", "web"));
    }

    @Test
    void isUnproxiedWithoutAClusterIp() throws IOException {
        Service service = service(
                """
                {'kind': 'Service', 'metadata': {'name': 'db'},
                 'spec': {'clusterIP': 'None', 'clusterIPs': ['None'], 'ports': [{'port': 5432}]}}""");

        assertThat(service.unproxied()).isTrue();
        assertThat(service.clusterIps()).isEmpty();
    }

    @Test
    void mayBeLeftToAnotherProxy() throws IOException {
        Service service = service(
                """
                {'kind': 'Service', 'metadata': {'name': 'web',
                     'labels': {'service.kubernetes.io/service-proxy-name': 'other'}},
                 'spec': {'clusterIP': '10.99.7.7', 'ports': [{'port': 80}]}}""");

        assertThat(service.unproxied()).isTrue();
        assertThat(service.clusterIps()).containsExactly(Lists.ip("10.99.7.7"));
    }

    @Test
    void mayBeOnlyAName() throws IOException {
        Service service = service(
                """
                {'kind': 'Service', 'metadata': {'name': 'a'},
                 'spec': {'type': 'ExternalName', 'externalName': 'example.com', 'clusterIP': ''}}""");

        assertThat(service.unproxied()).isFalse();
        assertThat(service.ports()).isEmpty();
    }

    /// Of JSON in single quotes.
    private static Service service(String json) throws IOException {
        ClusterFile file = Lists.read(json.replace('\'', '"'));
        assertThat(file.skipped()).isEmpty();
        return file.snapshots().getFirst().services().getFirst();
    }
}
