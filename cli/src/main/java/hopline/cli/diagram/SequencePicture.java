package hopline.cli.diagram;

import hopline.capture.CapturePoint;
import hopline.cli.packet.Packet;
import hopline.cli.packet.Summary;
import hopline.cli.report.Times;
import hopline.decode.stage.Stage;
import hopline.flows.path.PointRole;
import java.util.List;
import java.util.Optional;

/// The ladder of a flow: a lane for each capture point, a row for each packet, the addresses where they change.
final class SequencePicture {

    private static final double TIME = 84;
    private static final double LEFT = 24;
    private static final double NARROWEST = 60;
    private static final double WIDEST = 168;

    /// As wide as a lane becomes for the sake of its name, where there are many.
    private static final double WIDEST_FOR_NAME = 96;

    private static final double ROW = 54;
    private static final double USUAL_WIDTH = 640;

    /// A router with one interface sees a packet come and go; more often it sees what goes round in a circle.
    private static final int USUAL_PASSES = 2;

    /// Rows that are legible in a ticket.
    static final int MAX_ROWS = 24;

    private final Canvas canvas = new Canvas();
    private final FlowStory story;
    private final Lanes lanes;
    private final List<CapturePoint> points;
    private final double lane;
    private final double width;

    private SequencePicture(FlowStory story) {
        this.story = story;
        this.lanes = Lanes.of(story);
        this.points = lanes.shown();
        double share = (USUAL_WIDTH - TIME - LEFT) / Math.max(1, points.size());
        this.lane = Math.clamp(Math.max(share, Math.min(longestName() + 8, WIDEST_FOR_NAME)), NARROWEST, WIDEST);
        this.width = Math.max(560, TIME + points.size() * lane + LEFT);
    }

    static Picture of(FlowStory story) {
        return new SequencePicture(story).draw();
    }

    private double longestName() {
        return points.stream()
                .mapToDouble(point -> Letters.SMALL_BOLD.width(name(point)))
                .max()
                .orElse(0);
    }

    private double x(CapturePoint point) {
        return TIME + (points.indexOf(point) + 0.5) * lane;
    }

    private Picture draw() {
        double top = Heading.draw(canvas, story, width) + 8;
        List<Packet> packets = story.packets().packets();
        int shown = Math.min(packets.size(), MAX_ROWS);
        double bottom = top + 62 + shown * ROW;
        drawHeads(top, bottom);
        for (int i = 0; i < shown; i++) {
            draw(packets.get(i), top + 62 + i * ROW);
        }
        if (lanes.omitted() > 0) {
            canvas.text(
                    TIME,
                    bottom + 16,
                    Letters.SMALL,
                    Ink.MUTED,
                    lanes.omitted() + " further capture points that packets pass as they are");
            bottom += 24;
        }
        long left = story.packets().total() - shown;
        if (left > 0) {
            canvas.text(TIME, bottom + 16, Letters.SMALL, Ink.MUTED, "… " + left + " more packets");
            bottom += 24;
        }
        double height = Heading.foot(canvas, story, width, bottom + 6);
        return canvas.picture(width, height, story.title(), story.ends() + ", " + story.source());
    }

    private void drawHeads(double top, double bottom) {
        int from = 0;
        for (int i = 0; i < points.size(); i++) {
            CapturePoint point = points.get(i);
            double x = x(point);
            canvas.line(x, top + 58, x, bottom, 1, Ink.LINE);
            canvas.textAround(x, top + 40, Letters.SMALL_BOLD, Ink.TEXT, Letters.SMALL_BOLD.cut(name(point), lane - 6));
            canvas.textAround(
                    x, top + 54, Letters.SMALL, Ink.MUTED, PointRole.of(point).label());
            if (i + 1 == points.size() || !points.get(i + 1).node().equals(point.node())) {
                double left = TIME + from * lane + 3;
                double wide = (i + 1 - from) * lane - 6;
                canvas.box(left, top, wide, 22, 6, Ink.SUNKEN, Ink.LINE);
                canvas.textAround(
                        left + wide / 2,
                        top + 15,
                        Letters.SMALL_BOLD,
                        Ink.TEXT,
                        Letters.SMALL_BOLD.cut(point.node(), wide - 8));
                from = i + 1;
            }
        }
    }

    /// A point's name as far as its role does not say it.
    static String name(CapturePoint point) {
        if (point.isNamedAfterNode()) {
            return "capture";
        }
        return PointRole.of(point) == PointRole.OTHER
                ? point.name()
                : point.name().replaceFirst(" \\([^()]*\\)$", "");
    }

