package hopline.cli;

import hopline.flows.rule.Rule;
import hopline.flows.rule.Rules;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// What a finding means.
final class ExplainVerb implements Verb {

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
    public List<Example> examples() {
        return List.of(
                new Example("list all rules", "hopline explain"),
                new Example("one of them", "hopline explain service-wrong-backend"));
    }

    @Override
    public int run(CommandLine line, Console console) throws UsageException {
        List<String> operands = line.getArgList();
        if (operands.size() > 1) {
            throw new UsageException("one rule at a time");
        }
        if (operands.isEmpty()) {
            Rules.all().forEach(rule -> console.out().println(rule.id()));
            return ExitCode.CLEAN;
        }
        Optional<Rule> rule = Rules.of(operands.getFirst());
        if (rule.isEmpty()) {
            throw new UsageException("there is no rule '" + operands.getFirst() + "'; hopline explain lists them");
        }
        console.out().print(Rules.page(rule.get()));
        return ExitCode.CLEAN;
    }
}
