package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Headers;
import hopline.flows.expect.Walker;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file of state holds, in whatever mix of formats, it is read as far as it makes sense, the rules look at
/// what there is, and packets are walked through it to an end.
///
/// The seeds beside the test's resources, one for each format, and what fuzzing found, are run with all tests;
/// `JAZZER_FUZZ=1` fuzzes.
class StateFuzzTest {

    private static final Endpoint POD = new Endpoint(Address.of("10.244.1.31"), 40_000);
    private static final List<Endpoint> DESTINATIONS =
            List.of(new Endpoint(Address.of("10.96.0.50"), 80), new Endpoint(Address.of("10.244.2.21"), 8080));

    @TempDir
    static Path folder;

    @FuzzTest(maxDuration = "60s")
    void check(byte @NotNull [] octets) throws IOException {
        Path file = Files.write(folder.resolve("state.txt"), octets);
        StateFinder finder = new StateFinder();
        finder.add(file.toString());

        CollectedState state = StateReader.read(finder);

        assertThat(StateRules.check(state))
                .allSatisfy(finding -> assertThat(finding.claim().title()).isNotBlank());
        walk(Walker.of(state));
        walk(Walker.demanded(state));
    }

    private static void walk(Walker walker) {
        for (String node : walker.nodes()) {
            for (Endpoint destination : DESTINATIONS) {
                Headers packet = Headers.of(IpProtocol.TCP, POD, destination, 0);
                for (Walker.Start start : List.of(
                        new Walker.Start.AtPod(node, POD.address()),
                        new Walker.Start.AtNode(node),
                        new Walker.Start.AtWire(node))) {
                    assertThat(walker.walk(packet, start).walks()).hasSizeBetween(1, Walker.MAX_WALKS);
                }
            }
        }
    }
}
