package hopline.cli.filter;

import java.util.function.Function;
import java.util.function.Predicate;

/// One kind of filter, as the command line offers it.
///
/// @param option its long option, without dashes
/// @param argument what its value is, for the help
/// @param description what it lets through, for the help
/// @param maker makes the filter of a value; throws [IllegalArgumentException] that says what was expected
public record FilterKind(
        String option, String argument, String description, Function<String, Predicate<Subject>> maker) {}
