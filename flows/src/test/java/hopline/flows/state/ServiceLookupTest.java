package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceLookupTest {

    private static final long NOW = Lists.at("12:00:00");

    private static final String NODE =
            """
            {"kind": "Node", "metadata": {"name": "lin-b"},
             "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.12"}]}}""";

    @Test
    void findsAServiceByEachKindOfItsAddresses() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(
                        NODE
                                + """
                , {"kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
                   "spec": {"type": "LoadBalancer", "clusterIP": "10.99.7.7", "externalIPs": ["203.0.113.7"],
                       "ports": [{"name": "http", "port": 80, "nodePort": 30080},
                                 {"name": "dns", "port": 53, "protocol": "UDP"}]},
                   "status": {"loadBalancer": {"ingress": [{"ip": "198.51.100.7"}]}}}"""));

        assertThat(kind(cluster, "10.99.7.7", 80)).hasValue(ServiceTarget.Kind.CLUSTER_IP);
        assertThat(kind(cluster, "203.0.113.7", 80)).hasValue(ServiceTarget.Kind.EXTERNAL_IP);
        assertThat(kind(cluster, "198.51.100.7", 80)).hasValue(ServiceTarget.Kind.LOAD_BALANCER);
        assertThat(kind(cluster, "10.20.0.12", 30080)).hasValue(ServiceTarget.Kind.NODE_PORT);
        assertThat(kind(cluster, "10.99.7.7", 30080)).isEmpty();
        assertThat(kind(cluster, "10.20.0.12", 80)).isEmpty();
        assertThat(kind(cluster, "10.20.0.99", 30080)).isEmpty();
        assertThat(kind(cluster, "10.99.7.7", 53)).isEmpty();
        assertThat(cluster.service(Lists.ip("10.99.7.7"), 53, IpProtocol.UDP, NOW))
                .hasValueSatisfying(target -> assertThat(target.port().name()).isEqualTo("dns"));
        assertThat(cluster.service(Lists.ip("10.99.7.7"), NOW))
                .hasValueSatisfying(service -> assertThat(service.id()).hasToString("shop/web"));
    }

    @Test
    void servicesMayShareAnAddress() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(
                        """
                {"kind": "Service", "metadata": {"name": "a"},
                 "spec": {"externalIPs": ["203.0.113.7"], "ports": [{"port": 80}]}},
                {"kind": "Service", "metadata": {"name": "b"},
                 "spec": {"externalIPs": ["203.0.113.7"], "ports": [{"port": 81}]}}"""));

        assertThat(serviceAt(cluster, "203.0.113.7", 80, "12:00:00")).hasValue("default/a");
        assertThat(serviceAt(cluster, "203.0.113.7", 81, "12:00:00")).hasValue("default/b");
    }

    @Test
    void usesTheVersionInForceThen() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.listAt("2026-03-01T11:00:00Z", Lists.service("web", "10.99.7.8")),
                Lists.listAt("2026-03-01T10:00:00Z", Lists.service("web", "10.99.7.7")));

        assertThat(serviceAt(cluster, "10.99.7.7", 80, "09:00:00")).hasValue("app/web");
        assertThat(serviceAt(cluster, "10.99.7.7", 80, "10:59:59")).hasValue("app/web");
        assertThat(serviceAt(cluster, "10.99.7.7", 80, "11:00:00")).isEmpty();
        assertThat(serviceAt(cluster, "10.99.7.8", 80, "11:00:00")).hasValue("app/web");
        assertThat(cluster.services()).singleElement().satisfies(service -> assertThat(service.clusterIps())
                .containsExactly(Lists.ip("10.99.7.8")));
    }

    @Test
    void aVipThatChangedHandsBelongsToTheServiceSeenLast() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.listAt("2026-03-01T10:00:00Z", Lists.service("old", "10.99.7.7")),
                Lists.listAt("2026-03-01T11:00:00Z", Lists.service("new", "10.99.7.7")));

        assertThat(serviceAt(cluster, "10.99.7.7", 80, "09:00:00")).hasValue("app/old");
        assertThat(serviceAt(cluster, "10.99.7.7", 80, "10:30:00")).hasValue("app/old");
        assertThat(serviceAt(cluster, "10.99.7.7", 80, "11:30:00")).hasValue("app/new");
    }

    @Test
    void aListWithoutATimeComesFirst() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.listAt("2026-03-01T11:00:00Z", Lists.service("web", "10.99.7.8")),
                Lists.list(Lists.service("web", "10.99.7.7")));

        assertThat(serviceAt(cluster, "10.99.7.7", 80, "10:59:59")).hasValue("app/web");
        assertThat(serviceAt(cluster, "10.99.7.8", 80, "10:59:59")).isEmpty();
        assertThat(serviceAt(cluster, "10.99.7.8", 80, "11:00:00")).hasValue("app/web");
    }

    private static Optional<String> serviceAt(Cluster cluster, String address, int port, String time) {
        return cluster.service(Lists.ip(address), port, IpProtocol.TCP, Lists.at(time))
                .map(target -> target.service().id().toString());
    }

    private static Optional<ServiceTarget.Kind> kind(Cluster cluster, String text, int port) {
        Address address = Lists.ip(text);
        return cluster.service(address, port, IpProtocol.TCP, NOW).map(ServiceTarget::kind);
    }
}