    private void draw(Packet packet, double top) {
        List<Stage> stages = lanes.shown(packet.path().stages());
        if (stages.isEmpty()) {
            return;
        }
        Ink ink = packet.path().reply() ? Ink.REVERSE : Ink.FORWARD;
        double line = top + 34;
        long since = packet.path().first().epochNanos()
                - story.report().flow().flow().startNanos();
        canvas.textTo(TIME - 12, line + 4, Letters.SMALL, Ink.MUTED, Times.later(since));
        double leftmost =
                stages.stream().mapToDouble(stage -> x(stage.point())).min().orElse(TIME);
        double label = Math.min(leftmost, width - LEFT - 240) - 6;
        drawLabel(label, top + 12, Letters.SMALL_BOLD, Ink.TEXT, words(packet));
        String tuple = stages.getFirst().source() + " → " + stages.getFirst().destination();
        drawLabel(label, top + 25, Letters.MONO_SMALL, Ink.MUTED, tuple);
        drawLine(stages, line, ink);
        drawEnd(packet, line, ink);
        drawDots(stages, line, ink);
        drawRounds(stages, line);
    }

    /// Text across the lanes, which stop for it.
    private void drawLabel(double x, double y, Letters letters, Ink ink, String text) {
        String shown = letters.cut(text, width - LEFT - x);
        clear(x, y, letters.width(shown));
        canvas.text(x, y, letters, ink, shown);
    }

    private void drawLabelAround(double x, double y, Letters letters, Ink ink, String text) {
        double wide = letters.width(text);
        clear(x - wide / 2, y, wide);
        canvas.textAround(x, y, letters, ink, text);
    }

    private void clear(double x, double y, double wide) {
        canvas.box(x - 2, y - 9, wide + 4, 12, 0, Ink.PAPER, null);
    }

    private static String words(Packet packet) {
        String summary = Summary.of(packet);
        return summary.isEmpty() ? Summary.protocol(packet.path().first()) : summary;
    }

    private void drawLine(List<Stage> stages, double y, Ink ink) {
        for (int i = 1; i < stages.size(); i++) {
            double from = x(stages.get(i - 1).point());
            double to = x(stages.get(i).point());
            if (stages.get(i - 1).outer() != null && stages.get(i).outer() != null) {
                canvas.line(from, y - 4, to, y - 4, 1.4, Ink.TUNNEL);
                canvas.line(from, y + 4, to, y + 4, 1.4, Ink.TUNNEL);
            }
            canvas.line(from, y, to, y, 1.8, ink);
        }
    }

    private void drawDots(List<Stage> stages, double y, Ink ink) {
        Stage before = null;
        for (Stage stage : stages) {
            double x = x(stage.point());
            boolean changed = before != null && !before.sameTuple(stage);
            canvas.dot(x, y, 4, changed ? Ink.CHANGE : Ink.PAPER, changed ? Ink.CHANGE : ink);
            if (before != null && changed) {
                String now = before.sameDestination(stage) ? stage.source() + " →" : "→ " + stage.destination();
                double room = Letters.MONO_SMALL_BOLD.width(now) / 2;
                double at = Math.clamp(x, room + LEFT, width - LEFT - room);
                drawLabelAround(at, y + 15, Letters.MONO_SMALL_BOLD, Ink.CHANGE, now);
            }
            before = stage;
        }
    }

    /// How often the packet passed each point that it came back to, as its lines there hide each other.
    private void drawRounds(List<Stage> stages, double y) {
        for (CapturePoint point : points) {
            long passes =
                    stages.stream().filter(stage -> stage.point().equals(point)).count();
            if (passes > USUAL_PASSES) {
                drawLabelAround(x(point), y + 17, Letters.SMALL_BOLD, Ink.TEXT, passes + " times");
            }
        }
    }

    private void drawEnd(Packet packet, double y, Ink ink) {
        List<Stage> stages = lanes.shown(packet.path().stages());
        double last = x(stages.getLast().point());
        double back = stages.size() < 2
                ? (packet.path().reply() ? -1 : 1)
                : Math.signum(last - x(stages.get(stages.size() - 2).point()));
        Optional<String> end = story.end(packet);
        if (end.isPresent()) {
            double x = last + 24 * back;
            canvas.dashes(last, y, x, y, 1.8, ink);
            canvas.cross(x, y, 5, Ink.ERROR);
        } else if (stages.size() > 1 && back != 0) {
            canvas.shape(ink, last - 5 * back, y, last - 14 * back, y - 5, last - 14 * back, y + 5);
        }
    }
}
