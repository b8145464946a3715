package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.IpProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodTest {

    /// @param from empty for "ever since"
    /// @param until empty for "for good"
    record Held(String what, String metadata, String status, String from, String until) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static final String DONE =
            "'state': {'terminated': {'exitCode': 0, 'finishedAt': '2026-03-01T%sZ'}}, 'name': 'c'";

    static final List<Held> INTERVALS = List.of(
            new Held("nothing said", "", "", "", ""),
            new Held("created", "'creationTimestamp': '2026-03-01T10:00:00Z'", "", "10:00:00", ""),
            new Held(
                    "started, which is later than created",
                    "'creationTimestamp': '2026-03-01T10:00:00Z'",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Running'",
                    "10:00:03",
                    ""),
            new Held(
                    "deleted, to the end of that second",
                    "'deletionTimestamp': '2026-03-01T11:00:00Z'",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Running'",
                    "10:00:03",
                    "11:00:01"),
            new Held(
                    "completed, with its last container",
                    "",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Succeeded', 'containerStatuses': [{"
                            + DONE.formatted("10:05:00")
                            + "}, {"
                            + DONE.formatted("10:07:00")
                            + "}]",
                    "10:00:03",
                    "10:07:01"),
            new Held(
                    "failed in an init container",
                    "",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Failed', 'containerStatuses': [{'state': {'waiting':"
                            + " {}}}], 'initContainerStatuses': [{"
                            + DONE.formatted("10:05:00")
                            + "}]",
                    "10:00:03",
                    "10:05:01"),
            new Held(
                    "completed before it was deleted",
                    "'deletionTimestamp': '2026-03-01T11:00:00Z'",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Succeeded', 'containerStatuses': [{"
                            + DONE.formatted("10:05:00")
                            + "}]",
                    "10:00:03",
                    "10:05:01"),
            new Held(
                    "running again after a container ended",
                    "",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Running', 'containerStatuses': [{"
                            + DONE.formatted("10:05:00")
                            + "}]",
                    "10:00:03",
                    ""),
            new Held(
                    "an end before the start, which nobody knows",
                    "",
                    "'startTime': '2026-03-01T10:00:03Z', 'phase': 'Failed', 'containerStatuses': [{"
                            + DONE.formatted("09:00:00")
                            + "}]",
                    "10:00:03",
                    ""));

    @ParameterizedTest
    @FieldSource("INTERVALS")
    void holdsItsAddressesWhileItRuns(Held expected) throws IOException {
        Pod pod = pod("""
                {'kind': 'Pod', 'metadata': {'name': 'a'%s}, 'status': {%s}}"""
                .formatted(expected.metadata().isEmpty() ? "" : ", " + expected.metadata(), expected.status()));

        long from = expected.from().isEmpty() ? Long.MIN_VALUE : Lists.at(expected.from());
        long until = expected.until().isEmpty() ? Long.MAX_VALUE : Lists.at(expected.until());
        assertThat(pod.holds()).isEqualTo(new Interval(from, until));
    }

    @Test
    void hasWhatTheListSays() throws IOException {
        Pod pod = pod(
                """
                {'kind': 'Pod',
                 'metadata': {'name': 'web-1', 'namespace': 'shop', 'uid': 'u1', 'labels': {'b': '2', 'a': '1'}},
                 'spec': {'nodeName': 'win-a', 'containers': [
                     {'ports': [{'containerPort': 8080, 'name': 'http'}, {'containerPort': 53, 'protocol': 'UDP'}]},
                     {'ports': [{'containerPort': 9090, 'protocol': 'TCP', 'hostPort': 80}]}]},
                 'status': {'phase': 'Running', 'hostIP': '10.20.0.11', 'podIP': '10.50.1.11',
                     'podIPs': [{'ip': '10.50.1.11'}, {'ip': 'fd00:10:50:1::b'}]}}""");

        assertThat(pod.id()).isEqualTo(new NamespacedName("shop", "web-1"));
        assertThat(pod.uid()).isEqualTo("u1");
        assertThat(pod.addresses()).containsExactly(Lists.ip("10.50.1.11"), Lists.ip("fd00:10:50:1::b"));
        assertThat(pod.nodeName()).hasValue("win-a");
        assertThat(pod.hostAddress()).hasValue(Lists.ip("10.20.0.11"));
        assertThat(pod.hostNetwork()).isFalse();
        assertThat(pod.phase()).isEqualTo("Running");
        assertThat(pod.isFinished()).isFalse();
        assertThat(pod.ports())
                .containsExactly(
                        new ContainerPort("http", IpProtocol.TCP, 8080),
                        new ContainerPort("", IpProtocol.UDP, 53),
                        new ContainerPort("", IpProtocol.TCP, 9090));
        assertThat(pod.labels().toString()).isEqualTo("{a=1, b=2}");
    }

    @Test
    void mayLackNearlyEverything() throws IOException {
        Pod pod = pod("{'kind': 'Pod', 'metadata': {'name': 'a'}}");

        assertThat(pod.id()).hasToString("default/a");
        assertThat(pod.addresses()).isEmpty();
        assertThat(pod.nodeName()).isEqualTo(Optional.empty());
    }

    /// Of JSON in single quotes.
    private static Pod pod(String json) throws IOException {
        return Lists.read(json.replace('\'', '"')).snapshots().getFirst().pods().getFirst();
    }
}
