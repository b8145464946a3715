package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the script `hopline` starts Java, in whose place another script prints its locale and its words.
class LauncherTest {

    @TempDir
    Path folder;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell here");
        Files.copy(SampleCaptures.HOME.resolve("hopline"), folder.resolve("hopline"));
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"${LC_ALL-}\"\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    /// What it prints, errors included.
    private List<String> hopline(String locale, String... words) throws IOException {
        ProcessBuilder launcher =
                new ProcessBuilder("/bin/sh", folder.resolve("hopline").toString());
        launcher.command().addAll(List.of(words));
        launcher.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        launcher.environment().put("LANG", locale);
        launcher.environment().put("HOPLINE_JAVA_HOME", folder.resolve("jdk").toString());
        Process process = launcher.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /// A locale that has other letters than ASCII may name files in them.
    @ParameterizedTest
    @CsvSource({"'', C.UTF-8", "C, C.UTF-8", "POSIX, C.UTF-8", "xx_XX.utf8, C.UTF-8", "de_DE.ISO-8859-1, ''"})
    void namesOfFilesAreInUtf8WhereTheLocaleKnowsNoOtherLetters(String locale, String expected) throws IOException {
        assertThat(hopline(locale, "info")).first().isEqualTo(expected);
    }

    @Test
    void aNameMayHaveLinesOfItsOwn() throws IOException {
        Path name = Files.writeString(folder.resolve("two\n08 lines\nand more"), "a note");

        List<String> printed = hopline("C", "analyze", name.toString());

        assertThat(printed).first().isEqualTo("C.UTF-8");
        assertThat(printed).contains("-XX:TieredStopAtLevel=1").endsWith("08 lines", "and more");
    }
}
