package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.etl.EtlReader;
import hopline.capture.event.SystemEvent;
import hopline.capture.pcapng.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One source of a conversion: its next record, and how its interfaces are numbered in the result.
final class Feed implements CaptureBlock.Listener {

    private static final int NOT_WRITTEN = -1;
    private static final int STATISTICS_HEADER = 12;
    private static final int END_OF_OPTIONS = 4;

    private final int index;
    private final ConversionSource source;
    private final Layout layout;
    private final OptionalInt onlyLinkType;
    private int[] ids = {};
    private int declared;
    private int sectionsBegun;
    private long kept;
    private @Nullable CaptureRecord head;
    private @Nullable String problem;

    Feed(int index, ConversionSource source, Layout layout, OptionalInt onlyLinkType) {
        this.index = index;
        this.source = source;
        this.layout = layout;
        this.onlyLinkType = onlyLinkType;
        source.reader().listen(this);
    }

    /// Keeps from now on what a trace's system logged beside packets. A capture's own blocks are copied as they are.
    void keepEvents() {
        if (reader().format() == CaptureFormat.ETL) {
            reader().hear(this::keep);
        }
    }

    private void keep(SystemEvent event) {
        kept++;
        passed(JournalEntry.of(event, 0));
    }

    int index() {
        return index;
    }

    ConversionSource source() {
        return source;
    }

    CaptureReader reader() {
        return source.reader();
    }

    @Nullable CaptureRecord head() {
        return head;
    }

    @Nullable String problem() {
        return problem;
    }

    /// When the next record was logged; it must be there.
    long headNanos() {
        return head == null ? Long.MAX_VALUE : head.epochNanos();
    }

    /// Reads on to the next record that is wanted.
    ///
    /// @throws IOException when the target cannot be written; what is wrong with the source is kept
    void advance() throws IOException {
        try {
            do {
                head = reader().next();
            } while (head != null && !isWanted(reader().interfaces().get(head.interfaceIndex())));
            if (head == null) {
                reader().close(); // of many pieces few are read at a time
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            head = null;
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }

    private boolean isWanted(CaptureInterface at) {
        return onlyLinkType.isEmpty() || onlyLinkType.getAsInt() == at.linkType();
    }

    /// The interfaces described so far that are wanted.
    List<CaptureInterface> wantedInterfaces() {
        return reader().interfaces().stream().filter(this::isWanted).toList();
    }

    /// Writes the next record.
    void writeHead(Target target) throws IOException {
        CaptureRecord record = head;
        if (record == null) {
            return;
        }
        int at = record.interfaceIndex();
        if (at >= declared || sectionsBegun < reader().sections().size()) {
            declareAll();
        }
        target.record(record, reader().interfaces().get(at), ids[at]);
    }

    /// Declares what was described since the last time.
    void declareAll() throws IOException {
        begin(reader().sections().size() - 1);
        declareBelow(Integer.MAX_VALUE);
    }

    private void begin(int section) throws IOException {
        while (sectionsBegun <= section) {
            declareBelow(sectionsBegun);
            layout.section(this, reader().sections().get(sectionsBegun++));
        }
    }

    /// Declares the interfaces of the sections before `section`.
    private void declareBelow(int section) throws IOException {
        List<CaptureInterface> all = reader().interfaces();
        while (declared < all.size() && all.get(declared).section() < section) {
            CaptureInterface at = all.get(declared);
            if (declared == ids.length) {
                ids = Arrays.copyOf(ids, Math.max(8, 2 * ids.length));
            }
            ids[declared++] = isWanted(at) ? layout.declare(this, at) : NOT_WRITTEN;
        }
    }

    /// Says in statistics what a trace as a whole lost: pcapng's own captures say it themselves.
    void writeLosses() throws IOException {
        long lost = reader().lostRecords();
        if (reader().format() == CaptureFormat.PCAPNG || lost == 0 || declared == 0 || ids[0] == NOT_WRITTEN) {
            return;
        }
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                .u64(CaptureOptions.STATISTICS_SYSTEM_DROPS, lost)
                .text(CaptureOptions.COMMENT, "lost by the trace as a whole");
        byte[] body = new byte[STATISTICS_HEADER + options.size() + END_OF_OPTIONS]; // at no known time
        System.arraycopy(options.array(), 0, body, STATISTICS_HEADER, options.size());
        layout.target()
                .block(
                        new CaptureBlock(
                                CaptureBlock.INTERFACE_STATISTICS, 0, ByteOrder.LITTLE_ENDIAN, Octets.wrap(body)),
                        ids[0]);
    }

    /// What was read and has no place in a capture, by what it is: a trace's events without a packet.
    Map<String, Long> leftOut() {
        if (reader().format() == CaptureFormat.PCAPNG) {
            return Map.of();
        }
        Map<String, Long> left = new TreeMap<>(reader().skippedBlocks());
        left.computeIfPresent(EtlReader.WITHOUT_PACKET, (what, count) -> count - kept);
        return left;
    }

    @Override
    public void passed(CaptureBlock block) {
        try {
            begin(block.section());
            if (layout.declaresEarly() || block.type() == CaptureBlock.INTERFACE_STATISTICS) {
                declareAll();
            }
            int id = block.type() == CaptureBlock.INTERFACE_STATISTICS ? statisticsInterface(block) : 0;
            if (id != NOT_WRITTEN) {
                layout.target().block(block, id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int statisticsInterface(CaptureBlock block) {
        int first = 0;
        while (reader().interfaces().get(first).section() < block.section()) {
            first++;
        }
        return ids[first + (int) block.u32(0)];
    }
}
