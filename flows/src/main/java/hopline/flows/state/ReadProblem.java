package hopline.flows.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says in one line where and why reading stopped.
final class ReadProblem {

    private static final int MAX_LENGTH = 240;

    private ReadProblem() {}

    /// As in `line 12, column 5: file ends inside the JSON`.
    ///
    /// @param here where the parser is, for failures that do not say where they happened
    static String of(IOException failure, JsonLocation here) {
        return switch (failure) {
            case JsonEOFException e -> where(here, e) + "file ends inside the JSON";
            case StreamConstraintsException e -> where(here, e) + limit(sentence(e.getOriginalMessage()));
            case JacksonException e -> where(here, e) + sentence(e.getOriginalMessage());
            default -> where(here) + of(failure);
        };
    }

    /// Why input failed that is no JSON yet.
    static String of(IOException failure) {
        return sentence(Objects.requireNonNullElse(failure.getMessage(), "input failed"));
    }

    private static String where(JsonLocation here, JacksonException failure) {
        @Nullable JsonLocation there = failure.getLocation();
        return where(there == null ? here : there);
    }

    private static String where(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /// Without the name of the setting that the library would have one change.
    private static String limit(String message) {
        return message.replaceAll(", from `[^`]*`", "");
    }

    /// The first line, of bearable length, beginning in lower case.
    private static String sentence(String message) {
        String line = message.lines().findFirst().orElse("");
        String cut = line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
        return cut.substring(0, Math.min(1, cut.length())).toLowerCase(Locale.ROOT)
                + cut.substring(Math.min(1, cut.length()));
    }
}
