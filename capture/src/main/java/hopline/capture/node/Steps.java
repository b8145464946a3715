package hopline.capture.node;

import hopline.capture.node.process.Command;
import java.util.ArrayList;
import java.util.List;

/// What is run around and for a capture with a tool of the system, in this order. Built before anything is run, so
/// that it can be shown.
///
/// @param checks what finds out whether somebody else is capturing
/// @param before what collects the state that precedes
/// @param start what begins the capture
/// @param counters what must be read while it runs, just before it ends
/// @param stop what ends it
/// @param cleanUp what takes away what was set for it
/// @param after what collects the state that follows
public record Steps(
        List<Command> checks,
        List<Command> before,
        List<Command> start,
        List<Command> counters,
        List<Command> stop,
        List<Command> cleanUp,
        List<Command> after) {

    public Steps {
        checks = List.copyOf(checks);
        before = List.copyOf(before);
        start = List.copyOf(start);
        counters = List.copyOf(counters);
        stop = List.copyOf(stop);
        cleanUp = List.copyOf(cleanUp);
        after = List.copyOf(after);
    }

    /// The same with that state collected before and after.
    public Steps with(List<Command> first, List<Command> last) {
        return new Steps(checks, first, start, counters, stop, cleanUp, last);
    }

    /// As lines for people, each command under what it is for.
    public List<String> shown() {
        List<String> lines = new ArrayList<>();
        show("Is anybody else capturing?", checks, lines);
        show("State before", before, lines);
        show("Start", start, lines);
        show("Counters, while it still runs", counters, lines);
        show("Stop", stop, lines);
        show("Clean up", cleanUp, lines);
        show("State after", after, lines);
        return lines;
    }

    private static void show(String title, List<Command> commands, List<String> lines) {
        if (commands.isEmpty()) {
            return;
        }
        lines.add(title);
        for (Command command : commands) {
            String to = command.output().isEmpty() ? "" : "  > " + command.output();
            lines.add("   " + command.shown() + to);
        }
    }
}
