package hopline.cli.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PortableNameTest {

    private record Case(String name, String made) {}

    static final List<Case> CASES = List.of(
            new Case("win-a/network.txt", "win-a/network.txt"),
            new Case(".hidden", ".hidden"),
            new Case("../../up.txt", "_/_/up.txt"),
            new Case("a\\..\\..\\up.txt", "a/_/_/up.txt"),
            new Case("/etc/passwd", "etc/passwd"),
            new Case("\\\\server\\share\\x", "server/share/x"),
            new Case("C:\\x.txt", "C_/x.txt"),
            new Case("c:x", "c_x"),
            new Case("a:stream", "a_stream"),
            new Case("nul", "_nul"),
            new Case("a/CON.tar.gz", "a/_CON.tar.gz"),
            new Case("aux .txt", "_aux .txt"),
            new Case("COM1.log", "_COM1.log"),
            new Case("com10.log", "com10.log"),
            new Case("Lpt9", "_Lpt9"),
            new Case("CONIN$", "_CONIN$"),
            new Case("console.txt", "console.txt"),
            new Case("q\"<>|?*.txt", "q______.txt"),
            new Case("two\r\nlines", "two__lines"),
            new Case("trail.", "trail_"),
            new Case("trail.. .", "trail_"),
            new Case("...", "_"),
            new Case("/", "_"),
            new Case("", "_"));

    @ParameterizedTest
    @FieldSource("CASES")
    void becomesOneThatEverySystemTakes(Case example) {
        assertThat(PortableName.of(example.name())).isEqualTo(example.made());
        assertThat(PortableName.of(example.made())).isEqualTo(example.made());
    }

    @Test
    void noControlIsLeft() {
        for (char control = 0; control < ' '; control++) {
            assertThat(PortableName.of("a" + control + "b")).isEqualTo("a_b");
        }
    }
}
