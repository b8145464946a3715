package hopline.cli;

import hopline.cli.filter.FilterKind;
import hopline.cli.filter.Filters;
import hopline.cli.filter.Subject;
import hopline.cli.filter.Vocabulary;
import hopline.flows.analysis.Analysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Filters on the command line. Values of one option are alternatives, different options must all agree, and `--not`
/// turns the next one round: then it must not be so.
final class FilterOptions {

    private static final String NOT = "not";

    private static final String FLOW = "flow";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";

    private FilterOptions() {}

    /// Adds every kind of filter to `options`.
    static Options add(Options options) {
        Filters.KINDS.forEach(
                kind -> options.addOption(Values.option(kind.option(), kind.argument(), kind.description())));
        options.addOption(Option.builder()
                .longOpt(NOT)
                .desc("turns the next filter round: only what does not match it")
                .get());
        options.addOption(Values.option(
                NodeAssignment.OPTION,
                "NAME[=PATH]",
                "with a path, the node a capture was made on, or all in a folder; without, the same as --node-name"));
        return options;
    }

    /// What one option asks for.
    private static final class Asked {

        private Predicate<Subject> any = subject -> false;
        private boolean hasAny;
        private Predicate<Subject> none = subject -> false;

        private void add(Predicate<Subject> filter, boolean negated) {
            if (negated) {
                none = none.or(filter);
            } else {
                any = any.or(filter);
                hasAny = true;
            }
        }

        private boolean test(Subject subject) {
            return (!hasAny || any.test(subject)) && !none.test(subject);
        }
    }

    /// One filter of a command line.
    private record Wanted(FilterKind kind, Option option, boolean negated) {

        private Predicate<Subject> filter() throws UsageException {
            try {
                return kind.maker().apply(option.getValue());
            } catch (IllegalArgumentException e) {
                throw new UsageException("--" + option.getLongOpt() + " " + e.getMessage());
            }
        }

        @Override
        public String toString() {
            return "--" + option.getLongOpt() + " " + option.getValue();
        }
    }

    /// All filters of `line` in one.
    static Predicate<Subject> of(CommandLine line) throws UsageException {
        Map<String, Asked> asked = new LinkedHashMap<>();
        for (Wanted wanted : wanted(line)) {
            asked.computeIfAbsent(wanted.kind().option(), name -> new Asked()).add(wanted.filter(), wanted.negated());
        }
        List<Asked> all = List.copyOf(asked.values());
        return subject -> all.stream().allMatch(one -> one.test(subject));
    }

    private static List<Wanted> wanted(CommandLine line) throws UsageException {
        List<Wanted> all = new ArrayList<>();
        boolean negated = false;
        for (Option option : line.getOptions()) {
            if (NOT.equals(option.getLongOpt())) {
                negated = true;
                continue;
            }
            Optional<FilterKind> kind = kind(option);
            if (kind.isPresent()) {
                all.add(new Wanted(kind.get(), option, negated));
                negated = false;
            }
        }
        if (negated) {
            throw new UsageException("--not stands before a filter");
        }
        return all;
    }

    /// Complains about names in the filters of `line` that nothing bears: nothing passes these.
    ///
    /// @throws UsageException when there is no such flow, or no time between the times
    static void check(CommandLine line, Analysis analysis, Console console) throws UsageException {
        Vocabulary vocabulary = Vocabulary.of(analysis);
        List<Wanted> all = wanted(line);
        for (Wanted wanted : all) {
            if (wanted.kind().option().equals(FLOW) && analysis.flows().size() == analysis.flowsTotal()) {
                FlowsVerb.requireFlow(analysis, wanted.option().getValue());
            }
            vocabulary
                    .of(wanted.kind())
                    .filter(names -> !names.hold(wanted.option().getValue()))
                    .ifPresent(names -> console.complain(wanted + ": " + unknown(wanted, names)));
        }
        refuseInverted(values(all, SINCE), values(all, UNTIL), FlowsVerb.captureEnd(analysis));
    }

    private static String unknown(Wanted wanted, Vocabulary.Names<?> names) {
        List<String> known = names.all();
        return "neither the lists nor the captures know such a " + names.sort()
                + Nearest.to(wanted.option().getValue(), known)
                        .map(near -> ": did you mean " + near + "?")
                        .orElse(
                                known.isEmpty()
                                        ? ", or any"
                                        : "; they know " + known.size() + ", such as " + known.getFirst());
    }

    private static List<String> values(List<Wanted> all, String option) {
        return all.stream()
                .filter(wanted -> wanted.kind().option().equals(option) && !wanted.negated())
                .map(wanted -> wanted.option().getValue())
                .toList();
    }

    private static void refuseInverted(List<String> since, List<String> until, long end) throws UsageException {
        boolean some = !since.isEmpty() && !until.isEmpty();
        if (some && since.stream().allMatch(from -> until.stream().allMatch(to -> Filters.isInverted(from, to, end)))) {
            throw new UsageException("--until " + until.getFirst() + " is before --since " + since.getFirst());
        }
    }

    private static Optional<FilterKind> kind(Option option) {
        boolean node = NodeAssignment.OPTION.equals(option.getLongOpt())
                && !option.getValue().contains("=");
        String name = node ? "node-name" : option.getLongOpt();
        return Filters.KINDS.stream().filter(kind -> kind.option().equals(name)).findFirst();
    }
}
