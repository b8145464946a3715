package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Captures of many makers against what Wireshark's `capinfos` said of them: as many records, the same first and last
/// time.
class RealCapturesTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "pcap");
    private static final Path FACTS = FOLDER.resolve("facts");

    private static final int SAMPLE = 150;

    /// Larger ones take time and show nothing more.
    private static final int MAX_SIZE = 4 << 20;

    /// A time that `capinfos` prints as it is; it scrambles some of broken captures.
    private static final Pattern TIME = Pattern.compile("\\d+\\.\\d{6}(\\d{3})?");

    /// What Wireshark's tools said of one capture.
    ///
    /// @param frames what is numbered, custom blocks included
    /// @param packets those of the frames that are packets
    /// @param first in seconds, with as many digits as the file has; empty when it states no times
    record Facts(Path file, long frames, long packets, String first, String last) {

        /// Empty for what could not be read whole, other link types, and captures without records.
        static Optional<Facts> read(Path json) {
            try {
                String text = Files.readString(json);
                Facts facts = new Facts(
                        FOLDER.resolve(value(text, "file")),
                        number(text, "packets"),
                        number(text, "Number of packets"),
                        value(text, "First packet time"),
                        value(text, "Last packet time"));
                boolean fits = value(text, "File encapsulation").equals("ether")
                        && text.contains("\"capinfos_rc\": 0,")
                        && text.contains("\"tshark_rc\": 0,")
                        && facts.packets() > 0
                        && Files.size(facts.file()) <= MAX_SIZE;
                return Optional.of(facts).filter(f -> fits);
            } catch (IOException e) {
                throw new AssertionError(json.toString(), e);
            }
        }

        private static String value(String json, String name) {
            return find(json, "\"" + name + "\": \"([^\"]*)\"");
        }

        private static long number(String json, String name) {
            return Long.parseLong("0" + find(json, "\n *\"" + name + "\": \"?(\\d+)"));
        }

        private static String find(String json, String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(json);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    @TestFactory
    Stream<DynamicTest> readAsOthersReadThem() throws IOException {
        if (!Files.isDirectory(FACTS)) {
            return Stream.of(DynamicTest.dynamicTest(
                    "no development data", () -> assumeTrue(false, "no development data beside this checkout")));
        }
        List<Facts> sample = sample();
        assertThat(sample).hasSize(SAMPLE);
        return sample.stream()
                .map(facts ->
                        DynamicTest.dynamicTest(FOLDER.relativize(facts.file()).toString(), () -> readsTheSame(facts)));
    }

    /// Evenly spread over all, in the order of their names.
    private static List<Facts> sample() throws IOException {
        List<Facts> all;
        try (Stream<Path> files = Files.walk(FACTS)) {
            all = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> Facts.read(file).stream())
                    .toList();
        }
        return IntStream.range(0, SAMPLE)
                .mapToObj(i -> all.get(i * all.size() / SAMPLE))
                .toList();
    }

    private static void readsTheSame(Facts facts) throws IOException {
        Counted counted = count(facts.file());

        assertThat(counted.frames()).as("frames").isEqualTo(facts.frames());
        assertThat(counted.records()).as("records").isEqualTo(facts.packets());
        if (TIME.matcher(facts.first()).matches()) {
            assertThat(seconds(counted.first(), facts.first())).as("first time").isEqualTo(facts.first());
            assertThat(seconds(counted.last(), facts.last())).as("last time").isEqualTo(facts.last());
        }
    }

    record Counted(long frames, long records, long first, long last) {}

    private static Counted count(Path file) throws IOException {
        long records = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        try (CaptureReader reader = Captures.open(file)) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                records++;
                first = Math.min(first, record.epochNanos());
                last = Math.max(last, record.epochNanos());
            }
            return new Counted(reader.records(), records, first, last);
        }
    }

    /// With as many digits as `like` has.
    private static String seconds(long nanos, String like) {
        int digits = like.length() - like.indexOf('.') - 1;
        return BigDecimal.valueOf(nanos, 9).setScale(digits, RoundingMode.FLOOR).toPlainString();
    }
}
