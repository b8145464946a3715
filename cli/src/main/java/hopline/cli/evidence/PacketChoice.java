package hopline.cli.evidence;

import hopline.cli.packet.Packet;
import hopline.flows.analysis.FlowReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Chooses which packets of one flow are kept while they pass: the first few, the last few, and in between those that
/// prove something. Bounded.
final class PacketChoice {

    /// Of those that prove something, beside the first and the last.
    private static final int MAX_PROOFS = 12;

    private static final Comparator<Packet> BY_TIME =
            Comparator.comparingLong(packet -> packet.path().first().epochNanos());

    private final FlowReport report;
    private final int first;
    private final int last;
    private final List<Packet> kept = new ArrayList<>();
    private final Deque<Packet> recent = new ArrayDeque<>();
    private int proofs;
    private long total;

    /// Keeps at most `most` packets of `report`, three quarters of them from the beginning.
    PacketChoice(FlowReport report, int most) {
        this.report = report;
        this.last = most / 4;
        this.first = most - last;
    }

    void add(Packet packet, boolean proves) {
        total++;
        if (total <= first || (proves && proofs < MAX_PROOFS)) {
            proofs += total > first ? 1 : 0;
            packet.journey().keep();
            kept.add(packet);
        } else if (last > 0) {
            if (recent.size() == last) {
                recent.removeFirst();
            }
            packet.journey().keep();
            recent.addLast(packet);
        }
    }

    FlowPackets chosen() {
        List<Packet> packets = new ArrayList<>(kept);
        packets.addAll(recent);
        packets.sort(BY_TIME);
        return new FlowPackets(report, packets, total);
    }
}
