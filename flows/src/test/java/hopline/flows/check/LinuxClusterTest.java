package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFolder.Change;
import hopline.flows.rule.Severity;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The state of the lab's Linux nodes: what is wrong in it is found without a packet, and all else is silent.
class LinuxClusterTest {

    private static final Path SAMPLES =
            Path.of(System.getProperty("hopline.home")).resolve("sample-captures");
    private static final String HEALTHY = "../healthy-overlay";
    private static final String NODE_A = "state/node-a/network.txt";
    private static final String NODE_B = "state/node-b/network.txt";
    private static final String NFT_A = "state/node-a/nft.json";

    private static final String DNAT = "{\"dnat\":{\"addr\":\"10.42.2.29\",\"port\":8080}}";
    private static final String INDENT = " ".repeat(20);
    private static final String STALE = "load-balancer-stale-backend node-a: 10.42.1.21 or 10.42.2.21, not 10.42.2.29";

    private static final Map<String, String> FAULTS = Map.ofEntries(
            Map.entry("service-wrong-backend", STALE),
            Map.entry("service-wrong-port", "load-balancer-wrong-port node-a: port 8080, not port 8081"),
            Map.entry(
                    "vxlan-vni-mismatch",
                    "vxlan-config-mismatch : one VNI, not 4096 (vx0 of node-a, annotation of node-b), 1 (vx0 of node-b)"),
            Map.entry(
                    "vxlan-port-mismatch",
                    "vxlan-config-mismatch : one port, not 4789 (vx0 of node-a), 8472 (vx0 of node-b)"),
            Map.entry("vxlan-wrong-remote", "remote-subnet-route-wrong node-a: 172.30.0.12, not 172.30.0.13"),
            Map.entry("vxlan-not-encapsulated", "route-missing node-b: 10.42.1.0/24, not none"),
            Map.entry("wrong-next-hop", "route-missing node-a: 10.42.2.0/24, not none"),
            Map.entry(
                    "vxlan-inner-mac-mismatch",
                    "vxlan-config-mismatch node-a: 0e:5b:6c:11:a4:0b, not 0e:5b:6c:11:a4:77"),
            Map.entry(
                    "mtu-exceeded-icmp",
                    "mtu-config-wrong node-a: an MTU of at most 1400, that of vx0, not an MTU of 1450"),
            Map.entry(
                    "reply-not-restored",
                    "ip-forwarding-off node-a: net.bridge.bridge-nf-call-iptables = 1, not net.bridge.bridge-nf-call-iptables = 0"),
            Map.entry(
                    "service-not-translated",
                    "load-balancer-missing node-a: a rule of kube-proxy for 10.43.80.15, 80/TCP, not none"));

    @TempDir
    Path folder;

