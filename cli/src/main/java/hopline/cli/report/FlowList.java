package hopline.cli.report;

import hopline.decode.IpProtocol;
import hopline.flows.Flow;
import hopline.flows.analysis.FlowReport;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Party;
import java.util.List;

/// Flows as lines of a table: id, verdict, protocol, packets each way, and who talks to whom.
final class FlowList {

    private FlowList() {}

    /// One line for each of `reports`, columns aligned.
    static List<String> of(List<FlowReport> reports) {
        return of(reports, false);
    }

    /// The same; addresses only where `numeric`.
    static List<String> of(List<FlowReport> reports, boolean numeric) {
        Table table = new Table("tttnnt");
        reports.forEach(report -> addRow(table, report, numeric));
        return table.lines();
    }

    private static void addRow(Table table, FlowReport report, boolean numeric) {
        Flow flow = report.flow().flow();
        table.row(
                report.id(),
                report.verdict().label(),
                IpProtocol.name(flow.protocol()),
                Numerals.grouped(flow.forward().packets()) + " →",
                Numerals.grouped(flow.reverse().packets()) + " ←",
                Escape.text(numeric ? addresses(report.flow()) : ends(report.flow())));
    }

    private static String addresses(FlowCase flow) {
        return flow.initiator().endpoint() + " → " + flow.target().endpoint();
    }

    /// Both ends by name and address, not escaped.
    static String ends(FlowCase flow) {
        return party(flow.initiator()) + " → " + party(flow.target());
    }

    /// One end by name and address, not escaped.
    static String party(Party party) {
        String address = party.endpoint().toString();
        String name = party.name();
        return name.equals(party.endpoint().address().toString()) ? address : name + " " + address;
    }
}
