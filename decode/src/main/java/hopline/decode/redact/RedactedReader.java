package hopline.decode.redact;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.EventFacts;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.RecordNotes;
import hopline.capture.event.SystemEvent;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A capture without what is private in it, read as any other. It hands on nothing of the other reader unlooked at,
/// and so extends no `ForwardingReader`: what that learns to tell would get out.
final class RedactedReader implements CaptureReader {

    private final CaptureReader reader;
    private final PacketRedaction packets;
    private final TextRedaction text;
    private final OptionRedaction options;
    private final BlockRedaction blocks;
    private final EventRedaction events;
    private final CaptureRecord redacted = new CaptureRecord();
    private final RecordNotes notes = new RecordNotes();
    private final OptionCursor cursor = new OptionCursor();
    private final OptionBuffer collected = new OptionBuffer(ByteOrder.BIG_ENDIAN);
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<CaptureSection> sections = new ArrayList<>();

    RedactedReader(CaptureReader reader, PacketRedaction packets, TextRedaction text, AddressPseudonyms addresses) {
        this.reader = reader;
        this.packets = packets;
        this.text = text;
        this.options = new OptionRedaction(addresses, text);
        this.events = new EventRedaction(text);
        this.blocks = new BlockRedaction(addresses, text, options, events);
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        CaptureRecord record = reader.next();
        if (record == null) {
            return null;
        }
        redacted.set(record.number(), record.interfaceIndex(), record.epochNanos(), record.originalLength());
        if (record.hasTicks()) {
            redacted.setTicks(record.ticks());
        } else if (!record.isTimed()) {
            redacted.setUntimed();
        }
        int linkType = reader.interfaces().get(record.interfaceIndex()).linkType();
        byte[] octets = packets.redact(record, linkType);
        redacted.setOctets(octets, 0, octets.length);
        redacted.setNotes(record.notes() == null ? null : notes(record.notes()));
        return redacted;
    }

    private RecordNotes notes(RecordNotes said) {
        EventFacts facts = said.hasUnwrittenFacts() ? said.facts() : null;
        options.record(said.cursor(cursor), collected);
        notes.set(collected);
        if (facts != null) {
            notes.setFacts(options.facts(facts));
        }
        return notes;
    }

    @Override
    public CaptureFormat format() {
        return reader.format();
    }

    @Override
    public long records() {
        return reader.records();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        List<CaptureInterface> all = reader.interfaces();
        while (interfaces.size() < all.size()) {
            CaptureInterface at = all.get(interfaces.size());
            interfaces.add(new CaptureInterface(
                    at.index(),
                    at.section(),
                    text.redact(at.name()),
                    at.linkType(),
                    at.snapLength(),
                    options.ofInterface(at.options())));
        }
        return interfaces;
    }

    @Override
    public List<CaptureSection> sections() {
        List<CaptureSection> all = reader.sections();
        while (sections.size() < all.size()) {
            CaptureSection section = all.get(sections.size());
            sections.add(new CaptureSection(section.index(), section.order(), options.section(section.options())));
        }
        return sections;
    }

    @Override
    public void listen(CaptureBlock.Listener listener) {
        reader.listen(block -> blocks.redact(block).ifPresent(listener::passed));
    }

    @Override
    public void hear(SystemEvent.Listener listener) {
        reader.hear(event -> events.redact(event).ifPresent(listener::heard));
    }

    @Override
    public long lostRecords() {
        return reader.lostRecords();
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return reader.skippedBlocks();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
