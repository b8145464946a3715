package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A process ends with its code, without a word, and does what was left for its end; nobody who is still at work
/// holds it up.
class ExitTest {

    /// What ends: with the code of its first argument, beside somebody at work unless the second is empty.
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("hook")));
            if (!args[1].isEmpty()) {
                new Thread(Program::work).start();
            }
            Exit.with(Integer.parseInt(args[0]));
        }

        private static void work() {
            try {
                TimeUnit.MINUTES.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,", "1,", "2,", "3,", "4,", "0, beside", "1, beside", "4, beside"})
    void endsWithItsCode(int code, String others) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName(),
                        String.valueOf(code),
                        others == null ? "" : others)
                .redirectErrorStream(true)
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("hook");
    }
}
