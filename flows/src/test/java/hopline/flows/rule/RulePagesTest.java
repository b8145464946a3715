package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `explain` shows is written by hand, one page a rule. These are the promises that all pages keep.
class RulePagesTest {

    private static final Path HOME = Path.of(System.getProperty("hopline.home"));

    private static final int MAX_COLUMNS = 92;
    private static final int LAST_CATALOGUE_ENTRY = 60;

    /// Every page has these parts, in this order.
    private static final List<String> PARTS = List.of(
            "What it means",
            "How it is found",
            "What it looks like",
            "Common causes",
            "What to do",
            "What it is not",
            "References:",
            "See:");

    /// A neighbouring rule, at the left edge of the part that tells them apart.
    private static final Pattern NEIGHBOUR = Pattern.compile("(?m)^ {2}([a-z0-9-]+)(?: |$)");

    private static final Pattern SAMPLE = Pattern.compile("sample-captures/([a-z0-9-]+)");
    private static final Pattern CATALOGUE_ENTRY = Pattern.compile("\\bF(\\d+)\\b");

    static List<String> ids() {
        return Rules.all().stream().map(Rule::id).toList();
    }

    private static String page(String id) {
        return Rules.page(Rules.of(id).orElseThrow());
    }

    /// The page from that heading to the next.
    private static String part(String id, String heading) {
        String page = page(id);
        int next = PARTS.indexOf(heading) + 1;
        int end = next < PARTS.size() ? page.indexOf("\n" + PARTS.get(next)) : page.length();
        return page.substring(page.indexOf("\n" + heading) + 1, end);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult hit) -> hit.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void beginsWithTheRulesIdAndItsMeaningInALine(String id) {
        String meaning = Rules.meaning(Rules.of(id).orElseThrow());

        assertThat(page(id).lines().toList()).startsWith(id + ": " + meaning, "");
        assertThat(meaning).isNotBlank().doesNotEndWith(".");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void fitsOnAScreen(String id) {
        assertThat(page(id)).endsWith("\n").doesNotEndWith("\n\n");
        assertThat(page(id).lines().toList())
                .hasSizeBetween(25, 45)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(MAX_COLUMNS))
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]| $"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void hasAllPartsInOrder(String id) {
        List<String> headings = page(id).lines()
                .flatMap(line -> PARTS.stream().filter(line::startsWith))
                .toList();

        assertThat(headings).isEqualTo(PARTS);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void tellsTheRuleFromOthersThatExist(String id) {
        assertThat(all(NEIGHBOUR, part(id, "What it is not")))
                .isNotEmpty()
                .doesNotContain(id)
                .isSubsetOf(ids());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void namesSampleCapturesThatExist(String id) {
        assertThat(all(SAMPLE, part(id, "See:"))).isNotEmpty();
        assertThat(all(SAMPLE, page(id)))
                .allSatisfy(name -> assertThat(HOME.resolve("sample-captures").resolve(name))
                        .isDirectoryContaining("glob:**/" + name + ".md"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void namesFirstASampleCaptureThatShowsTheRule(String id) throws IOException {
        String sample = all(SAMPLE, part(id, "See:")).getFirst();
        Path report = HOME.resolve("sample-captures").resolve(sample).resolve(sample + ".expected.json");

        assertThat(Files.readString(report)).contains("\"rule\" : \"" + id + "\"");
    }

    /// Whoever is told an error must not read that it is only a warning.
    @ParameterizedTest
    @MethodSource("ids")
    void namesEverySeverityThatSampleCapturesShow(String id) throws IOException {
        Pattern finding = Pattern.compile("\"rule\" : \"" + id + "\",\\s+\"severity\" : \"(\\w+)\"");
        for (Path report : reports()) {
            assertThat(all(finding, Files.readString(report)))
                    .as("severities of " + id + " in " + report.getFileName())
                    .allSatisfy(
                            severity -> assertThat(part(id, "How it is found")).containsIgnoringCase(severity));
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void saysHowSureItIs(String id) {
        assertThat(part(id, "How it is found")).containsPattern("certain|likely");
    }

    private static List<Path> reports() throws IOException {
        try (Stream<Path> folders = Files.list(HOME.resolve("sample-captures"))) {
            return folders.map(folder -> folder.resolve(folder.getFileName() + ".expected.json"))
                    .filter(Files::exists)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void refersToTheCatalogueEntriesThatTheRuleCovers(String id) {
        String references = part(id, "References:");
        Rule rule = Rules.of(id).orElseThrow();

        assertThat(all(CATALOGUE_ENTRY, references)).containsAll(all(CATALOGUE_ENTRY, rule.reference()));
        assertThat(all(CATALOGUE_ENTRY, references))
                .allSatisfy(number -> assertThat(Integer.parseInt(number)).isBetween(1, LAST_CATALOGUE_ENTRY));
    }

    @Test
    void noPageIsLeftOfARuleThatIsGone() throws IOException {
        try (Stream<Path> pages = Files.list(HOME.resolve("flows/src/main/resources/hopline/flows/rule"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            ids().stream().map(id -> id + ".txt").toList());
        }
    }

    @Test
    void everyRuleHasOneTopic() {
        List<String> listed = Topic.all().stream()
                .flatMap(topic -> topic.rules().stream())
                .map(Rule::id)
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids());
    }
}
