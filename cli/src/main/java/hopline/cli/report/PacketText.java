package hopline.cli.report;

import hopline.capture.Octets;
import hopline.cli.packet.HeaderFields;
import hopline.cli.packet.KeptRecord;
import hopline.cli.packet.Packet;
import hopline.cli.packet.RecordSource;
import hopline.cli.packet.Summary;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.stage.Stage;
import hopline.flows.path.Hop;
import hopline.flows.state.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Packets as text: when, what and between whom, then the way hop by hop.
public final class PacketText implements PacketPrinter {

    private static final int OCTETS_PER_LINE = 16;
    private static final String INDENT = "   ";
    private static final String FIELD_INDENT = "       ";

    private final Consumer<String> out;
    private final PacketStyle style;
    private final Ink ink;
    private final int width;
    private final Cluster cluster;
    private final @Nullable RecordSource records;
    private final PathText paths;
    private final Layers layers = new Layers();
    private final Dissector dissector;
    private String day = "";

    /// Prints lines to `out`.
    ///
    /// @param records where octets are found; needed only when `style` shows headers or octets
    public PacketText(
            Consumer<String> out,
            PacketStyle style,
            boolean color,
            int width,
            Cluster cluster,
            Dissector dissector,
            @Nullable RecordSource records) {
        this.out = out;
        this.style = style;
        this.ink = new Ink(color);
        this.width = width;
        this.cluster = cluster;
        this.dissector = dissector;
        this.records = records;
        this.paths = new PathText(ink, INDENT).withRecords();
    }

    @Override
    public void print(Packet packet) throws IOException {
        Stage first = packet.path().first();
        String time = Times.rfc3339(first.epochNanos());
        if (!time.startsWith(day) || day.isEmpty()) {
            day = time.substring(0, time.indexOf('T'));
            out.accept(ink.dim(day + " UTC"));
        }
        out.accept(ink.bold(time.substring(day.length() + 1, time.length() - 1)) + "  " + head(packet));
        List<String> lines = paths.draw(packet.path(), null, "");
        List<Hop> hops = packet.hops();
        for (int i = 0; i < lines.size(); i++) {
            out.accept(lines.get(i).stripTrailing());
            paths.rules(packet.path(), hops.get(i)).forEach(out);
            show(hops.get(i).stage());
        }
        for (Stage side : packet.sideStages()) {
            out.accept(INDENT + ink.dim("also " + Escape.text(side.point().toString()) + " #" + side.record()));
            show(side);
        }
        out.accept("");
    }

    private String head(Packet packet) {
        Stage first = packet.path().first();
        List<String> parts = new ArrayList<>();
        packet.flow().ifPresent(match -> parts.add(match.report().id()));
        parts.add(Summary.protocol(first));
        if (first.isIp()) {
            parts.add(name(packet, true) + " → " + name(packet, false));
        }
        parts.add(Summary.of(packet));
        return Escape.text(String.join("  ", parts)).stripTrailing();
    }

    private String name(Packet packet, boolean source) {
        if (style.numeric()) {
            return (source
                            ? packet.path().first().source()
                            : packet.path().first().destination())
                    .toString();
        }
        return FlowList.party(source ? packet.source(cluster) : packet.destination(cluster));
    }

    private void show(Stage stage) throws IOException {
        if (records == null) {
            return;
        }
        KeptRecord kept = records.record(stage);
        if (style.headers()) {
            dissector.dissect(kept.record(), kept.linkType(), layers);
            for (int i = 0; i < layers.count(); i++) {
                writeLayer(i);
            }
            if (layers.isTruncated() || layers.isMalformed()) {
                out.accept(FIELD_INDENT + ink.wrong(layers.isMalformed() ? "malformed" : "cut short"));
            }
        }
        if (style.octets()) {
            hex(kept.record().octets());
        }
    }

    private void writeLayer(int layer) {
        List<String> fields = new ArrayList<>();
        HeaderFields.write(layers, layer, new HeaderFields.Sink() {
            @Override
            public void number(String name, long value) {
                fields.add(words(name) + " " + value);
            }

            @Override
            public void text(String name, String value) {
                fields.add(words(name) + " " + Escape.text(value));
            }
        });
        boolean quoted = layers.quoted() >= 0 && layer >= layers.quoted();
        String head = layers.protocol(layer).label() + (quoted ? ", quoted" : "");
        String indent = FIELD_INDENT + " ".repeat(head.length() + 2);
        List<String> lines = Lines.wrap(String.join(", ", fields), Math.max(20, width - indent.length()));
        out.accept(FIELD_INDENT + ink.changed(head) + "  " + lines.getFirst());
        lines.stream().skip(1).forEach(line -> out.accept(indent + line));
    }

    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void hex(Octets octets) {
        for (int from = 0; from < octets.length(); from += OCTETS_PER_LINE) {
            StringBuilder hex = new StringBuilder();
            StringBuilder ascii = new StringBuilder();
            for (int i = from; i < Math.min(from + OCTETS_PER_LINE, octets.length()); i++) {
                int octet = octets.u8(i);
                hex.append(String.format(Locale.ROOT, i % 8 == 0 && i > from ? "  %02x" : " %02x", octet));
                ascii.append(octet >= ' ' && octet < 0x7f ? (char) octet : '.');
            }
            out.accept(FIELD_INDENT + String.format(Locale.ROOT, "%04x %-50s  %s", from, hex, ascii));
        }
    }

    @Override
    public void end() {}
}
