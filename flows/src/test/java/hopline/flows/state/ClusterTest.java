package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private static final long NOW = Lists.at("12:00:00");

    private static final String NODES =
            """
            {"kind": "Node", "metadata": {"name": "lin-a"}, "spec": {"podCIDR": "10.50.1.0/24"},
             "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.11"}]}},
            {"kind": "Node", "metadata": {"name": "lin-b"}, "spec": {"podCIDRs": ["10.50.2.0/24", "fd00:2::/64"]},
             "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.12"}]}}""";

    @Test
    void namesThePodThatHeldAReusedAddressThen() throws IOException {
        Cluster cluster = Lists.cluster(Lists.list(Lists.finished("job-1", "u1", "10.50.1.7", "10:00:00", "10:30:00")
                + "," + Lists.running("web-1", "u2", "10.50.1.7", "10:45:00")));

        assertThat(podAt(cluster, "10.50.1.7", "09:59:59")).isEmpty();
        assertThat(podAt(cluster, "10.50.1.7", "10:00:00")).hasValue("app/job-1");
        assertThat(podAt(cluster, "10.50.1.7", "10:30:00")).hasValue("app/job-1");
        assertThat(podAt(cluster, "10.50.1.7", "10:40:00")).isEmpty();
        assertThat(podAt(cluster, "10.50.1.7", "10:45:00")).hasValue("app/web-1");
        assertThat(podAt(cluster, "10.50.1.7", "23:00:00")).hasValue("app/web-1");
    }

    /// A start is when setup began; the address changes hands only when the other pod has ended.
    @Test
    void aPodKnownToHaveRunStillHasTheAddress() throws IOException {
        Cluster cluster = Lists.cluster(Lists.list(Lists.finished("job-1", "u1", "10.50.1.7", "10:00:00", "10:30:00")
                + "," + Lists.running("web-1", "u2", "10.50.1.7", "10:29:50")));

        assertThat(podAt(cluster, "10.50.1.7", "10:29:55")).hasValue("app/job-1");
        assertThat(podAt(cluster, "10.50.1.7", "10:30:01")).hasValue("app/web-1");
    }

    @Test
    void theLaterOfTwoRunningPodsHasTheAddress() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(Lists.running("old", "u1", "10.50.1.7", "10:00:00")),
                Lists.list(Lists.running("new", "u2", "10.50.1.7", "11:00:00")));

        assertThat(podAt(cluster, "10.50.1.7", "10:59:59")).hasValue("app/old");
        assertThat(podAt(cluster, "10.50.1.7", "11:00:00")).hasValue("app/new");
    }

    @Test
    void aPodWasGoneWhenTheNextOfItsNameStarted() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(Lists.running("db-0", "u1", "10.50.1.7", "10:00:00")),
                Lists.list(Lists.running("db-0", "u2", "10.50.1.8", "11:00:00")));

        assertThat(podAt(cluster, "10.50.1.7", "10:59:59")).hasValue("app/db-0");
        assertThat(podAt(cluster, "10.50.1.7", "11:00:00")).isEmpty();
        assertThat(podAt(cluster, "10.50.1.8", "11:00:00")).hasValue("app/db-0");
        assertThat(cluster.counts().pods()).isEqualTo(2);
    }

    @Test
    void severalSnapshotsOfOnePodAreOnePod() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.listAt(
                        "2026-03-01T11:00:00Z", Lists.finished("job-1", "u1", "10.50.1.7", "10:00:00", "10:30:00")),
                Lists.listAt("2026-03-01T10:15:00Z", Lists.running("job-1", "u1", "10.50.1.7", "10:00:00")));

        assertThat(cluster.pods()).singleElement().satisfies(pod -> {
            assertThat(pod.phase()).isEqualTo("Succeeded");
            assertThat(pod.holds()).isEqualTo(new Interval(Lists.at("10:00:00"), Lists.at("10:30:01")));
        });
    }

    @Test
    void aPodOnTheHostNetworkDoesNotOwnItsNodesAddress() throws IOException {
        String proxy =
                """
                {"kind": "Pod", "metadata": {"name": "proxy"}, "spec": {"hostNetwork": true, "nodeName": "lin-c"},
                 "status": {"podIP": "10.20.0.13", "hostIP": "10.20.0.13"}}""";
        Cluster cluster = Lists.cluster(Lists.list(NODES + "," + proxy));

        assertThat(cluster.pod(Lists.ip("10.20.0.13"), NOW)).isEmpty();
        assertThat(cluster.nodeName(Lists.ip("10.20.0.13"))).hasValue("lin-c");
        assertThat(cluster.nodeOwning(Lists.ip("10.20.0.13"), NOW)).hasValue("lin-c");
        assertThat(cluster.isPodAddress(Lists.ip("10.20.0.13"))).isFalse();
        assertThat(cluster.isNodeAddress(Lists.ip("10.20.0.13"))).isTrue();
    }

    @Test
    void knowsWhereAnAddressIsAtHome() throws IOException {
        String stray =
                """
                {"kind": "Pod", "metadata": {"name": "stray"}, "spec": {"nodeName": "lin-a"},
                 "status": {"podIP": "10.50.2.9"}}""";
        Cluster cluster = Lists.cluster(Lists.list(NODES + "," + stray));

        assertThat(cluster.nodeOwning(Lists.ip("10.50.2.9"), NOW)).hasValue("lin-a");
        assertThat(cluster.nodeOwning(Lists.ip("10.50.2.10"), NOW)).hasValue("lin-b");
        assertThat(cluster.nodeOwning(Lists.ip("fd00:2::10"), NOW)).hasValue("lin-b");
        assertThat(cluster.nodeOwning(Lists.ip("10.20.0.12"), NOW)).hasValue("lin-b");
        assertThat(cluster.nodeOwning(Lists.ip("8.8.8.8"), NOW)).isEmpty();
        assertThat(cluster.node(Lists.ip("10.20.0.11")).map(Node::name)).hasValue("lin-a");
        assertThat(cluster.node("lin-b").map(Node::name)).hasValue("lin-b");
        assertThat(cluster.node("lin-z")).isEmpty();
    }

    @Test
    void theLongestPodCidrCounts() throws IOException {
        Cluster cluster = Lists.cluster(
                Lists.list(
                        NODES
                                + """
                , {"kind": "Node", "metadata": {"name": "wide"}, "spec": {"podCIDR": "10.50.0.0/16"}}"""));

        assertThat(cluster.nodeOwning(Lists.ip("10.50.1.9"), NOW)).hasValue("lin-a");
        assertThat(cluster.nodeOwning(Lists.ip("10.50.9.9"), NOW)).hasValue("wide");
    }

    @Test
    void tellsTheClustersAddressesFromOthers() throws IOException {
        Cluster cluster = Lists.cluster(Lists.list(NODES + "," + Lists.service("web", "10.99.7.7") + ","
                + Lists.running("web-1", "u1", "172.30.0.9", "10:00:00")));

        assertThat(cluster.isPodAddress(Lists.ip("172.30.0.9"))).isTrue();
        assertThat(cluster.isPodAddress(Lists.ip("10.50.1.77"))).isTrue();
        assertThat(cluster.isPodAddress(Lists.ip("10.99.7.7"))).isFalse();
        assertThat(cluster.isServiceAddress(Lists.ip("10.99.7.7"))).isTrue();
        for (String address : List.of("172.30.0.9", "10.50.1.77", "10.99.7.7", "10.20.0.11")) {
            assertThat(cluster.isClusterAddress(Lists.ip(address))).isTrue();
        }
        assertThat(cluster.isClusterAddress(Lists.ip("8.8.8.8"))).isFalse();
        assertThat(cluster.isEmpty()).isFalse();
        assertThat(Cluster.EMPTY.isEmpty()).isTrue();
        assertThat(Cluster.EMPTY.isClusterAddress(Lists.ip("10.0.0.1"))).isFalse();
    }

    private static Optional<String> podAt(Cluster cluster, String address, String time) {
        return cluster.pod(Lists.ip(address), Lists.at(time))
                .map(pod -> pod.id().toString());
    }
}
