package hopline.flows.expect;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two nodes whose rules nobody collected: what leads to the same backends everywhere is there once, what leads to a
/// node's own backends is each node's.
class DemandedRulesTest {

    private static final String CLUSTER =
            """
            {"kind": "List", "apiVersion": "v1", "items": [
              {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "one"}, "spec": {"podCIDRs": ["10.244.1.0/24"]},
               "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.11"}]}},
              {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "two"}, "spec": {"podCIDRs": ["10.244.2.0/24"]},
               "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.12"}]}},
              {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "all", "namespace": "shop"},
               "spec": {"clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"], "type": "NodePort",
                        "ports": [{"port": 80, "protocol": "TCP", "targetPort": 8080, "nodePort": 30001}]}},
              {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "near", "namespace": "shop"},
               "spec": {"clusterIP": "10.96.0.2", "clusterIPs": ["10.96.0.2"], "type": "LoadBalancer",
                        "internalTrafficPolicy": "Local", "externalTrafficPolicy": "Local",
                        "ports": [{"port": 80, "protocol": "TCP", "targetPort": 8080, "nodePort": 30002}]},
               "status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.9"}]}}},
              {"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4",
               "metadata": {"name": "all-1", "namespace": "shop", "labels": {"kubernetes.io/service-name": "all"}},
               "ports": [{"port": 8080, "protocol": "TCP"}],
               "endpoints": [{"addresses": ["10.244.1.5"], "nodeName": "one", "conditions": {"ready": true}},
                             {"addresses": ["10.244.2.5"], "nodeName": "two", "conditions": {"ready": true}}]},
              {"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4",
               "metadata": {"name": "near-1", "namespace": "shop", "labels": {"kubernetes.io/service-name": "near"}},
               "ports": [{"port": 8080, "protocol": "TCP"}],
               "endpoints": [{"addresses": ["10.244.1.6"], "nodeName": "one", "conditions": {"ready": true}},
                             {"addresses": ["10.244.2.6"], "nodeName": "two", "conditions": {"ready": true}}]}]}
            """;

    @TempDir
    Path folder;

    private CollectedState state() throws IOException {
        Files.writeString(folder.resolve("cluster.json"), CLUSTER);
        StateFinder finder = new StateFinder();
        finder.add(folder.toString());
        return StateReader.read(finder);
    }

    /// Where a packet from outside the node's pods may be translated to, and how many chains say so.
    private static List<String> backends(Ruleset rules, String address, int port) {
        Headers packet = Headers.of(
                IpProtocol.TCP,
                new Endpoint(Address.of("192.0.2.7"), 40_000),
                new Endpoint(Address.of(address), port),
                0);
        Ruleset.Base services =
                rules.bases(Ruleset.Hook.PREROUTING, "eth0", true).getFirst();
        Frame frame = new Frame(packet, "eth0", "", 0, false, false, false);
        return ChainWalk.through(rules, services, frame, (device, isIpv4) -> java.util.Optional.empty())
                .results()
                .stream()
                .map(result -> result.frame().headers().destination()
                        + (result.frame().mark() == 0 ? "" : " masqueraded")
                        + (result.isDropped() ? " dropped" : ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    one | 10.96.0.1   | 80    | 10.244.1.5:8080 masqueraded, 10.244.2.5:8080 masqueraded
                    two | 10.96.0.1   | 80    | 10.244.1.5:8080 masqueraded, 10.244.2.5:8080 masqueraded
                    one | 10.96.0.2   | 80    | 10.244.1.6:8080 masqueraded
                    two | 10.96.0.2   | 80    | 10.244.2.6:8080 masqueraded
                    one | 10.20.0.11  | 30001 | 10.244.1.5:8080 masqueraded, 10.244.2.5:8080 masqueraded
                    two | 10.20.0.12  | 30001 | 10.244.1.5:8080 masqueraded, 10.244.2.5:8080 masqueraded
                    one | 10.20.0.12  | 30001 | 10.20.0.12:30001
                    one | 10.20.0.11  | 30002 | 10.244.1.6:8080
                    two | 10.20.0.12  | 30002 | 10.244.2.6:8080
                    one | 203.0.113.9 | 80    | 10.244.1.6:8080
                    one | 10.96.0.3   | 80    | 10.96.0.3:80
                    """)
    void eachNodeLeadsToItsBackends(String node, String address, int port, String expected) throws IOException {
        assertThat(backends(new DemandedRules(state()).of(node), address, port))
                .isEqualTo(List.of(expected.split(", ")));
    }

    @Test
    void whatIsTheSameOnAllNodesIsThereOnce() throws IOException {
        DemandedRules demanded = new DemandedRules(state());
        Ruleset one = demanded.of("one");
        Ruleset two = demanded.of("two");
        for (String chain :
                List.of("service 10.96.0.1 80 6", "node port 30001 6", "endpoint 10.244.1.5:8080", "masquerading")) {
            assertThat(one.lines(chain)).as(chain).isNotEmpty().isSameAs(two.lines(chain));
        }
    }
}
