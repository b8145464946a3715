package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Captures begin and end in the middle of what goes on: whatever moment that is, in healthy traffic nothing is wrong.
class CutCapturesTest {

    /// Of the moments so many are passed over, a prime so that they differ from capture to capture.
    private static final int STRIDE = 23;

    @TempDir
    Path folder;

    private final Map<String, PcapngBlocks> captures = new TreeMap<>();
    private final List<Long> moments = new ArrayList<>();

    /// All but the one whose server drops a first SYN: where it ends with the second, that goes unanswered, too.
    static Stream<String> healthy() {
        return SampleCaptures.names().stream()
                .filter(name -> name.startsWith("healthy-") && !name.equals("healthy-api-server-busy"));
    }

    @BeforeEach
    void nothingRead() {
        captures.clear();
        moments.clear();
    }

    private void read(String sample) throws IOException {
        try (Stream<Path> files = Files.list(SampleCaptures.folder(sample))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".pcapng")) {
                    captures.put(name, PcapngBlocks.of(file));
                } else if (name.endsWith("s.json")) {
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
        captures.values().stream()
                .flatMap(capture -> capture.records().stream())
                .map(PcapngBlocks.Record::epochNanos)
                .sorted()
                .forEach(moments::add);
    }

    private String analyze(LongPredicate captured) throws IOException {
        for (Map.Entry<String, PcapngBlocks> capture : captures.entrySet()) {
            List<PcapngBlocks.Record> records = capture.getValue().records().stream()
                    .filter(record -> captured.test(record.epochNanos()))
                    .toList();
            Files.write(folder.resolve(capture.getKey()), capture.getValue().only(records));
        }
        return Session.of("analyze", folder.toString()).out();
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void nothingIsWrongWhereverCapturesEnd(String sample) throws IOException {
        nothingIsWrong(sample, moment -> nanos -> nanos <= moment);
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void nothingIsWrongWhereverCapturesBegin(String sample) throws IOException {
        nothingIsWrong(sample, moment -> nanos -> nanos >= moment);
    }

    /// @param captured what of the sample is, where it is cut at a moment
    private void nothingIsWrong(String sample, LongFunction<LongPredicate> captured) throws IOException {
        read(sample);
        for (int i = STRIDE; i < moments.size(); i += STRIDE) {
            assertThat(analyze(captured.apply(moments.get(i))))
                    .as("cut at record " + i)
                    .startsWith("No f"); // fault, or flow
        }
    }

    /// Moments at which something was once taken for wrong.
    @ParameterizedTest
    @CsvSource({
        "healthy-overlay,             77, a search list before its next name",
        "healthy-shared-source-port,  1073, a packet on its way back to its pod before the source is translated",
        "healthy-vxlan-second-address, 82, a packet at its node before it is out of its tunnel",
        "healthy-vxlan-second-address, 83, a packet out of its tunnel before it reaches its pod",
    })
    void nothingIsWrongWithWhatIsOnItsWay(String sample, int records, String what) throws IOException {
        read(sample);
        long end = moments.get(records - 1);

        assertThat(analyze(nanos -> nanos <= end)).as(what).startsWith("No fault found");
    }

    @Test
    void thereAreHealthySamples() {
        assertThat(healthy()).hasSizeGreaterThan(10);
    }
}
