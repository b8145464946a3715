package hopline.cli.packet;

import hopline.cli.filter.Subject;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.path.Hop;
import hopline.flows.path.Path;
import hopline.flows.path.RuleNames;
import hopline.flows.scene.Party;
import hopline.flows.state.Cluster;
import java.util.List;
import java.util.Optional;

/// One packet: its stages, their order, and the flow it belongs to. Holds as long as its journey does.
///
/// @param path the way it took, side branches left out
/// @param flow its flow, when that is reported
/// @param rules what events tell of the rules that changed packets
public record Packet(Journey journey, Path path, Optional<FlowIndex.Match> flow, RuleNames rules) {

    /// `journey` in the light of `analysis`.
    public static Packet of(Journey journey, Analysis analysis, FlowIndex index) {
        Optional<FlowIndex.Match> flow = index.find(journey);
        boolean reply = flow.filter(match -> !match.isForward()).isPresent();
        return new Packet(
                journey,
                analysis.scene().topology().path(journey, reply),
                flow,
                analysis.scene().events()::by);
    }

    /// The hops of its way, with the rules behind what changed.
    public List<Hop> hops() {
        return path.hops(rules);
    }

    /// As filters see it.
    public Subject subject(Cluster cluster, long capturesEndNanos) {
        return flow.map(match -> Subject.of(journey, match.report(), !match.isForward(), capturesEndNanos))
                .orElseGet(() -> Subject.of(journey, source(cluster), destination(cluster), capturesEndNanos));
    }

    /// Who sent it, by the address it bore first.
    public Party source(Cluster cluster) {
        Stage first = path.first();
        return Party.of(first.source(), first.protocol(), first.epochNanos(), cluster);
    }

    /// Whom it was sent to, by the address it bore first.
    public Party destination(Cluster cluster) {
        Stage first = path.first();
        return Party.of(first.destination(), first.protocol(), first.epochNanos(), cluster);
    }

    /// Stages beside its way: copies that a bridge flooded, further segments of a large send.
    public List<Stage> sideStages() {
        if (path.stages().size() == journey.size()) {
            return List.of(); // nearly always
        }
        return journey.stages().stream()
                .filter(stage -> path.stages().stream().noneMatch(on -> on == stage))
                .toList();
    }
}
