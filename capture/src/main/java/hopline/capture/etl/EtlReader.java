package hopline.capture.etl;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.ContentKind;
import hopline.capture.Fact;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionLayout;
import hopline.capture.RecordNotes;
import hopline.capture.TraceFacts;
import hopline.capture.event.SystemEvent;
import hopline.capture.file.ReadWindow;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Reads the packets of a Windows event trace, in the order of time.
///
/// Its end is read first: there stands what components, adapters and events are called. Interfaces are described when
/// their first packet comes. No record says how many were lost before it: a trace knows only how many it lost in all.
/// Events without a packet are counted; [TraceLog] reads them.
public final class EtlReader implements CaptureReader {

    /// What [#skippedBlocks] calls events that hold no packet.
    public static final String WITHOUT_PACKET = "event without a packet";

    private static final int FLAG_INBOUND = 1;
    private static final int FLAG_OUTBOUND = 2;
    /// `epb_verdict` of kind 2, Linux eBPF XDP, of which 1 is a drop: what Microsoft's own converter writes.
    private static final int VERDICT_KIND = 2;

    private static final int VERDICT_DROP = 1;

    /// Units of 100 ns, 10^-7 seconds.
    private static final int TIME_RESOLUTION = 7;

    /// A bound on memory for files that claim ever new places; the records of those beyond are put at the last.
    private static final int MAX_INTERFACES = 1 << 14;

    /// Interfaces that are found again without a look into the table: those of a packet's way through the system.
    private static final int RECENT = 64;

    /// Where one provider's packets of one link type are seen.
    private record Spot(PacketProvider provider, PacketProvider.Place place) {}

    private final TraceFile file;
    private final CaptureSection section;
    private final CaptureRecord record = new CaptureRecord();
    private final RecordNotes notes = new RecordNotes();
    private final OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
    private final TracedPacket packet = new TracedPacket();
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final Map<Spot, Integer> indexOfSpot = new HashMap<>();
    private final @Nullable Spot[] recentSpots = new Spot[RECENT];
    private final int[] recentIndexes = new int[RECENT];
    private final TraceSurvey survey;
    private final MergedEvents events;
    private long number;
    private long skipped;
    private SystemEvent.@Nullable Listener listener;

    /// Reads from `channel`, which closes with it, and at once when there is no trace in it.
    public EtlReader(FileChannel channel) throws IOException {
        this.file = TraceFile.open(channel);
        this.survey = survey(file);
        this.events = new MergedEvents(file);
        this.section = section(file.header(), survey);
    }

