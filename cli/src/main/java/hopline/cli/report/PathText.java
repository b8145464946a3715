package hopline.cli.report;

import hopline.capture.CapturePoint;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Rewrite.Decapsulated;
import hopline.decode.stage.Rewrite.DestinationNat;
import hopline.decode.stage.Rewrite.Encapsulated;
import hopline.decode.stage.Rewrite.MacRewrite;
import hopline.decode.stage.Rewrite.SourceNat;
import hopline.decode.stage.Rewrite.TtlRewrite;
import hopline.decode.stage.Rewrite.VlanRewrite;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail;
import hopline.flows.path.Hop;
import hopline.flows.path.Path;
import hopline.flows.path.RuleNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path drawn hop by hop: node, point, time since the first hop, and the header where it changes.
final class PathText {

    private static final int TIME_COLUMN = 9;
    private static final int RECORD_COLUMN = 7;
    private static final String UNCHANGED = "│";

    /// The registered one, which goes without saying.
    private static final int VXLAN_PORT = 4789;

    /// A packet that goes round in a circle passes more points than anybody wants to read.
    private static final int MAX_HOPS = 24;

    private static final int FIRST_HOPS = 16;
    private static final int LAST_HOPS = 2;

    private final Ink ink;
    private final String indent;
    private final boolean records;
    private final RuleNames names;

    PathText(Ink ink, String indent) {
        this(ink, indent, false, RuleNames.NONE);
    }

    private PathText(Ink ink, String indent, boolean records, RuleNames names) {
        this.names = names;
        this.ink = ink;
        this.indent = indent;
        this.records = records;
    }

    /// The same, and beside each point the number of its record.
    PathText withRecords() {
        return new PathText(ink, indent, true, names);
    }

    /// The same, and below each hop the rules that changed the packet, as far as `known` knows them.
    PathText withRules(RuleNames known) {
        return new PathText(ink, indent, records, known);
    }

    /// Draws `path`; `marked`, when it is on it, gets `mark` beside it. Of a very long one the middle is left out.
    List<String> draw(Path path, @Nullable Stage marked, String mark) {
        int nodes = width(path, true);
        int points = width(path, false);
        List<String> lines = new ArrayList<>();
        Stage before = null;
        for (Hop hop : path.hops(names)) {
            Stage stage = hop.stage();
            boolean newNode = before == null
                    || !before.point().node().equals(stage.point().node());
            String node = pad(newNode ? Escape.text(stage.point().node()) : "", nodes);
            String point = points == 0 ? "" : "  " + pad(name(stage.point()), points);
            String record = records ? "  " + ink.dim(record(stage)) : "";
            String time = time(stage.epochNanos() - path.first().epochNanos(), before == null);
            String line = indent + ink.bold(node) + point + record + "  " + ink.dim(time) + "  "
                    + header(hop, before == null);
            lines.add(stage == marked ? line + "   " + ink.wrong("◀ " + mark) : line);
            lines.addAll(rules(path, hop));
            before = stage;
        }
        return lines.size() <= MAX_HOPS ? lines : shortened(lines, path);
    }

    /// The rules behind what changed at `hop` of `path`, a line each.
    List<String> rules(Path path, Hop hop) {
        return rules(hop).stream().map(rule -> below(path, ink.dim(rule))).toList();
    }

    private List<String> shortened(List<String> lines, Path path) {
        List<String> kept = new ArrayList<>(lines.subList(0, FIRST_HOPS));
        kept.add(below(path, "… " + (lines.size() - FIRST_HOPS - LAST_HOPS) + " more"));
        kept.addAll(lines.subList(lines.size() - LAST_HOPS, lines.size()));
        return kept;
    }

    /// A last line below a drawn path, in the column of its points.
    String below(Path path, String text) {
        return indent + " ".repeat(width(path, true)) + "  " + text;
    }

