package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `info` counts protocols in real kernel traffic as tshark does. Skipped where tshark is not installed.
class InfoAgainstTsharkTest {

    /// Our names beside tshark's.
    private static final Map<String, String> NAMES = Map.of(
            "ethernet",
            "eth",
            "arp",
            "arp",
            "ipv4",
            "ip",
            "ipv6",
            "ipv6",
            "tcp",
            "tcp",
            "udp",
            "udp",
            "icmp",
            "icmp",
            "icmpv6",
            "icmpv6",
            "vxlan",
            "vxlan",
            "dns",
            "dns");

    @ParameterizedTest
    @CsvSource({
        "healthy-overlay, node-a.pcapng",
        "healthy-host-gateway, node-b.pcapng",
        "healthy-large-send, node-a.pcapng",
        "mtu-exceeded-icmp, node-a.pcapng",
        "icmp-unreachable, node-b.pcapng",
        "capture-incomplete, node-a.pcapng",
    })
    void countsWhatTsharkCounts(String sample, String name) throws IOException, InterruptedException {
        Path file = SampleCaptures.folder(sample).resolve(name);
        Map<String, Long> expected = countedByTshark(file);
        JsonNode told = new ObjectMapper()
                .readTree(
                        Session.of("info", "--format", "json", file.toString()).out())
                .at("/files/0/protocols");
        Map<String, Long> seen = new TreeMap<>();
        NAMES.keySet()
                .forEach(protocol -> seen.put(protocol, told.path(protocol).asLong()));
        assertThat(seen).isEqualTo(expected);
    }

    /// In how many frames each protocol occurs at least once.
    private static Map<String, Long> countedByTshark(Path file) throws IOException, InterruptedException {
        List<List<String>> frames = Arrays.stream(tshark(file).split("\n"))
                .map(line -> Arrays.asList(line.strip().split(":")))
                .toList();
        Map<String, Long> counts = new TreeMap<>();
        NAMES.forEach((ours, theirs) -> counts.put(
                ours, frames.stream().filter(frame -> frame.contains(theirs)).count()));
        return counts;
    }

    private static String tshark(Path file) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "tshark", "-n", "-r", file.toString(), "-T", "fields", "-e", "frame.protocols")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out;
        } catch (IOException e) {
            assumeTrue(false, "tshark is not installed: " + e.getMessage());
            return "";
        }
    }
}
