package hopline.cli.report;

import hopline.decode.IpProtocol;
import hopline.flows.Flow;
import hopline.flows.analysis.FlowReport;
import hopline.flows.rule.FlowCase;
import hopline.flows.rule.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Flows as lines of a table: id, verdict, protocol, packets each way, and who talks to whom.
final class FlowList {

    private static final String GAP = "  ";
    private static final Set<Integer> NUMBERS = Set.of(3, 4);

    private FlowList() {}

    /// One line for each of `reports`, columns aligned.
    static List<String> of(List<FlowReport> reports) {
        List<List<String>> rows = reports.stream().map(FlowList::cells).toList();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(pad(row.get(column), width(rows, column), NUMBERS.contains(column)))
                        .append(column + 1 < row.size() ? GAP : "");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static List<String> cells(FlowReport report) {
        Flow flow = report.flow().flow();
        return List.of(
                report.id(),
                report.verdict().label(),
                IpProtocol.name(flow.protocol()),
                String.format(Locale.ROOT, "%,d →", flow.forward().packets()),
                String.format(Locale.ROOT, "%,d ←", flow.reverse().packets()),
                Escape.text(ends(report.flow())));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(width - text.length());
        return right ? blanks + text : text + blanks;
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
