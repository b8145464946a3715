package hopline.cli.report;

import hopline.decode.IpProtocol;
import hopline.flows.Flow;
import hopline.flows.analysis.FlowReport;
import hopline.flows.rule.FlowCase;
import hopline.flows.rule.Party;
import java.util.List;
import java.util.Locale;

/// Flows as lines of a table: id, verdict, protocol, packets each way, and who talks to whom.
final class FlowList {

    private FlowList() {}

    /// One line for each of `reports`, columns aligned.
    static List<String> of(List<FlowReport> reports) {
        Table table = new Table("tttnnt");
        reports.forEach(report -> addRow(table, report));
        return table.lines();
    }

    private static void addRow(Table table, FlowReport report) {
        Flow flow = report.flow().flow();
        table.row(
                report.id(),
                report.verdict().label(),
                IpProtocol.name(flow.protocol()),
                String.format(Locale.ROOT, "%,d →", flow.forward().packets()),
                String.format(Locale.ROOT, "%,d ←", flow.reverse().packets()),
                Escape.text(ends(report.flow())));
    }

    /// Both ends by name and address, not escaped.
    static String ends(FlowCase flow) {
        return party(flow.initiator()) + " → " + party(flow.target());
    }

    private static String party(Party party) {
        String address = party.endpoint().toString();
        String name = party.name();
        return name.equals(party.endpoint().address().toString()) ? address : name + " " + address;
    }
}
