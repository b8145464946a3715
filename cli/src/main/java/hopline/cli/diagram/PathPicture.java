package hopline.cli.diagram;

import hopline.cli.diagram.FlowStory.Way;
import hopline.cli.report.FindingWay;
import hopline.cli.report.Times;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Stage;
import hopline.flows.path.Hop;
import hopline.flows.path.PointRole;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways of a flow as a line through the nodes: each hop a stop, each rewrite before and after, tunnels a double
/// line, and where it ends badly a cross.
final class PathPicture {

    static final double WIDTH = 660;

    private static final double LEFT = 24;
    private static final double RAIL = 46;
    private static final double TEXT = 66;
    private static final double RIGHT = WIDTH - 36;
    private static final double ROOM = RIGHT - TEXT;

    /// A packet that goes round in a circle passes more points than anybody wants to look at.
    private static final int MAX_HOPS = 24;

    private static final int FIRST_HOPS = 16;
    private static final int LAST_HOPS = 2;

    private final Canvas canvas = new Canvas();
    private final FlowStory story;
    private double y;

    private PathPicture(FlowStory story) {
        this.story = story;
    }

    static Picture of(FlowStory story) {
        return new PathPicture(story).draw();
    }

    private Picture draw() {
        y = Heading.draw(canvas, story, WIDTH);
        story.finding().ifPresent(this::drawClaim);
        story.ways().forEach(this::draw);
        double height = Heading.foot(canvas, story, WIDTH, y);
        return canvas.picture(WIDTH, height, story.title(), story.ends() + ", " + story.source());
    }

    private void drawClaim(Finding finding) {
        y += 6;
        pair("expected", finding.lead().claim().expected(), Letters.MONO, Ink.TEXT);
        Ink ink = finding.severity() == Severity.NOTE ? Ink.TEXT : Ink.ERROR;
        pair("found", finding.lead().claim().actual(), Letters.MONO_BOLD, ink);
        String label = "meanwhile";
        for (String event : story.meanwhile()) {
            pair(label, event, Letters.SMALL, Ink.TEXT);
            label = "";
        }
    }

    private void pair(String label, String text, Letters letters, Ink ink) {
        canvas.text(LEFT, y + 8, Letters.SMALL, Ink.MUTED, label);
        canvas.text(LEFT + 70, y + 8, letters, ink, letters.cut(text, RIGHT - LEFT - 70));
        y += 20;
    }

