package hopline.capture.pcapng;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureRecord;
import hopline.capture.EventFacts;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import hopline.capture.RecordNotes;
import hopline.capture.file.TimeUnits;
import hopline.capture.file.WriteBuffer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes pcapng in one byte order. A section comes first, then its interfaces and records as they are known.
///
/// Options are taken over one by one, those of unknown codes too; what stands behind their end or reaches beyond it is
/// left out.
public final class PcapngWriter implements Closeable {

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final long UNKNOWN_LENGTH = 0xffff_ffffL;

    private static final int BLOCK_OVERHEAD = 12;
    private static final int SECTION_BODY = 16;
    private static final int INTERFACE_BODY = 8;
    private static final int PACKET_BODY = 20;
    private static final int SIMPLE_PACKET_BODY = 4;
    private static final int END_OF_OPTIONS = 4;

    private final WriteBuffer out;
    private final OptionBuffer options;
    private final OptionCursor cursor = new OptionCursor();
    private final List<TimeUnits> units = new ArrayList<>();

    public PcapngWriter(OutputStream out, ByteOrder order) {
        this.out = new WriteBuffer(out, order);
        this.options = new OptionBuffer(order);
    }

    public ByteOrder order() {
        return out.order();
    }

    /// Begins a section; its interfaces count from 0.
    public void section(CaptureOptions sectionOptions) throws IOException {
        units.clear();
        options.clear().addAll(sectionOptions.cursor(), OptionLayout.SECTION);
        int length = begin(PcapngReader.SECTION_HEADER, SECTION_BODY);
        out.u32(BYTE_ORDER_MAGIC);
        out.u16(1);
        out.u16(0);
        out.u32(UNKNOWN_LENGTH);
        out.u32(UNKNOWN_LENGTH);
        end(length);
    }

    /// Describes an interface and returns its number within the section.
    ///
    /// @param interfaceOptions state the units of its records' ticks
    public int addInterface(int linkType, long snapLength, CaptureOptions interfaceOptions) throws IOException {
        options.clear().addAll(interfaceOptions.cursor(), OptionLayout.INTERFACE);
        int length = begin(INTERFACE_DESCRIPTION, INTERFACE_BODY);
        out.u16(linkType);
        out.u16(0);
        out.u32(snapLength);
        end(length);
        units.add(InterfaceUnits.of(interfaceOptions));
        return units.size() - 1;
    }

    /// Writes a record with its notes, seen at the interface of that number within the section.
    public void packet(int interfaceId, CaptureRecord record) throws IOException {
        long ticks = record.hasTicks() ? record.ticks() : units.get(interfaceId).ticks(record.epochNanos());
        int captured = record.capturedLength();
        collect(record.notes());
        int length = begin(ENHANCED_PACKET, PACKET_BODY + padded(captured));
        out.u32(interfaceId);
        out.u32(ticks >>> 32);
        out.u32(ticks);
        out.u32(captured);
        out.u32(record.originalLength());
        out.octets(record.array(), record.offset(), captured);
        out.zeros(-captured & 3);
        end(length);
    }

    private void collect(@Nullable RecordNotes notes) {
        options.clear();
        if (notes == null) {
            return;
        }
        notes.addTo(options, cursor);
        EventFacts facts = notes.hasUnwrittenFacts() ? notes.facts() : null;
        if (facts != null) {
            facts.addTo(options);
        }
    }

    /// Writes a record that states no time, seen at the section's first interface. The interface's snap length must
    /// tell how much of the packet was captured.
    public void simplePacket(CaptureRecord record) throws IOException {
        int captured = record.capturedLength();
        options.clear();
        int length = begin(SIMPLE_PACKET, SIMPLE_PACKET_BODY + padded(captured));
        out.u32(record.originalLength());
        out.octets(record.array(), record.offset(), captured);
        out.zeros(-captured & 3);
        end(length);
    }

    /// True when blocks of that type can be put into another byte order.
    public static boolean isKnown(int type) {
        return BlockBody.isKnown(type);
    }

    /// Writes a block of another kind in this file's byte order, as far as its form is known.
    ///
    /// @param interfaceId what statistics are about
    public void block(CaptureBlock block, int interfaceId) throws IOException {
        options.clear();
        Octets body = BlockBody.of(block, out.order(), interfaceId);
        int length = begin(block.type(), body.length());
        byte[] octets = body.toByteArray();
        out.octets(octets, 0, octets.length);
        end(length);
    }

    /// Hands on all blocks that were written, for whoever reads the file while it grows.
    public void flush() throws IOException {
        out.flush();
    }

    private int begin(int type, int body) throws IOException {
        int length = BLOCK_OVERHEAD + body + (options.isEmpty() ? 0 : options.size() + END_OF_OPTIONS);
        out.u32(type);
        out.u32(length);
        return length;
    }

    private void end(int length) throws IOException {
        if (!options.isEmpty()) {
            out.octets(options.array(), 0, options.size());
            out.zeros(END_OF_OPTIONS);
        }
        out.u32(length);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
