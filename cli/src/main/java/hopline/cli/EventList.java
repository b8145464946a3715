package hopline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.Captures;
import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import hopline.cli.report.Escape;
import hopline.cli.report.InertJson;
import hopline.cli.report.Times;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The events of Windows traces, one a line, for `info --events` and `packets --events`.
final class EventList {

    private final Optional<String> provider;
    private final OptionalInt id;
    private final boolean json;

    private EventList(Optional<String> provider, OptionalInt id, boolean json) {
        this.provider = provider;
        this.id = id;
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

    /// As `--provider` and `--id` choose.
    static EventList of(CommandLine line, boolean json) throws UsageException {
        Optional<String> provider =
                Optional.ofNullable(line.getOptionValue("provider")).map(EventList::withoutBraces);
        return new EventList(provider, number(line.getOptionValue("id", "")), json);
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
        int exitCode = ExitCode.CLEAN;
        for (String file : files) {
            try (EventReader reader = Captures.openEvents(PipedInput.file(Path.of(file)))) {
                print(reader, console.out());
            } catch (IOException e) {
                console.complain(file + ": " + InputFinder.reason(e));
                exitCode = ExitCode.UNREADABLE;
            } catch (InvalidPathException e) {
                console.complain(file + ": not a file name: " + e.getReason());
                exitCode = ExitCode.UNREADABLE;
            }
        }
        return exitCode;
    }

    private void print(EventReader reader, PrintStream out) throws IOException {
        for (LoggedEvent event = reader.next(this::wants); event != null; event = reader.next(this::wants)) {
            out.print(json ? jsonLine(event) : line(event));
        }
    }

    private boolean wants(String name, int number) {
        return provider.map(wanted -> wanted.equalsIgnoreCase(name)).orElse(true)
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
    private static String jsonLine(LoggedEvent event) throws IOException {
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
