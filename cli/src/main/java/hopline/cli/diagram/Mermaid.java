package hopline.cli.diagram;

import hopline.capture.CapturePoint;
import hopline.cli.diagram.FlowStory.Way;
import hopline.cli.packet.Packet;
import hopline.cli.packet.Summary;
import hopline.cli.report.Escape;
import hopline.cli.report.Times;
import hopline.decode.stage.Stage;
import hopline.flows.path.Hop;
import hopline.flows.path.PointRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A flow in the language of [Mermaid](https://mermaid.js.org), which GitHub and many wikis draw.
///
/// Every character of a label that could mean something there is written as its number.
final class Mermaid {

    private static final int MAX_PACKETS = 16;

    private final StringBuilder text = new StringBuilder();
    private final FlowStory story;

    private Mermaid(FlowStory story) {
        this.story = story;
    }

    static String path(FlowStory story) {
        Mermaid mermaid = new Mermaid(story);
        mermaid.writePath();
        return mermaid.text.toString();
    }

    static String sequence(FlowStory story) {
        Mermaid mermaid = new Mermaid(story);
        mermaid.writeSequence();
        return mermaid.text.toString();
    }

    static String timeline(FlowStory story) {
        Mermaid mermaid = new Mermaid(story);
        mermaid.writeTimeline();
        return mermaid.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /// `raw` where Mermaid expects a label.
    static String label(String raw) {
        StringBuilder label = new StringBuilder();
        Escape.text(raw).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " .,/_+-→←✕✓·…µ".indexOf(c) >= 0) {
                label.appendCodePoint(c);
            } else {
                label.append('#').append(c).append(';');
            }
        });
        return label.toString();
    }

    /// The title in the front matter, a YAML string in double quotes.
    private void writeTitle() {
        line("---");
        line("title: \""
                + Escape.text(story.label() + ": " + story.title())
                        .replace("\\", "\\\\")
                        .replace("\"", "'") + "\"");
        line("---");
    }

    private void writePath() {
        writeTitle();
        line("flowchart TB");
        List<Way> ways = story.ways();
        for (int i = 0; i < ways.size(); i++) {
            writeWay(ways.get(i), i == 0 ? "a" : "b");
        }
        line("    classDef changed stroke:#6a35a8,stroke-width:3px");
        line("    classDef wrong stroke:#b0211a,stroke-width:4px");
        line("    classDef lost fill:#fdeceb,stroke:#b0211a,color:#b0211a");
    }

    private void writeWay(Way way, String id) {
        line("    subgraph " + id + "[\"" + label(way.title()) + "\"]");
        line("        direction TB");
        List<Hop> hops = way.hops();
        int groups = 0;
        String node = null;
        for (int i = 0; i < hops.size(); i++) {
            CapturePoint point = hops.get(i).stage().point();
            if (!point.node().equals(node)) {
                if (node != null) {
                    line("        end");
                }
                line("        subgraph " + id + "n" + groups++ + "[\"" + label(point.node()) + "\"]");
                line("            direction TB");
                node = point.node();
            }
            line("            " + id + i + "[\"" + hopLabel(hops.get(i), i == 0) + "\"]" + hopClass(hops.get(i), way));
        }
        line("        end");
        way.end().ifPresent(end -> {
            String next = way.next().map(point -> ", next expected at " + point).orElse("");
            line("        " + id + "end([\"✕ " + label(end + next) + "\"]):::lost");
        });
        line("    end");
        for (int i = 1; i < hops.size(); i++) {
            long nanos =
                    hops.get(i).stage().epochNanos() - hops.get(i - 1).stage().epochNanos();
            line("    " + id + (i - 1) + " -->|\"" + label(Times.later(nanos)) + "\"| " + id + i);
        }
        if (way.end().isPresent()) {
            line("    " + id + (hops.size() - 1) + " -.-x " + id + "end");
        }
    }

    private static String hopClass(Hop hop, Way way) {
        if (way.marked().isPresent() && way.marked().get() == hop.stage()) {
            return ":::wrong";
        }
        return hop.rewrites().isEmpty() ? "" : ":::changed";
    }

    private static String hopLabel(Hop hop, boolean first) {
        List<String> lines = new ArrayList<>();
        String role = PointRole.of(hop.stage().point()).label();
        lines.add(label(hop.stage().point().name() + (role.isEmpty() ? "" : " · " + role)));
        if (first) {
            lines.add(label(hop.stage().source() + " → " + hop.stage().destination()));
        }
        RewriteWords.of(hop).forEach(words -> lines.add(label(words.line())));
        return String.join("<br/>", lines);
    }

    private void writeSequence() {
        writeTitle();
        line("sequenceDiagram");
        List<CapturePoint> points = story.points();
        for (CapturePoint point : points) {
            line("    participant " + id(points, point) + " as " + label(point.toString()));
        }
        story.packets().packets().stream().limit(MAX_PACKETS).forEach(packet -> write(packet, points));
        long left = story.packets().total()
                - Math.min(MAX_PACKETS, story.packets().packets().size());
        if (left > 0 && !points.isEmpty()) {
            line("    Note over " + id(points, points.getFirst()) + ": … " + left + " more packets");
        }
    }

    private static String id(List<CapturePoint> points, CapturePoint point) {
        return "p" + points.indexOf(point);
    }

    private void write(Packet packet, List<CapturePoint> points) {
        Stage before = null;
        for (Stage stage : packet.path().stages()) {
            if (before == null) {
                String since = Times.later(
                        stage.epochNanos() - story.report().flow().flow().startNanos());
                line("    Note over " + id(points, stage.point()) + ": "
                        + label(words(packet) + ", " + since + ", " + stage.source() + " → " + stage.destination()));
            } else {
                String change = before.sameTuple(stage) ? "" : stage.source() + " → " + stage.destination();
                String elapsed = Times.later(stage.epochNanos() - before.epochNanos());
                line("    " + id(points, before.point()) + "->>" + id(points, stage.point()) + ": "
                        + label(change.isEmpty() ? elapsed : elapsed + ", now " + change));
            }
            before = stage;
        }
        Optional<String> end = story.end(packet);
        if (before != null && end.isPresent()) {
            line("    Note over " + id(points, before.point()) + ": ✕ " + label(end.get()));
        }
    }

    private static String words(Packet packet) {
        String summary = Summary.of(packet);
        return summary.isEmpty() ? Summary.protocol(packet.path().first()) : summary;
    }

    private void writeTimeline() {
        line("timeline");
        line("    title " + label(story.label() + ", " + story.title()));
        for (Packet packet :
                story.packets().packets().stream().limit(MAX_PACKETS).toList()) {
            String since = Times.later(packet.path().first().epochNanos()
                    - story.report().flow().flow().startNanos());
            StringBuilder events = new StringBuilder(" : " + label(words(packet)));
            Stage before = null;
            for (Stage stage : packet.path().stages()) {
                if (before == null || !before.sameTuple(stage)) {
                    events.append(" : ")
                            .append(label(stage.point() + " " + stage.source() + " → " + stage.destination()));
                }
                before = stage;
            }
            story.end(packet).ifPresent(end -> events.append(" : ✕ ").append(label(end)));
            line("    " + label(since) + (packet.path().reply() ? " back" : " there") + events);
        }
    }
}
