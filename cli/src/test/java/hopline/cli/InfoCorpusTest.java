package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `info` against what tshark said about 1,502 captures of other projects: how far they can be read, their
/// records, what those hold, network identifiers, response codes, and conversations where there is no tunnel.
///
/// They lie beside a development checkout, under the system property `hopline.testdata`; without them there
/// is nothing to test. [#SAMPLE] of them are taken; `-Dhopline.corpus=all` takes all.
/// `tshark-differences.tsv` lists every file of which tshark says something else: what, who is right, and
/// why.
class InfoCorpusTest {

    private static final int SAMPLE = 300;
    private static final long SEED = 4_789;
    private static final Set<String> JUDGEMENTS = Set.of("hopline", "tshark", "neither");

    /// One row of the table.
    ///
    /// @param counts the names of what differs
    private record Difference(String file, List<String> counts, String right, String reason) {}

    private static final Map<String, Difference> DIFFERENCES = differences();

    private static Map<String, Difference> differences() {
        try (InputStream table = InfoCorpusTest.class.getResourceAsStream("tshark-differences.tsv")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(row -> new Difference(row[0], Arrays.asList(row[1].split(" ")), row[2], row[3]))
                    .collect(Collectors.toMap(Difference::file, row -> row, (a, b) -> a, LinkedHashMap::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyDifferenceIsJudgedAndExplained() {
        assertThat(DIFFERENCES.values()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.right()).isIn(JUDGEMENTS);
            assertThat(row.reason()).hasSizeGreaterThan(10);
        });
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTshark() throws IOException {
        Path corpus = Path.of(System.getProperty("hopline.testdata", ""), "pcap");
        assumeTrue(Files.exists(corpus.resolve("MANIFEST.tsv")), "no third-party captures beside this checkout");
        return files(corpus).stream().map(file -> DynamicTest.dynamicTest(file, () -> check(file, corpus)));
    }

    private static List<String> files(Path corpus) throws IOException {
        List<String> files = Files.readAllLines(corpus.resolve("MANIFEST.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", 2)[0])
                .sorted()
                .collect(Collectors.toList());
        if ("all".equals(System.getProperty("hopline.corpus"))) {
            return files;
        }
        Collections.shuffle(files, new Random(SEED));
        return files.subList(0, SAMPLE);
    }

    private static void check(String file, Path corpus) throws IOException {
        Session run =
                Session.of("info", "--format", "json", corpus.resolve(file).toString());

        assertThat(run.exitCode()).isIn(ExitCode.CLEAN, ExitCode.UNREADABLE);
        assertThat(run.err().lines().count()).isEqualTo(run.exitCode() == ExitCode.CLEAN ? 0 : 1);
        Map<String, String> said =
                TsharkFacts.said(Json.of(run.out()).get("files").array().getFirst());
        Difference known = DIFFERENCES.get(file);
        assertThat(TsharkFacts.of(corpus, file).differences(said))
                .as("what tshark says otherwise than " + said)
                .isEqualTo(known == null ? List.of() : known.counts());
    }
}
