package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.rule.Rule;
import hopline.flows.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The failure catalogue's table, and the rules and pages it must agree with.
class CatalogueTest {

    static List<String> entries() {
        return IntStream.rangeClosed(1, Catalogue.ENTRIES)
                .mapToObj(number -> String.format("F%02d", number))
                .toList();
    }

    static List<StateRule> rules() {
        return StateRules.all();
    }

    @Test
    void hasEveryEntryOnce() {
        assertThat(Catalogue.entries()).containsExactlyElementsOf(entries());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void namesRulesThatExistOrSaysWhyItIsNoFault(String entry) {
        assertThat(Catalogue.rules(entry)).allSatisfy(id -> assertThat(
                        Rules.of(id).isPresent() || StateRules.of(id).isPresent())
                .as(id)
                .isTrue());
        assertThat(Catalogue.rules(entry).isEmpty()
                        && Catalogue.notAFault(entry).isEmpty())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void agreesWithEveryRuleAboutState(StateRule rule) {
        for (String entry : references(rule.reference())) {
            assertThat(Catalogue.rules(entry)).as(entry).contains(rule.id());
        }
        assertThat(entries().stream().filter(entry -> Catalogue.rules(entry).contains(rule.id())))
                .containsExactlyElementsOf(references(rule.reference()));
    }

    @Test
    void agreesWithEveryRuleAboutPackets() {
        for (Rule rule : Rules.all()) {
            for (String entry : references(rule.reference())) {
                assertThat(Catalogue.rules(entry))
                        .as(entry + " of " + rule.id())
                        .contains(rule.id());
            }
        }
    }

    /// An entry is found where a test sets its fault in a node's state, or a sample capture shows its rule; the others
    /// are no faults, and the table says why.
    @Test
    void mostEntriesAreFoundByATestAndTheOthersHaveTheirReason() throws IOException {
        Set<String> found = StateFaultsTest.FAULTS.stream()
                .map(StateFaultsTest.Fault::entry)
                .collect(Collectors.toCollection(TreeSet::new));
        found.remove("");
        found.add("F59"); // by NotesTest
        Path captures = Path.of(System.getProperty("hopline.home")).resolve("sample-captures");
        for (String entry : entries()) {
            for (String rule : Catalogue.rules(entry)) {
                if (Files.isDirectory(captures.resolve(rule))) {
                    found.add(entry);
                }
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(55);
        assertThat(entries().stream().filter(entry -> !found.contains(entry)))
                .allSatisfy(entry -> assertThat(Catalogue.notAFault(entry)).isNotBlank());
    }

    private static List<String> references(String reference) {
        return reference.isEmpty() ? List.of() : List.of(reference.split(", "));
    }

    @Test
    void noIdIsUsedTwiceButWhatPacketsAndStateBothShow() {
        assertThat(rules().stream().map(StateRule::id)).doesNotHaveDuplicates();
        assertThat(Rules.all().stream().map(Rule::id)).doesNotHaveDuplicates();
        assertThat(rules().stream().map(StateRule::id).filter(id -> Rules.of(id).isPresent()))
                .containsExactly("snat-port-exhausted");
        assertThat(StateRules.of("no-such-rule")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasAPageWithAllItsParts(StateRule rule) {
        String page = StateRules.page(rule);
        assertThat(page)
                .startsWith(rule.id() + ": " + StateRules.meaning(rule) + "\n\n")
                .endsWith("\n");
        assertThat(page)
                .containsSubsequence(
                        "\nWhat it means\n",
                        "\nHow it is found\n",
                        "\nCommon causes\n",
                        "\nWhat to do\n",
                        "\nWhat it is not\n",
                        "\nReferences: ");
        assertThat(page.lines().toList()).hasSizeBetween(18, 45).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(110));
        assertThat(references(rule.reference()))
                .allSatisfy(entry ->
                        assertThat(page.substring(page.indexOf("References: "))).contains(entry));
        List<String> ids = rules().stream().map(StateRule::id).toList();
        String neighbours = page.substring(page.indexOf("What it is not"), page.indexOf("References:"));
        assertThat(neighbours.lines().filter(line -> line.startsWith("  ")).map(line -> line.strip()
                        .split(" ", 2)[0]))
                .isNotEmpty()
                .isSubsetOf(ids)
                .doesNotContain(rule.id());
    }

    @Test
    void noPageIsLeftOfARuleThatIsGone() throws IOException {
        Path pages =
                Path.of(System.getProperty("hopline.home")).resolve("flows/src/main/resources/hopline/flows/check");
        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".txt")))
                    .containsExactlyInAnyOrderElementsOf(
                            rules().stream().map(rule -> rule.id() + ".txt").toList());
        }
    }
}
