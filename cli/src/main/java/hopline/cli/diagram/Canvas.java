package hopline.cli.diagram;

import hopline.cli.diagram.Mark.Anchor;
import hopline.cli.report.Escape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a picture is put together, from the top to the bottom.
final class Canvas {

    private final List<Mark> marks = new ArrayList<>();

    void box(double x, double y, double width, double height, double radius, @Nullable Ink fill, @Nullable Ink edge) {
        marks.add(new Mark.Box(x, y, width, height, radius, fill, edge));
    }

    /// A box behind all that was drawn since `mark`.
    void boxBehind(int mark, double x, double y, double width, double height, Ink fill, Ink edge) {
        marks.add(mark, new Mark.Box(x, y, width, height, 8, fill, edge));
    }

    /// Where what is drawn next begins, for [#boxBehind].
    int mark() {
        return marks.size();
    }

    /// Puts what `other` shows behind all that was drawn since `mark`.
    void insert(int mark, Canvas other) {
        marks.addAll(mark, other.marks);
    }

    void line(double x1, double y1, double x2, double y2, double width, Ink ink) {
        marks.add(new Mark.Line(x1, y1, x2, y2, width, false, ink));
    }

    void dashes(double x1, double y1, double x2, double y2, double width, Ink ink) {
        marks.add(new Mark.Line(x1, y1, x2, y2, width, true, ink));
    }

    void dot(double x, double y, double radius, Ink fill, Ink edge) {
        marks.add(new Mark.Dot(x, y, radius, fill, edge));
    }

    void shape(Ink fill, Double... points) {
        marks.add(new Mark.Shape(List.of(points), fill));
    }

    /// A cross, for what was lost.
    void cross(double x, double y, double size, Ink ink) {
        line(x - size, y - size, x + size, y + size, 2.6, ink);
        line(x - size, y + size, x + size, y - size, 2.6, ink);
    }

    /// Text from `x` on; returns where it ends.
    double text(double x, double y, Letters letters, Ink ink, String text) {
        return text(x, y, letters, Anchor.START, ink, false, text);
    }

    /// Text with a line through it; returns where it ends.
    double struck(double x, double y, Letters letters, Ink ink, String text) {
        return text(x, y, letters, Anchor.START, ink, true, text);
    }

    void textTo(double x, double y, Letters letters, Ink ink, String text) {
        text(x, y, letters, Anchor.END, ink, false, text);
    }

    void textAround(double x, double y, Letters letters, Ink ink, String text) {
        text(x, y, letters, Anchor.MIDDLE, ink, false, text);
    }

    private double text(double x, double y, Letters letters, Anchor anchor, Ink ink, boolean struck, String text) {
        String safe = Escape.text(text);
        if (!safe.isEmpty()) {
            marks.add(new Mark.Text(x, y, letters, anchor, ink, struck, safe));
        }
        return x + letters.width(safe);
    }

    /// A word on a coloured ground; returns where it ends.
    double pill(double x, double y, Ink ink, Ink ground, String text) {
        double width = Letters.SMALL_BOLD.width(Escape.text(text)) + 12;
        box(x, y - 12.5, width, 17, 5, ground, null);
        textAround(x + width / 2, y, Letters.SMALL_BOLD, ink, text);
        return x + width;
    }

    Picture picture(double width, double height, String title, String description) {
        marks.addFirst(new Mark.Box(0, 0, width, height, 0, Ink.PAPER, null));
        return new Picture(width, height, Escape.text(title), Escape.text(description), marks);
    }
}
