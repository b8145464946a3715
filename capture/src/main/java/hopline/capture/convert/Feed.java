package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One source of a conversion: its next record, and how its interfaces are numbered in the result.
final class Feed implements CaptureBlock.Listener {

    private static final int NOT_WRITTEN = -1;

    private final int index;
    private final ConversionSource source;
    private final Layout layout;
    private final OptionalInt onlyLinkType;
    private int[] ids = {};
    private int declared;
    private int sectionsBegun;
    private @Nullable CaptureRecord head;
    private @Nullable String problem;

    Feed(int index, ConversionSource source, Layout layout, OptionalInt onlyLinkType) {
        this.index = index;
        this.source = source;
        this.layout = layout;
        this.onlyLinkType = onlyLinkType;
        source.reader().listen(this);
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
