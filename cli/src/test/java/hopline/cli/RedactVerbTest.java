package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.decode.Address;
import hopline.flows.rule.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sample captures and states through `redact`: what is found in them stays, and nothing of whose they
/// are does.
class RedactVerbTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![0-9.])");
    private static final Pattern NAMED =
            Pattern.compile("\"(?:name|namespace|nodeName|podName|hostname)\"\\s*:\\s*\"([^\"]+)\"");

    @TempDir
    Path folder;

    static List<String> names() {
        return SampleCaptures.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSameIsFoundBeforeAndAfterAndNothingIsLeftOfTheOriginals(String name) throws IOException {
        Path sample = SampleCaptures.folder(name);
        Path redacted = redact(sample);

        assertThat(analysis(redacted)).isEqualTo(analysis(asCaptures(sample)));
        assertThat(left(sample, redacted)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"l2bridge-faulty", "l2bridge-healthy", "overlay-faulty", "overlay-healthy"})
    void theSameIsFoundInTheStateOfNodes(String name) throws IOException {
        Path sample = SampleCaptures.FOLDER.resolve("node-state").resolve(name);
        Path redacted = redact(sample);

        assertThat(stateFindings(redacted)).isEqualTo(stateFindings(sample));
        assertThat(left(sample, redacted)).isEmpty();
    }

    /// What a trace says between its packets has no place in a capture, redacted or not.
    private Path asCaptures(Path sample) throws IOException {
        List<Path> traces = files(sample).stream()
                .filter(file -> file.toString().endsWith(".etl"))
                .toList();
        if (traces.isEmpty()) {
            return sample;
        }
        Path converted = Files.createDirectory(folder.resolve("converted"));
        for (Path file : files(sample)) {
            Path name = converted.resolve(file.getFileName());
            if (traces.contains(file)) {
                Session.of("convert", file.toString(), name.toString().replace(".etl", ".pcapng"));
            } else {
                Files.copy(file, name);
            }
        }
        return converted;
    }

    private Path redact(Path sample) {
        Path redacted = folder.resolve("redacted");
        Session session = Session.of("redact", "--key", "a phrase", sample.toString(), redacted.toString());
        assertThat(session.out()).endsWith("redacted\n");
        return redacted;
    }

    /// Findings and flows without what names them.
    static List<String> analysis(Path input) throws IOException {
        JsonNode report = JSON.readTree(Session.of("analyze", "--format", "json", "--flows", "all", input.toString())
                .out());
        List<String> told = new ArrayList<>();
        told.add(report.get("packets").toString());
        report.get("findings")
                .forEach(finding ->
                        told.add("finding " + finding.get("rule") + finding.get("severity") + finding.get("flows")
                                + finding.get("packets") + finding.get("confidence") + finding.get("effects")));
        for (JsonNode flow : report.get("flows")) {
            told.add(flow.get("id") + " " + flow.get("protocol") + flow.get("verdict") + flow.get("category")
                    + flow.get("forward") + flow.get("reverse") + hops(flow, "forward") + hops(flow, "reverse"));
        }
        told.subList(1, told.size()).sort(null); // findings of one rank are in the order of names
        return told;
    }

    private static String hops(JsonNode flow, String direction) {
        StringBuilder hops = new StringBuilder(" ");
        for (JsonNode hop : flow.get("path").get(direction)) {
            hops.append(hop.get("record")).append(hop.get("rewrites").findValuesAsText("kind"));
        }
        return hops.toString();
    }

    private static List<String> stateFindings(Path input) throws IOException {
        JsonNode report = JSON.readTree(Session.of("state", "check", "--format", "json", input.toString())
                .out());
        List<String> told = new ArrayList<>();
        report.get("findings").forEach(finding -> told.add(finding.get("rule") + " " + finding.get("severity")));
        told.sort(null);
        return told;
    }

    /// What of the originals is found in the results, in any form, file names included.
    static List<String> left(Path sample, Path redacted) throws IOException {
        Originals originals = new Originals();
        for (Path file : files(sample)) {
            try (CaptureReader reader = Captures.open(file)) {
                originals.name(file.getFileName().toString().replaceFirst("\\..*", ""));
                originals.read(reader);
            } catch (IOException e) {
                readText(originals, Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        originals.names.removeIf(RedactVerbTest::isEverybodys);
        ByteSearch search = originals.search();
        List<String> left = new ArrayList<>();
        for (Path file : files(redacted)) {
            try (InputStream in = Files.newInputStream(file)) {
                search.find(in)
                        .forEach((what, where) -> left.add(redacted.relativize(file) + ": " + what + " at " + where));
            }
            originals.names.stream()
                    .filter(name -> file.getFileName().toString().contains(name))
                    .forEach(name -> left.add(file.getFileName() + ": " + name));
        }
        return left;
    }

    private static void readText(Originals originals, String text) {
        Matcher address = ADDRESS.matcher(text);
        while (address.find()) {
            address(address.group()).ifPresent(originals::address);
        }
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            originals.name(named.group(1));
        }
    }

    private static Optional<Address> address(String text) {
        try {
            return Optional.of(Address.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Words of programs, files and chains that are the same everywhere, and the beginning of `win-bridge`.
    private static final Set<String> EVERYBODYS = Set.of(
            "containerd",
            "dns-tcp",
            "endpoint",
            "endpointslices",
            "firewall",
            "flannel",
            "flanneld",
            "forward",
            "hnsdiag",
            "https",
            "input",
            "iptables-save",
            "kube-proxy",
            "net-conf",
            "network",
            "networkpolicies",
            "nodes",
            "output",
            "policy",
            "ports",
            "processes",
            "report",
            "reservedports",
            "routes",
            "services",
            "switch",
            "sysctl",
            "translator",
            "win-b",
            "winver");

    /// Words that name nobody: of the system, of the form of the files, of rules.
    private static boolean isEverybodys(String name) {
        return EVERYBODYS.contains(name)
                || name.matches("[0-9-]*")
                || SampleCaptures.names().contains(name)
                || Files.exists(SampleCaptures.folder(name));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void withoutAKeyPseudonymsAreNewEachTime() throws IOException {
        Path capture = SampleCaptures.folder("mtu-exceeded").resolve("node-a.pcapng");
        Path one = folder.resolve("one.pcapng");
        Path two = folder.resolve("two.pcapng");

        Session.of("redact", capture.toString(), one.toString());
        Session.of("redact", capture.toString(), two.toString());

        assertThat(Files.readAllBytes(one)).isNotEqualTo(Files.readAllBytes(two));
    }

    @Test
    void theSameKeyGivesTheSamePseudonymsInEveryRun() throws IOException {
        Path capture = SampleCaptures.folder("mtu-exceeded").resolve("node-a.pcapng");
        Path one = folder.resolve("one.pcapng");
        Path two = folder.resolve("two.pcapng");
        Path key = Files.writeString(folder.resolve("key"), "a phrase\n");

        Session.of("redact", "--key", "a phrase", capture.toString(), one.toString());
        Session.of("redact", "--key-file", key.toString(), capture.toString(), two.toString());

        assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
    }

    @Test
    void aResultNeverStandsInThePlaceOfItsOriginal() {
        String sample = SampleCaptures.folder("mtu-exceeded").toString();

        assertThat(Session.of("redact", sample, sample).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("redact", sample, sample + "/below").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("redact", "--key", "", sample, folder + "/out").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "bundle"})
    void numbersInNamesOfFilesAreTheSameInEveryLanguage(String verb) throws IOException, InterruptedException {
        Path out = folder.resolve("out.zip");
        String sample = SampleCaptures.folder("mtu-exceeded").toString();
        List<String> words = verb.equals("redact")
                ? List.of(verb, sample, out.toString())
                : List.of(verb, sample, "-o", out.toString());

        Process process = new ProcessBuilder(Own.command(words, "-Duser.language=ar", "-Duser.country=EG"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(names(out))
                .anyMatch(name -> name.matches("(?:captures/)?1-.*"))
                .allMatch(name -> name.matches("\\p{ASCII}+"));
    }

    private static List<String> names(Path folderOrArchive) throws IOException {
        if (Files.isDirectory(folderOrArchive)) {
            return files(folderOrArchive).stream()
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
        try (ZipFile zip = new ZipFile(folderOrArchive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    /// Neither the words around it nor the length of its line hide what is private.
    @Test
    void aHostsFileAndALongLineLoseAddressesAndSecrets() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(in.resolve("hosts"), "#192.168.77.9 fileserver\npassword=83620174\n x --token=admin\n");
        Files.writeString(in.resolve("long.txt"), "192.168.77.9 ".repeat(200_000));

        Session.of("redact", "--key", "a phrase", in.toString(), folder + "/out");
        Session checked = Session.of("bundle", "--check", folder + "/out");

        for (Path file : files(folder.resolve("out"))) {
            assertThat(Files.readString(file).contains("168.77")).isFalse();
        }
        assertThat(folder.resolve("out/hosts")).content().contains("=[removed]\n", "--token=[removed]\n");
        assertThat(checked.out()).contains("no address, name or token is left");
    }

    @Test
    void whatIsNeitherCaptureNorTextIsLeftOutAndTold() throws IOException {
        Files.write(
                Files.createDirectory(folder.resolve("in")).resolve("image.png"),
                new byte[] {(byte) 0x89, 'P', 'N', 'G'});

        Session session = Session.of("redact", folder + "/in", folder + "/out");

        assertThat(session.err())
                .contains("image.png: left out, being neither capture nor text nor an archive of those");
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }

    /// A bundle of a node, or what somebody packed by hand.
    @Test
    void anArchiveIsRedactedFileByFileAndKeepsOutWhatLeadsOutOfIt() throws IOException {
        Path sample = SampleCaptures.folder("mtu-exceeded");
        Path archive = folder.resolve("incident.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : files(sample)) {
                if (!file.toString().matches(".*\\.(png|md)|.*\\.expected\\..*")) {
                    zip.putNextEntry(new ZipEntry(sample.relativize(file).toString()));
                    Files.copy(file, zip);
                }
            }
            zip.putNextEntry(new ZipEntry("../../outside.txt"));
            zip.write("10.42.1.11 is here\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Path redacted = folder.resolve("redacted.zip");

        Session session = Session.of("redact", "--key", "a phrase", archive.toString(), redacted.toString());

        assertThat(session.err()).contains("../../outside.txt, which leads out of it: refused");
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        try (ZipFile zip = new ZipFile(redacted.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                assertThat(entry.getName()).doesNotContain("..");
                Path target = unpacked.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip.getInputStream(entry), target);
            }
        }
        assertThat(left(sample, unpacked)).isEmpty();
        assertThat(analysis(unpacked)).isEqualTo(analysis(sample));
    }

    private ReportPage page() throws IOException {
        Path page = folder.resolve("made.html");
        Session.of("report", SampleCaptures.folder("mtu-exceeded").toString(), "-o", page.toString());
        return new ReportPage(Files.readString(page));
    }

    private Session redactPage(String page) throws IOException {
        Path crafted = Files.writeString(folder.resolve("crafted.html"), page);
        return Session.of("redact", crafted.toString(), folder + "/redacted.html");
    }

    /// Of a page that nobody's `report` made.
    @Test
    void whatIsSaidOfRulesStaysHoweverOftenItIsSaid() throws IOException {
        String explanation = JSON.writeValueAsString(Rules.page(Rules.all().getFirst()));
        String said = explanation + ",\"at 10.77.1.11\",";

        Session session = redactPage(page().with("[" + said.repeat(5_000) + "0]"));

        assertThat(session.exitCode()).isEqualTo(ExitCode.CLEAN);
        ReportPage redacted = new ReportPage(Files.readString(folder.resolve("redacted.html")));
        String data = redacted.data(redacted.blocks().getFirst());
        assertThat(data.contains("10.77.1.11")).isFalse();
        assertThat(data.split(Pattern.quote(explanation), -1)).hasSize(5_001);
    }

    @Test
    void aPageWhoseDataBecomesTooMuchIsLeftOutAndTold() throws IOException {
        Session session = redactPage(page().with(" ".repeat((32 << 20) + 1)));

        assertThat(session.err()).contains("crafted.html: a page whose data becomes more than 32 MiB");
        assertThat(session.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(folder.resolve("redacted.html")).doesNotExist();
    }

    /// What the system logged beside packets lies in a converted trace as entries of a journal.
    @Test
    void aConvertedTraceKeepsTheEventsThatExplainItsPackets() throws IOException {
        Path converted = asCaptures(SampleCaptures.folder("policy-blocked"));
        Path redacted = redact(converted);

        assertThat(events(redacted)).isEqualTo(events(converted)).isNotEmpty();
    }

    private static List<String> events(Path input) throws IOException {
        JsonNode report = JSON.readTree(Session.of("analyze", "--format", "json", "--flows", "all", input.toString())
                .out());
        List<String> events = new ArrayList<>();
        report.path("events").path("layouts").properties().forEach(layout -> events.add(layout.toString()));
        report.path("flows")
                .forEach(flow -> events.add(flow.findPath("by").path("type") + " "
                        + flow.path("dropReason").isNull()));
        return events;
    }
}
