package hopline.flows.state.log;

import hopline.flows.state.Facts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The logs of one node. Of every file the span is kept; of the lines, those that tell something.
public final class LogState {

    private static final int MAX_ENTRIES = 20_000;

    private final Facts<LogEntry> entries = new Facts<>(MAX_ENTRIES);
    private final Map<String, LogSpan> spans = new LinkedHashMap<>();

    /// Nothing yet.
    public LogState() {}

    /// Counts a line, and keeps it when it is `telling`.
    public void add(LogEntry entry, boolean telling) {
        if (telling) {
            entries.add(entry);
        }
        String file = entry.source().file();
        if (!entry.time().isEmpty()) {
            LogSpan old = spans.get(file);
            String first = old == null || entry.time().compareTo(old.first()) < 0 ? entry.time() : old.first();
            String last = old == null || entry.time().compareTo(old.last()) > 0 ? entry.time() : old.last();
            String component = old == null || old.component().isEmpty() ? entry.component() : old.component();
            long lines = old == null ? 1 : old.lines() + 1;
            spans.put(
                    file,
                    new LogSpan(
                            file, component, first, last, lines, entry.source().line()));
        }
    }

    /// The telling lines in the order of the files.
    public List<LogEntry> entries() {
        return entries.all();
    }

    /// One for each file.
    public List<LogSpan> spans() {
        return List.copyOf(spans.values());
    }

    /// Whether there was more than is kept.
    public boolean isCut() {
        return entries.isCut();
    }

    /// Whether nothing was read.
    public boolean isEmpty() {
        return entries.isEmpty() && spans.isEmpty();
    }
}
