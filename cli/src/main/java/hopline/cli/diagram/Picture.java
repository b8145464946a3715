package hopline.cli.diagram;

import java.util.List;

/// A picture: what is drawn, the first at the bottom.
///
/// @param title what it is, for those who do not see it
/// @param description what it says in full, for those who do not see it
record Picture(double width, double height, String title, String description, List<Mark> marks) {

    Picture {
        marks = List.copyOf(marks);
    }
}
