package hopline.cli;

import hopline.cli.filter.FilterKind;
import hopline.cli.filter.Filters;
import hopline.cli.filter.Subject;
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

    /// Names a node, unless it gives a file one.
    private static final String NODE = "node";

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
                NODE, "NAME[=FILE]", "with a file, the node a capture was made on; without, the same as --node-name"));
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

    /// All filters of `line` in one.
    static Predicate<Subject> of(CommandLine line) throws UsageException {
        Map<String, Asked> asked = new LinkedHashMap<>();
        boolean negated = false;
        for (Option option : line.getOptions()) {
            if (NOT.equals(option.getLongOpt())) {
                negated = true;
                continue;
            }
            Optional<FilterKind> kind = kind(option);
            if (kind.isPresent()) {
                asked.computeIfAbsent(kind.get().option(), name -> new Asked())
                        .add(filter(kind.get(), option), negated);
                negated = false;
            }
        }
        if (negated) {
            throw new UsageException("--not stands before a filter");
        }
        List<Asked> all = List.copyOf(asked.values());
        return subject -> all.stream().allMatch(one -> one.test(subject));
    }

    private static Optional<FilterKind> kind(Option option) {
        boolean node = NODE.equals(option.getLongOpt()) && !option.getValue().contains("=");
        String name = node ? "node-name" : option.getLongOpt();
        return Filters.KINDS.stream().filter(kind -> kind.option().equals(name)).findFirst();
    }

    private static Predicate<Subject> filter(FilterKind kind, Option option) throws UsageException {
        try {
            return kind.maker().apply(option.getValue());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + option.getLongOpt() + " " + e.getMessage());
        }
    }
}
