package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFolder.Change;
import hopline.flows.rule.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lists and state of a node that were not collected at one time: what changed between them is no fault.
class TimesTest {

    private static final String SENTENCE = "The cluster's lists were collected ";

    @TempDir
    Path folder;

    /// A folder whose name says when the node's state was collected, and lists whose names say when they were.
    private StateFolder collected(String node, String lists, Change... changes) throws IOException {
        StateFolder state = StateFolder.copyOf(StateFolder.BRIDGE, folder).with(List.of(changes));
        rename("win-a", node.isEmpty() ? "win-a" : "win-a-" + node);
        for (String list : List.of("pods", "services", "endpointslices")) {
            rename("cluster/" + list + ".json", "cluster/" + list + (lists.isEmpty() ? "" : "-" + lists) + ".json");
        }
        return state;
    }

    private void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    private static List<StateFinding> of(String rule, StateFolder state) {
        return state.check().stream()
                .filter(finding -> finding.rule().id().equals(rule))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "                     |                      | -",
                "2026-03-01T10-22-05Z |                      | -",
                "                     | 2026-03-01T10-22-05Z | -",
                "2026-03-01T10-22-05Z | 2026-03-01T10-26-05Z | -",
                "2026-03-01T10-22-05Z | 2026-03-01T10-29-05Z | 7 minutes after the node's state",
                "2026-03-01T10-22-05Z | 2026-03-01T07-22-05Z | 3 hours before the node's state",
                "2026-03-01T10-22-05Z | 2026-03-04T10-22-05Z | 3 days after the node's state"
            })
    void anEndpointThatWentBetweenThemIsNoError(String node, String lists, String apart) throws IOException {
        Change gone = new Change("cluster/endpointslices.json", "10.244.2.21", "10.244.2.29");
        List<StateFinding> stale = of(
                "load-balancer-stale-backend", collected(node == null ? "" : node, lists == null ? "" : lists, gone));
        assertThat(stale).isNotEmpty().allSatisfy(finding -> {
            boolean isStale = finding.claim().actual().equals("10.244.2.21");
            assertThat(finding.severity()).isEqualTo(isStale && apart == null ? Severity.ERROR : Severity.WARNING);
            assertThat(finding.certain()).isEqualTo(apart == null);
            if (apart == null) {
                assertThat(finding.claim().advice()).doesNotContain(SENTENCE);
            } else {
                assertThat(finding.claim().advice()).contains(SENTENCE + apart);
            }
        });
    }

    /// Of lists that do not say when they were collected, the youngest pod tells that they are no older.
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10-22-05Z, 2026-03-01T10:22:04Z, ERROR,   ''",
        "2026-03-01T10-22-05Z, 2026-03-01T12:22:05Z, WARNING, at least 2 hours after",
        "'',                   2026-03-01T12:22:05Z, ERROR,   ''"
    })
    void listsAreNoOlderThanTheirPods(String node, String pod, Severity severity, String apart) throws IOException {
        Change gone = new Change("cluster/endpointslices.json", "10.244.2.21", "10.244.2.29");
        Change young = new Change("cluster/pods.json", "+", pod("10.244.2.40", "win-b", pod));
        assertThat(of("load-balancer-stale-backend", collected(node, "", gone, young)))
                .filteredOn(finding -> finding.claim().actual().equals("10.244.2.21"))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.claim().advice()).contains(apart);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10-22-05Z, 2026-03-01T10:22:04Z, 1",
        "2026-03-01T10-22-05Z, 2026-03-01T10:22:06Z, 0",
        "'',                   2026-03-01T10:22:06Z, 1"
    })
    void aPodThatStartedAfterwardsLacksNoEndpoint(String node, String pod, int missing) throws IOException {
        Change young = new Change("cluster/pods.json", "+", pod("10.244.1.40", "win-a", pod));
        assertThat(of("endpoint-missing", collected(node, "", young))).hasSize(missing);
    }

    private static String pod(String address, String node, String started) {
        return StateFolder.pod("young", node, address, false, "run")
                .replace("\"phase\"", "\"startTime\":\"" + started + "\",\"phase\"");
    }
}
