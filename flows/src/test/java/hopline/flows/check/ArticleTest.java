package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.flows.state.Cidr;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.text.Written;
import hopline.flows.state.vfp.VfpRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of Microsoft's article "Troubleshooting Kubernetes Networking on Windows, part 1", read off
/// screenshots: each must give the answer that the article gives.
class ArticleTest {

    private static final Path SAMPLES =
            Path.of(System.getProperty("hopline.testdata", "../shared/data")).resolve("state");

    private static CollectedState read(String... names) {
        assumeTrue(Files.exists(SAMPLES.resolve("MANIFEST.tsv")), "no samples in " + SAMPLES);
        StateFinder finder = new StateFinder();
        List.of(names).forEach(name -> finder.add(SAMPLES.resolve(name).toString()));
        return StateReader.read(finder);
    }

    private static NodeState node(String... names) {
        return read(names).nodes().getFirst();
    }

    private static List<String> rules(CollectedState state) {
        return StateRules.check(state).stream()
                .map(finding -> finding.rule().id())
                .toList();
    }

    @Test
    void theServiceLeadsToItsTwoPods() {
        VfpRule rule = node("vfp/seed001-lbnat-rules.txt").vfp().rules().getFirst();
        assertThat(rule.condition("destination ip")).isEqualTo("10.102.220.146");
        assertThat(rule.condition("destination ports")).isEqualTo("80");
        assertThat(rule.backends().toString()).isEqualTo("[10.244.19.31:80, 10.244.19.32:80]");
    }

    @Test
    void theNodePortLeadsToTheSamePods() {
        VfpRule rule = node("vfp/seed001-lbnat-rules.txt").vfp().rules().get(1);
        assertThat(rule.condition("destination ip") + ":" + rule.condition("destination ports"))
                .isEqualTo("10.127.130.38:31486");
        assertThat(rule.backends()).hasSize(2);
        assertThat(rule.source().line()).isEqualTo(24);
    }

    @Test
    void hnsAndVfpAgreeOnTheService() {
        CollectedState state = read(
                "vfp/seed001-lbnat-rules.txt",
                "hns/seed001-policy-elb-fragment.json.txt",
                "hns/seed001-endpoint-fragment.json.txt");
        HnsLoadBalancer balancer =
                state.nodes().getFirst().hns().loadBalancers().getFirst();
        assertThat(balancer.vips()).containsExactly(Address.of("10.102.220.146"));
        HnsEndpoint backend = state.nodes()
                .getFirst()
                .hns()
                .endpointsById()
                .get(balancer.endpoints().getFirst());
        assertThat(backend).isNotNull();
        assertThat(backend.addresses()).containsExactly(Address.of("10.244.19.31"));
        assertThat(rules(state)).doesNotContain("vfp-rule-missing");
    }

