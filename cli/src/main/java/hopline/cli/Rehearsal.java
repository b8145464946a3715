package hopline.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Commands that are run for nothing, so that the Java machine learns which classes and which code matter.
///
/// The launcher asks for it once, after a build, and has the outcome kept in the machine's cache: what was rehearsed
/// starts sooner. The main job is rehearsed until its code is known to be hot, everything else once.
final class Rehearsal {

    /// After so many rounds the main job's code is as hot as in a long analysis.
    private static final int ROUNDS = 40;

    private final Path samples;

    private Rehearsal(Path samples) {
        this.samples = samples;
    }

    /// Rehearses with the sample captures in that folder.
    static void run(Path samples) {
        Rehearsal rehearsal = new Rehearsal(samples);
        rehearsal.everyVerb().forEach(Rehearsal::run);
        rehearsal.everySample().forEach(Rehearsal::run);
        for (int i = 0; i < ROUNDS; i++) {
            rehearsal.mainJobs().forEach(Rehearsal::run);
        }
    }

    private static void run(List<String> command) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(command.toArray(new String[0]), Console.ofProcess(nowhere, nowhere));
    }

    private List<List<String>> mainJobs() {
        return List.of(
                List.of(
                        "analyze",
                        "--format",
                        "json",
                        sample("service-wrong-backend"),
                        sample("healthy-overlay"),
                        sample("healthy-host-gateway"),
                        sample("retransmissions")),
                List.of("analyze", sample("service-wrong-backend")),
                List.of("convert", sample("packet-dropped"), "-"),
                List.of("state", "check", sample("node-state/overlay-healthy")));
    }

    private List<List<String>> everyVerb() {
        String capture = sample("service-wrong-backend");
        String trace = sample("packet-dropped");
        String state = sample("node-state/overlay-faulty");
        return List.of(
                List.of("--help"),
                List.of("--version"),
                List.of("analyze", "--help"),
                List.of("analyze", trace),
                List.of("analyze", sample("healthy-overlay/node-a.pcapng")),
                List.of("analyze", "--format", "json", sample("healthy-overlay/node-a.pcapng")),
                List.of("info", capture, trace),
                List.of("info", "--format", "json", capture, trace),
                List.of("flows", capture),
                List.of("flows", "--format", "jsonl", capture),
                List.of("packets", capture),
                List.of("packets", "--format", "jsonl", capture),
                List.of("packets", "-v", "-x", "-n", "3", capture),
                List.of("convert", capture, "-"),
                List.of("convert", trace, "-"),
                List.of("state", "check", state),
                List.of("state", "show", state),
                List.of("explain", "service-wrong-backend"));
    }

    /// What one rule alone needs counts as well: whoever has that fault should not wait for it.
    private List<List<String>> everySample() {
        try (Stream<Path> all = Files.list(samples)) {
            return all.filter(Files::isDirectory)
                    .sorted()
                    .flatMap(sample -> Stream.of("json", "text")
                            .map(format -> List.of("analyze", "--format", format, sample.toString())))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private String sample(String name) {
        return samples.resolve(name).toString();
    }
}