    private static int width(Path path, boolean ofNodes) {
        return path.stages().stream()
                .map(stage -> ofNodes ? Escape.text(stage.point().node()) : name(stage.point()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /// Nothing where the node's name, which stands before it, says it all.
    private static String name(CapturePoint point) {
        return point.isNamedAfterNode() ? "" : Escape.text(point.name());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String record(Stage stage) {
        String number = "#" + stage.record();
        return " ".repeat(Math.max(0, RECORD_COLUMN - number.length())) + number;
    }

    private static String time(long nanos, boolean first) {
        String text = first ? "0" : Times.later(nanos);
        return " ".repeat(Math.max(0, TIME_COLUMN - text.length())) + text;
    }

    private String header(Hop hop, boolean first) {
        Stage stage = hop.stage();
        if (first) {
            return tuple(stage) + tunnel(stage.outer());
        }
        if (hop.rewrites().isEmpty()) {
            return ink.dim(UNCHANGED);
        }
        List<String> parts = new ArrayList<>();
        for (Rewrite rewrite : hop.rewrites()) {
            parts.add(change(rewrite));
        }
        String changes = String.join(", ", parts);
        boolean translated = hop.rewrites().stream().anyMatch(PathText::isTranslation);
        return translated ? ink.changed(tuple(stage)) + "   " + changes : changes;
    }

    /// One line for each rule that changed something, with what it changed.
    private static List<String> rules(Hop hop) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < hop.rewrites().size(); i++) {
            String kind = hop.rewrites().get(i).kind();
            hop.by().get(i).ifPresent(rule -> lines.add("  " + kind + " by " + Escape.text(rule.label())));
        }
        return lines;
    }

    private static boolean isTranslation(Rewrite rewrite) {
        return rewrite instanceof DestinationNat || rewrite instanceof SourceNat;
    }

    private static String tuple(Stage stage) {
        if (stage.isIp()) {
            return stage.source() + " → " + stage.destination();
        }
        if (stage.protocol() != Stage.ARP) {
            return frame(stage);
        }
        if (stage.detail() instanceof StageDetail.Neighbor told) {
            return told.request()
                    ? "who has " + stage.destinationAddress() + "? asks " + stage.sourceAddress()
                    : stage.sourceAddress() + " is here, told to " + stage.destinationAddress();
        }
        return "about others than IPv4 over Ethernet";
    }

    /// What carries no IP has the addresses of its frame, if that bears any.
    private static String frame(Stage stage) {
        return stage.sourceMac() == 0 && stage.destinationMac() == 0
                ? "without addresses"
                : MacAddress.text(stage.sourceMac()) + " → " + MacAddress.text(stage.destinationMac());
    }

    private static String tunnel(@Nullable Encapsulation outer) {
        return outer == null ? "" : "   in " + describe(outer);
    }

    private static String describe(Encapsulation tunnel) {
        String key = tunnel.key() == Encapsulation.NO_KEY ? "" : " " + tunnel.key();
        boolean unusual = tunnel.protocol().equals("VXLAN") && tunnel.port() != VXLAN_PORT;
        String port = unusual ? " on port " + tunnel.port() : "";
        return tunnel.protocol() + key + port + ", " + tunnel.source() + " → " + tunnel.destination();
    }

    private static String change(Rewrite rewrite) {
        return switch (rewrite) {
            case DestinationNat nat -> rewrite.kind();
            case SourceNat nat -> rewrite.kind();
            case Encapsulated encapsulated -> "into " + describe(encapsulated.tunnel());
            case Decapsulated decapsulated -> "out of " + decapsulated.tunnel().protocol();
            case MacRewrite mac -> "MAC addresses rewritten";
            case TtlRewrite ttl -> "time to live " + ttl.from() + " → " + ttl.to();
            case VlanRewrite vlan -> "VLAN " + vlanText(vlan.from()) + " → " + vlanText(vlan.to());
        };
    }

    private static String vlanText(int vlan) {
        return vlan < 0 ? "none" : String.valueOf(vlan);
    }
}