    @Test
    void theTypingErrorInTheExceptionListIsFoundOnItsLine() {
        List<StateFinding> findings = StateRules.check(read("cni/seed001-typo-exceptionlist-fragment.txt"));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("nat-exception-invalid");
            assertThat(finding.claim().actual()).isEqualTo("10.244.0.0/0");
            assertThat(finding.evidence().toString()).isEqualTo("[seed001-typo-exceptionlist-fragment.txt:5]");
        });
    }

    @Test
    void theRightExceptionListIsFine() {
        CollectedState state = read("hns/seed001-endpoint-fragment.json.txt");
        HnsEndpoint endpoint = state.nodes().getFirst().hns().endpoints().getFirst();
        assertThat(endpoint.outboundNats().getFirst().exceptions())
                .extracting(Written::text)
                .containsExactly("10.96.0.0/12", "10.127.130.0/24", "10.244.0.0/16");
        assertThat(rules(state)).isEmpty();
    }

    @Test
    void eachRemoteSubnetRouteLeadsToItsNodeWithVni4096() {
        List<VfpRule> rules =
                node("vfp/seed001-remotesubnetroute-rules.txt").vfp().rules();
        assertThat(rules)
                .extracting(
                        rule -> rule.encaps().getFirst().address().orElseThrow().toString())
                .containsExactly("10.127.130.38", "10.127.130.37");
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.isEncapsulating()).isTrue();
            assertThat(rule.encaps().getFirst().vni()).hasValue(4096);
            assertThat(rule.actions()).containsEntry("encap source ip", "10.127.130.36");
        });
        assertThat(MacAddress.text(rules.getFirst().encaps().getFirst().mac().orElseThrow()))
                .isEqualTo("00:15:5d:f9:d2:63");
    }

    @Test
    void theContainersMacIsReplacedByTheHosts() {
        NodeState node = node("vfp/seed001-external-l2-rewrite.txt");
        VfpRule rule = node.vfp().rules().getFirst();
        assertThat(rule.layer()).isEqualTo("EXTERNAL_L2_REWRITE_LAYER");
        assertThat(rule.direction()).isEqualTo("IN");
        assertThat(rule.condition("source mac")).isEqualTo("00-15-5D-AA-B7-B8");
        assertThat(rule.actions()).containsEntry("modify source mac", "00-15-5D-05-C3-0C");
    }

    @Test
    void thePodsPortHasItsFiveLayersInOrder() {
        assertThat(node("vfp/seed001-list-layer.txt").vfp().layers())
                .extracting(layer -> layer.name() + " " + layer.priority().orElseThrow())
                .containsExactly(
                        "ACL_ENDPOINT_LAYER 15",
                        "SLB_NAT_LAYER 50",
                        "SLB_DECAP_LAYER_STATEFUL 100",
                        "CUSTOMER_ROUTE 1500",
                        "VNET_PA_ROUTE_LAYER 2000");
    }

    @Test
    void theHostNetworkIsAnException() {
        VfpRule rule =
                node("vfp/seed001-list-rule-SLB_NAT_LAYER.txt").vfp().rules().get(1);
        assertThat(rule.name()).startsWith("EXCEPTIONS_OUTBOUNDNAT");
        assertThat(rule.type()).isEqualTo("allow");
        assertThat(rule.condition("destination ip")).isEqualTo("10.127.130.0-10.127.130.255");
        assertThat(rule.port()).isEqualTo("768b4bd1-774c-47e8-904f-91c007a4b183");
    }

    @Test
    void hnsdiagListsNetworksEndpointsAndLoadBalancers() {
        NodeState node = node("hns/seed001-hnsdiag-list-all.txt");
        assertThat(node.hns().networks())
                .extracting(network -> network.name())
                .containsExactly("nat", "External", "cbr0");
        assertThat(node.hns().endpoints()).hasSize(6);
        assertThat(node.hns().endpoints().stream().filter(HnsEndpoint::isRemote))
                .hasSize(3);
        assertThat(node.hns().loadBalancers())
                .extracting(HnsLoadBalancer::vips)
                .contains(List.of(Address.of("10.96.0.1")), List.of(Address.of("10.96.0.10")), List.of());
    }

    @Test
    void theDnsServiceHasALoadBalancerForEachProtocol() {
        NodeState node = node("hns/seed001-hnsdiag-list-loadbalancers.txt");
        assertThat(node.hns().loadBalancers().stream()
                        .filter(balancer -> balancer.vips().contains(Address.of("10.96.0.10"))))
                .hasSize(2);
    }

    @Test
    void everyLeaseOfFlannelHasItsRoute() {
        CollectedState state = read("hns/seed001-get-netroute-l2bridge.md", "cni/seed001-flanneld.log");
        NodeState node = state.nodes().getFirst();
        assertThat(node.host().routes()).anySatisfy(route -> {
            assertThat(route.prefix()).isEqualTo(Cidr.parse("10.244.18.0/24").orElseThrow());
            assertThat(route.nextHop()).hasValue(Address.of("10.127.130.35"));
            assertThat(route.source().line()).isEqualTo(23);
        });
        assertThat(rules(state)).doesNotContain("route-missing");
    }

    @Test
    void thePodsGatewayIsTheHostsLegAtTwo() {
        HnsEndpoint endpoint = node("hns/seed001-get-hnsendpoint-listformat.txt")
                .hns()
                .endpoints()
                .getFirst();
        assertThat(endpoint.gateway()).hasValue(Address.of("10.244.19.2"));
        assertThat(endpoint.state()).hasValue(HnsEndpoint.ATTACHED_SHARING);
        assertThat(endpoint.port()).isEqualTo("048cd973-b5db-45a6-9c65-16dec22e871d");
        assertThat(rules(read("hns/seed001-get-hnsendpoint-listformat.txt"))).isEmpty();
    }

    @Test
    void eachCompartmentHasTheClustersDnsServer() {
        NodeState node = node("hns/seed001-ip-compartment2.txt", "hns/seed001-ip-compartment3.txt");
        assertThat(node.name()).isEqualTo("WIN-24ELFEP18D9");
        assertThat(node.host().interfaces()).hasSize(2).allSatisfy(at -> {
            assertThat(at.dnsServers()).containsExactly(Address.of("10.96.0.10"));
            assertThat(at.gateways()).containsExactly(Address.of("10.244.4.2"));
        });
    }

    @Test
    void theNameOfTheApiServerResolves() {
        assertThat(node("k8s/seed001-resolve-dnsname.txt").host().readings())
                .singleElement()
                .satisfies(reading ->
                        assertThat(reading.value()).isEqualTo("Kubernetes.default.svc.cluster.local = 10.96.0.1"));
    }

    @Test
    void podsThatWaitForTheirSandboxAreFound() {
        assertThat(rules(read("k8s/seed001-kubectl-get-pods-wide.txt"))).containsExactly("sandbox-failed");
    }

    @Test
    void thePrefixOfAnotherNodeIsEncapsulatedFromThisOne() {
        VfpRule rule = node("vfp/seed001-encap-rule.txt").vfp().rules().getFirst();
        assertThat(rule.isEncapsulating()).isTrue();
        assertThat(rule.condition("destination ip")).isEqualTo("10.244.3.0-10.244.3.255");
        assertThat(rule.actions())
                .containsEntry("encap source ip", "10.127.130.36")
                .containsEntry("gre key", "4096");
    }

    @Test
    void theServicesOfTheTableHaveTheirPorts() {
        assertThat(read("k8s/seed001-kubectl-get-svc.txt").kubernetes().listedServices())
                .anySatisfy(service -> {
                    assertThat(service.clusterIp()).isEqualTo("10.102.220.146");
                    assertThat(service.ports()).startsWith("80:31486");
                });
    }

    @Test
    void theLoadBalancerOfDnsIsReadDespiteItsComma() {
        assertThat(node("hns/seed001-policy-elb-dns.json").hns().loadBalancers())
                .allSatisfy(balancer -> {
                    assertThat(balancer.vips()).hasToString("[10.96.0.10]");
                    assertThat(balancer.ports())
                            .allSatisfy(port -> assertThat(port.internal()).isEqualTo(53));
                });
    }

    /// Text recognition has moved routes into the list of exceptions: they are shown as what they are.
    @Test
    void exceptionsThatAreNoRangesAreFound() {
        assertThat(rules(read("hns/seed001-endpoint-policies-ocr-mangled.json")))
                .contains("nat-exception-invalid");
    }
}
