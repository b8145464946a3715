package hopline.flows.state.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
        assertThat(node.host().routes()).isEmpty();
        assertThat(node.vfp().flows()).hasSize(1);
        assertThat(node.vfp().ports()).hasSize(1);
        assertThat(node.log().entries()).hasSize(3);
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
