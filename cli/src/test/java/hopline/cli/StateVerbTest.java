package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Node state through the real command line: what people read and what programs read, and the exit codes.
class StateVerbTest {

    private static final Path SAMPLES = SampleCaptures.FOLDER.resolve("node-state");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// A fact of each kind that the sample folders do not have.
    private static final String MIXED =
            """
            *nat
            :KUBE-SERVICES - [0:0]
            -A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m tcp --dport 443 -j KUBE-SVC-NPX
            COMMIT
            tcp      6 86399 ESTABLISHED src=10.244.0.5 dst=10.96.0.1 sport=40000 dport=443 src=192.168.10.100 \
            dst=10.244.0.5 sport=6443 dport=40000 [ASSURED] mark=0 use=1
            net.ipv4.ip_forward = 1
            /sys/class/net/veth1/brport/hairpin_mode: 1
            default via 10.0.0.1 dev eth0
            10.0.0.9 dev eth0 lladdr 00:15:5d:00:00:09 REACHABLE
              TCP    10.0.0.5:10250         10.0.0.9:51000         ESTABLISHED
            Running  kubelet            kubelet
            Rule Name:                            HNS VXLAN
            Enabled:                              Yes
            Direction:                            In
            Protocol:                             UDP
            LocalPort:                            4789
            Action:                               Allow
            I0301 10:21:50.000000    3112 kube.go:1] Subnet added: 10.244.2.0/24 via 10.0.0.9
            Microsoft Windows [Version 10.0.20348.3091]
                74 00-15-5D-C5-E2-88 cbr0_ep
            { "Network": "10.244.0.0/16", "Backend": { "Type": "vxlan" } }
            { "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": { "name": "deny" }, "spec": {} }
            { "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": { "name": "db" }, "spec": {
              "podSelector": { "matchLabels": { "app": "web" } },
              "egress": [ { "to": [ { "ipBlock": { "cidr": "10.1.0.0/16", "except": [ "10.1.2.0/24" ] } },
                                    { "namespaceSelector": { "matchLabels": { "team": "db" } } } ],
                            "ports": [ { "port": 5432 } ] } ] } }
            { "Kubernetes": { "Network": { "ServiceCidr": "10.96.0.0/12", "ClusterCidr": "10.244.0.0/16" } } }
            { "ID": "7d1c", "NamespaceId": 2, "Type": "Host", "CompartmentId": 2, "Resources": [] }
            LAST SEEN   TYPE      REASON                   OBJECT      MESSAGE
            5m          Warning   FailedCreatePodSandBox   pod/web-1   no IP addresses available
            """;

    @TempDir
    Path folder;

