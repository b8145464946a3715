package hopline.capture.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.MalformedCaptureException;
import hopline.capture.UnrecognizedContentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What we write, tshark reads as it reads what we read: the same packets, times, interfaces, comments, options.
///
/// Of the captures of other projects beside a development checkout, [#SAMPLE] are taken, some of those that are about
/// pcapng and the ERF captures among them; `-Dhopline.corpus=all` takes all.
class AgainstTsharkTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "pcap");
    private static final int SAMPLE = 25;
    private static final long SEED = 1_502;
    private static final String PCAPNG_FOLDER = "format-pcapng";

    /// Larger ones take time and show nothing more.
    private static final long MAX_SIZE = 8 << 20;

    /// Of each record; the rest only of pcapng, where the file says it.
    private static final List<String> EVERYWHERE = List.of("number", "time_epoch", "len", "cap_len", "md5_hash");

    private static final List<String> IN_PCAPNG = List.of(
            "interface_id",
            "interface_name",
            "interface_description",
            "interface_queue",
            "section_number",
            "packet_flags",
            "packet_id",
            "verdict.hw",
            "verdict.ebpf_tc",
            "verdict.ebpf_xdp",
            "drop_count",
            "comment");

    /// Files of which tshark reads something else than we do, each looked at.
    private static final Map<String, String> DIFFERENT = Map.of(
            "linktypes/tcpflow__tests_bug8.pcap", "a fraction of more than four seconds overflows in tshark",
            "malformed-fuzz/PcapPlusPlus__regression_samples_crash-exception-cast-constructed-record.bin",
                    "tshark guesses another variant of pcap",
            "malformed-fuzz/PcapPlusPlus__regression_samples_igmplayer.bin", "tshark guesses another variant of pcap",
            "malformed-fuzz/suricata-verify__bug-6875-01_fuzz.pcap", "tshark guesses another variant of pcap");

    /// How tshark tells a time; what is otherwise is one it cannot tell, or none.
    private static final Pattern TIME = Pattern.compile("(\\d+)\t\\d+\\.\\d{9}(\t.*)?");

    /// The last three digits of a time.
    private static final Pattern NANOSECONDS = Pattern.compile("^(\\d+\t\\d+\\.\\d{6})\\d{3}(\t)");

    @TempDir
    Path temporary;

    @TestFactory
    Stream<DynamicTest> readsWhatWeWriteAsItReadTheOriginal() throws IOException {
        assumeTrue(Files.exists(FOLDER.resolve("MANIFEST.tsv")), "no third-party captures beside this checkout");
        assumeTrue(isInstalled(), "tshark is not installed");
        return files().stream().map(file -> DynamicTest.dynamicTest(file, () -> compare(file)));
    }

    private static boolean isInstalled() {
        try {
            return tshark(List.of("--version")).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("MANIFEST.tsv"))) {
            String file = line.split("\t", 2)[0];
            if (Files.isRegularFile(FOLDER.resolve(file)) && Files.size(FOLDER.resolve(file)) <= MAX_SIZE) {
                files.add(file);
            }
        }
        if ("all".equals(System.getProperty("hopline.corpus"))) {
            return files;
        }
        Collections.shuffle(files, new Random(SEED));
        return Stream.of(
                        files.stream().limit(SAMPLE),
                        files.stream()
                                .filter(file -> file.startsWith(PCAPNG_FOLDER))
                                .limit(SAMPLE),
                        files.stream().filter(file -> file.endsWith(".erf")))
                .flatMap(chosen -> chosen)
                .distinct()
                .toList();
    }

    private void compare(String name) throws IOException {
        assumeTrue(!DIFFERENT.containsKey(name), DIFFERENT.get(name));
        Path original = FOLDER.resolve(name);
        Path written = temporary.resolve("written.pcapng");
        ConversionReport report;
        CaptureFormat format;
        try (CaptureReader reader = Captures.open(original);
                OutputStream out = Files.newOutputStream(written)) {
            format = reader.format();
            report = Conversion.run(
                    List.of(new ConversionSource(name, "", Optional.empty(), reader)),
                    CaptureFormat.PCAPNG,
                    out,
                    OptionalInt.empty(),
                    records -> {});
        } catch (MalformedCaptureException | UnrecognizedContentException e) {
            return; // nothing to convert
        }
        List<String> fields = new ArrayList<>(EVERYWHERE);
        fields.addAll(format == CaptureFormat.PCAPNG ? IN_PCAPNG : List.of());
        Answer expected = ask(original, fields);
        Answer seen = ask(written, fields).withoutTimesMissingIn(expected);
        expected = expected.withoutTimesMissingIn(expected);
        if (report.problems().isEmpty() && expected.exitCode() == 0) {
            assertThat(seen.exitCode()).as(seen.complaint()).isZero();
            assertThat(seen.told(format)).isEqualTo(expected.told(format));
        } else {
            int common = Math.min(expected.lines().size(), seen.lines().size());
            assertThat(seen.lines().subList(0, common))
                    .isEqualTo(expected.lines().subList(0, common));
        }
    }

    record Answer(int exitCode, List<String> lines, String complaint) {

        /// ERF counts in parts of 2^32 of a second, which stay as they are: tshark rounds to the nearest
        /// nanosecond when it reads ERF, and down when it reads the same in pcapng.
        private List<String> told(CaptureFormat format) {
            return format == CaptureFormat.ERF
                    ? lines.stream()
                            .map(line -> NANOSECONDS.matcher(line).replaceFirst("$1$2"))
                            .toList()
                    : lines;
        }

        /// Records that state no time may be given one, and fractions beyond one second are told in many ways.
        Answer withoutTimesMissingIn(Answer other) {
            List<String> kept = new ArrayList<>(lines);
            for (int i = 0; i < Math.min(lines.size(), other.lines.size()); i++) {
                if (!TIME.matcher(other.lines.get(i)).matches()) {
                    kept.set(i, lines.get(i).replaceFirst("\t[^\t]*", "\t"));
                }
            }
            return new Answer(exitCode, kept, complaint);
        }
    }

    private static Answer ask(Path file, List<String> fields) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-n",
                "-o",
                "frame.generate_md5_hash:TRUE",
                "-r",
                file.toString(),
                "-T",
                "fields",
                "-E",
                "occurrence=a"));
        fields.forEach(field -> arguments.addAll(List.of("-e", "frame." + field)));
        return tshark(arguments);
    }

    private static Answer tshark(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark"));
        command.addAll(arguments);
        Path complaints = Files.createTempFile("tshark", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(
                    process.waitFor(), out.lines().toList(), Files.readString(complaints, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(complaints);
        }
    }
}
