package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionLayout;
import hopline.capture.pcapng.PcapngWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes pcapng, which holds everything.
final class PcapngTarget implements Target {

    private final PcapngWriter writer;
    private final OptionBuffer options;
    private final SnapLengths snapLengths = new SnapLengths();
    private final Set<Integer> linkTypes = new TreeSet<>();
    private final Set<Long> writtenSnapLengths = new TreeSet<>();
    private long untimed;
    private long early;
    private long foreign;

    PcapngTarget(OutputStream out, ByteOrder order) {
        writer = new PcapngWriter(out, order);
        options = new OptionBuffer(order);
    }

    @Override
    public void prepare(List<CaptureInterface> known) {
        snapLengths.choose(known);
    }

    @Override
    public void section(CaptureOptions stated, CaptureOptions added) throws IOException {
        options.clear().addAll(added.cursor(), OptionLayout.SECTION).addAll(stated.cursor(), OptionLayout.SECTION);
        writer.section(options.toOptions());
    }

    @Override
    public int declare(CaptureInterface at, CaptureOptions stated, CaptureOptions added) throws IOException {
        long snapLength = snapLengths.of(at);
        options.clear().addAll(stated.cursor(), OptionLayout.INTERFACE).addAll(added.cursor(), OptionLayout.INTERFACE);
        if (snapLength != at.snapLength()) {
            options.text(CaptureOptions.COMMENT, "snaplen=" + at.snapLength());
        }
        linkTypes.add(at.linkType());
        writtenSnapLengths.add(snapLength);
        return writer.addInterface(at.linkType(), snapLength, options.toOptions());
    }

    @Override
    public void record(CaptureRecord record, CaptureInterface at, int id) throws IOException {
        if (record.isTimed()) {
            early += record.epochNanos() < 0 && !record.hasTicks() ? 1 : 0;
            writer.packet(id, record);
        } else if (id == 0 && isTold(record, snapLengths.of(at))) {
            writer.simplePacket(record);
        } else {
            untimed++;
            writer.packet(id, record);
        }
    }

    /// True when a reader would find out how much was captured from the original length and the snap length.
    private static boolean isTold(CaptureRecord record, long snapLength) {
        long expected = Math.min(record.originalLength(), snapLength == 0 ? Long.MAX_VALUE : snapLength);
        return record.capturedLength() == expected;
    }

    @Override
    public boolean keepsEvents() {
        return true;
    }

    @Override
    public void block(CaptureBlock block, int id) throws IOException {
        foreign += block.order() == writer.order() || PcapngWriter.isKnown(block.type()) ? 0 : 1;
        writer.block(block, id);
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (linkTypes.size() > 1) {
            String names = linkTypes.stream().map(LinkType::name).collect(Collectors.joining(", "));
            remarks.add("the result holds several link types (" + names
                    + "): Wireshark opens it, tools that use libpcap do not; --split makes one file each");
        } else if (writtenSnapLengths.size() > 1) {
            remarks.add("an interface that came late has a larger snap length than those before it: Wireshark opens the"
                    + " result, tools that use libpcap may not");
        }
        if (untimed > 0) {
            remarks.add(untimed + " records without a time of their own were given that of the record before them");
        }
        if (early > 0) {
            remarks.add(early + " times before 1970 were moved to there");
        }
        if (foreign > 0) {
            remarks.add(foreign + " blocks of unknown content from sections of another byte order were copied as they"
                    + " are");
        }
        return remarks;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