    private static Session state(String what, String... arguments) {
        List<String> line = new ArrayList<>(List.of("state", what));
        line.addAll(List.of(arguments));
        return Session.of(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-healthy", "l2bridge-faulty", "overlay-healthy", "overlay-faulty"})
    void theTextIsAsExpected(String name) throws IOException {
        Session session = state("check", SAMPLES.resolve(name).toString());
        assertThat(session.err()).isEmpty();
        assertThat(session.exitCode()).isEqualTo(name.endsWith("faulty") ? ExitCode.FINDINGS : ExitCode.CLEAN);
        GoldenFile.check(SAMPLES.resolve(name + ".expected.txt"), session.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-faulty", "overlay-faulty"})
    void theFindingsAreAsExpected(String name) throws IOException {
        JsonNode report = JSON.readTree(
                state("check", "--format", "json", SAMPLES.resolve(name).toString())
                        .out());
        assertThat(report.get("schemaVersion").asInt()).isEqualTo(1);
        ObjectNode told = JSON.createObjectNode();
        told.set("findings", report.get("findings"));
        GoldenFile.check(
                SAMPLES.resolve(name + ".expected.json"),
                JSON.writeValueAsString(told).replace("\r\n", "\n") + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-healthy", "overlay-healthy"})
    void whatIsThereIsShown(String name) throws IOException {
        Session session = state("show", SAMPLES.resolve(name).toString());
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        GoldenFile.check(SAMPLES.resolve(name + ".show.txt"), session.out());
    }

    private static JsonNode shown(Path path) throws IOException {
        return JSON.readTree(state("show", "--format", "json", path.toString()).out());
    }

    private static void assertPlaced(JsonNode facts) {
        assertThat(facts).isNotEmpty().allSatisfy(fact -> {
            assertThat(fact.get("file").asText()).isNotBlank();
            assertThat(fact.get("line").asInt()).isPositive();
        });
    }

    @Test
    void theFactsInJsonAreAsExpected() throws IOException {
        ObjectNode told = (ObjectNode) shown(SAMPLES.resolve("overlay-healthy"));
        told.remove("tool");
        GoldenFile.check(
                SAMPLES.resolve("overlay-healthy.show.json"),
                JSON.writeValueAsString(told).replace("\r\n", "\n") + "\n");
    }

    @Test
    void everyKindOfFactInJsonSaysItsFileAndLine() throws IOException {
        JsonNode node = null;
        for (JsonNode other : shown(SAMPLES.resolve("overlay-healthy")).get("nodes")) {
            node = other.get("name").asText().equals("win-a") ? other : node;
        }
        for (String kind :
                List.of("networks", "endpoints", "loadBalancers", "switchPorts", "vfpRules", "vfpReadings")) {
            assertPlaced(node.get(kind));
        }
        JsonNode mixed = shown(Files.writeString(folder.resolve("collected.txt"), MIXED));
        for (String kind :
                ("packetMonitor routes neighbours processes sockets firewallRules readings chains filterRules connections"
                                + " kernelSettings bridgePorts flannelNetworks clusterRanges namespaces logs logEntries")
                        .split(" ")) {
            assertPlaced(mixed.get("nodes").get(0).get(kind));
        }
        assertPlaced(mixed.get("networkPolicies"));
        assertPlaced(mixed.get("events"));
    }

    @Test
    void whatNoFindingNamesIsShownAsWell() throws IOException {
        Path file = Files.writeString(folder.resolve("collected.txt"), MIXED);
        assertThat(state("show", file.toString()).out())
                .containsSubsequence("neighbours", "TCP connections", "firewall rules", "components", "timeline");
    }

    @Test
    void whatANetworkPolicyLetsThroughIsShown() throws IOException {
        Path file = Files.writeString(folder.resolve("collected.txt"), MIXED);
        assertThat(state("show", file.toString()).out())
                .containsSubsequence("Network policies", "default/deny", "for  all pods", "in   nothing")
                .contains("out  5432/TCP to 10.1.0.0/16 but 10.1.2.0/24, all pods in team=db");
        JsonNode policy = shown(file).get("networkPolicies").get(1);
        assertThat(policy.at("/pods/labels/app").asText()).isEqualTo("web");
        assertPlaced(policy.get("egress"));
        JsonNode rule = policy.get("egress").get(0);
        assertThat(rule.at("/peers/0/except/0").asText()).isEqualTo("10.1.2.0/24");
        assertThat(rule.at("/peers/1/namespaces/labels/team").asText()).isEqualTo("db");
        assertThat(rule.at("/ports/0").asText()).isEqualTo("5432/TCP");
    }

    @Test
    void theSeverityThatFailsIsAMatterOfChoice() {
        String faulty = SAMPLES.resolve("l2bridge-faulty").toString();
        assertThat(state("check", "--fail-on", "never", faulty).exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(state("check", "--fail-on", "warning", faulty).exitCode()).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void wrongCommandLines() {
        String[][] wrong = {
            {}, {"check"}, {"show"}, {"chekc", "x"}, {"check", "--format", "xml", "x"}, {"check", "--node", "x", "y"},
        };
        for (String[] arguments : wrong) {
            List<String> line = new ArrayList<>(List.of("state"));
            line.addAll(List.of(arguments));
            Session session = Session.of(line.toArray(String[]::new));
            assertThat(session.exitCode()).as(line.toString()).isEqualTo(ExitCode.USAGE);
            assertThat(session.messages()).as(line.toString()).hasSize(1);
        }
    }

    @Test
    void whatIsNoStateIsRefusedAndTheRestIsChecked() throws IOException {
        Path picture = folder.resolve("photo.txt");
        Files.write(picture, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
        Session alone = state("check", picture.toString());
        assertThat(alone.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(alone.err()).contains("photo.txt", "JPEG");
        Session both = state(
                "check", picture.toString(), SAMPLES.resolve("overlay-faulty").toString());
        assertThat(both.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(both.out()).contains("source-vip-wrong");
    }

    @Test
    void whatIsCutIsNoAllClear() throws IOException {
        String slices = Files.readString(SAMPLES.resolve("overlay-healthy/cluster/endpointslices.json"));
        Path cut = folder.resolve("endpointslices.json");
        Files.writeString(cut, slices.substring(0, slices.length() * 2 / 3));
        Session session =
                state("check", SAMPLES.resolve("overlay-healthy/win-a").toString(), cut.toString());
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(session.err()).contains("endpointslices.json: line ", "the text ends inside the JSON");
    }

    @Test
    void aComponentCountsOnceHoweverManyLinesItHas() throws IOException {
        String line = "01:00:00.000000000 [Microsoft-Windows-PktMon] ";
        Path listing = Files.writeString(
                folder.resolve("components.txt"),
                line + "Component 7, Type NetVsc , Name netvsc.sys, Hyper-V Adapter\n"
                        + line + "Property: Component 7, IfIndex = 4\n"
                        + line + "Property: Component 7, PhysAddress = 00-15-5D-00-00-07\n");
        assertThat(state("show", listing.toString()).out()).contains("1 packet monitor component\n");
    }

    @Test
    void textFromFilesReachesTheTerminalHarmless() throws IOException {
        Path hostile = folder.resolve("network.json");
        Files.writeString(
                hostile,
                "{\"ID\":\"a\",\"Name\":\"\\u001b[2Jevil\\u202e\",\"Type\":\"Overlay\",\"ManagementIP\":\"169.254.1.1\"}");
        for (String what : List.of("check", "show")) {
            Session session = state(what, hostile.toString());
            assertThat(session.out() + session.err())
                    .contains("evil")
                    .doesNotContain("\u001b")
                    .doesNotContain("\u202e");
        }
    }

    @Test
    void theNodeOfAFileCanBeSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("sysctl.txt"), "net.ipv4.ip_forward = 0\n");
        Session session = state("check", "--node", "linux-b=" + file);
        assertThat(session.out()).contains("linux-b does not forward");
    }
}
