package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is promised is tested by what is named, as often as is said.
class SecurityTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    private static String promises() throws IOException {
        return Files.readString(SampleCaptures.HOME.resolve("SECURITY.md"));
    }

    private static Set<String> tests() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : List.of("capture", "decode", "flows", "cli")) {
            try (Stream<Path> files = Files.walk(SampleCaptures.HOME.resolve(module + "/src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> tests.add(name.replace(".java", "")));
            }
        }
        return tests;
    }

    @Test
    void everyTestItNamesExists() throws IOException {
        List<String> named =
                TEST.matcher(promises()).results().map(hit -> hit.group(1)).toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void itsFiguresAreThoseOfTheTests() throws IOException {
        long targets =
                tests().stream().filter(name -> name.endsWith("FuzzTest")).count();

        assertThat(promises())
                .contains(
                        "| " + targets + " | `.ci/fuzz SECONDS`",
                        "| " + BrokenCorpusTest.SAMPLE + " in each build, all on demand |",
                        "| " + InjectionTest.names().count() + " in lists and state, " + HostileCapture.PAYLOADS.size()
                                + " in packets |");
    }
}
