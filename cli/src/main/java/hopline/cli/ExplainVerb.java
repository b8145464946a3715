package hopline.cli;

import hopline.flows.check.Catalogue;
import hopline.flows.check.StateRule;
import hopline.flows.check.StateRules;
import hopline.flows.rule.Rule;
import hopline.flows.rule.Rules;
import hopline.flows.rule.Topic;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// What a finding means.
final class ExplainVerb implements Verb {

    /// Where meanings begin in the list: past the longest id.
    static final int MEANING_COLUMN = 31;

    static final String STATE_TOPIC = "node state (state check)";

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "Explain a rule: what a finding means, how it is detected, what to do; without a rule, list them.";
    }

    @Override
    public String synopsis() {
        return "[RULE]";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> operands() {
        return Rules.all().stream().map(Rule::id).toList();
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("list all rules", "hopline explain"),
                new Example("one of them", "hopline explain service-wrong-backend"),
                new Example("the rules that a report refers to by a number", "hopline explain F19"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException {
        List<String> operands = line.getArgList();
        switch (operands.size()) {
            case 0 -> list(console.out());
            case 1 -> console.out().print(page(operands.getFirst()));
            default -> throw new UsageException("one rule at a time");
        }
        return ExitCode.CLEAN;
    }

    private static String page(String id) throws UsageException {
        if (Catalogue.entries().contains(id)) {
            return catalogued(id);
        }
        return Rules.of(id)
                .map(Rules::page)
                .or(() -> StateRules.of(id).map(StateRules::page))
                .orElseThrow(() -> new UsageException(unknown(id)));
    }

    /// The rules that show a fault of the catalogue, which findings refer to by its number.
    private static String catalogued(String fault) {
        String byDesign = Catalogue.notAFault(fault);
        String head = byDesign.isEmpty() ? fault + " is shown by\n" : fault + " is no fault, " + byDesign + "\n";
        return Catalogue.rules(fault).stream()
                .map(id -> entry(id, meaning(id)) + "\n")
                .collect(Collectors.joining("", head, ""));
    }

    private static String meaning(String id) {
        return Rules.of(id)
                .map(Rules::meaning)
                .or(() -> StateRules.of(id).map(StateRules::meaning))
                .orElseThrow();
    }

    private static String unknown(String id) {
        List<String> ids = Stream.concat(
                        Rules.all().stream().map(Rule::id),
                        StateRules.all().stream().map(StateRule::id))
                .toList();
        return "there is no rule '" + id + "'"
                + Nearest.to(id, ids)
                        .map(near -> ": did you mean " + near + "?")
                        .orElse("; hopline explain lists them");
    }

    private static void list(PrintStream out) {
        for (Topic topic : Topic.all()) {
            out.println(topic.title());
            topic.rules().forEach(rule -> out.println(entry(rule.id(), Rules.meaning(rule))));
            out.println();
        }
        out.println(STATE_TOPIC);
        StateRules.all().forEach(rule -> out.println(entry(rule.id(), StateRules.meaning(rule))));
        out.println();
        out.println("hopline explain RULE tells how it is found, what causes it, and what to do.");
    }

    private static String entry(String id, String meaning) {
        String head = "  " + id;
        return head + " ".repeat(MEANING_COLUMN - head.length()) + meaning;
    }
}
