package hopline.cli.diagram;

import hopline.capture.CapturePoint;
import hopline.cli.evidence.FlowPackets;
import hopline.cli.packet.Packet;
import hopline.cli.report.EventText;
import hopline.cli.report.FindingWay;
import hopline.cli.report.Times;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import hopline.flows.path.Hop;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.path.RuleNames;
import hopline.flows.rule.Finding;
import hopline.flows.scene.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One flow as diagrams tell it.
///
/// @param finding the most serious that names the flow
/// @param packets in the order of time; none where the kind of diagram needs none
/// @param meanwhile what the node's system logged when the finding began, in words
/// @param rules tells which rule made a rewrite
/// @param source which captures it is from, and when
public record FlowStory(
        FlowReport report,
        Optional<Finding> finding,
        FlowPackets packets,
        List<String> meanwhile,
        RuleNames rules,
        String source) {

    private static final int MAX_FILES = 4;

    /// The story of `report` within `analysis`.
    public static FlowStory of(Analysis analysis, FlowReport report, Optional<Finding> finding, FlowPackets packets) {
        return new FlowStory(
                report,
                finding,
                packets,
                meanwhile(analysis, finding),
                analysis.scene().events()::by,
                source(analysis, report));
    }

    private static List<String> meanwhile(Analysis analysis, Optional<Finding> finding) {
        return finding.stream()
                .flatMap(found -> analysis.coincidences(found).stream().map(event -> EventText.of(event, found)))
                .toList();
    }

    private static String source(Analysis analysis, FlowReport report) {
        String files = analysis.inputs().stream()
                .map(InputFacts::file)
                .limit(MAX_FILES)
                .collect(Collectors.joining(", "));
        int more = analysis.inputs().size() - MAX_FILES;
        return files + (more > 0 ? " and " + more + " more" : "") + " · "
                + Times.seconds(report.flow().flow().startNanos());
    }

    /// A sentence for its heading.
    String title() {
        return finding.map(found -> sentence(found.lead().claim().title()))
                .orElseGet(() -> name(report.flow().initiator()) + " → "
                        + name(report.flow().target()));
    }

    private static String sentence(String text) {
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    private static String name(Party party) {
        return party.serviceName().or(party::podName).orElse(party.endpoint().toString());
    }

    /// Who talks to whom.
    String ends() {
        return end(report.flow().initiator()) + " → " + end(report.flow().target());
    }

    private static String end(Party party) {
        String address = party.endpoint().toString();
        String name = name(party);
        return name.equals(address) ? address : name + " " + address;
    }

    /// Flow and protocol, such as `f5 TCP`.
    String label() {
        return report.id() + " · " + IpProtocol.name(report.flow().flow().protocol());
    }

    /// The ways to draw: there and back, of each the one that shows the finding, else the one that shows most.
    List<Way> ways() {
        Optional<FindingWay> shown = finding.flatMap(found -> FindingWay.of(found, report));
        List<Way> ways = new ArrayList<>();
        add(ways, shown, false, report.flow().mainForward());
        add(ways, shown, true, report.flow().mainReverse());
        return ways;
    }

    private void add(List<Way> ways, Optional<FindingWay> shown, boolean reply, Optional<Passage> main) {
        if (shown.isPresent() && shown.get().reply() == reply) {
            FindingWay way = shown.get();
            ways.add(new Way(
                    reply, way.passage(), way.marked(), way.end().or(() -> bad(way.passage())), way.next(), rules));
        } else {
            main.ifPresent(passage ->
                    ways.add(new Way(reply, passage, Optional.empty(), bad(passage), Optional.empty(), rules)));
        }
    }

    private static Optional<String> bad(Passage passage) {
        return passage.isFine() ? Optional.empty() : Optional.of(FindingWay.end(passage.fate()));
    }

    /// One way of the flow's packets.
    ///
    /// @param reply whether it is that of the answers
    /// @param marked where the wrong header is seen first
    /// @param end how it ends, when it ends badly
    /// @param next where the packet should have been seen next
    /// @param rules tells which rule made a rewrite
    record Way(
            boolean reply,
            Passage passage,
            Optional<Stage> marked,
            Optional<String> end,
            Optional<CapturePoint> next,
            RuleNames rules) {

        List<Hop> hops() {
            return path().hops(rules);
        }

        Path path() {
            return passage.path();
        }

        String title() {
            long packets = passage.route().packets();
            return (reply ? "The way back" : "The way there") + ", " + packets
                    + (packets == 1 ? " packet" : " packets");
        }
    }

    /// The points that saw the flow, in the order of its ways.
    List<CapturePoint> points() {
        List<CapturePoint> points = new ArrayList<>();
        for (Way way : ways()) {
            place(way.path().stages(), way.reply(), points);
        }
        for (Packet packet : packets.packets()) {
            place(packet.path().stages(), packet.path().reply(), points);
        }
        return points;
    }

    /// Puts points that are new where they belong between those that are known.
    private static void place(List<Stage> stages, boolean backwards, List<CapturePoint> points) {
        int at = backwards ? points.size() : 0;
        for (Stage stage : stages) {
            int known = points.indexOf(stage.point());
            if (known >= 0) {
                at = backwards ? known : known + 1;
            } else {
                points.add(at, stage.point());
                at += backwards ? 0 : 1;
            }
        }
    }

    /// How the way of `packet` ends, when it ends badly: as that of all packets that took it.
    Optional<String> end(Packet packet) {
        Stage last = packet.path().last();
        if (last.drop() != null) {
            return Optional.of("dropped: " + last.drop().reason());
        }
        return report.flow().passages(!packet.path().reply()).stream()
                .filter(passage -> sameWay(passage.path(), packet.path()))
                .findFirst()
                .flatMap(FlowStory::bad);
    }

    private static boolean sameWay(Path a, Path b) {
        return a.stages().stream()
                .map(Stage::point)
                .toList()
                .equals(b.stages().stream().map(Stage::point).toList());
    }
}
