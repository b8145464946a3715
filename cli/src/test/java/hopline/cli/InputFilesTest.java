package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was recorded is never written over, whatever an output is called.
class InputFilesTest {

    private static final Path SAMPLE = SampleCaptures.folder("service-wrong-backend");

    @TempDir
    Path folder;

    /// Captures of two nodes, lists, what was collected of the nodes, links to the first capture, a key.
    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve("inc").resolve(SAMPLE.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path capture = folder.resolve("inc/node-a.pcapng");
        Files.createSymbolicLink(folder.resolve("symbolic"), capture);
        Files.createLink(folder.resolve("hard"), capture);
        Files.copy(capture, folder.resolve("a.ethernet.pcap"));
        Files.writeString(folder.resolve("key.txt"), "a phrase");
    }

    private Map<Path, List<Byte>> contents() throws IOException {
        Map<Path, List<Byte>> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, octets(file));
            }
        }
        return contents;
    }

    private static List<Byte> octets(Path file) throws IOException {
        Byte[] octets = new Byte[(int) Files.size(file)];
        byte[] read = Files.readAllBytes(file);
        Arrays.setAll(octets, i -> read[i]);
        return List.of(octets);
    }

    /// A command line of words, in which `./` is the folder.
    private Session run(String command) {
        return Session.of(Stream.of(command.split(" "))
                .map(word -> word.replace("./", folder + "/"))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report ./inc -o ./inc/node-a.pcapng",
                "report ./inc -o ./inc/pods.json",
                "report ./inc -o ./inc/state/node-a/nft.json",
                "report ./inc -o ./inc/state/node-a/network.txt",
                "report ./inc -o ./symbolic",
                "report ./inc -o ./hard",
                "report --node a=./hard ./inc/node-b.pcapng -o ./hard",
                "report ./inc/node-b.pcapng --state ./inc/pods.json -o ./inc/pods.json",
                "diagram ./inc --flow f5 --format svg -o ./inc/node-b.pcapng",
                "diagram ./inc/node-a.pcapng ./inc/node-b.pcapng --flow f5 --format svg -o ./inc/node-b.pcapng",
                "convert ./inc/node-a.pcapng ./hard",
                "convert ./inc ./inc/node-a.pcapng",
                "convert ./inc ./inc/services.json",
                "convert --split ./a.ethernet.pcap ./a.pcap",
                "bundle ./inc/node-a.pcapng -o ./inc/node-a.pcapng",
                "bundle ./inc --key-file ./key.txt -o ./key.txt",
                "bundle ./inc -o ./inc/service-wrong-backend.md",
                "redact ./inc/node-a.pcapng ./symbolic",
                "redact --pseudonyms ./inc/node-a.pcapng ./inc/node-a.pcapng ./out.pcapng",
                "redact --pseudonyms ./inc/service-wrong-backend.md ./inc ./out",
                "redact --key-file ./key.txt ./inc/node-a.pcapng ./key.txt",
            })
    void whatIsReadIsNotWritten(String command) throws IOException {
        Map<Path, List<Byte>> before = contents();

        Session run = run(command);

        assertThat(run.messages()).singleElement().asString().contains(" is both input and output");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(contents()).isEqualTo(before);
    }

    /// Beside the captures is where many put it, and do so again when they know more.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "report ./inc -o ./inc/report.html",
                "report ./inc --state ./inc -o ./inc/report.html",
                "diagram ./inc --flow f5 -o ./inc/f5.svg",
                "diagram ./inc --flow f5 -o ./inc/f5.png",
                "diagram ./inc --flow f5 -o ./inc/f5.mmd",
                "diagram ./inc --flow f5 -o ./inc/f5.dot",
                "diagram ./inc --all-findings ./inc",
            })
    void anEarlierResultIsWrittenAnew(String command) {
        assertThat(run(command).err()).isEmpty();

        assertThat(run(command).err()).isEmpty();
    }

    @Test
    void aDeviceIsWrittenTo() {
        assumeTrue(Files.isWritable(Path.of("/dev/null")), "no device here");

        assertThat(run("convert ./inc /dev/null").err()).isEmpty();
    }
}
