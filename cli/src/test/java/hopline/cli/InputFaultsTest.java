package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Inputs that change, go away or cannot be entered while they are read, and clocks that jump.
class InputFaultsTest {

    private static final Pattern RECORDS = Pattern.compile("\"records\"\\s*:\\s*(\\d+)");
    private static final int YEAR = 31_536_000;

    @TempDir
    Path folder;

    private static byte[] sample() throws IOException {
        return Files.readAllBytes(SampleCaptures.folder("service-wrong-backend").resolve("node-a.pcapng"));
    }

    private static long records(Session run) {
        Matcher matcher = RECORDS.matcher(run.out());
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static void assertOrderly(Session run) {
        assertThat(run.exitCode()).isIn(ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.UNREADABLE);
        assertThat(run.err()).doesNotContain("internal error");
    }

    /// A capture that still runs: at each moment some of it is on the disk, and its last block in part.
    @Test
    void aGrowingCaptureIsReadAsFarAsItGoes() throws IOException {
        byte[] whole = sample();
        Path file = folder.resolve("growing.pcapng");
        long before = 0;
        for (int length = 1000; length < whole.length; length += 997) {
            Files.write(file, Arrays.copyOf(whole, length));
            Session run = Session.of("info", "--format", "json", file.toString());

            assertOrderly(run);
            assertThat(records(run)).isBetween(before, 317L);
            before = records(run);
        }
        Files.write(file, whole);
        assertThat(records(Session.of("info", "--format", "json", file.toString())))
                .isEqualTo(317);
    }

    /// What follows the file waits for more, and is done when nobody follows any longer.
    @Test
    void aRunningCaptureIsFollowedToItsEnd() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tail")), "nothing here to follow a file with");
        byte[] whole = sample();
        Path file = Files.write(folder.resolve("running.pcapng"), Arrays.copyOf(whole, 1_000));
        Path out = folder.resolve("out.json");
        List<Process> pipeline = ProcessBuilder.startPipeline(List.of(
                new ProcessBuilder("tail", "-c", "+1", "-f", file.toString()),
                new ProcessBuilder(Own.command(List.of("analyze", "--format", "json", "-")))
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)));
        for (int at = 1_000; at < whole.length; at += 5_003) {
            Files.write(
                    file, Arrays.copyOfRange(whole, at, Math.min(at + 5_003, whole.length)), StandardOpenOption.APPEND);
            Thread.sleep(20);
        }
        assertThat(pipeline.getLast().waitFor(1_500, TimeUnit.MILLISECONDS)).isFalse();
        pipeline.getFirst().destroy();

