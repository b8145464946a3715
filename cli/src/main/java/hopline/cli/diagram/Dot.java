package hopline.cli.diagram;

import hopline.cli.diagram.FlowStory.Way;
import hopline.cli.report.Escape;
import hopline.cli.report.Times;
import hopline.flows.path.Hop;
import hopline.flows.path.PointRole;
import java.util.ArrayList;
import java.util.List;

/// The ways of a flow in the language of [Graphviz](https://graphviz.org/doc/info/lang.html).
final class Dot {

    private final StringBuilder text = new StringBuilder();
    private final FlowStory story;

    private Dot(FlowStory story) {
        this.story = story;
    }

    static String path(FlowStory story) {
        Dot dot = new Dot(story);
        dot.write();
        return dot.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /// `raw` as a string in double quotes.
    static String quoted(String raw) {
        return "\"" + Escape.text(raw).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void write() {
        line("digraph flow {");
        line("  graph [rankdir=TB, fontname=\"sans-serif\", labelloc=t, label="
                + quoted(story.label() + ": " + story.title()) + "];");
        line("  node [shape=box, style=rounded, fontname=\"sans-serif\"];");
        line("  edge [fontname=\"sans-serif\", fontsize=10];");
        List<Way> ways = story.ways();
        for (int i = 0; i < ways.size(); i++) {
            write(ways.get(i), i == 0 ? "a" : "b");
        }
        line("}");
    }

    private void write(Way way, String id) {
        line("  subgraph cluster_" + id + " {");
        line("    label=" + quoted(way.title()) + ";");
        List<Hop> hops = way.hops();
        String node = null;
        int groups = 0;
        for (int i = 0; i < hops.size(); i++) {
            String here = hops.get(i).stage().point().node();
            if (!here.equals(node)) {
                if (node != null) {
                    line("    }");
                }
                line("    subgraph cluster_" + id + groups++ + " {");
                line("      label=" + quoted(here) + ";");
                node = here;
            }
            line("      " + id + i + " [label=" + hopLabel(hops.get(i), i == 0) + look(hops.get(i), way) + "];");
        }
        line("    }");
        line("  }");
        for (int i = 1; i < hops.size(); i++) {
            long nanos =
                    hops.get(i).stage().epochNanos() - hops.get(i - 1).stage().epochNanos();
            line("  " + id + (i - 1) + " -> " + id + i + " [label=" + quoted(Times.later(nanos)) + "];");
        }
        way.end().ifPresent(end -> {
            String next = way.next().map(point -> ", next expected at " + point).orElse("");
            line("  " + id + "end [shape=octagon, color=\"#b0211a\", label=" + quoted("✕ " + end + next) + "];");
            line("  " + id + (hops.size() - 1) + " -> " + id + "end [style=dashed, arrowhead=none];");
        });
    }

    private static String look(Hop hop, Way way) {
        if (way.marked().isPresent() && way.marked().get() == hop.stage()) {
            return ", color=\"#b0211a\", penwidth=3";
        }
        return hop.rewrites().isEmpty() ? "" : ", color=\"#6a35a8\", penwidth=2";
    }

    private static String hopLabel(Hop hop, boolean first) {
        List<String> lines = new ArrayList<>();
        String role = PointRole.of(hop.stage().point()).label();
        lines.add(hop.stage().point().name() + (role.isEmpty() ? "" : " · " + role));
        if (first) {
            lines.add(hop.stage().source() + " → " + hop.stage().destination());
        }
        RewriteWords.of(hop).forEach(words -> lines.add(words.line()));
        return lines.stream()
                .map(Dot::quoted)
                .map(line -> line.substring(1, line.length() - 1))
                .collect(java.util.stream.Collectors.joining("\\n", "\"", "\""));
    }
}
