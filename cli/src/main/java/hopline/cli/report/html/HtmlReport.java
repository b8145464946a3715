package hopline.cli.report.html;

import hopline.cli.evidence.FlowPackets;
import hopline.cli.report.Basis;
import hopline.cli.report.FairShare;
import hopline.cli.report.Headline;
import hopline.cli.report.JsonReport;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.analysis.InputFacts;
import hopline.flows.rule.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The report as one page that needs nothing else: no network, no file beside it.
///
/// The page holds the analysis as its JSON, packed, and a script that shows it with text nodes only. The one script and
/// the one style are allowed by their hashes; the policy forbids everything else, so that no name from a packet can run
/// or load anything. What matters most is also there without the script.
public final class HtmlReport {

    /// Findings told without the script.
    private static final int MAX_TOLD = 20;

    private HtmlReport() {}

    /// Writes the page to `out`, which stays open.
    public static void write(Contents contents, OutputStream out) throws IOException {
        Analysis analysis = contents.analysis();
        PacketPages pages = packetPages(contents);
        List<Page.Data> data = new ArrayList<>();
        data.add(new Page.Data(
                "analysis",
                Packed.of(stream ->
                        JsonReport.writeCompact(analysis, contents.judgements(), contents.version(), stream))));
        data.add(new Page.Data("view", Packed.of(stream -> PageView.write(contents, pages, stream))));
        data.add(new Page.Data("records", pages.records(evidence(analysis))));
        for (int i = 0; i < pages.packed().size(); i++) {
            data.add(new Page.Data("packets-" + i, pages.packed().get(i)));
        }
        out.write(Page.of(title(analysis), body(contents), data).getBytes(StandardCharsets.UTF_8));
    }

    private static PacketPages packetPages(Contents contents) throws IOException {
        PacketPages pages = new PacketPages(contents);
        for (FlowReport report : contents.analysis().flows()) {
            FlowPackets packets = contents.packets().get(report.id());
            if (packets != null && !packets.packets().isEmpty()) {
                pages.add(packets);
            }
        }
        pages.finish();
        return pages;
    }

    /// The records that prove what belongs to no flow.
    private static Set<Stage> evidence(Analysis analysis) {
        return analysis.findings().stream()
                .filter(finding -> finding.flows().isEmpty())
                .flatMap(finding -> finding.evidence().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String title(Analysis analysis) {
        String files = analysis.inputs().stream().map(InputFacts::file).limit(3).collect(Collectors.joining(", "));
        return files
                + (analysis.inputs().size() > 3 ? " and " + (analysis.inputs().size() - 3) + " more" : "");
    }

    private static String body(Contents contents) {
        Analysis analysis = contents.analysis();
        Headline headline = Headline.of(analysis);
        return Page.resource("body.html")
                .replace("{{tone}}", PageView.tone(headline))
                .replace("{{charts}}", charts(contents.charts()))
                .replace("{{version}}", Html.text(contents.version()))
                .replace("{{headline}}", Html.text(headline.text()))
                .replace("{{told}}", told(analysis))
                .replace("{{title}}", Html.text(title(analysis)));
    }

    /// For readers without a script: what was found and what it rests on.
    private static String told(Analysis analysis) {
        StringBuilder told = new StringBuilder("<ul>");
        List<String> rules = analysis.findings().stream().map(Finding::rule).toList();
        for (int place : FairShare.of(rules, MAX_TOLD).places()) {
            Finding finding = analysis.findings().get(place);
            told.append("<li><strong>")
                    .append(finding.severity().label())
                    .append("</strong>: ")
                    .append(Html.text(finding.lead().claim().title()))
                    .append(" ")
                    .append(Html.text(finding.lead().claim().advice()))
                    .append("</li>");
        }
        told.append("</ul><ul>");
        Basis.of(analysis)
                .forEach(fact ->
                        told.append("<li>").append(Html.text(fact.text())).append("</li>"));
        return told.append("</ul>").toString();
    }

    private static String charts(List<Contents.Chart> charts) {
        StringBuilder figures = new StringBuilder();
        for (Contents.Chart chart : charts) {
            figures.append("<figure class=\"chart\"><figcaption><h3>")
                    .append(Html.text(chart.title()))
                    .append("</h3><p>")
                    .append(Html.text(chart.caption()))
                    .append("</p></figcaption><div class=\"wide\">")
                    .append(chart.wide())
                    .append("</div><div class=\"narrow\">")
                    .append(chart.narrow())
                    .append("</div></figure>\n");
        }
        return figures.toString();
    }
}