    static List<Path> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(sample -> Files.isDirectory(sample.resolve("state")))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> told(StateFolder state) {
        return state.check().stream()
                .map(finding -> finding.rule().id() + " " + finding.node() + ": "
                        + finding.claim().expected() + ", not "
                        + finding.claim().actual())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void onlyWhatItsStateShowsIsFound(Path sample) {
        String fault = FAULTS.get(sample.getFileName().toString());
        assertThat(told(new StateFolder(sample))).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    private List<String> changed(Change... changes) throws IOException {
        Path copy = Files.createTempDirectory(folder, "state");
        return told(StateFolder.copyOf(HEALTHY, copy).with(List.of(changes)));
    }

    /// Rules of nftables beside those of node-a.
    private static Change added(String... rules) {
        String table = "{\"table\":{\"family\":\"ip\",\"name\":\"network-plugin\"";
        return new Change(NFT_A, table, String.join(",\n", rules) + ",\n" + table);
    }

    private static String rule(String table, String chain, String... expressions) {
        return "{\"rule\":{\"family\":\"ip\",\"table\":\"" + table + "\",\"chain\":\"" + chain + "\",\"expr\":["
                + String.join(",", expressions) + "]}}";
    }

    private static String match(String protocol, String field, String right) {
        return "{\"match\":{\"op\":\"==\",\"left\":{\"payload\":{\"protocol\":\"" + protocol + "\",\"field\":\"" + field
                + "\"}},\"right\":" + right + "}}";
    }

    /// A chain that is still there, but that no service leads to any more.
    @Test
    void aChainThatIsLeftOverIsNoBackend() throws IOException {
        assertThat(changed(added(rule("kube-proxy", "endpoint-old", DNAT)))).isEmpty();
    }

    /// A rule in a service's chain that is for another address leads nowhere for this one.
    @ParameterizedTest
    @CsvSource({"10.43.80.15, true", "10.43.80.16, false"})
    void aRuleCountsForTheAddressItAsksFor(String address, boolean isBackend) throws IOException {
        String asking = match("ip", "daddr", "\"" + address + "\"");
        assertThat(changed(added(rule("kube-proxy", "service-web-tcp-80", asking, DNAT))))
                .isEqualTo(isBackend ? List.of(STALE) : List.of());
    }

    /// Rules that ask for address and port themselves, need no map.
    @ParameterizedTest
    @CsvSource({"tcp, 80, true", "udp, 80, false", "tcp, 81, false"})
    void aRuleThatAsksForTheServiceItselfIsFollowed(String protocol, int port, boolean isService) throws IOException {
        String asking = match("ip", "daddr", "\"10.43.80.15\"") + "," + match(protocol, "dport", String.valueOf(port));
        String jump = "{\"counter\":null},{\"jump\":{\"target\":\"old\"}}";
        assertThat(changed(added(rule("proxy", "services", asking, jump), rule("proxy", "old", DNAT))))
                .isEqualTo(isService ? List.of(STALE) : List.of());
    }

    /// Beside a service that no chain is for, a rule of somebody else about DNS says nothing of who translates it.
    @ParameterizedTest
    @ValueSource(strings = {"{\"notrack\":null}", "{\"dnat\":{\"addr\":\"10.42.1.53\",\"port\":53}}"})
    void rulesThatAreNotKubeProxysMissNone(String effect) throws IOException {
        Path copy = Files.createTempDirectory(folder, "state");
        StateFolder cluster = StateFolder.copyOf("../service-not-translated", copy);
        String asking = match("ip", "daddr", "\"10.43.0.10\"") + "," + match("udp", "dport", "53");
        Files.writeString(copy.resolve(NFT_A), "{\"nftables\":[" + rule("other", "output", asking, effect) + "]}");
        assertThat(told(cluster)).isEmpty();
    }

    /// It may have become so after kube-proxy wrote its rules.
    @Test
    void anEndpointThatIsNotReadyIsStillOne() throws IOException {
        String ready = "\"10.42.2.21\"\n" + INDENT + "],\n" + INDENT + "\"conditions\": {\n" + INDENT
                + "    \"ready\": true,\n" + INDENT + "    \"serving\": true";
        StateFolder cluster = StateFolder.copyOf(HEALTHY, folder)
                .with(List.of(new Change("endpointslices.json", ready, ready.replace("true", "false"))));
        assertThat(cluster.check()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.certain()).isFalse();
            assertThat(finding.claim().title())
                    .endsWith("leads to 10.42.2.21 on " + finding.node() + ", which is not ready");
        });
    }

    private static Change refused(String key) {
        return added(
                map("no-endpoint-services", key, goTo("reject-chain")),
                rule("kube-proxy", "reject-chain", "{\"reject\":null}"));
    }

    private static String map(String name, String key, String verdict) {
        return "{\"map\":{\"family\":\"ip\",\"table\":\"kube-proxy\",\"name\":\"" + name + "\",\"elem\":["
                + "[{\"concat\":[" + key + "]}," + verdict + "]]}}";
    }

    private static String goTo(String chain) {
        return "{\"goto\":{\"target\":\"" + chain + "\"}}";
    }

