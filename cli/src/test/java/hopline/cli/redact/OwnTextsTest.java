package hopline.cli.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.cli.report.Basis;
import hopline.decode.redact.Redaction;
import hopline.decode.redact.RedactionKey;
import hopline.flows.analysis.Analysis;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What we say ourselves is nobody's secret: a report that is given away keeps each of its words, and no word of ours
/// is taken for a name that was left in it.
class OwnTextsTest {

    private static final Pattern WORD =
            Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z]{3,}(?:-[A-Za-z]+)*(?![A-Za-z0-9_-])");
    private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b");

    /// Packages that speak to people, beside a class in the same place.
    private record Speaking(Class<?> beside, String folder) {

        @Override
        public String toString() {
            return folder;
        }

        /// All strings of all classes there, in a folder of classes or in a jar.
        private List<String> strings() throws IOException, URISyntaxException {
            Path place = Path.of(
                    beside.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return strings(place.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return strings(jar.getPath(folder));
            }
        }

        private static List<String> strings(Path folder) throws IOException {
            List<String> strings = new ArrayList<>();
            try (Stream<Path> classes = Files.list(folder)) {
                for (Path file : classes.filter(path -> path.toString().endsWith(".class"))
                        .toList()) {
                    strings.addAll(OwnTextsTest.strings(Files.readAllBytes(file)));
                }
            }
            return strings;
        }
    }

    static Stream<Speaking> speaking() {
        return Stream.concat(
                Stream.of("rule", "check", "scene", "event", "expect", "path", "analysis")
                        .map(name -> new Speaking(Analysis.class, "hopline/flows/" + name)),
                Stream.of(new Speaking(Basis.class, "hopline/cli/report")));
    }

    @ParameterizedTest
    @MethodSource("speaking")
    void eachOfOurWordsIsKept(Speaking texts) throws IOException, URISyntaxException {
        Redaction redaction = new Redaction(RedactionKey.random(), false, false, Set.of());
        List<String> sentences = texts.strings().stream()
                .filter(text -> text.contains(" ") && !text.contains("[")) // a pattern
                .toList();

        assertThat(sentences).isNotEmpty();
        assertThat(found(WORD, sentences))
                .allMatch(word -> redaction.text().redact(word).equals(word));
        assertThat(found(ADDRESS, sentences))
                .allMatch(address -> redaction.text().redact(address).equals(address));
    }

    private static List<String> found(Pattern pattern, List<String> texts) {
        return texts.stream()
                .flatMap(text -> pattern.matcher(text).results().map(MatchResult::group))
                .distinct()
                .toList();
    }

    /// The strings of a class file, as the Java Virtual Machine Specification §4.4 lays them out.
    private static List<String> strings(byte[] file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        List<Integer> strings = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 8 -> strings.add(in.readUnsignedShort());
                case 7, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // takes two places
                }
                default -> in.skipNBytes(4);
            }
        }
        return strings.stream().map(at -> texts[at]).toList();
    }
}
