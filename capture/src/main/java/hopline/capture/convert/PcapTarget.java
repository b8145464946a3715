package hopline.capture.convert;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureRecord;
import hopline.capture.CustomOption;
import hopline.capture.LinkType;
import hopline.capture.OptionCursor;
import hopline.capture.RecordNotes;
import hopline.capture.pcap.PcapWriter;
import hopline.capture.pcapng.BlockNames;
import hopline.capture.pcapng.InterfaceUnits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes pcap, which holds records of one link type and their times, and counts what it cannot hold.
final class PcapTarget implements Target {

    private final OutputStream out;
    private final Losses losses = new Losses();
    private final OptionCursor cursor = new OptionCursor();
    private List<CaptureInterface> known = List.of();
    private @Nullable PcapWriter writer;
    private int linkType;
    private boolean nanoseconds;
    private int declared;
    private long cutTimes;
    private long strangeTimes;
    private long cutRecords;
    private long untimed;

    PcapTarget(OutputStream out) {
        this.out = out;
    }

    @Override
    public void prepare(List<CaptureInterface> interfaces) {
        known = List.copyOf(interfaces);
    }

    @Override
    public void section(CaptureOptions stated, CaptureOptions added) {
        for (OptionCursor options = stated.cursor(); options.next(); ) {
            losses.add(options.code() == CaptureOptions.COMMENT ? "comments" : "section options", 1);
        }
    }

    @Override
    public int declare(CaptureInterface at, CaptureOptions stated, CaptureOptions added) {
        for (OptionCursor options = stated.cursor(); options.next(); ) {
            switch (options.code()) {
                case CaptureOptions.INTERFACE_TIME_RESOLUTION,
                        CaptureOptions.INTERFACE_TIME_OFFSET,
                        CaptureOptions.INTERFACE_FCS_LENGTH -> {}
                case CaptureOptions.COMMENT -> losses.add("comments", 1);
                case CaptureOptions.INTERFACE_NAME -> losses.add("interface names", 1);
                default -> losses.add("interface options", 1);
            }
        }
        return declared++;
    }

    @Override
    public void record(CaptureRecord record, CaptureInterface at, int id) throws IOException {
        PcapWriter open = writer == null ? open(at) : writer;
        if (at.linkType() != linkType) {
            throw new MixedLinkTypesException(linkType, at.linkType());
        }
        long nanos = record.epochNanos();
        cutTimes += !nanoseconds && nanos % 1_000 != 0 ? 1 : 0;
        strangeTimes += PcapWriter.canHold(nanos) ? 0 : 1;
        cutRecords += record.capturedLength() > PcapWriter.MAX_CAPTURED_LENGTH ? 1 : 0;
        untimed += record.isTimed() ? 0 : 1;
        RecordNotes notes = record.notes();
        if (notes != null) {
            countNotes(notes);
        }
        open.packet(record);
    }

    private PcapWriter open(CaptureInterface first) throws IOException {
        linkType = first.linkType();
        nanoseconds = known.stream().anyMatch(at -> InterfaceUnits.isFinerThanMicroseconds(at.options()));
        SnapLengths snapLengths = new SnapLengths();
        snapLengths.choose(known.isEmpty() ? List.of(first) : known);
        long snapLength = snapLengths.of(first) == 0 ? SnapLengths.UNLIMITED : snapLengths.of(first);
        writer = new PcapWriter(out, linkType, snapLength, frameCheckLength(first), nanoseconds);
        return writer;
    }

    private static int frameCheckLength(CaptureInterface at) {
        long stated = at.frameCheckLength().orElse(-1);
        return stated >= 0 && stated <= 30 && stated % 2 == 0 ? (int) stated : -1;
    }

    private void countNotes(RecordNotes notes) {
        for (notes.cursor(cursor); cursor.next(); ) {
            losses.add(name(cursor.code()), 1);
        }
        losses.add("facts of the system's tracing", notes.hasUnwrittenFacts() ? 1 : 0);
    }

    private static String name(int code) {
        return switch (code) {
            case CaptureOptions.COMMENT -> "comments";
            case CaptureOptions.RECORD_FLAGS -> "directions and other flags";
            case CaptureOptions.RECORD_PACKET_ID -> "packet ids";
            case CaptureOptions.RECORD_VERDICT -> "verdicts";
            case CaptureOptions.RECORD_DROP_COUNT -> "drop counts";
            case CaptureOptions.RECORD_HASH -> "hashes";
            case CaptureOptions.RECORD_QUEUE -> "queues";
            case CaptureOptions.RECORD_PROCESS_THREAD -> "processes";
            default -> CustomOption.isCustom(code) ? "custom options" : "unknown options";
        };
    }

    @Override
    public boolean keepsEvents() {
        return false;
    }

    @Override
    public void block(CaptureBlock block, int id) {
        losses.add(BlockNames.name(block.type()) + "s", 1);
    }

    @Override
    public List<String> remarks() {
        losses.add("interfaces to tell records apart by", declared > 1 ? declared : 0);
        List<String> remarks = new ArrayList<>();
        if (!losses.isEmpty()) {
            remarks.add("pcap cannot hold, and so it was left out: " + losses + "; pcapng keeps it");
        }
        note(remarks, cutTimes, "times were cut to microseconds");
        note(remarks, strangeTimes, "times before 1970 or after 2106 were moved to there");
        note(remarks, cutRecords, "records were cut to 262,144 octets");
        note(remarks, untimed, "records without a time of their own were given that of the record before them");
        return remarks;
    }

    private static void note(List<String> remarks, long count, String what) {
        if (count > 0) {
            remarks.add(count + " " + what);
        }
    }

    /// A file without records is still a pcap file.
    @Override
    public void close() throws IOException {
        if (writer == null) {
            open(known.isEmpty() ? new CaptureInterface(0, 0, "", LinkType.ETHERNET, 0) : known.getFirst());
        }
        if (writer != null) {
            writer.close();
        }
    }
}
