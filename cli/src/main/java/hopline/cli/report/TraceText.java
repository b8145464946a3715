package hopline.cli.report;

import hopline.capture.TraceFacts;
import hopline.flows.rule.Severity;
import java.util.List;
import java.util.Map;

/// What a Windows trace tells of itself as text: the system, what it lost, why it holds no packet, its
/// components and most frequent events.
final class TraceText {

    private static final int MAX_EVENTS = 12;

    /// Names of builds that people know by another name.
    private static final Map<Integer, String> PRODUCTS = Map.of(
            17763, "Server 2019 or Windows 10 1809",
            19041, "Windows 10 2004",
            19042, "Windows 10 20H2",
            19044, "Windows 10 21H2",
            20348, "Server 2022",
            22000, "Windows 11 21H2",
            22621, "Windows 11 22H2",
            22631, "Windows 11 23H2",
            26100, "Server 2025 or Windows 11 24H2",
            26200, "Windows 11 25H2");

    private final Lines lines;
    private final Ink ink;
    private final int column;

    TraceText(Lines lines, Ink ink, int column) {
        this.lines = lines;
        this.ink = ink;
        this.column = column;
    }

    void write(TraceFacts trace) {
        String product = PRODUCTS.getOrDefault(trace.build(), "");
        String session = trace.session().isBlank() ? "" : ", session " + Escape.text(trace.session());
        lines.entry(
                "",
                "System",
                column,
                "Windows build " + trace.build() + (product.isEmpty() ? "" : ", " + product) + session);
        if (trace.lostEvents() > 0 || trace.lostBuffers() > 0) {
            lines.entry(
                    "",
                    "Lost",
                    column,
                    ink.severity(Severity.WARNING, "! ")
                            + TextReport.plural(trace.lostEvents(), "event") + " and "
                            + TextReport.plural(trace.lostBuffers(), "buffer") + " by the system itself");
        }
        entries("Note", trace.remarks());
        entries("Filters", trace.filters());
        writeComponents(trace.components());
        writeEvents(trace);
    }

    private void entries(String label, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            lines.entry("", i == 0 ? label : "", column, Escape.text(texts.get(i)));
        }
    }

    private void writeComponents(List<TraceFacts.Component> components) {
        if (!components.isEmpty()) {
            long busy = components.stream().filter(c -> c.packets() > 0).count();
            lines.entry(
                    "",
                    "Components",
                    column,
                    Numerals.grouped(components.size()) + ", of which " + Numerals.grouped(busy) + " logged packets");
        }
    }

    private void writeEvents(TraceFacts trace) {
        Table table = new Table("tnt");
        trace.events().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MAX_EVENTS)
                .forEach(event -> table.row(
                        Escape.text(event.getKey()),
                        Numerals.grouped(event.getValue()),
                        Escape.text(trace.names().getOrDefault(event.getKey(), ""))));
        rows("Events", table.lines());
        int more = trace.events().size() - MAX_EVENTS;
        if (more > 0) {
            lines.entry("", "", column, "and " + more + " more kinds: --events lists them");
        }
    }

    private void rows(String label, List<String> rows) {
        String head = label;
        for (String row : rows) {
            lines.add(head + " ".repeat(column - head.length()) + row);
            head = "";
        }
    }
}
