package hopline.flows.state.collection;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateRules;
import hopline.flows.state.Source;
import hopline.flows.state.host.HostReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Each kind of line that operators hand over becomes the fact that it is. The lines are made by hand in the
/// form that the tools print.
class ReadingTest {

    /// @param fact what is kept of the text, as a line
    record Row(String kind, String text, Function<CollectedState, Object> fact, String expected) {
        @Override
        public String toString() {
            return kind;
        }
    }

    static final List<Row> ROWS = List.of(
            row(
                    "a neighbour of Linux",
                    "10.0.0.9 dev eth0 lladdr 00:15:5d:00:00:09 REACHABLE",
                    state -> node(state).host().neighbours().getFirst().address(),
                    "10.0.0.9"),
            row(
                    "a neighbour of Windows",
                    "  10.0.0.9              00-15-5d-00-00-09     dynamic",
                    state -> node(state).host().neighbours().getFirst().state(),
                    "dynamic"),
            row(
                    "a connection of netstat",
                    "  TCP    10.0.0.5:10250         10.0.0.9:51000         ESTABLISHED     3112",
                    state -> node(state).host().sockets().getFirst().remote(),
                    "10.0.0.9:51000"),
            row(
                    "a connection of Get-NetTCPConnection",
                    "10.0.0.5   10250   10.0.0.9   51000   TimeWait   Internet",
                    state -> node(state).host().sockets().getFirst().state(),
                    "TimeWait"),
            row(
                    "a rule of the firewall",
                    "Rule Name:   HNS VXLAN\nEnabled:   Yes\nDirection:   In\nProtocol:   UDP\nLocalPort:   4789\n"
                            + "Action:   Allow",
                    state -> node(state).host().firewallRules().getFirst().ports(),
                    "4789"),
            row(
                    "a bridge's port",
                    "5: veth1@if3: <BROADCAST> mtu 1450 master cni0 state forwarding\n    hairpin on guard off",
                    state -> node(state).linux().bridgePorts().getFirst().hairpin(),
                    "true"),
            row(
                    "a kernel's setting",
                    "net.bridge.bridge-nf-call-iptables = 1",
                    state -> node(state).linux().settings().getFirst().key(),
                    "net.bridge.bridge-nf-call-iptables"),
            row(
                    "a flow of VFP",
                    "PS C:\\> vfpctrl /port 5A3F0515-1515-4F15-A015-00ABCDEF0515 /sample-unified-flow \"100000 0 1\"\n"
                            + "TCP 10.244.1.31:49800 -> 10.96.0.10:53, 10.244.0.3:53",
                    state -> node(state).vfp().flows().getFirst().ends().getFirst(),
                    "10.244.1.31:49800"),
            row(
                    "a pool of NAT",
                    "RULE : SNAT\n  Type : dynnat\n  Rule Data:\n    Type : Source NAT;         NAT pool : SLB_POOL_1",
                    state -> node(state).vfp().rules().getFirst().actions().get("nat pool"),
                    "SLB_POOL_1"),
            row(
                    "a port of the switch",
                    "Port name            : 5A3F0515-1515-4F15-A015-00ABCDEF0515\nPort Friendly name   : ExternalPort\n"
                            + "PortId               : 7\nPort type:            : External\n Port is Initialized.\n",
                    state -> node(state).vfp().ports().getFirst().isExternal(),
                    "true"),
            row(
                    "a route of route print",
                    "       10.244.2.0    255.255.255.0       10.0.0.9        10.0.0.5    271",
                    state -> node(state).host().routes().getFirst().prefix() + " "
                            + node(state).host().routes().getFirst().nextHop().orElseThrow(),
                    "10.244.2.0/24 10.0.0.9"),
            row(
                    "a route of route print, IPv6",
                    " 12    271 fd00:244:2::/64          fe80::9",
                    state -> node(state).host().routes().getFirst().prefix(),
                    "fd00:244:2::/64"),
            row(
                    "a route of Get-NetRoute",
                    "12      10.244.2.0/24      10.0.0.9      256 25      ActiveStore",
                    state -> node(state).host().routes().getFirst().nextHop().orElseThrow(),
                    "10.0.0.9"),
            row(
                    "a route of Linux with several next hops",
                    "default proto bgp metric 20 \n\tnexthop via 10.20.0.1 dev eth0 weight 1 \n"
                            + "\tnexthop via 10.20.0.2 dev eth1 weight 1",
                    state -> node(state).host().routes().stream()
                            .map(route -> route.prefix() + " " + route.nextHop().orElseThrow() + " " + route.device())
                            .toList(),
                    "[0.0.0.0/0 10.20.0.1 eth0, 0.0.0.0/0 10.20.0.2 eth1]"),
            row(
                    "a route of Linux",
                    "10.244.2.0/24 via 10.0.0.9 dev eth0 proto static",
                    state -> node(state).host().routes().getFirst().device(),
                    "eth0"),
            row(
                    "a compartment of ipconfig, in German",
                    "Network Information for Compartment 3\n\nEthernet-Adapter vEthernet (1f_cbr0):\n\n"
                            + "   IPv4-Adresse  . . . . . . . . . . : 10.244.1.31(Bevorzugt)\n"
                            + "   Standardgateway . . . . . . . . . : 10.244.1.2\n"
                            + "   DNS-Server  . . . . . . . . . . . : 10.96.0.10",
                    state -> node(state).host().interfaces().getFirst().compartment() + " "
                            + node(state).host().interfaces().getFirst().gateways() + " "
                            + node(state).host().interfaces().getFirst().dnsServers(),
                    "3 [10.244.1.2] [10.96.0.10]"),
            row(
                    "a rule of iptables-save",
                    "*nat\n-A KUBE-SEP-A -p tcp -m tcp -j DNAT --to-destination 10.244.0.3:53\nCOMMIT",
                    state -> node(state).linux().rules().getFirst().table() + " "
                            + node(state)
                                    .linux()
                                    .rules()
                                    .getFirst()
                                    .destination()
                                    .orElseThrow(),
                    "nat 10.244.0.3:53"),
            row(
                    "a connection of conntrack -L",
                    "tcp      6 86 ESTABLISHED src=10.244.0.7 dst=10.96.0.1 sport=4000 dport=443 src=10.0.0.2"
                            + " dst=10.244.0.7 sport=6443 dport=4000 [ASSURED] mark=0 use=1",
                    state -> node(state).linux().connections().getFirst().replySource(),
                    "10.0.0.2:6443"),
            row(
                    "a connection of /proc/net/nf_conntrack",
                    "ipv4     2 udp      17 29 src=10.244.0.7 dst=10.96.0.10 sport=4000 dport=53 [UNREPLIED]"
                            + " src=10.244.0.3 dst=10.244.0.7 sport=53 dport=4000 mark=0 use=1",
                    state -> node(state).linux().connections().getFirst().isReplied(),
                    "false"),
            row(
                    "a rule of nftables in JSON",
                    "{\"nftables\":[{\"rule\":{\"family\":\"ip\",\"table\":\"nat\",\"chain\":\"KUBE-SEP-A\",\"expr\":"
                            + "[{\"dnat\":{\"addr\":\"10.244.0.3\",\"port\":53}}]}}]}",
                    state ->
                            node(state).linux().rules().getFirst().destination().orElseThrow(),
                    "10.244.0.3:53"),
            row(
                    "what a rule of VFP counted",
                    "RULE : LB_1\n  Type : lbnat\n  Matched packets : 12\n  Dropped packets : 3",
                    state -> new TreeMap<>(node(state).vfp().rules().getFirst().counters()),
                    "{dropped packets=3, matched packets=12}"),
            row(
                    "a process of tasklist",
                    "kubelet.exe                   2204 Services                   0     88,120 K",
                    state -> node(state).host().processes().getFirst().name(),
                    "kubelet"),
            row(
                    "a service of sc queryex",
                    "SERVICE_NAME: hns\n        STATE              : 1  STOPPED",
                    state -> node(state).host().processes().getFirst().isRunning(),
                    "false"),
            row(
                    "a list of PowerShell",
                    "ActivityId         : 2F\nID                 : 1F\nName               : 49cb_cbr0\nVirtualNetwork     : A1\n"
                            + "MacAddress         : 00-15-5D-AA-BF-31\nIPAddress          : 10.244.1.31\n"
                            + "State              : 3\nPolicies           : {@{Type=OutBoundNAT}}",
                    state -> node(state).hns().endpoints().getFirst().addresses(),
                    "[10.244.1.31]"),
            row(
                    "a component of pktmon list",
                    "  9 00-15-5D-C5-E2-88 vEthernet (cbr0)",
                    state -> node(state).pktmon().components().getFirst().name(),
                    "vEthernet (cbr0)"),
            row(
                    "an event of Windows, as a table prints it",
                    "3/1/2026 10:15:00 AM          7031 Error            The Host Network Service terminated unexpectedly.",
                    state -> node(state).log().entries().getFirst().time(),
                    "03-01 10:15:00"),
            row(
                    "an event of Windows in XML",
                    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
                            + "<Provider Name='Microsoft-Windows-Host-Network-Service'/><EventID>1002</EventID><Level>2</Level>"
                            + "<TimeCreated SystemTime='2026-03-01T10:15:00.5Z'/></System><EventData><Data Name='e'>0x803b000d"
                            + "</Data></EventData></Event>",
                    state -> node(state).log().entries().getFirst().message(),
                    "event 1002 0x803b000d"),
            row(
                    "an event of Windows, as Format-List prints it",
                    "TimeCreated  : 3/1/2026 10:15:00 AM\nProviderName : Microsoft-Windows-Host-Network-Service\n"
                            + "Id           : 1002\nLevelDisplayName : Error\nMessage      : hcnCreateEndpoint failed",
                    state -> node(state).log().entries().getFirst().component(),
                    "Microsoft-Windows-Host-Network-Service"),
            row(
                    "a log of the kubelet",
                    "E0301 10:21:50.000000    2204 kuberuntime_sandbox.go:72] \"Failed to create sandbox for pod\"",
                    state -> node(state).log().entries().getFirst().component(),
                    "kubelet"),
            row(
                    "a log of kube-proxy",
                    "E0301 10:21:50.000000    3112 proxier.go:1507] \"Policy creation failed\"",
                    state -> node(state).log().entries().getFirst().component(),
                    "kube-proxy"),
            row(
                    "the image of sandboxes",
                    "C:\\k\\kubelet.exe --pod-infra-container-image=mcr.example/pause:3.9 --v=4",
                    state -> node(state)
                                    .host()
                                    .reading(HostReading.PAUSE_IMAGE)
                                    .orElseThrow()
                                    .value() + " "
                            + node(state).host().processes().getFirst().name(),
                    "mcr.example/pause:3.9 kubelet"),
            row(
                    "an event of the cluster",
                    "LAST SEEN   TYPE      REASON                   OBJECT      MESSAGE\n"
                            + "5m          Warning   FailedCreatePodSandBox   pod/web-1   no IP addresses available",
                    state -> state.kubernetes().events().getFirst().reason(),
                    "FailedCreatePodSandBox"),
            row(
                    "a log of flannel",
                    "I0301 10:21:50.000000    3112 route_network.go:1] Subnet added: 10.244.2.0/24 via 10.0.0.9",
                    state -> node(state).log().entries().getFirst().component(),
                    "flanneld"),
            row(
                    "a log of Felix",
                    "2026-03-01 10:21:50.000 [WARNING][62] felix/int_dataplane.go 1: Failed to sync",
                    state -> node(state).log().entries().getFirst().component(),
                    "felix"),
            row(
                    "a log of CoreDNS",
                    "[ERROR] plugin/errors: 2 web.shop. A: read udp 10.244.0.3:41000->10.0.0.2:53: i/o timeout",
                    state -> node(state).log().entries().getFirst().level(),
                    "E"));

