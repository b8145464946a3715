package hopline.cli.report;

import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgements;
import hopline.flows.path.Passage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// Prints chosen flows of an analysis.
public final class FlowPrinter {

    private final Analysis analysis;
    private final Optional<Judgements> judgements;
    private final List<FlowReport> flows;
    private final PrintStream out;

    /// Prints `flows` to `out`, in their order.
    ///
    /// @param judgements what the nodes' state says of them, for JSON
    public FlowPrinter(Analysis analysis, Optional<Judgements> judgements, List<FlowReport> flows, PrintStream out) {
        this.analysis = analysis;
        this.judgements = judgements;
        this.flows = List.copyOf(flows);
        this.out = out;
    }

    /// A line each, then how many they are.
    ///
    /// @param numeric addresses only
    /// @param verbose with the ways of each flow's packets
    public void text(boolean numeric, boolean verbose, boolean color) {
        Ink ink = new Ink(color);
        List<String> lines = FlowList.of(flows, numeric);
        for (int i = 0; i < lines.size(); i++) {
            out.println(lines.get(i));
            if (verbose) {
                way(flows.get(i).flow().mainForward(), "", ink);
                way(flows.get(i).flow().mainReverse(), "the answer:", ink);
                out.println();
            }
        }
        if (!lines.isEmpty() && !verbose) {
            out.println();
        }
        out.println(ink.dim(flows.size() + " of " + TextReport.plural(analysis.flowsTotal(), "flow")));
    }

    private void way(Optional<Passage> passage, String title, Ink ink) {
        if (passage.isPresent()) {
            if (!title.isEmpty()) {
                out.println("   " + ink.dim(title));
            }
            new PathText(ink, "   ")
                    .withRecords()
                    .withRules(analysis.scene().events()::by)
                    .draw(passage.get().path(), null, "")
                    .forEach(out::println);
        }
    }

    /// One document: `schemaVersion`, `flowsTotal`, `flows` as in the analysis.
    public void json() throws IOException {
        write(JsonStream.document(out, "flows"));
    }

    /// Each flow on a line.
    public void lines() throws IOException {
        write(JsonStream.lines(out));
    }

    private void write(JsonStream stream) throws IOException {
        FlowJson json = new FlowJson(
                stream.json(),
                new HopJson(stream.json(), HopJson.files(analysis)),
                analysis.scene().events()::by,
                judgements);
        for (FlowReport report : flows) {
            json.write(report);
            stream.next();
        }
        stream.end();
    }
}
