package hopline.cli.packet;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.EventFacts;
import hopline.capture.ForwardingReader;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import hopline.capture.RecordNotes;
import hopline.flows.analysis.Analysis;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A capture with what the analysis says of it written beside its records: a comment for each, the
/// verdict on its flow, and names of addresses.
///
/// `epb_verdict` knows verdicts of hardware, whose octets nobody defines, and of Linux's eBPF. Ours is
/// given as the former, in letters.
public final class EnrichedReader extends ForwardingReader {

    private static final byte OF_HARDWARE = 0;

    private final StageComments comments;
    private final int file;
    private @Nullable CaptureBlock names;
    private CaptureBlock.Listener listener = block -> {};
    private final OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
    private final OptionCursor cursor = new OptionCursor();
    private final RecordNotes notes = new RecordNotes();

    /// @param file which of the analysis's inputs `reader` delivers
    public EnrichedReader(CaptureReader reader, Analysis analysis, StageComments comments, int file) {
        super(reader);
        this.comments = comments;
        this.file = file;
        this.names = file == 0 ? KnownNames.of(analysis).orElse(null) : null;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        CaptureRecord record = super.next();
        if (names != null && !sections().isEmpty()) {
            listener.passed(names);
            names = null;
        }
        if (record != null) {
            Optional<StageComments.Remark> remark = comments.of(file, record.number());
            remark.ifPresent(said -> annotate(record, said));
        }
        return record;
    }

    private void annotate(CaptureRecord record, StageComments.Remark remark) {
        RecordNotes own = record.notes();
        EventFacts facts = own != null && own.hasUnwrittenFacts() ? own.facts() : null;
        options.clear();
        if (own != null) {
            options.addAll(own.cursor(cursor), OptionLayout.RECORD);
        }
        options.text(CaptureOptions.COMMENT, remark.comment());
        remark.verdict().ifPresent(verdict -> options.octets(CaptureOptions.RECORD_VERDICT, verdict(verdict)));
        notes.set(options);
        if (facts != null) {
            notes.setFacts(facts);
        }
        record.setNotes(notes);
    }

    private static byte[] verdict(String verdict) {
        byte[] letters = verdict.getBytes(StandardCharsets.US_ASCII);
        byte[] value = new byte[letters.length + 1];
        value[0] = OF_HARDWARE;
        System.arraycopy(letters, 0, value, 1, letters.length);
        return value;
    }

    @Override
    public void listen(CaptureBlock.Listener to) {
        listener = to;
        super.listen(to);
    }
}
