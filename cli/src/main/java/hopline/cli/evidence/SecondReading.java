package hopline.cli.evidence;

import hopline.cli.packet.FlowIndex;
import hopline.cli.packet.Packet;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.Progress;
import hopline.flows.rule.Finding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Reads captures again for the packets of a few flows: an analysis tells which flows matter, and keeps no packets.
///
/// Bounded: only so many packets of each flow are kept.
public final class SecondReading {

    private final Analysis analysis;
    private final FlowIndex index;
    private final Map<String, PacketChoice> choices = new LinkedHashMap<>();
    private final Set<RecordId> proofs = new HashSet<>();

    private SecondReading(Analysis analysis, List<FlowReport> flows, int packetsPerFlow) {
        this.analysis = analysis;
        this.index = new FlowIndex(flows);
        flows.forEach(flow -> choices.put(flow.id(), new PacketChoice(flow, packetsPerFlow)));
        analysis.findings().forEach(this::addProofs);
    }

    private void addProofs(Finding finding) {
        finding.evidence().forEach(stage -> proofs.add(RecordId.of(stage)));
    }

    /// The packets of `flows`, by the flow's id.
    ///
    /// @param packetsPerFlow how many of each to keep, at most; a few more where they prove a finding
    /// @param passing sees every appearance of every packet, before it is known to which packet it belongs
    public static Map<String, FlowPackets> of(
            List<FlowReport> flows,
            Analysis analysis,
            List<CaptureInput> inputs,
            AnalysisOptions options,
            Progress progress,
            int packetsPerFlow,
            Consumer<Stage> passing) {
        SecondReading reading = new SecondReading(analysis, flows, packetsPerFlow);
        Analyzer.forEachPacket(
                inputs,
                options,
                progress,
                stage -> {
                    passing.accept(stage);
                    return stage.isFragment() || reading.index.mayKnow(stage);
                },
                reading::take);
        return reading.chosen();
    }

    private boolean take(Journey journey) {
        Packet packet = Packet.of(journey, analysis, index);
        packet.flow().ifPresent(match -> {
            PacketChoice choice = choices.get(match.report().id());
            if (choice != null) {
                choice.add(packet, proves(packet));
            }
        });
        return true;
    }

    private boolean proves(Packet packet) {
        for (Stage stage : packet.path().stages()) {
            if (stage.drop() != null || proofs.contains(RecordId.of(stage))) {
                return true;
            }
        }
        return false;
    }

    private Map<String, FlowPackets> chosen() {
        Map<String, FlowPackets> chosen = new HashMap<>();
        choices.forEach((id, choice) -> chosen.put(id, choice.chosen()));
        return chosen;
    }
}