    private static TraceSurvey survey(TraceFile file) throws IOException {
        try {
            return TraceSurvey.of(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// What belongs to no interface is told of the section: filters, and all components, of which many see no packet.
    private static CaptureSection section(LogfileHeader header, TraceSurvey survey) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        options.text(CaptureOptions.SECTION_OS, "Windows " + header.version());
        if (!header.sessionName().isBlank()) {
            options.text(CaptureOptions.SECTION_APPLICATION, header.sessionName());
        }
        if (header.eventsLost() > 0 || header.buffersLost() > 0) {
            options.text(
                    CaptureOptions.COMMENT,
                    "lost: " + header.eventsLost() + " events, " + header.buffersLost() + " buffers");
        }
        for (PacketProvider provider : survey.providers()) {
            options.texts(CaptureOptions.COMMENT, provider.filters());
            provider.components().forEach(component -> options.text(CaptureOptions.COMMENT, text(component)));
        }
        return new CaptureSection(0, ByteOrder.LITTLE_ENDIAN, options.toOptions());
    }

    private static String text(TraceFacts.Component component) {
        StringJoiner text = new StringJoiner("; ");
        text.add("component " + component.id() + ": " + component.name() + ", " + component.type() + ", "
                + component.driver());
        component.properties().forEach((name, value) -> text.add(name + " " + value));
        component.counters().forEach(text::add);
        return text.toString();
    }

    /// True when `head` is the front of a trace.
    public static boolean isTrace(Octets head) {
        byte[] copy = head.truncatedTo(ContentKind.EXAMINED).toByteArray();
        return BufferHeader.isFirst(copy, 0, copy.length);
    }

    /// Says that what the trace was unpacked from broke off.
    public void noteCut() {
        file.note(file.end(), ReadWindow.CUT_SHORT);
    }

    @Override
    public CaptureFormat format() {
        return CaptureFormat.ETL;
    }

    @Override
    public @Nullable CaptureRecord next() throws IOException {
        for (TraceEvent event = events.next(); event != null; event = events.next()) {
            PacketProvider provider = survey.provider(event);
            survey.add(event, provider);
            packet.clear();
            if (provider != null && provider.read(event, packet)) {
                return record(event, provider);
            }
            skipped++;
            tell(event);
        }
        if (file.problem() != null) {
            throw file.problem();
        }
        return null;
    }

    private void tell(TraceEvent event) {
        if (listener != null) {
            SystemEvent told = survey.decoder().system(event, file.clock().epochNanos(event.time()));
            if (told != null) {
                listener.heard(told);
            }
        }
    }

    @Override
    public void hear(SystemEvent.Listener newListener) {
        listener = newListener;
    }

    private int recentIndex(PacketProvider provider) {
        int slot = (int) packet.placeKey() & RECENT - 1;
        Spot recent = recentSpots[slot];
        if (recent == null || recent.provider() != provider || !packet.isAt(recent.place())) {
            recent = new Spot(provider, packet.place());
            recentSpots[slot] = recent;
            recentIndexes[slot] = interfaceIndex(recent);
        }
        return recentIndexes[slot];
    }

    private int interfaceIndex(Spot spot) {
        Integer known = indexOfSpot.get(spot);
        if (known != null) {
            return known;
        }
        int index = interfaces.size();
        if (index == MAX_INTERFACES) {
            return index - 1;
        }
        PacketProvider.PlaceText text = spot.provider().describe(spot.place());
        indexOfSpot.put(spot, index);
        interfaces.add(new CaptureInterface(index, 0, text.name(), spot.place().linkType(), 0, named(text)));
        return index;
    }

    private static CaptureOptions named(PacketProvider.PlaceText text) {
        return new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                .text(CaptureOptions.INTERFACE_NAME, text.name())
                .u8(CaptureOptions.INTERFACE_TIME_RESOLUTION, TIME_RESOLUTION)
                .addAll(text.options().cursor(), OptionLayout.INTERFACE)
                .toOptions();
    }

    private CaptureRecord record(TraceEvent event, PacketProvider provider) {
        int index = recentIndex(provider);
        record.set(++number, index, file.clock().epochNanos(event.time()), packet.originalLength());
        record.setOctets(packet.array(), packet.offset(), packet.length());
        packet.facts()
                .put(Fact.CPU, event.processor())
                .put(Fact.PROCESS, event.process())
                .put(Fact.THREAD, event.thread());
        options.clear();
        addFlags();
        if (packet.hasPacketId()) {
            options.u64(CaptureOptions.RECORD_PACKET_ID, packet.packetId());
        }
        if (packet.isDropped()) {
            options.verdict(VERDICT_KIND, VERDICT_DROP);
        }
        event.extended().forEach((what, text) -> packet.comment(what + " " + text));
        if (packet.hasComments()) {
            options.texts(CaptureOptions.COMMENT, packet.comments());
        }
        notes.set(options);
        notes.setFacts(packet.facts());
        record.setNotes(notes);
        return record;
    }

    private void addFlags() {
        switch (packet.direction()) {
            case INBOUND -> options.u32(CaptureOptions.RECORD_FLAGS, FLAG_INBOUND);
            case OUTBOUND -> options.u32(CaptureOptions.RECORD_FLAGS, FLAG_OUTBOUND);
            case UNKNOWN -> {}
        }
    }

    @Override
    public long records() {
        return number;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return Collections.unmodifiableList(interfaces);
    }

    @Override
    public List<CaptureSection> sections() {
        return List.of(section);
    }

    @Override
    public long lostRecords() {
        return file.header().eventsLost();
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return skipped == 0 ? Map.of() : Map.of(WITHOUT_PACKET, skipped);
    }

    @Override
    public Optional<TraceFacts> trace() {
        return Optional.of(survey.facts(number == 0));
    }

    @Override
    public void close() throws IOException {
        events.close();
        file.close();
    }
}
