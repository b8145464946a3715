package hopline.flows.expect;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made ready of a Linux node whose adapter is not called `eth0`, in a cluster with both versions of IP.
class LinuxFactsTest {

    private static final String NODES =
            """
            {"kind": "List", "apiVersion": "v1", "items": [
              {"kind": "Node", "metadata": {"name": "one"}, "spec": {"podCIDRs": ["10.244.1.0/24", "fd00:244:1::/64"]},
               "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.11"},
                                        {"type": "InternalIP", "address": "fd00:20::11"}]}},
              {"kind": "Node", "metadata": {"name": "two"}, "spec": {"podCIDRs": ["10.244.2.0/24", "fd00:244:2::/64"]},
               "status": {"addresses": [{"type": "InternalIP", "address": "10.20.0.12"},
                                        {"type": "InternalIP", "address": "fd00:20::12"}]}}]}
            """;
    private static final String ADDRESSES =
            """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
                inet 127.0.0.1/8 scope host lo
                inet6 ::1/128 scope host
            2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
                link/ether 02:00:00:00:00:03 brd ff:ff:ff:ff:ff:ff
                inet 10.20.0.11/24 brd 10.20.0.255 scope global ens3
            3: ens4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
                link/ether 02:00:00:00:00:04 brd ff:ff:ff:ff:ff:ff
                inet 10.30.0.11/24 brd 10.30.0.255 scope global ens4
            4: cni0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP group default qlen 1000
                link/ether 02:00:00:00:00:05 brd ff:ff:ff:ff:ff:ff
                inet 10.244.1.1/24 brd 10.244.1.255 scope global cni0
            """;
    private static final String ROUTES =
            """
            default via 10.20.0.1 dev ens3 proto dhcp metric 100
            10.20.0.0/24 dev ens3 proto kernel scope link src 10.20.0.11
            10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1
            """;

    @TempDir
    Path folder;

    private LinuxFacts facts() throws IOException {
        Path node = Files.createDirectory(folder.resolve("one"));
        Files.writeString(folder.resolve("nodes.json"), NODES);
        Files.writeString(node.resolve("ip-addr.txt"), ADDRESSES);
        Files.writeString(node.resolve("ip-route.txt"), ROUTES);
        StateFinder finder = new StateFinder();
        finder.add(folder.toString());
        CollectedState state = StateReader.read(finder);
        NodeState one = state.nodes().stream()
                .filter(found -> found.name().equals("one"))
                .findFirst()
                .orElseThrow();
        return new LinuxFacts(state, one, false, new DemandedRules(state));
    }

    @Test
    void anAddressIsBehindItsOwnInterfaceOrTheAdapter() throws IOException {
        LinuxFacts facts = facts();

        assertThat(facts.adapter()).isEqualTo("ens3");
        assertThat(facts.macBehind(Address.of("10.20.0.11"))).isEqualTo(0x0200_0000_0003L);
        assertThat(facts.macBehind(Address.of("10.30.0.11"))).isEqualTo(0x0200_0000_0004L);
        assertThat(facts.macBehind(Address.of("10.244.1.1"))).as("the bridge's").isEqualTo(0x0200_0000_0003L);
        assertThat(facts.macBehind(Address.of("fd00:20::11"))).as("of the list").isEqualTo(0x0200_0000_0003L);
    }

    @Test
    void masqueradedPacketsGetAnAddressOfTheirOwnVersion() throws IOException {
        LinuxFacts facts = facts();

        assertThat(facts.addressOf("ens3", true)).contains(Address.of("10.20.0.11"));
        assertThat(facts.addressOf("ens3", false)).isEmpty();
        assertThat(facts.addressOf("ens9", false)).contains(Address.of("fd00:20::11"));
    }

    @Test
    void withoutRoutesEachNodesPodsAreBehindTheNode() throws IOException {
        LinuxFacts facts = facts();

        assertThat(facts.hop(Address.of("10.244.2.5")).nextHop())
                .as("by the route")
                .isEqualTo(hop("10.20.0.1"));
        assertThat(facts.hop(Address.of("fd00:244:2::5")).nextHop()).isEqualTo(hop("fd00:20::12"));
        assertThat(facts.hop(Address.of("fd00:999::5")).nextHop()).isEmpty();
    }

    private static Optional<Address> hop(String address) {
        return Optional.of(Address.of(address));
    }

    @Test
    void loopbackIsItsOwnAndNobodyElses() throws IOException {
        LinuxFacts facts = facts();

        assertThat(facts.isOwn(Address.of("127.0.0.1"))).isTrue();
        assertThat(facts.isOwn(Address.of("::1"))).isTrue();
        assertThat(facts.addresses()).doesNotContain(Address.of("127.0.0.1"), Address.of("::1"));
    }
}
