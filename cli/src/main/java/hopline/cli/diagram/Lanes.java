package hopline.cli.diagram;

import hopline.capture.CapturePoint;
import hopline.cli.packet.Packet;
import hopline.decode.stage.Stage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which capture points get a lane of a ladder: all where they fit into what is legible in a ticket, else those that
/// say most.
///
/// @param shown in the order of the way
/// @param omitted how many are left out, because what passes them stays as it is
record Lanes(List<CapturePoint> shown, int omitted) {

    /// Lanes that are legible 600 pixels wide.
    static final int MAX = 8;

    private static final int CHANGE = 8;
    private static final int END = 4;
    private static final int TUNNEL = 2;
    private static final int NODE = 1;

    Lanes {
        shown = List.copyOf(shown);
    }

    /// Those for the packets of `story`.
    static Lanes of(FlowStory story) {
        List<CapturePoint> all = story.points();
        if (all.size() <= MAX) {
            return new Lanes(all, 0);
        }
        Map<CapturePoint, Integer> telling = new HashMap<>();
        story.packets().packets().forEach(packet -> weigh(packet, telling));
        List<CapturePoint> most = all.stream()
                .sorted(Comparator.comparing((CapturePoint point) -> -telling.getOrDefault(point, 0)))
                .limit(MAX)
                .toList();
        return new Lanes(all.stream().filter(most::contains).toList(), all.size() - MAX);
    }

    private static void weigh(Packet packet, Map<CapturePoint, Integer> telling) {
        List<Stage> stages = packet.path().stages();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            boolean isEnd = i == 0 || i == stages.size() - 1;
            int weight = isEnd ? END : 0;
            if (i > 0) {
                Stage before = stages.get(i - 1);
                weight |= before.sameTuple(stage) ? 0 : CHANGE;
                weight |= Objects.equals(before.outer(), stage.outer()) ? 0 : TUNNEL;
                weight |= before.point().node().equals(stage.point().node()) ? 0 : NODE;
            }
            telling.merge(stage.point(), weight, (one, other) -> one | other);
        }
    }

    /// Those of `stages` that have a lane.
    List<Stage> shown(List<Stage> stages) {
        return stages.stream().filter(stage -> shown.contains(stage.point())).toList();
    }
}
