package hopline.cli.chart;

import hopline.capture.CapturePoint;
import hopline.cli.report.Escape;

/// Names of capture points in few letters.
final class PointLabel {

    /// Less of a node's name tells nothing.
    private static final int LEAST_NODE = 3;

    private PointLabel() {}

    /// `name`, or as much of its beginning as `most` letters hold.
    static String cut(String name, int most) {
        String shown = Escape.text(name);
        return shown.length() <= most ? shown : shown.substring(0, most - 1) + "…";
    }

    /// Node and name of `point` in `most` letters: of the node the end, because nodes of a cluster begin alike.
    static String narrow(CapturePoint point, int most) {
        if (point.isNamedAfterNode()) {
            return cut(point.name(), most);
        }
        String name = cut(point.name(), most - LEAST_NODE - 1);
        String node = Escape.text(point.node());
        int room = most - name.length() - 1;
        return (node.length() <= room ? node : "…" + node.substring(node.length() - room + 1)) + " " + name;
    }
}
