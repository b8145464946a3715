package hopline.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.capture.CaptureReader;
import hopline.capture.event.SystemEvent;
import hopline.cli.report.Escape;
import hopline.cli.report.InertJson;
import hopline.cli.report.TimelineText;
import hopline.cli.report.Times;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.event.TimelineEvents;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What happened beside packets, for `info --timeline`.
final class TimelineList {

    private final boolean json;

    TimelineList(boolean json) {
        this.json = json;
    }

    /// Prints the timeline of each capture in `operands`, files or folders; returns the exit code.
    int print(List<String> operands, Console console) throws IOException, UsageException {
        InputFinder finder = new InputFinder(Map.of());
        for (String operand : operands) {
            finder.add(operand);
        }
        boolean several = finder.captures().size() > 1;
        int exitCode = ExitCode.CLEAN;
        for (CaptureInput input : finder.captures()) {
            if (several && !json) {
                console.out().println(Escape.text(input.name()));
            }
            exitCode = Math.max(exitCode, print(input, console));
        }
        for (InputFinder.Problem problem : finder.problems()) {
            console.complain(problem.file() + ": " + problem.reason());
            exitCode = ExitCode.UNREADABLE;
        }
        return exitCode;
    }

    private int print(CaptureInput input, Console console) {
        PrintStream out = console.out();
        TimelineText text = new TimelineText(out);
        TimelineEvents lines = new TimelineEvents(event -> out.print(jsonLine(input.name(), event)));
        int exitCode = ExitCode.CLEAN;
        try (CaptureReader reader = input.opener().open()) {
            reader.hear(json ? lines::add : text::add);
            while (reader.next() != null) {
                // packets are not listed: the reader tells of what stands between them
            }
        } catch (IOException e) {
            console.complain(input.name() + ": " + InputFinder.reason(e));
            exitCode = ExitCode.UNREADABLE;
        }
        if (!json) {
            text.end();
        }
        return exitCode;
    }

    /// One object a line, so that a trace of any length can be read as it comes.
    private static String jsonLine(String file, SystemEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = InertJson.factory().createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("time", Times.rfc3339(event.epochNanos()));
            generator.writeStringField("file", file);
            generator.writeStringField("provider", event.provider());
            generator.writeNumberField("id", event.id());
            generator.writeStringField("name", event.name());
            generator.writeStringField("layout", event.layout().name().toLowerCase(Locale.ROOT));
            generator.writeStringField("text", event.matter().text());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.append('\n').toString();
    }
}
