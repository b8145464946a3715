package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles for strangers: what is in them, and what is not.
class BundleVerbTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /// A lab's captures with lists and state, a Windows trace, and names that were asked for.
    @ParameterizedTest
    @ValueSource(strings = {"service-wrong-backend", "policy-blocked", "dns-slow"})
    void holdsEverythingAndNothingOfTheOriginals(String name) throws IOException {
        Path sample = sample(name);
        Path bundle = folder.resolve("shared.zip");

        Session made = Session.of("bundle", "--key", "a phrase", sample.toString(), "-o", bundle.toString());
        Path unpacked = unpacked(bundle);

        assertThat(made.exitCode()).describedAs(made.out()).isEqualTo(ExitCode.CLEAN);
        assertThat(made.out()).contains("no address, name or token is left");
        assertThat(unpacked).isDirectoryContaining("glob:**/{report.html,manifest.json,analysis.json}");
        assertThat(unpacked.resolve("diagrams")).isDirectoryContaining("glob:**.svg");
        assertThat(RedactVerbTest.left(sample, unpacked)).isEmpty();
        assertThat(rules(bundle)).isEqualTo(rules(sample));
        assertThat(JSON.readTree(unpacked.resolve("manifest.json").toFile())
                        .path("complete")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theNodesStatesStayThoseOfTheirNodes() throws IOException {
        Path sample = SampleCaptures.folder("service-wrong-backend");
        Path bundle = folder.resolve("shared.zip");
        Session of = Session.of("analyze", "--format", "json", "--state", sample + "/state", sample.toString());

        Session.of("bundle", "--state", sample + "/state", sample.toString(), "-o", bundle.toString());

        JsonNode made = JSON.readTree(unpacked(bundle).resolve("analysis.json").toFile());
        assertThat(judgements(made)).isNotEmpty().isEqualTo(judgements(JSON.readTree(of.out())));
        assertThat(Session.of("state", "show", bundle.toString()).out()).containsPattern("Nodes +\\S+: 9 interfaces");
    }

    /// How the nodes' state judges each flow's way there.
    private static List<String> judgements(JsonNode analysis) {
        List<String> judgements = new ArrayList<>();
        analysis.path("flows")
                .forEach(flow -> judgements.add(flow.path("id").asText() + " "
                        + flow.at("/expected/forward/verdict").asText()));
        judgements.sort(null);
        return judgements;
    }

    /// Without what a sample is published with.
    private Path sample(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("incident"));
        try (Stream<Path> files = Files.walk(SampleCaptures.folder(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = SampleCaptures.folder(name).relativize(file).toString();
                if (!path.contains(".expected.") && !path.matches(".*\\.(md|png)")) {
                    Path target = copy.resolve(path);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    private Path unpacked(Path bundle) throws IOException {
        Path unpacked = folder.resolve("unpacked");
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path target = unpacked.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
        Path page = unpacked.resolve("report.html");
        Files.writeString(unpacked.resolve("data-of-the-page"), dataOf(page));
        Files.writeString(page, Files.readString(page).replaceAll("(?s)<script>.*</script>", "")); // everybody's
        return unpacked;
    }

    /// What is packed in a page, the pages about rules left out: their examples are everybody's.
    private static String dataOf(Path page) throws IOException {
        StringBuilder data = new StringBuilder();
        ReportPage report = new ReportPage(Files.readString(page));
        for (String block : report.blocks()) {
            data.append(report.data(block).replaceAll("\"rules\":\\{.*", "")).append('\n');
        }
        return data.toString();
    }

    private static List<String> rules(Path input) throws IOException {
        List<String> rules = new ArrayList<>();
        JsonNode report = JSON.readTree(
                Session.of("analyze", "--format", "json", input.toString()).out());
        report.path("findings")
                .forEach(finding -> rules.add(finding.path("rule").asText() + " " + finding.path("severity")));
        rules.sort(null);
        return rules;
    }

    @Test
    void ofWhatWasNotRedactedItListsWhatIsPrivate() throws IOException {
        Path sample = sample("service-wrong-backend");
        Files.writeString(
                sample.resolve("kubeconfig.txt"),
                """
                server: https://10.42.7.7:6443
                token: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJkZXBsb3llciJ9.c2lnbmF0dXJlLW9mLWl0
                """);

        Session session = Session.of("bundle", "--check", "--all", sample.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(session.out())
                .contains("private data is left")
                .contains("addresses:", "10.42.7.7 in kubeconfig.txt", "10.42.1.11 in node-a.pcapng")
                .contains("names:", "shop in ")
                .contains("tokens: 1", "in line 2 in kubeconfig.txt")
                .contains("payload")
                .doesNotContain("eyJ");
    }

    @Test
    void whatIsPutIntoABundleLaterIsFound() throws IOException {
        Path bundle = folder.resolve("shared.zip");
        Path later = folder.resolve("later.zip");
        Session.of("bundle", sample("service-wrong-backend").toString(), "-o", bundle.toString());
        assertThat(Session.of("bundle", "--check", bundle.toString()).exitCode())
                .isEqualTo(ExitCode.CLEAN);
        try (ZipFile zip = new ZipFile(bundle.toFile());
                OutputStream out = Files.newOutputStream(later);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                copy.putNextEntry(new ZipEntry(entry.getName()));
                zip.getInputStream(entry).transferTo(copy);
            }
            copy.putNextEntry(new ZipEntry("notes.txt"));
            copy.write("seen on bastion-7 at 192.168.77.5\n".getBytes(StandardCharsets.UTF_8));
        }

        Session session = Session.of("bundle", "--check", later.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(session.out()).contains("192.168.77.5 in notes.txt", "bastion-7 in notes.txt");
    }

    @Test
    void whatCannotBeWrittenLeavesNoHalfFile() throws IOException {
        Path sample = sample("mtu-exceeded");
        Path target = Files.createDirectory(folder.resolve("target"));
        Path full = target.resolve("missing").resolve("shared.zip");

        Session session = Session.of("bundle", sample.toString(), "-o", full.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void aWrongCommandLineIsOneLine() {
        assertThat(Session.of("bundle", "x").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("bundle", "--check").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("bundle", "--check", folder + "/none").exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }
}
