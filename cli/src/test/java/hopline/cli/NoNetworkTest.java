package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is fetched, looked up or reported anywhere: captures stay where they are. Flows go to a collector where the
/// command line names one.
class NoNetworkTest {

    /// What a class must name to send anything by itself.
    private static final Pattern SENDING =
            Pattern.compile("java/net/(Socket|ServerSocket|DatagramSocket|MulticastSocket"
                    + "|URLConnection|HttpURLConnection|http/)|java/nio/channels/(\\w*SocketChannel|DatagramChannel)");

    /// Sends to the collector that `--collector` names.
    private static final String COLLECTORS = "hopline/cli/export/Collectors";

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();

    private static final String STATE =
            SampleCaptures.folder("node-paths").resolve("overlay-nat").toString();

    @TempDir
    Path folder;

    @Test
    void noOtherClassOfOursKnowsHowToSend() throws IOException {
        List<Path> sending = new ArrayList<>();
        int classes = 0;
        for (String module : List.of("capture", "decode", "flows", "cli")) {
            try (Stream<Path> files = Files.walk(SampleCaptures.HOME.resolve(module + "/target/classes"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                        .filter(path -> !path.toString().replace('\\', '/').contains(COLLECTORS))
                        .toList()) {
                    classes++;
                    if (SENDING.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .find()) {
                        sending.add(file);
                    }
                }
            }
        }
        assertThat(classes).isGreaterThan(500);
        assertThat(sending).isEmpty();
    }

    /// In a network namespace of its own there is no interface that is up.
    @Test
    void theVerbsNeedNoNetwork() throws IOException, InterruptedException {
        assumeTrue(finish(cutOff("true")) == 0, "no network namespaces for whoever runs this");
        String output = folder.resolve("out").toString();
        for (List<String> command : List.of(
                List.of("analyze", SAMPLE),
                List.of("report", SAMPLE, "-o", output + ".html"),
                List.of("convert", SAMPLE, output + "-all.pcapng"),
                List.of("diagram", SAMPLE, "--flow", "f5", "-o", output + ".svg"),
                List.of("info", SAMPLE),
                List.of("flows", SAMPLE),
                List.of("packets", SAMPLE),
                List.of("state", "check", STATE),
                List.of("trace", "--state", STATE, "--from", "shop/client", "--to", "shop/web:80"),
                List.of("bundle", SAMPLE + "/node-a.pcapng", "-o", output + ".zip"),
                List.of("redact", SAMPLE + "/node-a.pcapng", output + ".pcapng"))) {
            assertThat(finish(cutOff(Own.command(command).toArray(String[]::new))))
                    .as(command.getFirst())
                    .isIn(ExitCode.CLEAN, ExitCode.FINDINGS);
        }
    }

    private static ProcessBuilder cutOff(String... command) {
        List<String> words = new ArrayList<>(List.of("unshare", "--map-root-user", "--net"));
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static int finish(ProcessBuilder builder) throws InterruptedException {
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }
}