        assertThat(pipeline.getLast().waitFor()).isIn(ExitCode.CLEAN, ExitCode.FINDINGS);
        assertThat(RECORDS.matcher(Files.readString(out)).results().map(match -> match.group(1)))
                .first()
                .isEqualTo("317");
    }

    /// A capture and lists from pipes, as a shell's `<(command)` gives them: each can be read only once.
    @Test
    void pipesAreReadAsFilesAre() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path sample = SampleCaptures.folder("service-wrong-backend");
        Path[] pipes = {folder.resolve("node-a"), folder.resolve("pods.json"), folder.resolve("services.json")};
        byte[][] contents = {
            sample(),
            Files.readAllBytes(sample.resolve("pods.json")),
            Files.readAllBytes(sample.resolve("services.json"))
        };
        for (int i = 0; i < pipes.length; i++) {
            write(pipes[i], contents[i]);
        }

        Session run = Session.of("analyze", pipes[0].toString(), pipes[1].toString(), pipes[2].toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("317 records").contains("shop/web").contains("node node-a");
    }

    @Test
    void standardInputIsOfTheNodeThatIsNamed() throws Exception {
        InputStream before = System.in;
        Session run;
        try {
            System.setIn(new ByteArrayInputStream(sample()));
            run = Session.of("analyze", "--node", "worker-7=-", "-");
        } finally {
            System.setIn(before);
        }

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("-: node worker-7, 317 records");
    }

    /// Captures of two nodes end when they end: none is kept from writing while the other is read.
    @ParameterizedTest
    @ValueSource(strings = {"analyze", "info", "convert"})
    @Timeout(60)
    void pipesAreReadSideBySide(String verb) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path first = folder.resolve("node-a");
        Path second = folder.resolve("node-b");
        writeOneAfterTheOther(sample(), second, first);

        List<String> command = new ArrayList<>(List.of(verb, first.toString(), second.toString()));
        if (verb.equals("convert")) {
            command.add(folder.resolve("both.pcapng").toString());
        }
        Session run = Session.of(command.toArray(String[]::new));

        assertThat(run.exitCode()).isNotEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).isEmpty();
    }

    /// By way of `--node NAME=<(command)`, too.
    @Test
    @Timeout(60)
    void pipesOfNamedNodesAreReadSideBySide() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path first = folder.resolve("63");
        Path second = folder.resolve("62");
        writeOneAfterTheOther(sample(), second, first);

        Session run = Session.of("analyze", "--node", "east=" + first, "--node", "west=" + second);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("node east, 317 records", "node west, 317 records");
    }

    @Test
    @Timeout(60)
    void pipesOfStateAreReadSideBySide() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path first = folder.resolve("63");
        Path second = folder.resolve("62");
        Path rules = SampleCaptures.folder("service-wrong-backend").resolve("state/node-a/nft.json");
        writeOneAfterTheOther(Files.readAllBytes(rules), second, first);

        Session run = Session.of("state", "show", "--node", "east=" + first, "--node", "west=" + second);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("east: ", "west: ");
    }

    /// State is looked at twice, to tell what it is and to read it.
    @Test
    void stateComesThroughPipesToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path sample = SampleCaptures.folder("service-wrong-backend");
        Path rules = folder.resolve("nft.json");
        write(rules, Files.readAllBytes(sample.resolve("state/node-a/nft.json")));
        Path all = folder.resolve("all");
        write(all, Files.readAllBytes(sample.resolve("state/node-a/nft.json")));

        assertThat(Session.of("state", "show", rules.toString()).out()).contains("29 iptables rules");
        Session run = Session.of(
                "analyze",
                sample.resolve("node-a.pcapng").toString(),
                sample.resolve("services.json").toString(),
                "--state",
                all.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("shop/web");
    }

    @Test
    void aBundleTakesWhatPipesDeliver() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path pipe = folder.resolve("node-a");
        write(pipe, sample());
        Path zip = folder.resolve("bundle.zip");

        Session run = Session.of("bundle", pipe.toString(), "-o", zip.toString());

        assertThat(run.err()).isEmpty();
        assertThat(records(Session.of("info", "--format", "json", zip.toString())))
                .isEqualTo(317);
    }

    /// As a shell's `>(command)` gives it: a link to what has no name in the file system.
    @Test
    void whatAShellOpensIsWrittenTo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no shell here that opens pipes");
        Path capture = Files.write(folder.resolve("node-a.pcapng"), sample());
        Path out = folder.resolve("out.pcapng");
        String command = String.join(" ", Own.command(List.of("convert", "--to", "pcapng", capture.toString())));

        Process shell = new ProcessBuilder("bash", "-c", command + " >(cat >" + out + ") | cat").start();

        assertThat(shell.errorReader().readLine()).isNull();
        assertThat(shell.waitFor()).isZero();
        for (int i = 0; i < 100 && records(Session.of("info", "--format", "json", out.toString())) < 317; i++) {
            Thread.sleep(20);
        }
        assertThat(records(Session.of("info", "--format", "json", out.toString())))
                .isEqualTo(317);
    }

    @Test
    void aBrokenListIsToldByItsPipe() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path pipe = folder.resolve("pods");
        write(pipe, "{\"kind\":\"List\",\"items\":[{\"kind\":\"Pod\",".getBytes(StandardCharsets.UTF_8));
        Path capture = Files.write(folder.resolve("node-a.pcapng"), sample());

        Session run = Session.of("analyze", capture.toString(), pipe.toString());

        assertThat(run.err()).startsWith("hopline: " + pipe + ": ").contains("breaks off");
    }

    @Test
    void aPipeOfNoUseSaysSo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "nothing here to make a pipe with");
        Path pipe = folder.resolve("note");
        write(pipe, "a note, no capture".getBytes(StandardCharsets.UTF_8));

        Session run = Session.of("info", pipe.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).startsWith("hopline: " + pipe + ": ").contains("not a capture");
    }

    private static void write(Path pipe, byte[] content) throws Exception {
        make(pipe);
        start(() -> Files.write(pipe, content));
    }

    private static void writeOneAfterTheOther(byte[] content, Path pipe, Path next) throws Exception {
        make(pipe);
        make(next);
        start(() -> {
            Files.write(pipe, content);
            return Files.write(next, content);
        });
    }

    private static void make(Path pipe) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    private static void start(Callable<?> writing) {
        Thread.ofPlatform().daemon().start(new FutureTask<>(writing));
    }

    /// Another thread writes, truncates or removes the file meanwhile, whatever reads it.
    @ParameterizedTest
    @ValueSource(strings = {"appended to", "truncated", "removed"})
    void aFileMayChangeWhileItIsRead(String how) throws Exception {
        byte[] whole = sample();
        byte[] trace =
                Files.readAllBytes(SampleCaptures.folder("packet-dropped").resolve("win-a.etl"));
        for (byte[] content : List.of(whole, trace)) {
            Path file = folder.resolve("changing");
            Files.write(file, content);
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = new Thread(() -> change(file, content, how, done));
            writer.start();
            try {
                for (String verb : List.of("info", "analyze", "packets", "flows")) {
                    assertOrderly(Session.of(verb, file.toString()));
                }
                Path page = folder.resolve("page.html");
                Session report = Session.of("report", file.toString(), "-o", page.toString());
                assertOrderly(report);
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    private static void change(Path file, byte[] content, String how, AtomicBoolean done) {
        for (int i = 0; !done.get(); i++) {
            try {
                switch (how) {
                    case "appended to" -> append(file, content, i);
                    case "truncated" -> truncate(file, content, i);
                    default -> remove(file, content);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void append(Path file, byte[] content, int step) throws IOException {
        int length = Math.min(content.length, step * 100);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(content, 0, Math.min(length, 100));
        }
        if (Files.size(file) > 4L * content.length) {
            Files.write(file, content);
        }
    }

    private static void truncate(Path file, byte[] content, int step) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(content.length * (step % 10L) / 10);
            channel.position(0);
            channel.write(ByteBuffer.wrap(content));
        }
    }

    private static void remove(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, content);
    }

    @Test
    void aFolderThatCannotBeEnteredIsToldAndTheRestRead() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "nothing here to give up root's rights with");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.write(closed.resolve("a.pcapng"), sample());
        Files.write(folder.resolve("b.pcapng"), sample());
        assertThat(closed.toFile().setExecutable(false, false)).isTrue();
        assertThat(closed.toFile().setReadable(false, false)).isTrue();
        List<String> words = new ArrayList<>(
                List.of("/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"));
        if (!"root".equals(System.getProperty("user.name"))) {
            words.clear();
        }
        words.addAll(Own.command(List.of("analyze", folder.toString())));
        Path messages = folder.resolve("messages.txt");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(messages.toFile())
                    .start();
            int exitCode = process.waitFor();
            assumeFalse(Files.readString(messages).contains("setpriv:"), "rights cannot be given up here");

            assertThat(exitCode).isEqualTo(ExitCode.UNREADABLE);
            assertThat(Files.readAllLines(messages)).singleElement().asString().contains("closed", "denied");
        } finally {
            assertThat(closed.toFile().setReadable(true, true)).isTrue();
            assertThat(closed.toFile().setExecutable(true, true)).isTrue();
        }
    }

    /// Set forward by years, back before 1970 as far as the format goes, and forth again.
    @Test
    void aClockThatJumpsLosesNoRecord() throws IOException {
        int[] seconds = {1_700_000_000, 1_700_000_000 + 9 * YEAR, 0, -1, 1_700_000_001, 1, Integer.MIN_VALUE};
        byte[] packet = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1};
        ByteBuffer file = ByteBuffer.allocate(24 + seconds.length * 3 * (16 + packet.length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putInt(0x4_0002)
                .putLong(0)
                .putInt(65_535)
                .putInt(1);
        for (int i = 0; i < 3 * seconds.length; i++) {
            file.putInt(seconds[i % seconds.length])
                    .putInt(i)
                    .putInt(packet.length)
                    .putInt(packet.length)
                    .put(packet);
        }
        Path capture = Files.write(folder.resolve("jumps.pcap"), file.array());

        for (String verb : List.of("analyze", "info")) {
            Session run = Session.of(verb, "--format", "json", capture.toString());
            assertOrderly(run);
            assertThat(records(run)).isEqualTo(3 * seconds.length);
        }
        Session lines = Session.of("packets", "--format", "jsonl", capture.toString());
        assertOrderly(lines);
        assertThat(lines.out().lines()).hasSize(3 * seconds.length);
        Session page = Session.of("report", capture.toString(), "-o", "-");
        assertOrderly(page);
        assertThat(page.out().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(1000);
    }
}
