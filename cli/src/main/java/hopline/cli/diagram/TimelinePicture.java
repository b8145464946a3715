package hopline.cli.diagram;

import hopline.capture.CapturePoint;
import hopline.cli.packet.Packet;
import hopline.cli.packet.Summary;
import hopline.cli.report.Times;
import hopline.decode.stage.Stage;
import hopline.flows.path.PointRole;
import java.util.List;

/// A flow along the time: a row for each capture point, a mark for each record, so that pauses and repetitions show.
final class TimelinePicture {

    private static final double WIDTH = 720;
    private static final double LEFT = 24;
    private static final double ROW = 30;
    private static final double NODE_ROW = 22;
    private static final double FEWEST_NAMES = 150;
    private static final double MOST_NAMES = 260;
    private static final double RIGHT = WIDTH - 48;
    private static final int TICKS = 6;

    private final Canvas canvas = new Canvas();
    private final FlowStory story;
    private final List<CapturePoint> points;

    /// Where names end and time begins: names are told in full while they leave most of the width to time.
    private final double names;

    private final long start;
    private final long length;

    private TimelinePicture(FlowStory story) {
        this.story = story;
        this.points = story.points();
        this.names = Math.clamp(LEFT + 24 + longestName(), FEWEST_NAMES, MOST_NAMES);
        this.start = story.report().flow().flow().startNanos();
        this.length = Math.max(1_000, story.report().flow().flow().endNanos() - start);
    }

    static Picture of(FlowStory story) {
        return new TimelinePicture(story).draw();
    }

    private double x(long epochNanos) {
        return names + (RIGHT - names) * (epochNanos - start) / length;
    }

    private double longestName() {
        return points.stream()
                .mapToDouble(
                        point -> Math.max(Letters.PLAIN.width(name(point)), Letters.SMALL_BOLD.width(point.node())))
                .max()
                .orElse(0);
    }

    private static String name(CapturePoint point) {
        String role = PointRole.of(point).label();
        String name = point.isNamedAfterNode() ? "" : SequencePicture.name(point);
        return name + (role.isEmpty() ? "" : ", " + role);
    }

    private double y(CapturePoint point, double top) {
        int at = points.indexOf(point);
        return top + ROW * (at + 0.5) + NODE_ROW * nodesUntil(at);
    }

    /// How many groups of points on one node begin up to that row.
    private int nodesUntil(int row) {
        int nodes = 0;
        for (int i = 0; i <= row; i++) {
            nodes += i == 0 || !points.get(i).node().equals(points.get(i - 1).node()) ? 1 : 0;
        }
        return nodes;
    }

    private Picture draw() {
        double top = Heading.draw(canvas, story, WIDTH) + 30;
        double bottom = top + ROW * points.size() + NODE_ROW * nodesUntil(points.size() - 1);
        drawRows(top, bottom);
        double lastLabel = -1;
        for (Packet packet : story.packets().packets()) {
            draw(packet, top);
            String words = beforeComma(Summary.of(packet));
            double x = x(packet.path().first().epochNanos());
            if (x > lastLabel && !words.isEmpty()) {
                String label = Letters.MONO_SMALL.cut(words, 150);
                double width = Letters.MONO_SMALL.width(label);
                canvas.text(Math.min(x, WIDTH - LEFT - width), top - 10, Letters.MONO_SMALL, Ink.TEXT, label);
                lastLabel = Math.min(x, WIDTH - LEFT - width) + width + 8;
            }
        }
        double key = bottom + 38;
        for (String event : story.meanwhile()) {
            canvas.text(LEFT, key, Letters.SMALL, Ink.TEXT, Letters.SMALL.cut("meanwhile: " + event, RIGHT - LEFT));
            key += 20;
        }
        drawKey(key);
        double height = Heading.foot(canvas, story, WIDTH, key + 8);
        return canvas.picture(WIDTH, height, story.title(), story.ends() + ", " + story.source());
    }

    private void drawRows(double top, double bottom) {
        for (int i = 0; i <= TICKS; i++) {
            double x = names + (RIGHT - names) * i / TICKS;
            canvas.line(x, top, x, bottom + 4, 1, Ink.LINE);
            canvas.textAround(
                    x, bottom + 18, Letters.SMALL, Ink.MUTED, i == 0 ? "0" : "+" + Times.duration(length * i / TICKS));
        }
        String node = "";
        for (CapturePoint point : points) {
            double y = y(point, top);
            boolean first = !point.node().equals(node);
            node = point.node();
            if (first) {
                canvas.line(LEFT, y - ROW / 2 - NODE_ROW, RIGHT, y - ROW / 2 - NODE_ROW, 1, Ink.EDGE);
                canvas.text(
                        LEFT,
                        y - ROW / 2 - 6,
                        Letters.SMALL_BOLD,
                        Ink.MUTED,
                        Letters.SMALL_BOLD.cut(node, names - LEFT - 10));
            }
            canvas.line(names, y, RIGHT, y, 1, Ink.LINE);
            canvas.text(LEFT + 8, y + 4, Letters.PLAIN, Ink.TEXT, Letters.PLAIN.cut(name(point), names - LEFT - 16));
        }
    }

    private static String beforeComma(String words) {
        int comma = words.indexOf(',');
        return comma < 0 ? words : words.substring(0, comma);
    }

    private void draw(Packet packet, double top) {
        Stage before = null;
        boolean reply = packet.path().reply();
        for (Stage stage : packet.path().stages()) {
            double x = x(stage.epochNanos());
            double y = y(stage.point(), top);
            if (before != null) {
                canvas.line(
                        x(before.epochNanos()), y(before.point(), top), x, y, 1.2, reply ? Ink.REVERSE : Ink.FORWARD);
            }
            mark(x, y, reply);
            before = stage;
        }
        if (before != null && story.end(packet).isPresent()) {
            canvas.cross(x(before.epochNanos()) + 10, y(before.point(), top), 4.5, Ink.ERROR);
        }
    }

    /// There a round mark, back a square one.
    private void mark(double x, double y, boolean reply) {
        if (reply) {
            canvas.box(x - 4, y - 4, 8, 8, 0, Ink.PAPER, Ink.REVERSE);
        } else {
            canvas.dot(x, y, 3.5, Ink.FORWARD, Ink.FORWARD);
        }
    }

    private void drawKey(double y) {
        mark(LEFT + 4, y - 4, false);
        double x = canvas.text(LEFT + 14, y, Letters.SMALL, Ink.MUTED, "there") + 16;
        mark(x, y - 4, true);
        x = canvas.text(x + 10, y, Letters.SMALL, Ink.MUTED, "back") + 16;
        canvas.cross(x, y - 4, 4.5, Ink.ERROR);
        x = canvas.text(x + 10, y, Letters.SMALL, Ink.MUTED, "seen last") + 16;
        if (story.packets().omitted() > 0) {
            canvas.text(
                    x,
                    y,
                    Letters.SMALL,
                    Ink.MUTED,
                    "… " + story.packets().omitted() + " packets between the first and the last left out");
        }
    }
}
