package hopline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.Captures;
import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import hopline.cli.filter.Subject;
import hopline.cli.report.Escape;
import hopline.cli.report.InertJson;
import hopline.cli.report.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The events of Windows traces, one a line, for `info --events` and `packets --events`.
final class EventList {

    /// What may stand beside `--events`: anything else is about packets, and would change nothing.
    private static final Set<String> OPTIONS =
            Set.of("events", "provider", "id", "since", "until", "not", "first", "last", "format", "color");

    private final Optional<String> provider;
    private final OptionalInt id;
    private final Predicate<Subject> times;
    private final boolean isTimed;
    private final Selection selection;
    private final boolean json;

    private EventList(CommandLine line, boolean json) throws UsageException {
        provider = Optional.ofNullable(line.getOptionValue("provider")).map(EventList::withoutBraces);
        id = number(line.getOptionValue("id", ""));
        times = FilterOptions.of(line);
        isTimed = line.hasOption("since") || line.hasOption("until");
        selection = Selection.of(line);
        this.json = json;
    }

    /// Whether events are asked for, and which.
    static Options addOptions(Options options) {
        return options.addOption(Option.builder()
                        .longOpt("events")
                        .desc("list every event of a Windows trace, packets or not, with its fields")
                        .get())
                .addOption(Values.option("provider", "NAME", "with --events: only of this provider, by name or GUID"))
                .addOption(Values.option("id", "N", "with --events: only events of this number"));
    }

    /// As `--provider` and `--id` choose, and where `line` may hold them, times and `--first` or `--last`.
    static EventList of(CommandLine line, boolean json) throws UsageException {
        for (Option option : line.getOptions()) {
            if (!OPTIONS.contains(option.getLongOpt())) {
                throw new UsageException("--" + option.getLongOpt() + " has no meaning for what --events lists");
            }
        }
        return new EventList(line, json);
    }

    private static String withoutBraces(String name) {
        return name.startsWith("{") && name.endsWith("}") ? name.substring(1, name.length() - 1) : name;
    }

    private static OptionalInt number(String text) throws UsageException {
        try {
            return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new UsageException("--id is a number, not " + text);
        }
    }

    /// Prints the events of each of `files`; returns the exit code.
    int print(List<String> files, Console console) {
        if (selection.first() == 0) {
            return ExitCode.CLEAN;
        }
        long end = isTimed ? end(files) : 0;
        long skipped = selection.last() == 0 ? 0 : Math.max(0, count(files, end) - selection.last());
        long[] chosen = {0};
        return read(files, this::wants, console::complain, event -> {
            if (isInTime(event, end) && ++chosen[0] > skipped) {
                console.out().print(json ? jsonLine(event) : line(event));
            }
            return chosen[0] - skipped < selection.first();
        });
    }

    /// When the last event of all happened.
    private static long end(List<String> files) {
        long[] end = {0};
        read(files, (name, guid, number) -> true, EventList::leaveUntold, event -> {
            end[0] = Math.max(end[0], event.epochNanos());
            return true;
        });
        return end[0];
    }

    private long count(List<String> files, long end) {
        long[] count = {0};
        read(files, this::wants, EventList::leaveUntold, event -> {
            count[0] += isInTime(event, end) ? 1 : 0;
            return true;
        });
        return count[0];
    }

    /// What is wrong with a file is told when its events are printed.
    private static void leaveUntold(String complaint) {}

    private boolean isInTime(LoggedEvent event, long end) {
        return times.test(Subject.at(event.epochNanos(), end));
    }

    /// Shows `visitor` the events that `wanted` accepts until it has enough; returns the exit code.
    private static int read(
            List<String> files,
            EventReader.Filter wanted,
            Consumer<String> complaints,
            Predicate<LoggedEvent> visitor) {
        int exitCode = ExitCode.CLEAN;
        for (String file : files) {
            try (EventReader reader = Captures.openEvents(PipedInput.file(Path.of(file)))) {
                for (LoggedEvent event = reader.next(wanted); event != null; event = reader.next(wanted)) {
                    if (!visitor.test(event)) {
                        return exitCode;
                    }
                }
            } catch (IOException e) {
                complaints.accept(file + ": " + InputFinder.reason(e));
                exitCode = ExitCode.UNREADABLE;
            } catch (InvalidPathException e) {
                complaints.accept(file + ": not a file name: " + e.getReason());
                exitCode = ExitCode.UNREADABLE;
            }
        }
        return exitCode;
    }

    private boolean wants(String name, String guid, int number) {
        return provider.map(wanted -> wanted.equalsIgnoreCase(name) || wanted.equalsIgnoreCase(guid))
                        .orElse(true)
                && (id.isEmpty() || id.getAsInt() == number);
    }

    private static String line(LoggedEvent event) {
        StringBuilder text = new StringBuilder(Times.rfc3339(event.epochNanos()))
                .append(String.format(
                        Locale.ROOT,
                        "  cpu %d  %d.%d  %s/%d",
                        event.processor(),
                        event.process(),
                        event.thread(),
                        Escape.text(event.provider()),
                        event.id()));
        append(text, "", event.name());
        append(text, "activity ", event.activity());
        event.extended().forEach((name, value) -> append(text, name + " ", value));
        event.fields().forEach((name, value) -> append(text, name.isEmpty() ? "" : name + "=", value));
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("  ").append(Escape.text(label)).append(Escape.text(value));
        }
    }

    /// One object a line, so that a trace of any length can be read as it comes.
    private static String jsonLine(LoggedEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = InertJson.factory().createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("time", Times.rfc3339(event.epochNanos()));
            generator.writeStringField("provider", event.provider());
            generator.writeNumberField("id", event.id());
            writeUnlessEmpty(generator, "name", event.name());
            generator.writeNumberField("process", event.process());
            generator.writeNumberField("thread", event.thread());
            generator.writeNumberField("processor", event.processor());
            writeUnlessEmpty(generator, "activity", event.activity());
            if (!event.extended().isEmpty()) {
                write(generator, "extended", event.extended());
            }
            write(generator, "fields", event.fields());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator generator, String name, Map<String, String> texts) throws IOException {
        generator.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            generator.writeStringField(text.getKey(), text.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeUnlessEmpty(JsonGenerator generator, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            generator.writeStringField(name, value);
        }
    }
}
