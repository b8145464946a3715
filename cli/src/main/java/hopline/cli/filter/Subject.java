package hopline.cli.filter;

import hopline.decode.Endpoint;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.FlowReport;
import hopline.flows.path.Passage;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a filter looks at: a flow, one packet with the flow it belongs to, or an event.
///
/// A flow comes from its initiator and goes to what the initiator asked for and to whoever got it in the end; a packet
/// comes from its sender, whichever side of the flow that is.
///
/// @param flow the flow, when it is known
/// @param from who sends
/// @param to who is asked, and who gets it in the end
/// @param along stages that go from the one to the other
/// @param against stages that come back
/// @param startNanos when it was first seen, nanoseconds since 1970
/// @param endNanos when it was last seen
/// @param capturesEndNanos when the captures end, for times told from there
public record Subject(
        Optional<FlowReport> flow,
        List<Party> from,
        List<Party> to,
        List<Stage> along,
        List<Stage> against,
        long startNanos,
        long endNanos,
        long capturesEndNanos) {

    public Subject {
        from = List.copyOf(from);
        to = List.copyOf(to);
        along = List.copyOf(along);
        against = List.copyOf(against);
    }

    /// A flow as a whole.
    public static Subject of(FlowReport report, long capturesEndNanos) {
        FlowCase flow = report.flow();
        return new Subject(
                Optional.of(report),
                List.of(flow.initiator()),
                List.of(flow.target(), flow.responder()),
                stages(flow.forward()),
                stages(flow.reverse()),
                flow.flow().startNanos(),
                flow.flow().endNanos(),
                capturesEndNanos);
    }

    private static List<Stage> stages(List<Passage> passages) {
        List<Stage> stages = new ArrayList<>();
        passages.forEach(passage -> stages.addAll(passage.path().stages()));
        return stages;
    }

    /// One packet of `report`.
    ///
    /// @param reply whether it is the responder's
    public static Subject of(Journey packet, FlowReport report, boolean reply, long capturesEndNanos) {
        FlowCase flow = report.flow();
        List<Party> initiator = List.of(flow.initiator());
        List<Party> responder = List.of(flow.target(), flow.responder());
        return of(
                packet,
                Optional.of(report),
                reply ? responder : initiator,
                reply ? initiator : responder,
                capturesEndNanos);
    }

    /// One packet of no known flow, between those.
    public static Subject of(Journey packet, Party from, Party to, long capturesEndNanos) {
        return of(packet, Optional.empty(), List.of(from), List.of(to), capturesEndNanos);
    }

    private static Subject of(
            Journey packet, Optional<FlowReport> flow, List<Party> from, List<Party> to, long capturesEndNanos) {
        return new Subject(
                flow,
                from,
                to,
                packet.stages(),
                List.of(),
                packet.first().epochNanos(),
                packet.last().epochNanos(),
                capturesEndNanos);
    }

    /// What has a time and nothing else, such as an event of a system's trace.
    public static Subject at(long nanos, long capturesEndNanos) {
        return new Subject(
                Optional.empty(), List.of(), List.of(), List.of(), List.of(), nanos, nanos, capturesEndNanos);
    }

    /// Who is on that side.
    boolean hasParty(Side side, Predicate<Party> wanted) {
        return (side == Side.FROM ? from : to).stream().anyMatch(wanted);
    }

    /// Whether any address and port it bore on that side, before or after a translation, is wanted.
    boolean hasEndpoint(Side side, Predicate<Endpoint> wanted) {
        return along.stream().anyMatch(stage -> wanted.test(endpoint(stage, side == Side.FROM)))
                || against.stream().anyMatch(stage -> wanted.test(endpoint(stage, side == Side.TO)));
    }

    private static Endpoint endpoint(Stage stage, boolean source) {
        return source ? stage.source() : stage.destination();
    }

    /// Whether any of its stages is wanted.
    boolean hasStage(Predicate<Stage> wanted) {
        return along.stream().anyMatch(wanted) || against.stream().anyMatch(wanted);
    }
}
