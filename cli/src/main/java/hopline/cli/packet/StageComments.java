package hopline.cli.packet;

import hopline.cli.report.Times;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Rewrite;
import hopline.decode.stage.Rewrite.Decapsulated;
import hopline.decode.stage.Rewrite.DestinationNat;
import hopline.decode.stage.Rewrite.Encapsulated;
import hopline.decode.stage.Rewrite.MacRewrite;
import hopline.decode.stage.Rewrite.SourceNat;
import hopline.decode.stage.Rewrite.TtlRewrite;
import hopline.decode.stage.Rewrite.VlanRewrite;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.path.Hop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the analysis says of each record, as a comment that fits beside the packet in Wireshark:
///
/// ```
/// [stage 3/7 cni0] dnat 10.96.0.10:53 -> 10.244.1.9:53; shop/client -> kube-system/kube-dns; f5 delivered
/// ```
public final class StageComments {

    /// Records remembered; further ones stay without a comment.
    private static final int MAX_RECORDS = 1 << 18;

    /// As long as other converters allow.
    private static final int MAX_LENGTH = 256;

    /// What the analysis makes of one record.
    ///
    /// @param comment for people
    /// @param verdict on the packet's flow; empty when none is reported
    public record Remark(String comment, Optional<String> verdict) {}

    private record Place(int file, long record) {}

    private final Map<Place, Remark> remarks = new HashMap<>();
    private final Analysis analysis;
    private final FlowIndex index;
    private boolean full;

    /// Nothing yet; the flows are those of `analysis`.
    public StageComments(Analysis analysis) {
        this.analysis = analysis;
        this.index = new FlowIndex(analysis.flows());
    }

    /// Takes in the stages of one packet.
    public void add(Journey journey) {
        Packet packet = Packet.of(journey, analysis, index);
        List<Hop> hops = packet.path().hops(analysis.scene().events()::by);
        for (int i = 0; i < hops.size(); i++) {
            Stage stage = hops.get(i).stage();
            String place = "[stage " + (i + 1) + "/" + hops.size() + " "
                    + stage.point().name() + "]";
            put(
                    stage,
                    place + changes(hops.get(i), hops.getFirst().stage()) + end(stage, i == hops.size() - 1),
                    rules(hops.get(i)),
                    packet);
        }
        for (Stage stage : packet.sideStages()) {
            put(stage, "[stage -/" + hops.size() + " " + stage.point().name() + "] a copy beside the way", "", packet);
        }
    }

    private void put(Stage stage, String said, String rules, Packet packet) {
        if (remarks.size() >= MAX_RECORDS) {
            full = true;
            return;
        }
        String parties = packet.source(analysis.scene().cluster()).name() + " -> "
                + packet.destination(analysis.scene().cluster()).name();
        Optional<FlowReport> flow = packet.flow().map(FlowIndex.Match::report);
        String belongs = flow.map(
                        report -> "; " + report.id() + " " + report.verdict().label())
                .orElse("");
        String comment = said + "; " + parties + belongs + rules;
        String fitting = comment.length() > MAX_LENGTH ? comment.substring(0, MAX_LENGTH - 1) + "…" : comment;
        remarks.put(new Place(stage.file(), stage.record()), new Remark(fitting, flow.map(report -> report.verdict()
                .label())));
    }

    private static String changes(Hop hop, Stage first) {
        Stage stage = hop.stage();
        String time = stage == first ? "" : " +" + Times.duration(stage.epochNanos() - first.epochNanos());
        if (hop.rewrites().isEmpty()) {
            return stage == first ? " first seen" : time + " unchanged";
        }
        return time
                + hop.rewrites().stream().map(rewrite -> " " + change(rewrite)).collect(Collectors.joining(","));
    }

    /// By which rules, behind all else: their names are long.
    private static String rules(Hop hop) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < hop.rewrites().size(); i++) {
            String kind = hop.rewrites().get(i).kind();
            hop.by()
                    .get(i)
                    .ifPresent(rule ->
                            rules.append("; ").append(kind).append(" by ").append(rule.label()));
        }
        return rules.toString();
    }

    private static String change(Rewrite rewrite) {
        return switch (rewrite) {
            case DestinationNat nat -> rewrite.kind() + " " + nat.from() + " -> " + nat.to();
            case SourceNat nat -> rewrite.kind() + " " + nat.from() + " -> " + nat.to();
            case Encapsulated into -> "encap " + tunnel(into.tunnel());
            case Decapsulated from -> "decap " + tunnel(from.tunnel());
            case MacRewrite mac ->
                "mac " + MacAddress.text(mac.destinationFrom()) + " -> " + MacAddress.text(mac.destinationTo());
            case TtlRewrite ttl -> "ttl " + ttl.from() + " -> " + ttl.to();
            case VlanRewrite vlan -> "vlan " + vlan.from() + " -> " + vlan.to();
        };
    }

    private static String tunnel(Encapsulation tunnel) {
        String key = tunnel.key() == Encapsulation.NO_KEY ? "" : " " + tunnel.key();
        return tunnel.protocol() + key + " " + tunnel.source() + " -> " + tunnel.destination();
    }

    private static String end(Stage stage, boolean last) {
        if (stage.drop() != null) {
            return "; dropped: " + stage.drop().reason();
        }
        return last ? "; last seen here" : "";
    }

    /// What is said of that record of that input; empty when nothing.
    public Optional<Remark> of(int file, long record) {
        return Optional.ofNullable(remarks.get(new Place(file, record)));
    }

    /// True when there were more records than are remembered.
    public boolean isFull() {
        return full;
    }
}
