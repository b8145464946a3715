package hopline.flows;

import hopline.decode.stage.Journey;
import hopline.decode.stage.StageDetail.IcmpError;
import java.util.List;

/// ICMP errors of one kind about a flow's packets.
///
/// @param error the first of them
/// @param aboutForward whether the packets complained about were the initiator's
/// @param example the journey of the first
/// @param count how many there were
public record IcmpReport(IcmpError error, boolean aboutForward, Journey example, int count) {

    /// Kinds kept per flow; more than a router can have to say.
    private static final int MAX_KINDS = 8;

    private boolean sameKind(IcmpReport other) {
        return aboutForward == other.aboutForward
                && error.version() == other.error.version()
                && error.type() == other.error.type()
                && error.code() == other.error.code()
                && example.first().point().equals(other.example.first().point());
    }

    static void add(List<IcmpReport> reports, IcmpReport report) {
        for (int i = 0; i < reports.size(); i++) {
            IcmpReport known = reports.get(i);
            if (known.sameKind(report)) {
                reports.set(
                        i, new IcmpReport(known.error, known.aboutForward, known.example, known.count + report.count));
                return;
            }
        }
        if (reports.size() < MAX_KINDS) {
            reports.add(report);
        }
    }
}
