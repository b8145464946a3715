package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private static final long NOW = Lists.at("12:00:00");
    private static final ServicePort HTTP = new ServicePort("http", IpProtocol.TCP, 80, "8080", 0);

    @Test
    void matchesEndpointsToPortsByName() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(
                        Lists.service("web", "10.99.7.7") + ","
                                + Lists.slice(
                                        "web-1",
                                        "{\"name\": \"http\", \"port\": 8080}, {\"name\": \"metrics\", \"port\": 9090}",
                                        """
                        {"addresses": ["10.50.1.7"], "nodeName": "lin-a",
                         "targetRef": {"kind": "Pod", "name": "web-1", "namespace": "app"}}""")));

        assertThat(backends(cluster, HTTP, NOW).all())
                .containsExactly(new Backend(
                        "http",
                        IpProtocol.TCP,
                        new Endpoint(Lists.ip("10.50.1.7"), 8080),
                        true,
                        true,
                        false,
                        Optional.of("lin-a"),
                        Optional.of(new NamespacedName("app", "web-1"))));
        ServicePort nameless = new ServicePort("", IpProtocol.TCP, 80, "8080", 0);
        assertThat(backends(cluster, nameless, NOW).all()).isEmpty();
    }

    @Test
    void aSinglePortNeedsNoName() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(Lists.slice("web-1", "{\"name\": null, \"port\": 8080}", Lists.endpoint("10.50.1.7", ""))));
        ServicePort nameless = new ServicePort("", IpProtocol.TCP, 80, "8080", 0);

        assertThat(backends(cluster, nameless, NOW)).hasToString("[10.50.1.7:8080]");
    }

    @Test
    void prefersReadyEndpoints() throws IOException {
        Cluster cluster = Lists.cluster(Lists.list(Lists.slice(
                "web-1",
                "{\"name\": \"http\", \"port\": 8080}",
                Lists.endpoint("10.50.1.1", "\"ready\": true") + ","
                        + Lists.endpoint("10.50.1.2", "\"ready\": false") + ","
                        + Lists.endpoint("10.50.1.3", "\"ready\": false, \"serving\": true, \"terminating\": true")
                        + ","
                        + Lists.endpoint("10.50.1.4", ""))));

        assertThat(eligible(cluster)).containsExactly("10.50.1.1:8080", "10.50.1.4:8080");
        assertThat(backends(cluster, HTTP, NOW).all()).hasSize(4);
        assertThat(backends(cluster, HTTP, NOW).at(new Endpoint(Lists.ip("10.50.1.2"), 8080)))
                .hasValueSatisfying(backend -> assertThat(backend.ready()).isFalse());
        assertThat(backends(cluster, HTTP, NOW).at(new Endpoint(Lists.ip("10.50.1.2"), 80)))
                .isEmpty();
    }

    @Test
    void makesDoWithServingEndpointsThatTerminate() throws IOException {
        Cluster cluster = Lists.cluster(Lists.list(Lists.slice(
                "web-1",
                "{\"name\": \"http\", \"port\": 8080}",
                Lists.endpoint("10.50.1.2", "\"ready\": false") + ","
                        + Lists.endpoint("10.50.1.3", "\"ready\": false, \"serving\": true, \"terminating\": true")
                        + ","
                        + Lists.endpoint("10.50.1.4", "\"ready\": false, \"serving\": false, \"terminating\": true"))));

        assertThat(eligible(cluster)).containsExactly("10.50.1.3:8080");
    }

    @Test
    void knowsWhichEndpointsAreLocal() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(
                        Lists.slice(
                                "web-1",
                                "{\"name\": \"http\", \"port\": 8080}",
                                """
                {"addresses": ["10.50.1.1"], "nodeName": "lin-a"}, {"addresses": ["10.50.2.1"], "nodeName": "lin-b"},
                {"addresses": ["10.50.3.1"]}""")));

        assertThat(backends(cluster, HTTP, NOW).on("lin-b")).hasToString("[10.50.2.1:8080]");
    }

    @Test
    void takesTheSlicesOfAServiceTogether() throws IOException {
        String port = "{\"name\": \"http\", \"port\": 8080}";
        Cluster cluster = Lists.cluster(
                Lists.list(Lists.slice("web-1", port, Lists.endpoint("10.50.1.1", "\"ready\": false")) + ","
                        + Lists.slice(
                                "web-2",
                                port,
                                Lists.endpoint("10.50.1.1", "") + "," + Lists.endpoint("10.50.1.2", ""))),
                Lists.list(
                        Lists.slice("web-3", "{\"name\": \"http\", \"port\": 9090}", Lists.endpoint("10.50.1.3", ""))));

        assertThat(eligible(cluster)).containsExactly("10.50.1.1:8080", "10.50.1.2:8080", "10.50.1.3:9090");
        assertThat(cluster.counts().endpoints()).isEqualTo(3);
    }

    @Test
    void usesTheEndpointsInForceThen() throws IOException {
        String port = "{\"name\": \"http\", \"port\": 8080}";
        Cluster cluster = Lists.cluster(
                Lists.listAt("2026-03-01T10:00:00Z", Lists.slice("web-1", port, Lists.endpoint("10.50.1.1", ""))),
                Lists.listAt("2026-03-01T11:00:00Z", Lists.slice("web-2", port, Lists.endpoint("10.50.1.2", ""))));

        assertThat(backends(cluster, HTTP, Lists.at("09:00:00"))).hasToString("[10.50.1.1:8080]");
        assertThat(backends(cluster, HTTP, Lists.at("10:59:59"))).hasToString("[10.50.1.1:8080]");
        assertThat(backends(cluster, HTTP, Lists.at("11:00:00"))).hasToString("[10.50.1.2:8080]");
    }

    @Test
    void readsEndpointsWhereThereAreNoSlices() throws IOException {
        String endpoints =
                """
                {"kind": "Endpoints", "metadata": {"name": "web", "namespace": "app"}, "subsets": [
                    {"addresses": [{"ip": "10.50.1.1", "nodeName": "lin-a",
                                    "targetRef": {"kind": "Pod", "name": "web-1"}}],
                     "notReadyAddresses": [{"ip": "10.50.1.2"}], "ports": [{"name": "http", "port": 8080}]}]}""";

        Cluster alone = Lists.cluster(Lists.list(endpoints));
        assertThat(backends(alone, HTTP, NOW).all()).hasSize(2);
        assertThat(eligible(alone)).containsExactly("10.50.1.1:8080");
        assertThat(backends(alone, HTTP, NOW).eligible().getFirst().pod()).hasValue(new NamespacedName("app", "web-1"));

        String slice = Lists.slice("web-1", "{\"name\": \"http\", \"port\": 8080}", Lists.endpoint("10.50.1.9", ""));
        assertThat(eligible(Lists.cluster(Lists.list(endpoints), Lists.list(slice))))
                .containsExactly("10.50.1.9:8080");
    }

    @Test
    void readsSlicesOfTheBeta() throws IOException {
        Cluster cluster = Lists.cluster(
                """
                {"kind": "EndpointSliceList", "apiVersion": "discovery.k8s.io/v1beta1", "items": [
                    {"metadata": {"name": "web-1", "namespace": "app",
                                  "labels": {"kubernetes.io/service-name": "web"}},
                     "addressType": "IPv4", "ports": [{"name": "http", "port": 8080}],
                     "endpoints": [{"addresses": ["10.50.1.1"], "topology": {"kubernetes.io/hostname": "lin-a"}}]}]}""");

        assertThat(backends(cluster, HTTP, NOW).all().getFirst().nodeName()).hasValue("lin-a");
    }

    @Test
    void leavesOutEndpointsThatAreNames() throws IOException {
        Cluster cluster = Lists.cluster(Lists.list(
                Lists.slice("web-1", "{\"name\": \"http\", \"port\": 8080}", Lists.endpoint("example.com", ""))
                        .replace("IPv4", "FQDN")));

        assertThat(backends(cluster, HTTP, NOW).all()).isEmpty();
    }

    @Test
    void havingNoEndpointsIsNotTheSameAsNotKnowing() throws IOException {
        Cluster none = Lists.cluster(Lists.list(Lists.service("web", "10.99.7.7") + ","
                + Lists.slice("web-1", "", "").replace("[]", "null")));
        Cluster unknown = Lists.cluster(Lists.list(Lists.service("web", "10.99.7.7")));

        assertThat(none.backends(none.services().getFirst(), HTTP, NOW))
                .hasValueSatisfying(backends -> assertThat(backends.all()).isEmpty());
        assertThat(unknown.backends(unknown.services().getFirst(), HTTP, NOW)).isEmpty();
    }

    private static Backends backends(Cluster cluster, ServicePort port, long epochNanos) throws IOException {
        Service web = Lists.cluster(Lists.list(Lists.service("web", "10.99.7.7")))
                .services()
                .getFirst();
        return cluster.backends(web, port, epochNanos).orElseThrow();
    }

    private static List<String> eligible(Cluster cluster) throws IOException {
        return backends(cluster, HTTP, NOW).eligible().stream()
                .map(backend -> backend.endpoint().toString())
                .toList();
    }
}
