package hopline.cli.export;

import hopline.cli.report.Escape;
import hopline.cli.report.Times;
import hopline.decode.stage.Encapsulation;
import hopline.flows.Flow;
import hopline.flows.analysis.FlowReport;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Flows as comma-separated values with a heading ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)), a
/// line each.
///
/// A value that a spreadsheet would take for a formula is preceded by an apostrophe.
public final class CsvExport implements FlowExport {

    private static final List<String> COLUMNS = List.of(
            "id",
            "start",
            "end",
            "verdict",
            "category",
            "protocol",
            "source_ip",
            "source_port",
            "source_name",
            "destination_ip",
            "destination_port",
            "destination_name",
            "responder_ip",
            "responder_port",
            "responder_name",
            "forward_packets",
            "forward_octets",
            "reverse_packets",
            "reverse_octets",
            "community_id",
            "path",
            "tunnel",
            "drop_reason",
            "findings");

    /// What a formula begins with, in spreadsheets of East Asia too.
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

    private final PrintStream out;

    /// Writes to `out`, which stays open.
    public CsvExport(PrintStream out) {
        this.out = out;
        line(COLUMNS.stream());
    }

    @Override
    public void write(FlowReport report) {
        FlowFacts facts = new FlowFacts(report);
        Flow flow = facts.flow();
        line(Stream.of(
                report.id(),
                Times.rfc3339(flow.startNanos()),
                Times.rfc3339(flow.endNanos()),
                report.verdict().label(),
                report.flow().category().label(),
                facts.transport(),
                facts.source().toString(),
                String.valueOf(facts.sourcePort()),
                report.flow().initiator().name(),
                facts.destination().toString(),
                String.valueOf(facts.destinationPort()),
                report.flow().target().name(),
                report.flow().responder().endpoint().address().toString(),
                String.valueOf(FlowFacts.port(report.flow().responder().endpoint())),
                report.flow().responder().name(),
                String.valueOf(flow.forward().packets()),
                String.valueOf(flow.forward().octets()),
                String.valueOf(flow.reverse().packets()),
                String.valueOf(flow.reverse().octets()),
                facts.communityId(),
                path(facts),
                facts.tunnel().map(CsvExport::tunnel).orElse(""),
                report.flow().dropReason().orElse(""),
                String.join(" ", report.findings())));
    }

    private static String path(FlowFacts facts) {
        return facts.stages().stream()
                .map(stage -> stage.point().node() + "/" + stage.point().name())
                .collect(Collectors.joining(" "));
    }

    private static String tunnel(Encapsulation tunnel) {
        String key = tunnel.key() == Encapsulation.NO_KEY ? "" : " " + tunnel.key();
        return tunnel.protocol() + key + " " + tunnel.source() + " " + tunnel.destination();
    }

    private void line(Stream<String> values) {
        out.print(values.map(CsvExport::value).collect(Collectors.joining(",")) + "\r\n");
    }

    private static String value(String text) {
        String inert = Escape.text(text);
        String safe = !inert.isEmpty() && FORMULA.indexOf(inert.charAt(0)) >= 0 ? "'" + inert : inert;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        out.flush();
    }
}
