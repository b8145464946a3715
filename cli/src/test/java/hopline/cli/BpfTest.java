package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import hopline.capture.MissingLibraryException;
import hopline.capture.PacketFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The option `--bpf` of the verbs that read captures.
class BpfTest {

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();

    private static void needLibpcap() throws IOException {
        try {
            PacketFilter.of("ip");
        } catch (MissingLibraryException e) {
            abort("libpcap is not installed on this machine");
        }
    }

    @Test
    void onlyWhatPassesIsAnalysed() throws IOException {
        needLibpcap();
        Session session = Session.of("analyze", "--bpf", "udp port 53", SAMPLE);
        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("2 captures: 17 records of 8 packets")
                .contains("2 flows: 2 delivered");
    }

    @Test
    void onlyWhatPassesIsListed() throws IOException {
        needLibpcap();
        Session session = Session.of("packets", "-n", "--bpf", "udp port 53 and src host 10.42.1.11", SAMPLE);
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).endsWith("4 of 4 packets\n").doesNotContain("TCP");
        assertThat(Session.of("flows", "--bpf", "icmp", SAMPLE).out()).endsWith("2 of 2 flows\n");
    }

    @Test
    void onlyWhatPassesIsConverted(@TempDir Path folder) throws IOException {
        needLibpcap();
        Path file = folder.resolve("dns.pcapng");
        Session session = Session.of("convert", "--bpf", "udp port 53", SAMPLE, file.toString());
        assertThat(session.messages()).isEmpty();
        assertThat(Session.of("info", file.toString()).out()).contains("17 records");
    }

    @Test
    void anExpressionThatIsWrongIsAWrongCommandLine() throws IOException {
        needLibpcap();
        Session session = Session.of("analyze", "--bpf", "udp prot 53", SAMPLE);
        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.messages()).singleElement().asString().contains("--bpf 'udp prot 53'", "syntax error");
    }

    @Test
    void withoutLibpcapTheEnvironmentRefuses() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.pcap4j.core.pcapLibName=nosuchpcap",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "hopline.cli.Main",
                        "analyze",
                        "--bpf",
                        "udp",
                        SAMPLE))
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.lines())
                .singleElement()
                .asString()
                .startsWith("hopline: ")
                .contains("needs libpcap");
        assertThat(out).isEmpty();
    }
}
