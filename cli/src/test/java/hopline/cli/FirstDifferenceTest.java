package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `trace --follow` over all the lab's captures: where the state is followed nothing differs, and where something is
/// broken, the first hop that differs is where it is broken.
class FirstDifferenceTest {

    /// For each fault, where its packets and answers differ first; after the last point where they end there.
    ///
    /// Of `service-not-translated` the bridge may show a packet before the kernel translates it; the adapter
    /// proves it.
    private static final Map<String, Set<String>> DIFFERING = Map.ofEntries(
            Map.entry("address-conflict", Set.of("node-a v-ghost")),
            Map.entry("arp-unanswered", Set.of("after node-b vx0")),
            Map.entry("dns-wrong-server", Set.of("node-a eth0")),
            Map.entry("hairpin-not-translated", Set.of("node-a v-web-1")),
            Map.entry("icmp-unreachable", Set.of("after node-b vx0")),
            Map.entry("l2-rewrite-missing", Set.of("after node-a eth0")),
            Map.entry("lost-between-nodes", Set.of("after node-a eth0")),
            Map.entry("packet-vanished", Set.of("after node-b vx0")),
            Map.entry("reply-not-restored", Set.of("node-a cni0", "node-a v-client")),
            Map.entry("routing-loop", Set.of("node-a eth0")),
            Map.entry("service-not-translated", Set.of("node-a eth0")),
            Map.entry("service-wrong-backend", Set.of("node-a cni0")),
            Map.entry("service-wrong-port", Set.of("node-a cni0", "node-b v-web-2")),
            Map.entry("snat-missing", Set.of("node-a eth0")),
            Map.entry("snat-port-collision", Set.of("node-a cni0")),
            Map.entry("snat-unexpected", Set.of("node-a eth0", "node-b v-orders-1", "node-b v-web-2")),
            Map.entry("snat-unexpected-overlay", Set.of("node-a vx0", "node-b v-web-2")),
            Map.entry("snat-wrong-source", Set.of("node-a vx0", "node-b v-orders-1")),
            Map.entry("snat-wrong-source-node", Set.of("node-a vx0", "node-b eth0")),
            Map.entry("vxlan-inner-mac-mismatch", Set.of("after node-b vx0")),
            Map.entry("vxlan-not-encapsulated", Set.of("node-b eth0")),
            Map.entry("vxlan-port-mismatch", Set.of("after node-a eth0", "after node-b eth0")),
            Map.entry("vxlan-vni-mismatch", Set.of("after node-b eth0", "node-b eth0")),
            Map.entry("vxlan-wrong-remote", Set.of("node-a eth0")),
            Map.entry("vxlan-wrong-source", Set.of("after node-b eth0")),
            Map.entry("wrong-next-hop", Set.of("after node-a eth0")));

    /// Faults of which every packet that was captured goes the way that the state leads: what is wrong is beyond the
    /// nodes, in the pod, in a packet's size or time, in the frame's address alone, or in the capture.
    private static final Set<String> ON_THEIR_WAY = Set.of(
            "api-server-unreachable",
            "arp-unanswered-gateway",
            "asymmetric-path",
            "capture-incomplete",
            "capture-point-missing",
            "clock-offset",
            "clock-unreliable",
            "connection-refused",
            "connection-reset",
            "connection-unanswered",
            "dns-failure",
            "dns-nxdomain",
            "dns-slow",
            "dns-slow-retry",
            "dns-unanswered",
            "fragment-missing",
            "icmp-not-translated",
            "mtu-exceeded",
            "mtu-exceeded-icmp",
            "retransmissions",
            "ttl-expired",
            "zero-window");

    static Stream<String> healthy() {
        return withState().filter(name -> name.startsWith("healthy-"));
    }

    static Stream<String> faults() {
        return withState().filter(name -> !name.startsWith("healthy-"));
    }

    private static Stream<String> withState() {
        return SampleCaptures.names().stream()
                .filter(name -> Files.isDirectory(SampleCaptures.folder(name).resolve("state")));
    }

    /// A flow of the fault, hop by hop, as it is printed.
    @Test
    void aFlowIsMarkedAtTheFirstHopThatDiffers() throws IOException {
        Session session = follow("service-wrong-backend", "f5");

        assertThat(session.exitCode()).isEqualTo(ExitCode.FINDINGS);
        GoldenFile.check(
                SampleCaptures.folder("service-wrong-backend").resolve("follow-f5.expected.txt"), session.out());
    }

    @Test
    void aFlowThatIsNotThereIsRefusedInALine() {
        Session session = follow("service-wrong-backend", "f999");

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.messages()).singleElement().asString().contains("no flow f999");
    }

    @Test
    void stateBesideTheCapturesNeedsNoOption() {
        Session found = Session.of(
                "trace",
                "--follow",
                "f5",
                SampleCaptures.folder("service-wrong-backend").toString());

        assertThat(found.out()).isEqualTo(follow("service-wrong-backend", "f5").out());
        assertThat(found.messages()).isEmpty();
    }

    @Test
    void optionsOfAnUnsentPacketAreRefused() {
        String folder = SampleCaptures.folder("service-wrong-backend").toString();
        for (String[] option : new String[][] {
            {"--from", "shop/client"}, {"--at", "node-a"}, {"--answer"}, {"--format", "json"}, {"--node", "a=" + folder}
        }) {
            List<String> words = new ArrayList<>(List.of("trace", "--follow", "f5", folder));
            words.addAll(List.of(option));
            Session session = Session.of(words.toArray(String[]::new));

            assertThat(session.exitCode()).as(option[0]).isEqualTo(ExitCode.USAGE);
            assertThat(session.messages()).singleElement().asString().contains(option[0].substring(2));
        }
    }

    private static Session follow(String name, String flow) {
        Path folder = SampleCaptures.folder(name);
        String state = folder.resolve("state").toString();
        return Session.of("trace", "--vxlan-port", "8472", "--state", state, "--follow", flow, folder.toString());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void nothingDiffersWhereAllIsWell(String name) {
        Session session = follow(name, "all");

        assertThat(session.out()).startsWith("0 of ");
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theFirstDifferenceIsWhereItIsBroken(String name) {
        Session session = follow(name, "all");

        Set<String> differing = new TreeSet<>();
        String last = "";
        for (String row : session.out().lines().map(String::strip).toList()) {
            String[] cells = row.split(" {2,}");
            if (row.startsWith("✓") || row.startsWith("·")) {
                last = cells[1];
            } else if (row.startsWith("✗")) {
                differing.add(row.contains("not seen again") ? "after " + last : cells[1]);
            }
        }
        assertThat(DIFFERING.containsKey(name)).isNotEqualTo(ON_THEIR_WAY.contains(name));
        assertThat(differing).isEqualTo(DIFFERING.getOrDefault(name, Set.of()));
        assertThat(session.exitCode() == ExitCode.FINDINGS).isEqualTo(!differing.isEmpty());
    }
}
