package hopline.capture.node.windows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodComponentsTest {

    private static final int SERVER_2019 = 17763;
    private static final int SERVER_2022 = 20348;

    private static final String ENDPOINTS =
            """
            10.244.1.7 00-15-5D-AD-8B-40
            10.244.1.8 00-15-5D-AD-8B-41 False
            10.244.2.9 02-11-22-33-44-55 True
            """;

    /// As `pktmon list` prints its table.
    private static final String LIST =
            """

            Network Adapters:
               Id MAC Address       Name
               -- -----------       ----
                9 40-8D-5C-B5-46-51 Ethernet
              104 00-15-5D-D1-5A-30 vEthernet (nat)
               80 00-15-5D-AD-8B-40 pod-a
               81 00-15-5D-AD-8B-41 pod-b
               82 02-11-22-33-44-55 somebody
            """;

    private final List<String> asked = new ArrayList<>();
    private String list = LIST;

    private Result run(Command command, Path folder) {
        asked.add(command.shown());
        String text = command.program().equals("pktmon") ? list : ENDPOINTS;
        return new Result(command, 0, text, Instant.EPOCH, Duration.ZERO, 0, false);
    }

    private List<String> components(int build, String... addresses) {
        NodeFacts node = new NodeFacts("win-a", NodeFacts.Family.WINDOWS, "Windows", build, "amd64");
        return PodComponents.of(List.of(addresses), node, this::run);
    }

    @Test
    void areThePodsOwnAndThoseThatAreNoPods() {
        assertThat(components(SERVER_2022, "10.244.1.7", "fd00::7")).containsExactly("9", "104", "80", "82");
    }

    @Test
    void areNoneWhereThePodRunsElsewhere() {
        assertThat(components(SERVER_2022, "10.244.2.9")).isEmpty();
        assertThat(components(SERVER_2022, "10.99.0.1")).isEmpty();
    }

    @Test
    void areNoneWherePacketMonitorListsNoAdapterOfIt() {
        list = "   9 40-8D-5C-B5-46-51 Ethernet\n";

        assertThat(components(SERVER_2022, "10.244.1.7")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({SERVER_2019 + ",pktmon comp list", SERVER_2022 + ",pktmon list"})
    void areAskedForAsTheBuildTakesIt(int build, String command) {
        components(build, "10.244.1.7");

        assertThat(asked).contains(command);
    }
}
