package hopline.cli.diagram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing drawn in a picture, in pixels from its upper left corner.
sealed interface Mark {

    /// A rectangle, with round corners where `radius` is more than 0.
    record Box(double x, double y, double width, double height, double radius, @Nullable Ink fill, @Nullable Ink edge)
            implements Mark {}

    record Line(double x1, double y1, double x2, double y2, double width, boolean dashed, Ink ink) implements Mark {}

    record Dot(double x, double y, double radius, Ink fill, Ink edge) implements Mark {}

    /// A closed shape.
    ///
    /// @param points x and y by turns
    record Shape(List<Double> points, Ink fill) implements Mark {

        public Shape {
            points = List.copyOf(points);
        }
    }

    /// Text on one line, its baseline at `y`.
    ///
    /// @param struck with a line through it: what was before
    record Text(double x, double y, Letters letters, Anchor anchor, Ink ink, boolean struck, String text)
            implements Mark {}

    /// Which end of a text stands at its place.
    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
