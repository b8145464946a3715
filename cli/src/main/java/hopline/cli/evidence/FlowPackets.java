package hopline.cli.evidence;

import hopline.cli.packet.Packet;
import hopline.flows.analysis.FlowReport;
import java.util.List;

/// Some packets of one flow, in the order of time: the first, the last, and those that prove a finding.
///
/// @param packets each with its stages, which are kept
/// @param total how many the flow has, those left out included
public record FlowPackets(FlowReport report, List<Packet> packets, long total) {

    public FlowPackets {
        packets = List.copyOf(packets);
    }

    /// How many were left out.
    public long omitted() {
        return total - packets.size();
    }
}
