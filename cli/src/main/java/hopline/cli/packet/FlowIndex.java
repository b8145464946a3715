package hopline.cli.packet;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.analysis.FlowReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the flow that a packet belongs to, among those an analysis reports: by the addresses and ports
/// that the flow's packets were seen to bear, and by the time.
public final class FlowIndex {

    /// A flow, and whether the packet is its initiator's.
    public record Match(FlowReport report, boolean isForward) {}

    private record Entry(Stage example, boolean isForward, FlowReport report) {}

    private final Map<Long, List<Entry>> entries = new HashMap<>();

    /// An index of `reports`.
    public FlowIndex(List<FlowReport> reports) {
        for (FlowReport report : reports) {
            Flow flow = report.flow().flow();
            flow.forward().routes().forEach(route -> add(route, true, report));
            flow.reverse().routes().forEach(route -> add(route, false, report));
        }
    }

    private void add(Route route, boolean isForward, FlowReport report) {
        for (Stage stage = route.example().first(); stage != null; stage = stage.next()) {
            List<Entry> here = entries.computeIfAbsent(stage.conversationHash(), hash -> new ArrayList<>(1));
            if (!isKnown(stage, report, here)) {
                here.add(new Entry(stage, isForward, report));
            }
        }
    }

    /// Entries of one report stand next to each other.
    private static boolean isKnown(Stage stage, FlowReport report, List<Entry> entries) {
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).report.id().equals(report.id()); i--) {
            if (entries.get(i).example.sameTuple(stage)) {
                return true;
            }
        }
        return false;
    }

    /// Whether `stage` bears addresses and ports of some flow here, in either direction; rarely true by
    /// chance.
    public boolean mayKnow(Stage stage) {
        return entries.containsKey(stage.conversationHash());
    }

    /// The flow of `packet`; empty when it belongs to none or to one that is not reported.
    ///
    /// Translated, packets of several flows may look alike: then that flow is meant of which most stages tell,
    /// and of several such the one that began last.
    public Optional<Match> find(Journey packet) {
        for (Stage stage = packet.first(); stage != null; stage = stage.next()) {
            List<Match> matches = matches(stage, packet);
            if (matches.size() == 1) {
                return Optional.of(matches.getFirst());
            }
            if (!matches.isEmpty()) {
                return Optional.of(likeliest(matches, packet));
            }
        }
        return Optional.empty();
    }

    private Match likeliest(List<Match> matches, Journey packet) {
        Map<String, Integer> stages = new HashMap<>();
        for (Stage stage = packet.first(); stage != null; stage = stage.next()) {
            matches(stage, packet).forEach(match -> stages.merge(match.report.id(), 1, Integer::sum));
        }
        return Collections.max(
                matches,
                Comparator.<Match>comparingInt(match -> stages.getOrDefault(match.report.id(), 0))
                        .thenComparingLong(match -> match.report.flow().flow().startNanos()));
    }

    private List<Match> matches(Stage stage, Journey packet) {
        List<Entry> known = entries.getOrDefault(stage.conversationHash(), List.of());
        List<Match> matches = new ArrayList<>(known.size());
        for (Entry entry : known) {
            if (isWithin(packet, entry.report.flow().flow()) && !isLast(matches, entry.report)) {
                if (entry.example.sameTuple(stage)) {
                    matches.add(new Match(entry.report, entry.isForward));
                } else if (isReversed(entry.example, stage)) {
                    matches.add(new Match(entry.report, !entry.isForward));
                }
            }
        }
        return matches;
    }

    private static boolean isLast(List<Match> matches, FlowReport report) {
        return !matches.isEmpty() && matches.getLast().report.id().equals(report.id());
    }

    private static boolean isWithin(Journey packet, Flow flow) {
        long nanos = packet.first().epochNanos();
        return flow.startNanos() <= nanos && nanos <= flow.endNanos();
    }

    private static boolean isReversed(Stage a, Stage b) {
        return a.protocol() == b.protocol()
                && a.sourceLow() == b.destinationLow()
                && a.sourceHigh() == b.destinationHigh()
                && a.sourcePort() == b.destinationPort()
                && a.destinationLow() == b.sourceLow()
                && a.destinationHigh() == b.sourceHigh()
                && a.destinationPort() == b.sourcePort();
    }
}
