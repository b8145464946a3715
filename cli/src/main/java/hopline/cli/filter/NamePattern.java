package hopline.cli.filter;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names in which `*` stands for any letters.
final class NamePattern {

    private NamePattern() {}

    static Predicate<String> of(String pattern) {
        String quoted = Stream.of(pattern.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(quoted, Pattern.DOTALL).asMatchPredicate();
    }
}
