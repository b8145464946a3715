package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Community ID of each stage is one of those that tshark gives the record: it names tunnels as well as what they
/// carry. Skipped where tshark is missing.
class CommunityIdsAgainstTsharkTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"service-wrong-backend", "dns-slow", "mtu-exceeded", "healthy-overlay"})
    void eachStageHasTheOneThatTsharkGivesIt(String sample) throws Exception {
        Path capture = SampleCaptures.folder(sample).resolve("node-a.pcapng");
        Map<Long, String> theirs = theirs(capture);
        Session session = Session.of("packets", capture.toString(), "--format", "jsonl");

        int compared = 0;
        for (String line : session.out().lines().toList()) {
            for (JsonNode stage : JSON.readTree(line).path("stages")) {
                String known = theirs.getOrDefault(stage.path("record").asLong(), "");
                if (!known.isEmpty()) {
                    assertThat(known.split(","))
                            .as("record %s", stage.path("record"))
                            .contains(stage.path("communityId").asText());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static Map<Long, String> theirs(Path capture) throws IOException, InterruptedException {
        Map<Long, String> ids = new HashMap<>();
        for (String line : tshark(capture)) {
            String[] fields = line.split("\t", -1);
            ids.put(Long.parseLong(fields[0]), fields[1]);
        }
        return ids;
    }

    private static List<String> tshark(Path capture) throws InterruptedException {
        List<String> command = List.of(
                "tshark",
                "-r",
                capture.toString(),
                "--enable-protocol",
                "communityid",
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "communityid");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> lines = process.inputReader().lines().toList();
            assumeTrue(process.waitFor() == 0, "this tshark knows no Community ID");
            return lines;
        } catch (IOException e) {
            assumeTrue(false, "tshark is missing");
            return List.of();
        }
    }
}
