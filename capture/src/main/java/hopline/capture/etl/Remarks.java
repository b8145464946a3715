package hopline.capture.etl;

import hopline.capture.etl.EventCounts.Family;
import hopline.capture.etl.pktmon.PktMon;
import java.util.ArrayList;
import java.util.List;

/// What keeps a trace from being whole, and why it holds no packet when it holds none: of a damaged one
/// nobody can tell.
final class Remarks {

    private Remarks() {}

    /// A sentence each.
    static List<String> of(TraceFile file, EventCounts counts, boolean empty, int filters) {
        List<String> remarks = new ArrayList<>();
        LogfileHeader header = file.header();
        if (header.isUnfinished()) {
            remarks.add("the session was never stopped in order: what Windows adds at the end, such as the names of"
                    + " components, is missing");
        }
        if (file.lostBufferMarks() > 0 || file.lostEventMarks() > 0) {
            remarks.add((file.lostBufferMarks() + file.lostEventMarks())
                    + " buffers say that events before them were lost");
        }
        if (empty && file.problem() == null) {
            remarks.add(whyEmpty(counts, filters));
        }
        return remarks;
    }

    private static String whyEmpty(EventCounts counts, int filters) {
        long pktmon = events(counts, Family.PROVIDER, true);
        long provider = events(counts, Family.PROVIDER, false);
        long messages = events(counts, Family.MESSAGE, false);
        if (pktmon > 0) {
            return "no packet: the packet monitor listed its components and counters, but logged no packet"
                    + (filters > 0 ? "; its filters may have matched none" : "; it may have counted only");
        }
        if (provider == 0 && messages > 0) {
            return "no packet: its events are software trace messages, which only their makers can decode";
        }
        return "no packet: neither the packet monitor nor NDIS packet capture was traced, only other events";
    }

    private static long events(EventCounts counts, Family family, boolean ofPktMon) {
        return counts.kinds().stream()
                .filter(kind -> kind.family() == family)
                .filter(kind -> kind.provider().equals(PktMon.PROVIDER) == ofPktMon)
                .mapToLong(counts::events)
                .sum();
    }
}
