package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.rule.Severity;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs a file of its own to be shown.
class NotesTest {

    @TempDir
    Path folder;

    private List<StateFinding> check(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("state.txt"), content);
        StateFinder finder = new StateFinder();
        finder.add(file.toString());
        return StateRules.check(StateReader.read(finder));
    }

    @Test
    void loopbackThatIsOffIsANote() throws IOException {
        String config =
                "{\"cniVersion\":\"0.3.0\",\"name\":\"l2\",\"type\":\"sdnbridge\",\"optionalFlags\":{\"loopbackDSR\":%s}}";
        assertThat(check(config.formatted("false"))).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("hairpin-mode-off");
            assertThat(finding.severity()).isEqualTo(Severity.NOTE);
        });
        assertThat(check(config.formatted("true"))).isEmpty();
    }

    @Test
    void anOldBuildHidesClientsFromPolicies() throws IOException {
        assertThat(check("Microsoft Windows [Version 10.0.17763.1131]\n"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule().reference()).contains("F36");
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                });
        assertThat(check("Microsoft Windows [Version 10.0.17763.5696]\n")).isEmpty();
    }

    @Test
    void theTableOfBuildsIsInOrder() {
        assertThat(new KnownBuildDefect().defects()).isNotEmpty().allSatisfy(defect -> {
            assertThat(defect.from()).isLessThan(defect.until());
            assertThat(defect.source()).isNotBlank();
        });
    }

    @Test
    void aLogThatStopsLongBeforeTheOthers() throws IOException {
        StateFinder finder = new StateFinder();
        Path node = Files.createDirectories(folder.resolve("win-a"));
        Files.writeString(node.resolve("kube-proxy.log"), "I0301 09:00:00.000000    3112 proxier.go:1] Syncing\n");
        Files.writeString(node.resolve("kubelet.log"), "I0301 12:00:00.000000    2204 kubelet.go:1] Running\n");
        finder.add(node.toString());
        assertThat(StateRules.check(StateReader.read(finder))).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("component-not-running");
            assertThat(finding.claim().title()).contains("kube-proxy", "stops at 03-01 09:00:00");
        });
        Files.writeString(node.resolve("kube-proxy.log"), "I0301 11:59:00.000000    3112 proxier.go:1] Syncing\n");
        assertThat(StateRules.check(StateReader.read(finder))).isEmpty();
    }

    /// Four addresses of a /29 are for pods; the others are the network's, the gateway's, the host's and the broadcast.
    @Test
    void aRangeIsExhaustedWhenItsLastAddressIsTaken() throws IOException {
        assertThat(check(range(4))).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("ipam-exhausted");
            assertThat(finding.claim().actual()).isEqualTo("4 of 4 taken");
        });
        assertThat(check(range(3))).isEmpty();
    }

    private static String range(int endpoints) {
        return "{\"ID\":\"n\",\"Name\":\"cbr0\",\"Type\":\"L2Bridge\",\"ManagementIP\":\"10.0.0.5\","
                + "\"Subnets\":[{\"AddressPrefix\":\"10.244.1.0/29\",\"GatewayAddress\":\"10.244.1.1\"}]}\n"
                + IntStream.range(3, 3 + endpoints)
                        .mapToObj(i -> "{\"ID\":\"e" + i + "\",\"VirtualNetwork\":\"n\",\"IPAddress\":\"10.244.1." + i
                                + "\",\"GatewayAddress\":\"10.244.1.2\",\"MacAddress\":\"00-15-5D-00-00-0" + i
                                + "\",\"State\":3}\n")
                        .collect(Collectors.joining());
    }

    @Test
    void moreEndpointsThanWindowsCanUse() throws IOException {
        assertThat(check(services(1025)))
                .anySatisfy(finding -> assertThat(finding.rule().id()).isEqualTo("service-over-limit"));
        assertThat(check(services(1024))).isEmpty();
    }

    private static String services(int endpoints) {
        String members = IntStream.range(0, endpoints)
                .mapToObj(i -> "{\"addresses\":[\"10.244." + i / 250 + "." + (i % 250 + 1) + "\"]}")
                .collect(Collectors.joining(","));
        return "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                + "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"w\"},\"status\":{\"nodeInfo\":{\"operatingSystem\":\"windows\"}}},"
                + "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\",\"namespace\":\"n\"},"
                + "\"spec\":{\"clusterIP\":\"10.96.3.3\",\"ports\":[{\"port\":80}],\"selector\":{\"a\":\"b\"}}},"
                + "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"addressType\":\"IPv4\","
                + "\"metadata\":{\"name\":\"s-1\",\"namespace\":\"n\",\"labels\":{\"kubernetes.io/service-name\":\"s\"}},"
                + "\"endpoints\":[" + members + "],\"ports\":[{\"port\":8080}]}]}";
    }
}