    /// What kube-proxy refuses has no endpoints, or none that its policy lets this node's packets go to. The endpoints
    /// of `orders` are on node-b, one of those of `web` is here.
    @ParameterizedTest
    @CsvSource({
        "10.43.112.7, 10.43.112.7, Cluster, Cluster, true",
        "10.43.112.7, 10.43.112.7, Local,   Cluster, false",
        "10.43.112.7, 10.43.112.7, Cluster, Local,   true",
        "10.43.80.15, 10.43.80.15, Local,   Local,   true",
        "10.43.112.7, 192.0.2.7,   Cluster, Cluster, true",
        "10.43.112.7, 192.0.2.7,   Cluster, Local,   false",
        "10.43.80.15, 192.0.2.7,   Cluster, Local,   true"
    })
    void whatIsRefusedHasNoEndpointHere(String service, String at, String internal, String external, boolean isFault)
            throws IOException {
        String clusterIp = "\"clusterIP\": \"" + service + '"';
        Change outside = new Change("services.json", clusterIp, "\"externalIPs\": [\"192.0.2.7\"], " + clusterIp);
        Change policies = new Change(
                "services.json",
                "\"internalTrafficPolicy\": \"Cluster\"",
                "\"internalTrafficPolicy\": \"" + internal + "\", \"externalTrafficPolicy\": \"" + external + '"');
        String key = '"' + at + "\",\"tcp\"";
        Change untranslated = new Change(NFT_A, '"' + service + "\",\"tcp\"", "\"10.43.99.99\",\"tcp\"");
        Change refused = refused(key + ",80");
        assertThat(
                        at.equals(service)
                                ? changed(outside, policies, untranslated, refused)
                                : changed(outside, policies, refused))
                .isEqualTo(
                        isFault
                                ? List.of("load-balancer-missing node-a: a rule of kube-proxy for " + at
                                        + ", 80/TCP, not refused as a service without endpoints")
                                : List.of());
    }

    /// Of `web` an endpoint is on node-a, those of `orders` are on node-b. What is refused under a local policy leads
    /// on for packets of this node and its pods.
    @ParameterizedTest
    @CsvSource({
        "10.43.80.15, Cluster, tcp, none, refused, node port 30080, refused as a service without endpoints",
        "10.43.80.15, Cluster, udp, none, refused, '10.43.80.15, node port 30080', none",
        "10.43.80.15, Cluster, tcp, none, passed, '10.43.80.15, node port 30080', none",
        "10.43.80.15, Cluster, tcp, service-web-tcp-80, passed, , ",
        "10.43.80.15, Cluster, tcp, service-web-tcp-80, refused, , ",
        "10.43.80.15, Local, tcp, service-web-tcp-80, passed, , ",
        "10.43.80.15, Local, tcp, service-web-tcp-80, refused, node port 30080, refused as a service without endpoints",
        "10.43.112.7, Local, tcp, service-orders-tcp-80, refused, , "
    })
    void aNodePortOfAServiceWithEndpointsIsTranslated(
            String service, String external, String protocol, String chain, String refused, String due, String found)
            throws IOException {
        String clusterIp = "\"clusterIP\": \"" + service + '"';
        Change policy =
                new Change("services.json", clusterIp, "\"externalTrafficPolicy\": \"" + external + "\", " + clusterIp);
        String target = "\"targetPort\": " + (service.equals("10.43.80.15") ? "8080" : "9090");
        Change nodePort = new Change("services.json", target, "\"nodePort\": 30080, " + target);
        String key = "\"tcp\",30080";
        Change nodePorts = added(map("service-nodeports", chain.equals("none") ? "\"tcp\",30099" : key, goTo(chain)));
        Change withoutEndpoints = added(map(
                "no-endpoint-nodeports",
                refused.equals("refused") ? "\"" + protocol + "\",30080" : "\"tcp\",30099",
                "{\"drop\":null}"));
        assertThat(changed(policy, nodePort, nodePorts, withoutEndpoints))
                .isEqualTo(
                        due == null
                                ? List.of()
                                : List.of("load-balancer-missing node-a: a rule of kube-proxy for " + due + ", not "
                                        + found));
    }