    @TempDir
    Path folder;

    private static Row row(String kind, String text, Function<CollectedState, Object> fact, String expected) {
        return new Row(kind, text, fact, expected);
    }

    private static NodeState node(CollectedState state) {
        return state.nodes().getFirst();
    }

    private CollectedState read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("collected.txt"), text + "\n");
        StateFinder finder = new StateFinder();
        finder.add(file.toString());
        return StateReader.read(finder);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void becomesTheFactThatItIs(Row row) throws IOException {
        CollectedState state = read(row.text());
        assertThat(state.problems()).isEmpty();
        assertThat(row.fact().apply(state)).hasToString(row.expected());
        assertThat(state.files().getFirst().unreadLines()).isZero();
    }

    @Test
    void allOfThemMayStandInOneFile() throws IOException {
        List<String> texts = new ArrayList<>();
        ROWS.forEach(row -> texts.add(row.text() + "\n"));
        NodeState node = node(read(String.join("\n", texts)));
        assertThat(node.host().neighbours()).hasSize(2);
        assertThat(node.host().sockets()).hasSize(2);
        assertThat(node.host().routes()).hasSize(6);
        assertThat(node.vfp().flows()).hasSize(1);
        assertThat(node.vfp().ports()).hasSize(1);
        assertThat(node.log().entries()).hasSize(8);
    }

    /// What a collector's folder holds reads the same from the archive that it was packed into.
    @Test
    void aFolderInAnArchiveReadsTheSame() throws IOException {
        Path sample = Path.of(System.getProperty("hopline.home")).resolve("sample-captures/node-state/l2bridge-faulty");
        Path archive = folder.resolve("l2bridge-faulty.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(sample.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
        assertThat(findings(archive)).isNotEmpty().isEqualTo(findings(sample));
    }

    private static List<String> findings(Path path) {
        StateFinder finder = new StateFinder();
        finder.add(path.toString());
        return StateRules.check(StateReader.read(finder)).stream()
                .map(finding -> finding.rule().id() + " " + finding.claim() + " "
                        + finding.evidence().stream().map(Source::line).toList())
                .toList();
    }

    @Test
    void aNeighbourThatDoesNotAnswerIsNoRoute() throws IOException {
        CollectedState state =
                read("10.0.0.8 dev eth0 FAILED\n10.0.0.7 dev eth0 INCOMPLETE\n10.0.0.6 dev eth0 scope link");
        assertThat(node(state).host().routes())
                .extracting(route -> route.prefix().toString())
                .containsExactly("10.0.0.6/32");
    }
}
