package hopline.flows.state.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that mean harm: a clear refusal, nothing outside touched, and whatever is good beside them is read.
class HostileStateTest {

    private static final String NETWORK =
            "{\"ID\":\"a\",\"Name\":\"cbr0\",\"Type\":\"L2Bridge\",\"ManagementIP\":\"10.0.0.1\","
                    + "\"Subnets\":[{\"AddressPrefix\":\"10.244.1.0/24\"}]}";

    @TempDir
    Path folder;

    private static CollectedState read(Path... paths) {
        return read(new StateFinder(), paths);
    }

    private static CollectedState read(StateFinder finder, Path... paths) {
        for (Path path : paths) {
            finder.add(path.toString());
        }
        return StateReader.read(finder);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path zip(String name, String entry, byte[] content, int times) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("network.txt"));
            zip.write(NETWORK.getBytes(UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry(entry));
            for (int i = 0; i < times; i++) {
                zip.write(content);
            }
            zip.closeEntry();
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil.txt",
                "a/../../evil.txt",
                "..\\..\\evil.txt",
                "/evil.txt",
                "\\\\server\\share\\evil.txt",
                "C:\\evil.txt",
                "c:evil.txt"
            })
    void aNameThatLeadsOutOfAnArchiveIsRefused(String name) throws IOException {
        CollectedState state = read(zip("slip.zip", name, NETWORK.getBytes(UTF_8), 1));
        assertThat(state.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains(name.replace('\\', '/'), "leads out", "refused"));
        assertThat(state.nodes().getFirst().hns().networks()).hasSize(1);
        assertThat(folder.resolve("../../evil.txt")).doesNotExist();
    }

    /// The bound is 1 GiB; here it is one octet less than what the file holds.
    @Test
    void aFileIsReadAsFarAsItsBound() throws IOException {
        String content = NETWORK + "\n" + " ".repeat(1 << 20) + "\n";
        Path file = folder.resolve("network.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(UTF_8));
        }

        assertThat(read(new StateFinder(content.length()), file).problems()).isEmpty();

        CollectedState cut = read(new StateFinder(content.length() - 1), file);
        assertThat(cut.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("network.txt.gz", "more than 1 MiB of text, which no state file has"));
        assertThat(cut.nodes().getFirst().hns().networks()).hasSize(1);
    }

    @Test
    void anArchiveThatBecomesHugeIsReadNoFurther() throws IOException {
        byte[] megabyte = " ".repeat(1 << 20).getBytes(UTF_8);
        CollectedState state = read(zip("bomb.zip", "vfpOutput.txt", megabyte, 260));
        assertThat(state.files()).anySatisfy(file -> assertThat(file.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("100 times its size")));
        assertThat(state.nodes().getFirst().hns().networks()).hasSize(1);
    }

    @Test
    void anArchiveInsideAnArchiveStaysClosed() throws IOException {
        byte[] inner = Files.readAllBytes(zip("inner.zip", "a.txt", NETWORK.getBytes(UTF_8), 1));
        CollectedState state = read(zip("outer.zip", "inner.zip", inner, 1));
        assertThat(state.files()).anySatisfy(file -> assertThat(file.problem())
                .hasValue("an archive inside an archive, which is not opened"));
    }

    @Test
    void aDamagedArchiveIsSaidToBeOne() throws IOException {
        Path file = folder.resolve("cut.zip");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0});
        assertThat(read(file).problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("cut.zip"));
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("node-a"));
        Files.writeString(inside.resolve("network.txt"), NETWORK);
        Files.createSymbolicLink(inside.resolve("endpoint.txt"), Path.of("/etc/passwd"));
        CollectedState state = read(inside);
        assertThat(state.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("endpoint.txt", "a link"));
        assertThat(state.files()).hasSize(1);
    }

    @Test
    void aLinkedFolderIsNotEntered() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("endpoint.txt"), NETWORK);
        Path inside = Files.createDirectory(folder.resolve("node-a"));
        Files.writeString(inside.resolve("network.txt"), NETWORK);
        Files.createSymbolicLink(inside.resolve("more"), outside);
        CollectedState state = read(inside);
        assertThat(state.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("node-a/more", "a link"));
        assertThat(state.files()).hasSize(1);
    }

    /// The bound is 1 GiB for everybody; it counts what a compressed file becomes.
    @Test
    void aFileLongerThanItsBoundIsReadNoFurther() throws IOException {
        Path file = folder.resolve("network.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(("[" + NETWORK).getBytes(UTF_8));
            byte[] more = ("," + NETWORK.replace("\"ID\":\"a\"", "\"ID\":\"b\"")).getBytes(UTF_8);
            for (int i = 0; i < 40_000; i++) {
                out.write(more);
            }
        }
        StateFinder finder = new StateFinder(2 << 20);
        finder.add(file.toString());
        CollectedState state = StateReader.read(finder);
        assertThat(state.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("network.json.gz", "more than 2 MiB of text"));
        assertThat(state.nodes().getFirst().hns().networks()).hasSize(2);
    }

    @Test
    void jsonNestedDeeplyIsRefusedAndTheRestIsRead() throws IOException {
        String deep = "{\"a\":".repeat(100_000);
        CollectedState state = read(file("hnsdiag.txt", deep + "\n" + NETWORK + "\n"));
        assertThat(state.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("line 1", "deeper than 200"));
        assertThat(state.nodes().getFirst().hns().networks()).hasSize(1);
    }

    @Test
    void aLineOfTenMegabytesIsCut() throws IOException {
        String line = "x".repeat(10 << 20);
        CollectedState state = read(file("ports.txt", line + "\n10.244.2.0/24 via 10.0.0.2 dev eth0\n"));
        assertThat(state.nodes().getFirst().host().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.source().line()).isEqualTo(2));
        assertThat(state.files().getFirst().damage().toString()).contains("line 1: a line of more than 65536");
    }

    @Test
    void jsonOnOneLineOfTenMegabytesIsReadWhole() throws IOException {
        Path file = folder.resolve("network.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write('[');
            for (int i = 0; i < 60_000; i++) {
                out.write((NETWORK.replace("\"ID\":\"a\"", "\"ID\":\"a" + i + "\"") + ",").getBytes(UTF_8));
            }
            out.write((NETWORK + "]").getBytes(UTF_8));
        }
        CollectedState state = read(file);
        assertThat(state.problems()).isEmpty();
        assertThat(state.nodes().getFirst().hns().networks()).hasSize(60_001);
    }

    /// However far apart its columns are: to see that a row is none of the others takes no longer for that.
    @ParameterizedTest
    @ValueSource(
            strings = {"12~vEthernet~IPv4~1500~25~Enabled~Connected", "12~25~1500~connected~vEthernet~(Ethernet)~2"})
    void aRowWithWideColumnsIsRead(String row) throws IOException {
        String others = "net.a = b~c\nRule Name:~a~b\n X . . . :~a~b\nPort name :~a~b\n12~x~y\n";
        String blanks = " ".repeat(8_000);
        CollectedState state = read(
                file("others.txt", others.replace("~", blanks)),
                file("wide.txt", row.replace("~", blanks)),
                file("narrow.txt", row.replace('~', ' ')));
        assertThat(state.nodes().getFirst().host().interfaces()).hasSize(2).allSatisfy(at -> assertThat(at.mtu())
                .hasValue(1500));
    }

    /// Rules that are not read are told of even where nobody named their file: without them nothing is missed.
    @ParameterizedTest
    @ValueSource(strings = {"1,", "{\"a\" 1},"})
    void nftRulesThatCannotBeReadAreToldOf(String element) throws IOException {
        Path node = Files.createDirectory(folder.resolve("node-a"));
        Files.writeString(node.resolve("network.txt"), NETWORK);
        Files.writeString(node.resolve("nft.json"), "{\"nftables\": [\n" + element.repeat(1 << 20) + "1]}");
        Files.writeString(node.resolve("other.json"), "{\"other\": [\n" + element.repeat(1 << 20) + "1]}");
        CollectedState state = read(node);
        assertThat(state.problems())
                .singleElement()
                .asString()
                .startsWith("node-a/nft.json: line 2: nftables rules that are not read: ");
        assertThat(state.nodes().getFirst().linux().lacksRules()).isTrue();
    }

    @Test
    void jsonThatIsCutShortGivesWhatWasWholeAndTellsTheLine() throws IOException {
        CollectedState state = read(file("network.json", "[" + NETWORK + ",\n{\"ID\":\"b\",\"Name\":\"cut"));
        assertThat(state.nodes().getFirst().hns().networks())
                .isNotEmpty()
                .first()
                .satisfies(network -> assertThat(network.name()).isEqualTo("cbr0"));
        assertThat(state.files().getFirst().damage().toString()).contains("line 2: the text ends inside the JSON");
    }

    @Test
    void anObjectWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        Path file = folder.resolve("huge.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("{\"ID\":[".getBytes(UTF_8));
            byte[] values = "1,".repeat(1 << 16).getBytes(UTF_8);
            for (int i = 0; i < 20; i++) {
                out.write(values);
            }
        }
        assertThat(read(file).problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("huge.json", "more than 1048576 values"));
    }

    @Test
    void valuesOfTheWrongTypeAreNothing() throws IOException {
        CollectedState state = read(
                file(
                        "network.json",
                        "[{\"ID\":{},\"Name\":[1],\"Type\":7,\"ManagementIP\":true,\"Subnets\":\"x\",\"Policies\":{\"Type\":[]},"
                                + "\"Extensions\":3},{\"References\":{\"a\":1},\"Policies\":[1,null,{\"VIPs\":7,\"ExternalPort\":\"x\"}]}]"));
        assertThat(state.problems()).isEmpty();
        assertThat(state.nodes().getFirst().hns().networks()).hasSize(1);
    }

    @Test
    void numbersBeyondReasonDoNotBreakAnything() throws IOException {
        CollectedState state = read(
                file(
                        "x.json",
                        "{\"References\":[],\"ID\":\"a\",\"Policies\":[{\"ExternalPort\":99999999999999999999,\"Protocol\":-1}]}\n"
                                + "Component Id 99999999999999999999\n"
                                + "Network Information for Compartment 999999\n"
                                + "10.1.1.1 999.1.1.1 10.1.1.1 10.1.1.1 5\n"
                                + "tcp 6 1 A src=1.1.1.1 dst=2.2.2.2 sport=99999 dport=1 src=1.1.1.1 dst=2.2.2.2 sport=1 dport=1\n"));
        assertThat(state.problems()).isEmpty();
    }

    @Test
    void nothingIsTakenForState() throws IOException {
        assertThat(read(file("empty.txt", "")).problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("empty"));
        assertThat(read(folder.resolve("missing.txt")).problems())
                .containsExactly(folder.resolve("missing.txt") + ": no such file");
        Path binary = Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 3, 0, 5, 6, 7, 1, 2});
        assertThat(read(binary).problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("binary data"));
    }
}