    /// The rules that refuse are asked after those that translate, and then for the endpoint's address.
    @Test
    void whatIsTranslatedFirstIsNotRefused() throws IOException {
        assertThat(changed(refused("\"10.43.80.15\",\"tcp\",80"))).isEmpty();
    }

    /// A plugin leads a node's port to a pod of its own, a cache of DNS listens at a link's address.
    @Test
    void whatOthersTranslateInTheirOwnWayIsNoBackend() throws IOException {
        Change outside = new Change(
                "services.json",
                "\"clusterIP\": \"10.43.80.15\"",
                """
                "externalIPs": ["172.30.0.11"], "clusterIP": "10.43.80.15\"""");
        String toNode = match("ip", "daddr", "\"172.30.0.11\"") + "," + match("tcp", "dport", "80");
        assertThat(changed(outside, added(rule("cni_hostport", "hostports", toNode, DNAT))))
                .isEmpty();
        String toDns = match("ip", "daddr", "\"10.43.0.10\"") + "," + match("udp", "dport", "53");
        String cache = "{\"dnat\":{\"addr\":\"169.254.20.10\",\"port\":53}}";
        assertThat(changed(added(rule("cache", "output", toDns, cache)))).isEmpty();
    }

    /// What iptables adds to nftables is listed without its words; where that is the port, no service is told.
    @Test
    void rulesOfIptablesAreReadFromNftables() throws IOException {
        Path copy = Files.createTempDirectory(folder, "state");
        StateFolder cluster = StateFolder.copyOf(HEALTHY, copy);
        List<String> services = List.of(
                "10.43.0.10 tcp 53",
                "10.43.112.7 tcp 80",
                "10.43.80.15 tcp 80",
                "10.43.37.204 tcp 80",
                "10.43.0.1 tcp 443",
                "10.43.0.10 udp 53");
        Files.writeString(copy.resolve(NFT_A), iptables(services, true));
        assertThat(told(cluster)).isEmpty();
        Files.writeString(copy.resolve(NFT_A), iptables(services.subList(0, 5), true));
        assertThat(told(cluster))
                .containsExactly("load-balancer-missing node-a: a rule of kube-proxy for 10.43.0.10, 53/UDP, not none");
        Files.writeString(copy.resolve(NFT_A), iptables(services, false));
        assertThat(told(cluster)).isEmpty();
    }

    private static String iptables(List<String> services, boolean withPorts) {
        StringBuilder rules = new StringBuilder(
                "{\"nftables\":[{\"chain\":{\"family\":\"ip\",\"table\":\"nat\"," + "\"name\":\"KUBE-SERVICES\"}}");
        for (String service : services) {
            String[] parts = service.split(" ");
            String port = withPorts ? match(parts[1], "dport", parts[2]) : "{\"xt\":{\"type\":\"match\"}}";
            rules.append(",\n")
                    .append(rule(
                            "nat",
                            "KUBE-SERVICES",
                            match("ip", "protocol", "\"" + parts[1] + "\""),
                            match("ip", "daddr", "\"" + parts[0] + "\""),
                            port,
                            "{\"jump\":{\"target\":\"KUBE-SVC-A\"}}"));
        }
        return rules.append("]}").toString();
    }

    /// What is not in rules that were cut may be in the rest.
    @Test
    void rulesThatAreCutMissNone() throws IOException {
        Path copy = Files.createTempDirectory(folder, "state");
        StateFolder.copyOf("../service-not-translated", copy);
        String whole = Files.readString(copy.resolve(NFT_A));
        Files.writeString(copy.resolve(NFT_A), whole.substring(0, whole.length() - 40));
        StateFinder finder = new StateFinder();
        finder.add(copy.toString());
        CollectedState state = StateReader.read(finder);
        assertThat(state.problems()).hasSize(1);
        assertThat(StateRules.check(state)).isEmpty();
    }

