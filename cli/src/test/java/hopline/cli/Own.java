package hopline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Hopline as a process of its own, for what cannot be done to the process that tests run in.
final class Own {

    private Own() {}

    /// The words that start `hopline arguments…`, with options for the Java machine.
    static List<String> command(List<String> arguments, String... options) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        words.addAll(List.of(options));
        words.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "hopline.cli.Main"));
        words.addAll(arguments);
        return words;
    }
}