    private void draw(Way way) {
        y += 20;
        canvas.text(LEFT, y, Letters.BOLD, Ink.TEXT, way.title());
        y += 10;
        List<Hop> hops = way.hops();
        boolean cut = hops.size() > MAX_HOPS;
        Stage before = null;
        int group = canvas.mark();
        double top = y;
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            if (cut && i >= FIRST_HOPS && i < hops.size() - LAST_HOPS) {
                if (i == FIRST_HOPS) {
                    rail(canvas, y, y + 26, before == null ? null : before.outer());
                    canvas.text(
                            TEXT,
                            y + 17,
                            Letters.SMALL,
                            Ink.MUTED,
                            "… " + (hops.size() - FIRST_HOPS - LAST_HOPS) + " more hops");
                    y += 26;
                }
            } else {
                if (before == null || !sameNode(before, hop.stage())) {
                    if (before != null) {
                        close(group, top);
                        wire(before, hop.stage());
                    }
                    group = canvas.mark();
                    top = y;
                    canvas.text(
                            TEXT,
                            y + 18,
                            Letters.SMALL_BOLD,
                            Ink.MUTED,
                            Letters.SMALL_BOLD.cut(hop.stage().point().node(), ROOM));
                    y += 24;
                }
                draw(hop, before, way, i == hops.size() - 1);
            }
            before = hop.stage();
        }
        close(group, top);
        drawEnd(way);
    }

    private static boolean sameNode(Stage a, Stage b) {
        return a.point().node().equals(b.point().node());
    }

    private void close(int group, double top) {
        y += 4;
        canvas.boxBehind(group, LEFT, top, WIDTH - 2 * LEFT, y - top, Ink.SUNKEN, Ink.LINE);
    }

    private void wire(Stage before, Stage after) {
        boolean tunnelled = before.outer() != null && Objects.equals(before.outer(), after.outer());
        if (tunnelled) {
            canvas.dashes(RAIL - 3, y, RAIL - 3, y + 24, 2, Ink.TUNNEL);
            canvas.dashes(RAIL + 3, y, RAIL + 3, y + 24, 2, Ink.TUNNEL);
        } else {
            canvas.dashes(RAIL, y, RAIL, y + 24, 3, Ink.EDGE);
        }
        String inside = before.outer() == null ? "" : ", in " + RewriteWords.name(before.outer());
        canvas.text(TEXT, y + 16, Letters.SMALL, Ink.MUTED, "between nodes" + inside);
        canvas.textTo(RIGHT, y + 16, Letters.SMALL, Ink.MUTED, elapsed(before, after));
        y += 24;
    }

    private static String elapsed(Stage before, Stage after) {
        return Times.later(after.epochNanos() - before.epochNanos());
    }

    private void draw(Hop hop, @Nullable Stage before, Way way, boolean last) {
        Stage stage = hop.stage();
        boolean wrong = way.marked().isPresent() && way.marked().get() == stage;
        double top = y;
        int behind = canvas.mark();
        y += 18;
        drawPoint(stage, before);
        boolean translated = hop.rewrites().stream()
                .anyMatch(rewrite -> rewrite instanceof Rewrite.DestinationNat || rewrite instanceof Rewrite.SourceNat);
        if (before == null || translated) {
            drawTuple(stage, before);
        }
        if (before == null && stage.outer() != null) {
            y += 19;
            double x = canvas.pill(TEXT, y, Ink.TUNNEL, Ink.TUNNEL_SOFT, "in " + RewriteWords.name(stage.outer()));
            canvas.text(
                    x + 8,
                    y,
                    Letters.MONO,
                    Ink.TEXT,
                    stage.outer().source() + " → " + stage.outer().destination());
        }
        RewriteWords.of(hop).forEach(this::draw);
        if (wrong) {
            y += 18;
            canvas.text(TEXT, y, Letters.BOLD, Ink.ERROR, "◀ first wrong here");
        }
        y += 8;
        drawStop(behind, top, before, last, stage, wrong, !hop.rewrites().isEmpty());
    }

    private void drawPoint(Stage stage, @Nullable Stage before) {
        PointRole role = PointRole.of(stage.point());
        String name = stage.point().isNamedAfterNode()
                ? "capture point"
                : stage.point().name();
        double end = canvas.text(TEXT, y, Letters.BOLD, Ink.TEXT, Letters.BOLD.cut(name, ROOM - 150));
        if (!role.label().isEmpty()) {
            canvas.text(end + 8, y, Letters.SMALL, Ink.MUTED, role.label());
        }
        String time = before == null ? "start" : sameNode(before, stage) ? elapsed(before, stage) : "";
        canvas.textTo(RIGHT, y, Letters.SMALL, Ink.MUTED, time);
    }

    private void drawTuple(Stage stage, @Nullable Stage before) {
        y += 18;
        boolean source = before != null && !before.sameSource(stage);
        boolean destination = before != null && !before.sameDestination(stage);
        double x = drawEnd(TEXT, stage.source().toString(), source);
        x = canvas.text(x, y, Letters.MONO, Ink.MUTED, " → ");
        drawEnd(x, stage.destination().toString(), destination);
    }

    private double drawEnd(double x, String text, boolean changed) {
        if (!changed) {
            return canvas.text(x, y, Letters.MONO, Ink.TEXT, text);
        }
        double end = x + Letters.MONO_BOLD.width(text);
        canvas.box(x - 2, y - 12, end - x + 4, 16, 3, Ink.CHANGE_SOFT, null);
        canvas.line(x, y + 4, end, y + 4, 2, Ink.CHANGE);
        return canvas.text(x, y, Letters.MONO_BOLD, Ink.CHANGE, text);
    }

    private void draw(RewriteWords words) {
        y += 19;
        Ink ink = words.isTunnel() ? Ink.TUNNEL : Ink.CHANGE;
        Ink soft = words.isTunnel() ? Ink.TUNNEL_SOFT : Ink.CHANGE_SOFT;
        double x = canvas.pill(TEXT, y, ink, soft, words.what()) + 8;
        if (!words.before().isEmpty()) {
            x = canvas.struck(x, y, Letters.MONO, Ink.MUTED, words.before());
            x = canvas.text(x, y, Letters.MONO, Ink.MUTED, " → ");
        }
        canvas.text(x, y, Letters.MONO, Ink.TEXT, Letters.MONO.cut(words.after(), RIGHT - x));
        if (!words.by().isEmpty()) {
            y += 16;
            canvas.text(TEXT, y, Letters.SMALL, Ink.MUTED, Letters.SMALL.cut(words.by(), ROOM));
        }
    }

    /// The stop on the line, and the line to it and from it.
    private void drawStop(
            int behind, double top, @Nullable Stage before, boolean last, Stage stage, boolean wrong, boolean changed) {
        double at = top + 13.5;
        Canvas line = new Canvas();
        if (before != null) {
            rail(
                    line,
                    top - (sameNode(before, stage) ? 0 : 24),
                    at,
                    sameNode(before, stage) ? before.outer() : stage.outer());
        }
        if (!last) {
            rail(line, at, y, stage.outer());
        }
        if (wrong) {
            line.shape(Ink.ERROR, RAIL, at - 9, RAIL + 9, at, RAIL, at + 9, RAIL - 9, at);
        } else {
            Ink edge = stage.outer() != null ? Ink.TUNNEL : changed ? Ink.CHANGE : Ink.EDGE;
            line.dot(RAIL, at, 5, changed ? Ink.CHANGE : Ink.PAPER, edge);
        }
        canvas.insert(behind, line);
    }

    private static void rail(Canvas canvas, double from, double to, @Nullable Encapsulation tunnel) {
        if (tunnel == null) {
            canvas.line(RAIL, from, RAIL, to, 3, Ink.EDGE);
        } else {
            canvas.line(RAIL - 3, from, RAIL - 3, to, 2, Ink.TUNNEL);
            canvas.line(RAIL + 3, from, RAIL + 3, to, 2, Ink.TUNNEL);
        }
    }

    private void drawEnd(Way way) {
        y += 20;
        Optional<String> end = way.end();
        if (end.isPresent()) {
            canvas.box(RAIL - 10, y - 14, 20, 20, 4, Ink.ERROR, null);
            canvas.cross(RAIL, y - 4, 5, Ink.PAPER);
            String next = way.next().map(point -> ", next expected at " + point).orElse("");
            canvas.text(TEXT, y, Letters.BOLD, Ink.ERROR, Letters.BOLD.cut(end.get() + next, ROOM));
        } else {
            canvas.dot(RAIL, y - 4, 9, Ink.GOOD, Ink.GOOD);
            canvas.line(RAIL - 4.5, y - 4, RAIL - 1, y, 2.2, Ink.PAPER);
            canvas.line(RAIL - 1, y, RAIL + 5, y - 8, 2.2, Ink.PAPER);
            canvas.text(
                    TEXT,
                    y,
                    Letters.BOLD,
                    Ink.GOOD,
                    FindingWay.goodEnd(way.passage().fate()));
        }
        y += 12;
    }
}
