package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class OutputFileTest {

    @TempDir
    Path folder;

    private static void write(Path target, String text) throws IOException {
        try (OutputFile file = OutputFile.create(target)) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "r--------"})
    void aFileIsReplacedByOneThatTheSameMayRead(String permissions) throws IOException {
        Path target = Files.writeString(folder.resolve("page.html"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));

        write(target, "new");

        assertThat(target).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo(permissions);
    }

    /// What no system takes; Windows refuses more, and so does Java where no locale is set.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "convert IN OUT",
                "report IN -o OUT",
                "diagram IN --flow f1 -o OUT.svg",
                "diagram IN --all-findings OUT",
                "redact IN OUT",
                "bundle IN -o OUT",
                "capture run --dry-run -o OUT",
                "state collect -o OUT",
            })
    void whatIsNoFileNameIsAMistakeOfTheCommandLine(String command) {
        String input =
                SampleCaptures.folder("mtu-exceeded").resolve("node-a.pcapng").toString();
        String[] words = command.replace("IN", input).replace("OUT", "a\0b").split(" ");

        Session session = Session.of(words);

        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).contains("not a file name").doesNotContain("internal error");
    }

    /// Whoever may write in the folder can tell the name beforehand.
    @Test
    void aPlantedLinkLeadsToNoOtherFile() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "as it was");
        Path planted = folder.resolve(".page.html." + ProcessHandle.current().pid() + ".part");
        Files.createSymbolicLink(planted, other);

        write(folder.resolve("page.html"), "new");

        assertThat(other).hasContent("as it was");
        assertThat(folder.resolve("page.html")).isRegularFile().hasContent("new");
    }
}
