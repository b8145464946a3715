package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong around the program: outputs that take no more, interruptions, odd names, other locales.
class FaultsTest {

    private static final String SAMPLE =
            SampleCaptures.folder("service-wrong-backend").toString();

    @TempDir
    Path folder;

    /// An output that fails in that way after a few octets.
    private static final class Failing extends OutputStream {

        private final String reason;
        private int left = 100;

        Failing(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int octet) throws IOException {
            if (left-- <= 0) {
                throw new IOException(reason);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "analyze, No space left on device, false, 4",
        "analyze, Input/output error, false, 4",
        "analyze, There is not enough space on the disk, false, 4",
        "analyze, Broken pipe, false, 1",
        "analyze, The pipe has been ended, false, 1",
        "analyze, Datenübergabe unterbrochen (broken pipe), true, 1",
        "packets, No space left on device, false, 4",
        "packets, Broken pipe, false, 0",
        "packets, Relais brisé (pipe), true, 0",
    })
    void whatCouldNotBePrintedIsToldUnlessNobodyReadsOn(String verb, String reason, boolean isPipe, int exitCode) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(new Failing(reason), () -> isPipe);
        Console console =
                new Console(out.text(), new PrintStream(messages, true, StandardCharsets.UTF_8), false, false, 100);

        assertThat(Main.run(new String[] {verb, SAMPLE}, out, console)).isEqualTo(exitCode);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(
                        exitCode == ExitCode.ENVIRONMENT ? "hopline: standard output: " + reason : "");
    }

    private static ProcessBuilder hopline(List<String> options, String... arguments) {
        return new ProcessBuilder(Own.command(List.of(arguments), options.toArray(String[]::new)));
    }

    /// What a bundle is made of lies in a folder for the time being.
    @Test
    void whatIsInterruptedLeavesNoTemporaryFolder() throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String output = folder.resolve("shared.zip").toString();
        boolean wasThere = false;
        for (int millis = 300; millis < 3_000 && !wasThere; millis += 300) {
            Process process = hopline(
                            List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"),
                            "bundle",
                            SAMPLE,
                            "-o",
                            output)
                    .redirectErrorStream(true)
                    .start();
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            wasThere = process.isAlive() && count(temporary) > 0;
            process.destroy();
            process.waitFor();

            assertThat(temporary).isEmptyDirectory();
        }
        assertThat(wasThere).isTrue();
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @ParameterizedTest
    @CsvSource({"redact, 0", "bundle, 1"})
    void standardInputIsAFileAsAnyOther(String verb, int exitCode) throws IOException, InterruptedException {
        Path input = Path.of(SAMPLE, "node-a.pcapng");
        Process process = (verb.equals("redact")
                        ? hopline(List.of(), "redact", "-", "-")
                        : hopline(List.of(), "bundle", "--check", "-"))
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        byte[] out = process.getInputStream().readAllBytes();

        assertThat(process.waitFor()).isEqualTo(exitCode);
        if (verb.equals("redact")) {
            assertThat(out).startsWith(0x0a, 0x0d, 0x0d, 0x0a);
        } else {
            assertThat(new String(out, StandardCharsets.UTF_8)).startsWith("-: private data is left");
        }
    }

    /// Turkish has a dotless i, and India a time zone with half an hour.
    @Test
    void resultsAreTheSameInEveryLocaleAndTimeZone() {
        String[][] commands = {
            {"analyze", SAMPLE},
            {"analyze", "--format", "json", SAMPLE},
            {"packets", "-v", "-c", "20", SAMPLE},
            {"flows", "--format", "csv", SAMPLE},
            {"info", "--format", "json", SAMPLE + "/node-a.pcapng"},
            {
                "state",
                "check",
                SampleCaptures.folder("node-state/overlay-faulty").toString()
            },
            {"diagram", "--flow", "f5", "-o", "-", SAMPLE},
            {"analyze", "--fail-on", "WARNING", SAMPLE},
        };
        for (String[] command : commands) {
            Session expected = Session.of(command);
            assertThat(elsewhere(command)).as(String.join(" ", command)).isEqualTo(expected);
        }
    }

    private static Session elsewhere(String... command) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            return Session.of(command);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines.pcapng",
                "quo\"t'es.pcapng",
                " blanks .pcapng",
                "-dash.pcapng",
                "a;b&&c`d`$(e).pcapng"
            })
    void anyNameWillDo(String name) throws IOException {
        Path named = folder.resolve(name);
        Files.copy(SampleCaptures.folder("service-wrong-backend").resolve("node-a.pcapng"), named);

        Session info = Session.of("info", named.toString());
        Session written = Session.of("convert", named.toString(), named + "\n2");
        Session cut = Session.of(
                "info", Files.write(named, new byte[] {10, 13, 13, 10, 9}).toString());

        assertThat(info.out()).contains(": pcapng, whole\n").contains("317 records");
        assertThat(written.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(cut.messages()).hasSize(1);
    }

    /// Names that are no text in UTF-8 come out of folders.
    @Test
    void aFileWhoseNameIsNoTextIsReadWhereItsFolderIsNamed() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to make such a name with");
        Process copy = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "cp \"$0\" \"$1/$(printf 'caf\\351').pcapng\"",
                        SAMPLE + "/node-a.pcapng",
                        folder.toString())
                .start();
        assumeTrue(copy.waitFor() == 0, "this file system takes no such name");

        assertThat(Session.of("analyze", folder.toString()).out()).contains("317 records");
    }
}
