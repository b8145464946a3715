package hopline.decode.census;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.decode.census.CaptureFacts.Readability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Reads a capture to its end, or as far as it goes, and tells what is in it.
public final class CaptureSurvey {

    /// Records between two calls for progress, less one: a mask.
    private static final int PROGRESS_MASK = (1 << 14) - 1;

    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;

    private final CaptureReader reader;
    private final LongConsumer progress;
    private final Census census = new Census();
    private long[] recordsAt = {};
    private @Nullable String problem;
    private long octets;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private boolean finerThanMicroseconds;
    private boolean finerThanMilliseconds;
    private long truncated;
    private int leastLeft;
    private int mostLeft;

    private CaptureSurvey(CaptureReader reader, LongConsumer progress) {
        this.reader = reader;
        this.progress = progress;
    }

    /// What `reader` delivers; `progress` is told now and then how many records were read. The reader stays open.
    public static CaptureFacts of(CaptureReader reader, LongConsumer progress) {
        CaptureSurvey survey = new CaptureSurvey(reader, progress);
        survey.read();
        return survey.facts();
    }

    private void read() {
        try {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                add(record);
            }
        } catch (IOException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }

    private void add(CaptureRecord record) {
        int at = record.interfaceIndex();
        census.add(record, reader.interfaces().get(at).linkType());
        if (at >= recordsAt.length) {
            recordsAt = Arrays.copyOf(recordsAt, Math.max(2 * recordsAt.length, at + 1));
        }
        recordsAt[at]++;
        octets += record.originalLength();
        if (record.isTruncated()) {
            addTruncated(record.capturedLength());
        }
        addTime(record.epochNanos());
        if ((record.number() & PROGRESS_MASK) == 0) {
            progress.accept(record.number());
        }
    }

    private void addTruncated(int left) {
        leastLeft = truncated == 0 ? left : Math.min(leastLeft, left);
        mostLeft = Math.max(mostLeft, left);
        truncated++;
    }

    private void addTime(long epochNanos) {
        first = Math.min(first, epochNanos);
        last = Math.max(last, epochNanos);
        if (!finerThanMicroseconds) {
            finerThanMicroseconds = epochNanos % MICROSECOND != 0;
            finerThanMilliseconds |= epochNanos % MILLISECOND != 0;
        }
    }

    private CaptureFacts facts() {
        return new CaptureFacts(
                Optional.of(reader.format()),
                problem == null ? Readability.WHOLE : Readability.PARTLY,
                Optional.ofNullable(problem),
                reader.records(),
                octets,
                first,
                last,
                finerThanMicroseconds ? 1 : finerThanMilliseconds ? MICROSECOND : MILLISECOND,
                interfaces(),
                truncated,
                leastLeft,
                mostLeft,
                reader.lostRecords(),
                reader.trace(),
                census.counts());
    }

    private List<InterfaceFacts> interfaces() {
        List<InterfaceFacts> facts = new ArrayList<>();
        for (CaptureInterface at : reader.interfaces()) {
            facts.add(new InterfaceFacts(at, at.index() < recordsAt.length ? recordsAt[at.index()] : 0));
        }
        return facts;
    }
}
