package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateRule;
import hopline.flows.check.StateRules;
import hopline.flows.rule.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents at the root say is so.
class DocumentsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]+");

    private static String read(String document) throws IOException {
        return Files.readString(SampleCaptures.HOME.resolve(document));
    }

    private static List<String> blocks(String document) throws IOException {
        return BLOCK.matcher(read(document))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void theFirstCommandOfTheReadmeIsTheMainJobAndItsOutputIsReal() throws IOException {
        List<String> blocks = blocks("README.md");
        String[] command = blocks.getFirst().strip().split(" ");
        assertThat(command).startsWith("./hopline", "analyze").hasSize(3);
        Session session =
                Session.of("analyze", SampleCaptures.HOME.resolve(command[2]).toString());
        if (GoldenFile.UPDATE) {
            Files.writeString(
                    SampleCaptures.HOME.resolve("README.md"), read("README.md").replace(blocks.get(1), session.out()));
        }
        assertThat(blocks("README.md").get(1)).isEqualTo(session.out());
    }

    /// A block that begins with a command after `$` goes on with what it prints.
    @Test
    void whatTheReadmeShowsOfOtherCommandsIsReal() throws IOException {
        List<String> shown = blocks("README.md").stream()
                .filter(block -> block.startsWith("$ ./hopline "))
                .toList();
        assertThat(shown).hasSizeGreaterThanOrEqualTo(2);
        for (String block : shown) {
            String command = block.lines().findFirst().orElseThrow();
            String real = command + "\n" + Session.of(arguments(command)).out();
            if (GoldenFile.UPDATE) {
                Files.writeString(
                        SampleCaptures.HOME.resolve("README.md"),
                        read("README.md").replace(block, real));
            } else {
                assertThat(block).isEqualTo(real);
            }
        }
    }

    private static String[] arguments(String command) {
        return Stream.of(command.split(" "))
                .skip(2)
                .map(word -> word.startsWith("sample-captures/")
                        ? SampleCaptures.HOME.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
    }

    @Test
    void theReadmeShowsEveryVerb() throws IOException {
        assertThat(codeIn("README.md"))
                .containsAll(Main.verbs().stream().map(Verb::name).toList());
    }

    /// A row for each topic, with its rules in their order; nothing else is in backquotes there.
    @Test
    void theReadmesTableOfRulesIsThatOfTheCode() throws IOException {
        String part = read("README.md").split("\n## What it finds\n", 2)[1].split("\n## ", 2)[0];
        List<String> rows = part.lines()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .toList();
        assertThat(rows.subList(0, rows.size() - 1))
                .containsExactlyElementsOf(
                        Topic.all().stream().map(DocumentsTest::row).toList());
        assertThat(CODE.matcher(rows.getLast()).results().map(code -> code.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        StateRules.all().stream().map(StateRule::id).toList());
    }

    private static String row(Topic topic) {
        return topic.rules().stream()
                .map(rule -> "`" + rule.id() + "`")
                .collect(Collectors.joining(" ", "| " + topic.title() + " | ", " |"));
    }

    @Test
    void theReadmeShowsWhatStateCheckReallySays() throws IOException {
        List<String> blocks = blocks("README.md");
        int command = blocks.indexOf("./hopline state check sample-captures/node-state/overlay-faulty\n");
        Session session = Session.of(
                "state",
                "check",
                SampleCaptures.FOLDER.resolve("node-state/overlay-faulty").toString());
        assertThat(session.out()).startsWith(blocks.get(command + 1));
        assertThat(codeIn("README.md"))
                .containsAll(StateRules.all().stream().map(StateRule::id).toList());
    }

    @Test
    void everyTypeNamedInTheArchitectureExists() throws IOException {
        Set<String> types = typesOfTheProject();
        Set<String> named = codeIn("ARCHITECTURE.md").stream()
                .map(code -> code.split("\\.")[0])
                .filter(code -> TYPE.matcher(code).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty().isSubsetOf(types);
    }

    @Test
    void theArchitectureIsOnePage() throws IOException {
        assertThat(read("ARCHITECTURE.md").lines().count()).isLessThanOrEqualTo(120);
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                assertThat(document.resolveSibling(link.group(1)))
                        .as("linked from " + document)
                        .exists();
            }
        }
    }

    @Test
    void everySampleIsInTheListOfSamples() throws IOException {
        String list = Files.readString(SampleCaptures.FOLDER.resolve("README.md"));
        assertThat(SampleCaptures.names()).isNotEmpty().allSatisfy(name -> assertThat(list)
                .contains("](" + name + "/" + name + ".md)"));
    }

    private static Set<String> codeIn(String document) throws IOException {
        return CODE.matcher(read(document))
                .results()
                .flatMap(code -> Stream.of(code.group(1).split("[ …()]+")))
                .collect(Collectors.toSet());
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(SampleCaptures.FOLDER)) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(SampleCaptures.HOME::resolve))
                    .toList();
        }
    }

    private static Set<String> typesOfTheProject() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String module : List.of("capture", "decode", "flows", "cli")) {
            try (Stream<Path> files =
                    Files.walk(SampleCaptures.HOME.resolve(module).resolve("src/main/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> types.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return types;
    }
}
