package hopline.cli.packet;

import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import hopline.flows.analysis.FlowReport;
import java.util.ArrayList;
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

    private static boolean isKnown(Stage stage, FlowReport report, List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.report.id().equals(report.id()) && entry.example.sameTuple(stage)) {
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
    public Optional<Match> find(Journey packet) {
        for (Stage stage = packet.first(); stage != null; stage = stage.next()) {
            for (Entry entry : entries.getOrDefault(stage.conversationHash(), List.of())) {
                if (isWithin(packet, entry.report.flow().flow())) {
                    if (entry.example.sameTuple(stage)) {
                        return Optional.of(new Match(entry.report, entry.isForward));
                    }
                    if (isReversed(entry.example, stage)) {
                        return Optional.of(new Match(entry.report, !entry.isForward));
                    }
                }
            }
        }
        return Optional.empty();
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
