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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    /// Whatever is found: what the report says of it in our words is nobody's. In these it was once taken for a name.
    @ParameterizedTest
    @ValueSource(strings = {"dns-failure", "routing-loop", "snat-missing", "packet-vanished", "host-firewall-blocked"})
    void isFoundCleanByItself(String name) throws IOException {
        Path bundle = folder.resolve("shared.zip");

        Session made = Session.of("bundle", "--key", "a phrase", sample(name).toString(), "-o", bundle.toString());

        assertThat(made.out()).contains("no address, name or token is left");
    }

    /// Names as only other systems take them, and one that leads out.
    @Test
    void theNamesInItAreGoodEverywhereAndLeadNowhereElse() throws IOException {
        Path inputs = Files.createDirectory(folder.resolve("inputs"));
        Path list = SampleCaptures.folder("service-wrong-backend").resolve("services.json");
        List<String> names = List.of("a\\..\\..\\..\\up.json", "C:\\c.json", "nul", "two\nlines", "dot.", "q\"<>|?*");
        for (String name : names) {
            Files.copy(list, inputs.resolve(name));
        }
        Files.copy(list.resolveSibling("node-a.pcapng"), inputs.resolve("con.pcapng"));
        Path bundle = folder.resolve("shared.zip");

        assertThat(Session.of("bundle", inputs.toString(), "-o", bundle.toString())
                        .exitCode())
                .isIn(ExitCode.CLEAN, ExitCode.UNREADABLE);

        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            List<String> entries = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("state/"))
                    .toList();
            assertThat(entries).hasSize(names.size()).allSatisfy(name -> assertThat(name)
                    .matches("[^\\x00-\\x1f<>:\"|?*\\\\]+[^. ]")
                    .doesNotContain("../", "/nul"));
        }
    }

    @Test
    void theNodesStatesStayThoseOfTheirNodes() throws IOException {
        Path sample = SampleCaptures.folder("service-wrong-backend");
        Path bundle = folder.resolve("shared.zip");
        Session of = Session.of("analyze", "--format", "json", "--state", sample + "/state", sample.toString());

        Session.of("bundle", "--state", sample + "/state", sample.toString(), "-o", bundle.toString());

        JsonNode made = JSON.readTree(unpacked(bundle).resolve("analysis.json").toFile());
        assertThat(judgements(made)).isNotEmpty().isEqualTo(judgements(JSON.readTree(of.out())));
        assertThat(Session.of("state", "show", bundle.toString()).out())
                .containsPattern("(?m)^(Nodes)? +\\S+: 9 interfaces");
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

    /// However an address is spelled, a check lists it as what it is.
    @ParameterizedTest
    @CsvSource({
        "PTR 11.1.42.10.in-addr.arpa., 10.42.1.11",
        "zone 1.42.10.in-addr.arpa, 10.42.1.0",
        "zone 0.0.0.0.d.f.ip6.arpa, fd00::",
        "::ffff:10.42.1.11, 10.42.1.11",
        "10_42_1_11, 10.42.1.11",
        "10-42-1-11.default.pod.cluster.local, 10.42.1.11",
        "'\"\\u0031\\u0030.42.1.11\"', 10.42.1.11",
        "'\"a\\n10.42.1.11\"', 10.42.1.11",
        "10.42.1.11.8080 > 10.42.1.11.53:, 10.42.1.11",
        "0015.5d01.0203, 00:15:5d:01:02:03",
        "00155D010203, 00:15:5d:01:02:03",
    })
    void anAddressIsFoundHoweverItIsSpelled(String written, String address) throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), written + "\n");

        Session session = Session.of("bundle", "--check", notes.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(session.out()).contains("  " + address + " in notes.txt");
    }

    @Test
    void whatRedactPutInIsKnownForWhatItIs() throws IOException {
        Path sample = sample("service-wrong-backend");
        Path redacted = folder.resolve("redacted");
        Path capture = folder.resolve("one.pcapng");
        Path list = folder.resolve("list.txt");
        Session.of("redact", sample.toString(), redacted.toString());
        Session.of("redact", sample + "/node-a.pcapng", capture.toString(), "--pseudonyms", list.toString());

        assertThat(Session.of("bundle", "--check", redacted.toString()).out())
                .contains("no address, name or token is left");
        assertThat(Session.of("bundle", "--check", capture.toString()).out())
                .contains("private data is left", "No list of pseudonyms lies with it");
        assertThat(Session.of("bundle", "--check", "--pseudonyms", list.toString(), capture.toString())
                        .exitCode())
                .isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void archivesBelowAFolderAreLookedIntoAsFilesAre() throws IOException {
        Path incident = Files.createDirectories(folder.resolve("incident/win-a"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(incident.resolve("logs.zip")))) {
            zip.putNextEntry(new ZipEntry("kubelet.log"));
            zip.write("the node\ntoken: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJkZXBsb3llciJ9.c2lnbmF0dXJlLW9mLWl0\n"
                    .getBytes(StandardCharsets.UTF_8));
        }

        Session session =
                Session.of("bundle", "--check", folder.resolve("incident").toString());

        assertThat(session.out())
                .contains("tokens: 1", "in line 2 in win-a/logs/kubelet.log")
                .doesNotContain("eyJ");
    }

    /// A network of few bits, or a name of one letter, stands for itself under one key in sixteen or so.
    @ParameterizedTest
    @MethodSource("keys")
    void aCheckTellsChanceFromWhatWasLeft(String key) throws IOException {
        Path state = Files.createDirectories(folder.resolve("state/win-a"));
        Files.writeString(
                state.resolve("ip-route.txt"), "10.96.0.0/12 via 10.0.0.1 dev k\n10.112.0.0/12 via 10.0.0.1 dev m\n");
        Files.writeString(state.resolve("vfpOutput.txt"), "Destination IP : 10.96.0.0-10.111.255.255\n");

        Session.of("redact", "--key", key, folder.resolve("state").toString(), folder + "/redacted");
        Session checked = Session.of("bundle", "--check", folder + "/redacted");

        assertThat(checked.out()).contains("no address, name or token is left");
    }

    static List<String> keys() {
        return IntStream.range(0, 60).mapToObj(i -> "key number " + i).toList();
    }

    @Test
    void theStateOfNodesAloneIsPackedWithWhatIsWrongWithIt() throws IOException {
        Path sample = SampleCaptures.FOLDER.resolve("node-state").resolve("overlay-faulty");
        Path bundle = folder.resolve("state.zip");

        Session made = Session.of("bundle", sample.toString(), "-o", bundle.toString());

        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains("no address, name or token is left");
        assertThat(made.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(entry(bundle, "check.txt")).startsWith("8 errors in the state of 3 nodes.");
        assertThat(JSON.readTree(entry(bundle, "check.json")).path("findings")).hasSize(8);
    }

    private static String entry(Path bundle, String name) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whereThereIsNothingToPackNothingIsWritten() throws IOException {
        Path nothing = Files.createDirectory(folder.resolve("nothing"));

        Session session = Session.of("bundle", nothing.toString(), "-o", folder + "/shared.zip");

        assertThat(session.err()).isEqualTo("hopline: neither capture nor state among the inputs\n");
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(folder.resolve("shared.zip")).doesNotExist();
    }

    @Test
    void payloadThatIsToBeKeptIsNoSurprise() throws IOException {
        Session session =
                Session.of("bundle", "--keep-payload", sample("mtu-exceeded").toString(), "-o", folder + "/shared.zip");

        assertThat(session.out()).contains("no address, name or token is left", "payload: kept, and not looked at");
        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(Session.of("bundle", "--check", folder + "/shared.zip").exitCode())
                .isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void whatCouldNotBeCheckedToItsEndIsTold() throws IOException {
        Path sample = sample("mtu-exceeded");
        byte[] whole = Files.readAllBytes(sample.resolve("node-a.pcapng"));
        Files.write(sample.resolve("node-a.pcapng"), Arrays.copyOf(whole, whole.length - 10));

        Session session = Session.of("bundle", sample.toString(), "-o", folder + "/shared.zip");

        assertThat(session.err()).contains("shared.zip: captures/", ": not checked to its end: ");
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--key=k", "--key-file=k", "--keep-payload", "--keep-oui", "-o=x.zip", "--state=x"})
    void whatHasNoEffectOnACheckIsRefused(String option) {
        Session session = Session.of("bundle", "--check", option, folder.toString());

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).contains("has no effect with --check");
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
        assertThat(Session.of("bundle", "--all", "x", "-o", "y").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("bundle", "--check", folder + "/none").exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }

    @Test
    void aSecretIsPrivateThoughItIsANumber() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(shared.resolve("hosts.txt"), "the node\npassword=83620174\n");

        Session session = Session.of("bundle", "--check", shared.toString());

        assertThat(session.out()).contains("tokens: 1", "in line 2 in hosts.txt");
        assertThat(session.exitCode()).isEqualTo(ExitCode.FINDINGS);
    }
}
