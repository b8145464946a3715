package hopline.cli.report;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.flows.analysis.Coincidence;
import hopline.flows.event.Churn;
import hopline.flows.event.EventLog;
import hopline.flows.rule.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// What systems logged beside packets, in words.
public final class EventText {

    private static final int MAX_KINDS = 5;
    private static final String PREFIX = "Microsoft-Windows-";

    private EventText() {}

    /// How many events there are, by what they were read, and what came and went; nothing where there are none.
    static List<String> summary(EventLog events) {
        if (events.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(layouts(events.layouts()));
        lines.addAll(churn(events.churn()));
        return lines;
    }

    /// `31 beside packets: 27 read by published layouts …`.
    public static String layouts(Map<EventLayout, Long> layouts) {
        long all = layouts.values().stream().mapToLong(Long::longValue).sum();
        StringJoiner parts = new StringJoiner(", ");
        layouts.forEach((layout, count) -> parts.add(Numerals.grouped(count) + " " + how(layout)));
        return Numerals.grouped(all) + " beside packets: " + parts;
    }

    private static String how(EventLayout layout) {
        return switch (layout) {
            case CARRIED -> "read by the trace's own layouts";
            case PUBLISHED -> "by published layouts, which no real trace has confirmed yet";
            case UNKNOWN -> "kept raw, their layout being unknown";
        };
    }

    /// A line for each node: what came and went most often.
    public static List<String> churn(Churn churn) {
        Map<String, List<Churn.Line>> byNode = new LinkedHashMap<>();
        churn.lines().stream()
                .sorted(Comparator.comparingLong(Churn.Line::total).reversed())
                .forEach(line -> byNode.computeIfAbsent(line.node(), node -> new ArrayList<>())
                        .add(line));
        List<String> lines = new ArrayList<>();
        byNode.forEach((node, kinds) -> {
            StringJoiner text = new StringJoiner("; ", node + ": ", "");
            kinds.stream().limit(MAX_KINDS).forEach(kind -> text.add(kind.text()));
            if (kinds.size() > MAX_KINDS) {
                text.add("and " + (kinds.size() - MAX_KINDS) + " more kinds");
            }
            lines.add(text.toString());
        });
        return lines;
    }

    /// `load balancer 10.99.7.7 removed 0.4 s before the first unanswered SYN`.
    public static String of(Coincidence event, Finding finding) {
        boolean plain = event.happening().event().matter() instanceof Matter.Operation operation
                && operation.error().isEmpty();
        return event.happening().text() + (plain ? " " : ", ") + Times.duration(Math.abs(event.beforeNanos()))
                + (event.beforeNanos() >= 0 ? " before " : " after ") + firstPacket(finding) + " ("
                + provider(event.happening().event().provider()) + ")";
    }

    private static String firstPacket(Finding finding) {
        boolean syn =
                !finding.evidence().isEmpty() && finding.evidence().getFirst().isSyn();
        boolean unanswered = finding.effects().containsKey("connection-unanswered");
        return syn ? (unanswered ? "the first unanswered SYN" : "the first SYN") : "the first packet";
    }

    /// The provider without what all have in common.
    public static String provider(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }
}