    /// A tunnel of somebody else beside that of the pods, with its own number and port.
    @ParameterizedTest
    @ValueSource(strings = {"192.168.7.0/24 dev storage0 scope link", "10.0.0.0/8 via 10.200.0.1 dev storage0"})
    void aTunnelThatLeadsToNoPodsMayDiffer(String route) throws IOException {
        assertThat(changed(new Change(
                        NODE_A,
                        "+",
                        "9: storage0: <BROADCAST,UP> mtu 1450 qdisc noqueue\n"
                                + "    link/ether 0e:5b:6c:11:a4:99 brd ff:ff:ff:ff:ff:ff\n"
                                + "    vxlan id 7 local 172.30.0.11 dev eth0 srcport 0 0 dstport 8472 ttl auto\n"
                                + route + "\n")))
                .isEmpty();
    }

    /// Linux nodes may take any port, as long as all take the same; Windows takes one only.
    @Test
    void besideWindowsTheOtherPortIsWrongEverywhere() throws IOException {
        Change one = new Change(NODE_A, "dstport 4789", "dstport 8472");
        Change other = new Change(NODE_B, "dstport 4789", "dstport 8472");
        assertThat(changed(one, other)).isEmpty();
        Change windows = new Change("nodes.json", "\"operatingSystem\": \"linux\"", "\"operatingSystem\": \"windows\"");
        assertThat(changed(windows)).isEmpty();
        assertThat(changed(windows, one)).containsExactly("vxlan-config-mismatch node-a: port 4789, not port 8472");
    }

    /// Without the cluster's lists the only tunnel between two nodes is that of the pods.
    @Test
    void nodesAloneAreCompared() throws IOException {
        StateFolder nodes =
                StateFolder.copyOf(HEALTHY, folder).with(List.of(new Change(NODE_B, "vxlan id 4096", "vxlan id 1")));
        for (String list : List.of("nodes.json", "pods.json", "services.json", "endpointslices.json")) {
            Files.delete(folder.resolve(list));
        }
        assertThat(told(nodes))
                .containsExactly("vxlan-config-mismatch : one VNI, not 4096 (vx0 of node-a), 1 (vx0 of node-b)");
    }

    /// What is known of the other node decides how sure a wrong end is.
    @Test
    void anEndThatNobodyHasIsLikelyWrongWhereTheOtherNodesAddressesWereNotRead() throws IOException {
        StateFolder one = StateFolder.copyOf(HEALTHY, folder)
                .with(List.of(new Change(NODE_A, "dst 172.30.0.12", "dst 172.30.0.13")));
        assertThat(one.check()).extracting(StateFinding::certain).containsExactly(true);
        one.with(List.of(new Change(NODE_B, "    inet 172.30.0.12/24 scope global eth0\n", "")));
        assertThat(one.check()).extracting(StateFinding::certain).containsExactly(false);
        Files.delete(folder.resolve(NODE_B));
        assertThat(one.check()).extracting(StateFinding::certain).containsExactly(false);
    }

    /// Nodes may tunnel between addresses that the lists do not name.
    @Test
    void anAddressThatTheListsDoNotNameMayBeTheOtherNodes() throws IOException {
        StateFolder one = StateFolder.copyOf("../healthy-vxlan-second-address", folder);
        Files.delete(folder.resolve(NODE_B));
        assertThat(told(one)).isEmpty();
    }

