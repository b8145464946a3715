package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.flows.rule.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The scripts that complete command lines.
class CompletionTest {

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void make() throws IOException {
        script = Files.writeString(
                folder.resolve("hopline.bash"), Session.of("completion", "bash").out());
    }

    /// What bash offers where a line ends, in a real bash.
    private List<String> offered(String line) throws IOException, InterruptedException {
        String words = "COMP_WORDS=(" + line + ")";
        String ask = ". '" + script + "'; " + words + "; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _hopline;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "--norc", "-c", ask)
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return out.lines().filter(word -> !word.isEmpty()).toList();
    }

    private static boolean hasBash() {
        try {
            return new ProcessBuilder("bash", "-c", "exit 0").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private record Case(String line, List<String> words) {}

    private static final List<Case> CASES = List.of(
            new Case("hopline an", List.of("analyze")),
            new Case("hopline --v", List.of("--version")),
            new Case("hopline analyze --form", List.of("--format")),
            new Case("hopline analyze --format ''", List.of("text", "json")),
            new Case("hopline flows --format j", List.of("json", "jsonl")),
            new Case("hopline trace --format ''", List.of("text", "json", "minimal")),
            new Case("hopline trace --protocol ''", List.of("tcp", "udp", "sctp", "icmp")),
            new Case("hopline state --format ''", List.of("text", "json")),
            new Case("hopline state --fail-on n", List.of("note", "never")),
            new Case("hopline convert --to ''", List.of("pcapng", "pcap")),
            new Case("hopline packets --verdict v", List.of("vanished")),
            new Case("hopline analyze --fail-on ''", List.of("error", "warning", "note", "never")),
            new Case("hopline analyze --color a", List.of("auto", "always")),
            new Case(
                    "hopline packets x.pcap --from-",
                    List.of(
                            "--from-pod",
                            "--from-service",
                            "--from-namespace",
                            "--from-label",
                            "--from-ip",
                            "--from-port")),
            new Case("hopline explain mtu", List.of("mtu-exceeded")),
            new Case("hopline completion ''", List.of("bash", "powershell")),
            new Case("hopline analyze x", List.of()),
            new Case("hopline nonsense --f", List.of()));

    @ParameterizedTest
    @FieldSource("CASES")
    void bashOffersWhatFits(Case line) throws IOException, InterruptedException {
        assumeTrue(hasBash(), "no bash on this machine");
        assertThat(offered(line.line())).isEqualTo(line.words());
    }

    @Test
    void bashOffersEveryOptionOfEveryVerb() throws IOException, InterruptedException {
        assumeTrue(hasBash(), "no bash on this machine");
        assertThat(offered("hopline ''"))
                .containsAll(Main.verbs().stream().map(Verb::name).toList());
        for (Verb verb : Main.verbs()) {
            assertThat(offered("hopline " + verb.name() + " --")).containsExactlyInAnyOrderElementsOf(options(verb));
        }
    }

    private static List<String> options(Verb verb) {
        return Help.withCommon(verb.options()).getOptions().stream()
                .map(Option::getLongOpt)
                .map(name -> "--" + name)
                .toList();
    }

    @Test
    void powershellKnowsEveryWord() {
        String text = Session.of("completion", "powershell").out();
        for (Verb verb : Main.verbs()) {
            assertThat(text).contains("'" + verb.name() + "'");
            options(verb).forEach(option -> assertThat(text).contains("'" + option + "'"));
        }
        Rules.all().forEach(rule -> assertThat(text).contains("'" + rule.id() + "'"));
        assertThat(text).contains("'flows --format' = @('text', 'json', 'jsonl', 'csv',");
        assertThat(count(text, '{')).isEqualTo(count(text, '}'));
        assertThat(count(text, '(')).isEqualTo(count(text, ')'));
        assertThat(count(text, '\'') % 2).isZero();
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /// Words stand in quotes in both scripts: nothing in them may end the quotes or be expanded.
    @Test
    void allWordsAreHarmless() {
        for (Verb verb : Main.verbs()) {
            assertThat(options(verb)).allMatch(word -> word.matches("[a-z0-9-]+"));
            assertThat(verb.operands()).allMatch(word -> word.matches("[a-z0-9-]+"));
        }
    }

    @Test
    void anotherShellIsRefused() {
        assertThat(Session.of("completion", "fish").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("completion").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
