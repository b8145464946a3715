package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Outputs that take no more, or nothing at all: one line that says so, and nothing half is left.
class FullDiskTest {

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();

    @TempDir
    Path folder;

    private static Session run(String verb, String written) {
        return verb.equals("convert") ? Session.of(verb, SAMPLE, written) : Session.of(verb, SAMPLE, "-o", written);
    }

    private static boolean did(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private interface Disk {
        void use(Path mounted) throws IOException, InterruptedException;
    }

    /// A file system of its own, which only root can have.
    private void withDisk(String options, Disk disk) throws IOException, InterruptedException {
        Path mounted = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/mount"))
                        && did("/usr/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted.toString()),
                "no file system can be mounted here");
        try {
            disk.use(mounted);
        } finally {
            assertThat(did("/usr/bin/umount", mounted.toString())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"convert, all.pcapng", "report, all.html", "bundle, all.zip"})
    void aDiskThatIsFullIsToldAndKeepsNothing(String verb, String name) throws Exception {
        withDisk("size=40k", mounted -> {
            Session run = run(verb, mounted.resolve(name).toString());

            assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(run.messages()).last().asString().contains("No space left on device");
            try (Stream<Path> left = Files.list(mounted)) {
                assertThat(left).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"convert, all.pcapng", "report, all.html", "bundle, all.zip"})
    void aDiskThatIsReadOnlyIsTold(String verb, String name) throws Exception {
        withDisk("ro", mounted -> {
            Session run = run(verb, mounted.resolve(name).toString());

            assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(run.messages()).last().asString().containsIgnoringCase("read-only");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "report", "bundle"})
    void aDeviceThatIsAlwaysFullIsTold(String verb) {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "no /dev/full here");

        Session run = run(verb, "/dev/full");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(run.messages()).last().asString().contains("No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "report", "bundle"})
    void aFolderThatIsAFileIsTold(String verb) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "as it was");

        Session run = run(verb, file.resolve("below").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(run.messages()).last().asString().contains(file.toString());
        assertThat(file).hasContent("as it was");
    }

    /// As `| head -1` does.
    @ParameterizedTest
    @ValueSource(strings = {"packets", "analyze", "flows"})
    void aReaderThatReadsNoMoreIsNoFault(String verb) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell here");
        Path messages = folder.resolve("messages.txt");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of("/bin/sh", "-c", "\"$@\" | head -n 1", "sh"),
                                Own.command(List.of(verb, SAMPLE)).stream())
                        .toList())
                .redirectError(messages.toFile())
                .start();
        long lines = process.inputReader().lines().count();

        assertThat(process.waitFor()).isZero();
        assertThat(lines).isEqualTo(1);
        assertThat(messages).isEmptyFile();
    }

    /// The disk that temporary files lie on: no fault of the inputs.
    @ParameterizedTest
    @ValueSource(strings = {"bundle", "packets"})
    void aScratchDiskThatIsFullIsTold(String verb) throws Exception {
        withDisk("size=8k", mounted -> {
            Path written = folder.resolve("all.zip");
            Path messages = folder.resolve("messages.txt");
            List<String> words = verb.equals("bundle")
                    ? List.of(verb, SAMPLE, "-o", written.toString())
                    : List.of(verb, "-v", "-x", SAMPLE);
            Process process = new ProcessBuilder(Own.command(words, "-Djava.io.tmpdir=" + mounted, "-XX:-UsePerfData"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(messages.toFile())
                    .start();

            assertThat(process.waitFor()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(Files.readString(messages))
                    .contains("No space left on device")
                    .doesNotContain("internal error");
            assertThat(written).doesNotExist();
            try (Stream<Path> left = Files.list(mounted)) {
                assertThat(left).isEmpty();
            }
        });
    }

    /// What comes through a pipe and is read twice lies there, too.
    @ParameterizedTest
    @CsvSource({"cat $0 | \"$@\" -", "mkfifo $0.pipe; cat $0 >$0.pipe & \"$@\" $0.pipe"})
    void aScratchDiskTooSmallForWhatAPipeBringsIsTold(String script) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell here");
        Path large = Files.write(folder.resolve("large.pcap"), new byte[1 << 20]);
        withDisk("size=8k", mounted -> {
            Path messages = folder.resolve("messages.txt");
            Process process = new ProcessBuilder(Stream.concat(
                                    Stream.of("/bin/sh", "-c", script, large.toString()),
                                    Own.command(
                                            List.of("analyze", SAMPLE),
                                            "-Djava.io.tmpdir=" + mounted,
                                            "-XX:-UsePerfData")
                                            .stream())
                            .toList())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(messages.toFile())
                    .start();

            assertThat(process.waitFor()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(Files.readString(messages)).contains("temporary files", "No space left on device");
            try (Stream<Path> left = Files.list(mounted)) {
                assertThat(left).isEmpty();
            }
        });
    }
}