    /// Behind a translation nodes may be reached at addresses that none of them has, unless they note others.
    @Test
    void aPublicEndMayBeTranslatedToTheOtherNode() throws IOException {
        Change outside = new Change(NODE_A, "dst 172.30.0.12", "dst 203.0.113.12");
        assertThat(changed(outside)).containsExactly("remote-subnet-route-wrong node-a: 172.30.0.12, not 203.0.113.12");
        Change unnoted = new Change("nodes.json", "flannel.alpha.coreos.com/public-ip", "noted-by-nobody");
        assertThat(changed(outside, unnoted)).isEmpty();
        assertThat(changed(new Change(NODE_A, "dst 172.30.0.12", "dst 172.30.0.13"), unnoted))
                .containsExactly("remote-subnet-route-wrong node-a: 172.30.0.12, not 172.30.0.13");
    }

    /// Calico gives ranges to nodes by itself: one may begin where the cluster's range for a third node does.
    @Test
    void aNodesOwnAddressInTheOverlayIsTheNextHopToItsPods() throws IOException {
        Change one = new Change(
                "nodes.json",
                "\"flannel.alpha.coreos.com/public-ip\": \"172.30.0.11\"",
                """
                "projectcalico.org/IPv4Address": "172.30.0.11/24",
                "projectcalico.org/IPv4VXLANTunnelAddr": "10.42.129.0",
                "projectcalico.org/VXLANTunnelMACAddr": "0e:5b:6c:11:a4:0a\"""");
        Change other = new Change(
                "nodes.json",
                "\"flannel.alpha.coreos.com/public-ip\": \"172.30.0.12\"",
                """
                "projectcalico.org/IPv4Address": "172.30.0.12/24",
                "projectcalico.org/IPv4VXLANTunnelAddr": "10.42.66.0",
                "projectcalico.org/VXLANTunnelMACAddr": "0e:5b:6c:11:a4:0b\"""");
        Change third = new Change(
                "nodes.json",
                "+",
                """
                {"apiVersion":"v1","kind":"Node","metadata":{"name":"node-c","annotations":
                {"projectcalico.org/IPv4VXLANTunnelAddr":"10.42.2.64",
                "projectcalico.org/VXLANTunnelMACAddr":"0e:5b:6c:11:a4:0c"}},"spec":{"podCIDR":"10.42.66.0/24"}}
                """);
        Change there = new Change(NODE_A, "10.42.2.0/24 via 10.42.2.0", "10.42.66.0/26 via 10.42.66.0");
        Change back = new Change(NODE_B, "10.42.1.0/24 via 10.42.1.0", "10.42.129.0/26 via 10.42.129.0");
        Change neighbour = new Change(NODE_A, "10.42.2.0 dev vx0 lladdr", "10.42.66.0 dev vx0 lladdr");
        assertThat(changed(one, other, third, there, back, neighbour)).isEmpty();
        Change mac = new Change(NODE_A, "lladdr 0e:5b:6c:11:a4:0b", "lladdr 0e:5b:6c:11:a4:77");
        assertThat(changed(one, other, third, there, back, neighbour, mac))
                .containsExactly("vxlan-config-mismatch node-a: 0e:5b:6c:11:a4:0b, not 0e:5b:6c:11:a4:77");
        Change port = new Change(NODE_B, "dstport 4789", "dstport 8472");
        assertThat(changed(one, other, third, there, back, neighbour, port))
                .containsExactly("vxlan-config-mismatch : one port, not 4789 (vx0 of node-a), 8472 (vx0 of node-b)");
    }

    /// The neighbour's address tells whose an old MAC address is.
    @Test
    void anEndForTheAddressOfADeviceThatIsGoneIsFoundByItsNeighbour() throws IOException {
        assertThat(changed(
                        new Change(NODE_A, "0e:5b:6c:11:a4:0b", "0e:5b:6c:11:a4:77"),
                        new Change(NODE_A, "dst 172.30.0.12", "dst 172.30.0.13")))
                .contains("remote-subnet-route-wrong node-a: 172.30.0.12, not 172.30.0.13");
        assertThat(changed(new Change(NODE_A, "+", "0e:5b:6c:11:a4:78 dev vx0 dst 172.30.0.99 self permanent\n")))
                .isEmpty();
    }
}
