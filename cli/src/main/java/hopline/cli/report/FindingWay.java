package hopline.cli.report;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.FlowReport;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.path.Path;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Observation;
import hopline.flows.rule.Observation.Place;
import hopline.flows.scene.FlowCase;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The way that shows a finding best: of one of its flows, the one on which the most telling record lies.
///
/// @param reply whether it is the way of the answers
/// @param marked where the wrong header is seen first, when that is on the way
/// @param end how the way ends, in words, when it ends badly
/// @param next where the packet should have been seen next, when that is known
public record FindingWay(
        FlowReport flow,
        Passage passage,
        boolean reply,
        Optional<Stage> marked,
        Optional<String> end,
        Optional<CapturePoint> next) {

    /// The way of `finding` on one of its flows; empty when the flow has none.
    public static Optional<FindingWay> of(Finding finding, FlowReport report) {
        FlowCase flow = report.flow();
        Stage telling = finding.evidence().isEmpty() ? null : finding.evidence().getFirst();
        return Stream.concat(flow.forward().stream(), flow.reverse().stream())
                .filter(passage -> passage.path().stages().stream().anyMatch(stage -> stage == telling))
                .findFirst()
                .or(flow::mainForward)
                .or(flow::mainReverse)
                .map(passage -> of(finding, report, passage, telling));
    }

    private static FindingWay of(Finding finding, FlowReport report, Passage passage, @Nullable Stage telling) {
        Place place = finding.lead().place();
        Path path = passage.path();
        boolean endsHere = place.lastSeen().isPresent() && place.saw(path.last());
        boolean endsBadly = endsHere || passage.isLost();
        return new FindingWay(
                report,
                passage,
                report.flow().reverse().contains(passage),
                place.lastSeen().isPresent() ? Optional.empty() : at(path, place, telling),
                endsBadly ? Optional.of(end(passage.fate())) : Optional.empty(),
                place.nextExpected().filter(point -> endsHere));
    }

    /// The stage of `path` at `place`, preferably the one that tells.
    private static Optional<Stage> at(Path path, Place place, @Nullable Stage telling) {
        return telling != null && place.saw(telling)
                ? Optional.of(telling)
                : path.first(place::saw).or(() -> Optional.ofNullable(telling));
    }

    /// How a way ends that ends well, in words; else empty.
    public static String goodEnd(Fate fate) {
        return switch (fate) {
            case Fate.Delivered delivered -> "arrived where its destination lives";
            case Fate.Passed passed -> "seen where nothing tells whether it arrived";
            case Fate.Overheard overheard -> "seen by chance, at a point of neither end";
            case Fate.Left left -> "went on to where nothing was captured";
            case Fate.Merged merged -> "went on as part of a larger packet";
            case Fate.Divided divided -> "went on in pieces";
            case Fate.Lost lost -> "";
            case Fate.Dropped dropped -> "";
            case Fate.Unknown unknown -> "";
        };
    }

    /// How a way ends that did not end well, in words, not escaped.
    public static String end(Fate fate) {
        return switch (fate) {
            case Fate.Dropped dropped -> "dropped: " + dropped.drop().reason();
            case Fate.Delivered delivered -> "no answer seen";
            case Fate.Passed passed -> "no answer seen";
            case Fate.Overheard overheard -> "no answer seen";
            case Fate.Left left -> "no answer seen";
            case Fate.Merged merged -> "no answer seen";
            case Fate.Divided divided -> "no answer seen";
            case Fate.Lost lost -> "not seen again";
            case Fate.Unknown unknown -> "not seen again";
        };
    }

    /// Where it is, in words, not escaped.
    public static String where(Observation lead) {
        if (lead.isOfCaptures() || lead.place().point().isEmpty()) {
            return "node " + lead.place().node();
        }
        CapturePoint point = lead.place().point().get();
        String node = point.isNamedAfterNode() ? "" : "node " + point.node() + ", ";
        if (lead.place().lastSeen().isEmpty()) {
            return node + "first seen at " + point.name();
        }
        return node + "last seen at " + point.name()
                + lead.place()
                        .nextExpected()
                        .map(next -> ", next expected at " + next)
                        .orElse("");
    }
}
