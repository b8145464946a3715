package hopline.cli.report;

import hopline.capture.CaptureInterface;
import hopline.capture.LinkType;
import hopline.decode.Protocol;
import hopline.decode.census.CaptureFacts;
import hopline.decode.census.CaptureFacts.Readability;
import hopline.decode.census.Counts;
import hopline.decode.census.InterfaceFacts;
import hopline.decode.dns.DnsNames;
import hopline.flows.rule.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is in files as text. Of each: the verdict first, whether it is whole; then what it can and cannot prove; then
/// its interfaces and what its records hold.
public final class InfoText {

    private static final int COLUMN = 15;
    private static final int MAX_INTERFACES = 40;
    private static final int MAX_VNIS = 20;

    private final CaptureFacts facts;
    private final Ink ink;
    private final Lines lines;

    private InfoText(CaptureFacts facts, Ink ink, int width) {
        this.facts = facts;
        this.ink = ink;
        this.lines = new Lines(width);
    }

    /// One file's part, ending in a newline.
    public static String of(FileEntry file, boolean color, int width) {
        InfoText text = new InfoText(file.facts(), new Ink(color), width);
        text.writeVerdict(file.file());
        if (file.facts().readable() != Readability.NO) {
            text.writeContents();
        }
        return text.lines.toString();
    }

    private void writeVerdict(String file) {
        String name = ink.bold(Escape.text(file));
        String problem = Escape.text(facts.problem().orElse(""));
        String format = facts.format().map(f -> f.label() + ", ").orElse("");
        switch (facts.readable()) {
            case WHOLE -> lines.add(name + ": " + format + ink.good("whole"));
            case PARTLY -> {
                lines.add(name + ": " + format + ink.severity(Severity.WARNING, "only in part"));
                entry("Breaks", problem);
            }
            case NO -> lines.add(name + ": " + ink.wrong("cannot be read") + ": " + problem);
        }
    }

    private void writeContents() {
        entry("Holds", holds());
        List<String> proofs = CaptureProofs.of(facts);
        for (int i = 0; i < proofs.size(); i++) {
            entry(i == 0 ? "Proves" : "", proofs.get(i));
        }
        List<String> gaps = CaptureProofs.gapsOf(facts);
        for (int i = 0; i < gaps.size(); i++) {
            entry(i == 0 ? "Cannot tell" : "", gaps.get(i));
        }
        facts.trace().ifPresent(trace -> new TraceText(lines, ink, COLUMN).write(trace));
        if (!facts.interfaces().isEmpty()) {
            writeInterfaces();
        }
        if (facts.records() > facts.undecodedRecords()) {
            writeProtocols();
            writeVnis("VNIs", facts.counts().vnis());
            writeVnis("Geneve VNIs", facts.counts().geneveVnis());
            writeDns();
            writeConversations();
        }
        facts.counts().limits().forEach(limit -> entry("Limit", Escape.text(Numerals.groupedIn(limit))));
    }

    private void entry(String label, String value) {
        lines.entry("", label, COLUMN, value);
    }

    private String holds() {
        String records = TextReport.plural(facts.records(), "record");
        if (!facts.isTimed()) {
            return records;
        }
        long difference = facts.lastNanos() - facts.firstNanos();
        long span = difference < 0 ? Long.MAX_VALUE : difference; // further apart than a long can hold
        String when = span == 0 ? "at " : Times.duration(span) + " from ";
        return records + ", " + octets(facts.octets()) + ", " + when + Times.seconds(facts.firstNanos());
    }

    private static String octets(long octets) {
        if (octets < 10_000) {
            return TextReport.plural(octets, "octet");
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double size = octets / 1e3;
        int unit = 0;
        while (size >= 1e3 && unit < units.length - 1) {
            size /= 1e3;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }

    private void writeInterfaces() {
        Table table = new Table("nttnn");
        table.row("id", "name", "link type", "cut at", "records");
        facts.interfaces().stream().limit(MAX_INTERFACES).forEach(at -> addInterface(table, at));
        writeTable("Interfaces", table.lines());
        int more = facts.interfaces().size() - MAX_INTERFACES;
        if (more > 0) {
            entry("", "and " + more + " more");
        }
    }

    private static void addInterface(Table table, InterfaceFacts at) {
        CaptureInterface description = at.description();
        table.row(
                String.valueOf(description.index()),
                description.name().isEmpty() ? "-" : Escape.text(description.name()),
                LinkType.name(description.linkType()),
                description.snapLength() == 0 ? "no limit" : Numerals.grouped(description.snapLength()),
                Numerals.grouped(at.records()));
    }

    private void writeTable(String label, List<String> rows) {
        String head = label;
        for (String row : rows) {
            lines.add(head + " ".repeat(COLUMN - head.length()) + row);
            head = "";
        }
    }

    private void writeProtocols() {
        Counts counts = facts.counts();
        Table table = new Table("tnn");
        for (Map.Entry<Protocol, Long> protocol : counts.recordsOf().entrySet()) {
            if (protocol.getValue() > 0) {
                table.row(
                        protocol.getKey().label(), Numerals.grouped(protocol.getValue()), percent(protocol.getValue()));
            }
        }
        if (counts.serviceTaggedRecords() > 0) {
            long tagged = counts.serviceTaggedRecords();
            table.row("802.1ad", Numerals.grouped(tagged), percent(tagged));
        }
        writeTable("Protocols", table.lines());
        if (counts.malformedRecords() > 0) {
            entry(
                    "",
                    ink.severity(Severity.WARNING, "! ") + TextReport.plural(counts.malformedRecords(), "record")
                            + " with a header that contradicts itself");
        }
    }

    private String percent(long records) {
        double percent = 100.0 * records / facts.records();
        return percent > 0 && percent < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private void writeVnis(String label, Map<Integer, Long> vnis) {
        Table table = new Table("nn");
        vnis.entrySet().stream()
                .limit(MAX_VNIS)
                .forEach(vni -> table.row(String.valueOf(vni.getKey()), Numerals.grouped(vni.getValue())));
        writeTable(label, table.lines());
        if (vnis.size() > MAX_VNIS) {
            entry("", "and " + Numerals.grouped(vnis.size() - MAX_VNIS) + " more");
        }
    }

    private void writeDns() {
        Table table = new Table("tn");
        facts.counts()
                .dnsResponseCodes()
                .forEach((code, responses) -> table.row(DnsNames.responseCode(code), Numerals.grouped(responses)));
        writeTable("DNS codes", table.lines());
    }

    private void writeConversations() {
        Counts counts = facts.counts();
        Table table = new Table("tn");
        table.row("TCP", Numerals.grouped(counts.tcpConversations()));
        table.row("UDP", Numerals.grouped(counts.udpConversations()));
        writeTable("Conversations", table.lines());
    }
}
