package hopline.capture.etl;

import hopline.capture.TraceFacts;
import hopline.capture.etl.ndis.NdisPackets;
import hopline.capture.etl.pktmon.PktMon;
import hopline.capture.etl.pktmon.PktMonPackets;
import hopline.capture.etl.vfp.VfpPackets;
import hopline.capture.etl.wfp.WfpPackets;
import hopline.capture.etl.winnat.WinNatPackets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a trace says beside its packets: how often each event occurs, what components, adapters and events are called.
final class TraceSurvey {

    private final TraceFile file;
    private final Names names = new Names();
    private final Schemas schemas = new Schemas(names);
    private final EventDecoder decoder = new EventDecoder(schemas);
    private final EventCounts counts = new EventCounts();
    private final List<PacketProvider> providers;

    private TraceSurvey(TraceFile file) {
        this.file = file;
        int build = file.header().build();
        providers = List.of(
                new PktMonPackets(build, reason -> schemas.text(PktMon.PROVIDER, "DropReason", reason)),
                new NdisPackets(),
                new VfpPackets(),
                new WinNatPackets(),
                new WfpPackets());
        providers.forEach(provider -> names.add(provider.provider(), provider.providerName()));
        EventDecoder.meanings().forEach(meaning -> names.add(meaning.provider(), meaning.providerName()));
    }

    /// Reads what Windows adds when a trace is stopped, which stands at its end.
    static TraceSurvey of(TraceFile file) throws IOException {
        TraceSurvey survey = new TraceSurvey(file);
        survey.readEnd();
        return survey;
    }

    /// Reads the buffers of each processor from the last one back to one that holds packets: what is listed is listed
    /// behind them.
    private void readEnd() throws IOException {
        BufferCursor cursor = new BufferCursor(file);
        BitSet done = new BitSet();
        List<BufferHeader> buffers = file.buffers();
        for (int i = buffers.size() - 1; i >= 0; i--) {
            int processor = buffers.get(i).processor();
            if (!done.get(processor)) {
                cursor.open(buffers.get(i));
                done.set(processor, learnAll(cursor));
            }
        }
    }

    /// True when packets were among them.
    private boolean learnAll(BufferCursor cursor) throws IOException {
        boolean packets = false;
        while (cursor.next()) {
            TraceEvent event = cursor.event();
            PacketProvider provider = provider(event);
            packets |= provider != null && provider.isPacket(event);
            learn(event, provider);
        }
        return packets;
    }

    /// Counts an event in the order of time, and takes in what it lists.
    void add(TraceEvent event, @Nullable PacketProvider provider) {
        counts.add(event);
        learn(event, provider);
    }

    private void learn(TraceEvent event, @Nullable PacketProvider provider) {
        if (provider != null) {
            provider.survey(event);
        } else if (event.isManifest()) {
            addSelfDescribed(event);
        } else {
            schemas.add(event);
        }
    }

    /// A TraceLogging event brings its names with it, each time.
    private void addSelfDescribed(TraceEvent event) {
        EventData traits = event.extended(ExtendedItem.PROVIDER_TRAITS);
        if (traits.remaining() > 0) {
            names.add(event.provider(), TraceLoggingSchema.providerName(traits));
        }
    }

    /// Whose packets the event may hold, or null.
    @Nullable PacketProvider provider(TraceEvent event) {
        if (!event.isManifest()) {
            return null;
        }
        for (PacketProvider provider : providers) {
            if (event.isOf(provider.provider())) {
                return provider;
            }
        }
        return null;
    }

    List<PacketProvider> providers() {
        return providers;
    }

    Schemas schemas() {
        return schemas;
    }

    EventDecoder decoder() {
        return decoder;
    }

    Names names() {
        return names;
    }

    /// What the trace told of itself so far.
    ///
    /// @param empty whether no packet was found
    TraceFacts facts(boolean empty) {
        LogfileHeader header = file.header();
        Map<String, Long> events = new TreeMap<>();
        Map<String, String> eventNames = new TreeMap<>();
        for (EventCounts.Kind kind : counts.kinds()) {
            String label = names.label(kind);
            events.merge(label, counts.events(kind), Long::sum);
            String name = eventName(kind);
            if (!name.isEmpty()) {
                eventNames.put(label, name);
            }
        }
        List<TraceFacts.Component> components = new ArrayList<>();
        List<String> filters = new ArrayList<>();
        for (PacketProvider provider : providers) {
            components.addAll(provider.components());
            filters.addAll(provider.filters());
        }
        long incomplete =
                providers.stream().mapToLong(PacketProvider::incomplete).sum();
        return new TraceFacts(
                header.build(),
                header.sessionName(),
                header.eventsLost(),
                header.buffersLost(),
                events,
                eventNames,
                components,
                filters,
                remarks(empty, filters.size(), incomplete));
    }

    private List<String> remarks(boolean empty, int filters, long incomplete) {
        List<String> remarks = new ArrayList<>(Remarks.of(file, counts, empty, filters));
        if (incomplete > 0) {
            remarks.add(incomplete + " packets or parts of one are left out, because the rest of them is missing");
        }
        long carried = 0;
        long published = 0;
        long raw = 0;
        for (EventCounts.Kind kind : counts.kinds()) {
            EventTable table = kind.family() == EventCounts.Family.PROVIDER
                    ? EventDecoder.table(kind.provider()).orElse(null)
                    : null;
            if (table != null) {
                boolean own = schemas.has(kind.provider(), kind.id());
                boolean known = table.schema(kind.id()).isPresent();
                carried += own ? counts.events(kind) : 0;
                published += !own && known ? counts.events(kind) : 0;
                raw += !own && !known ? counts.events(kind) : 0;
            }
        }
        if (published + raw > 0) {
            remarks.add("of the events that VFP, vSwitch, WinNat, TCP/IP, WFP and DNS logged, " + carried
                    + " are read by layouts of the trace itself, " + published
                    + " by published ones, which no real trace has confirmed yet, and " + raw + " are kept raw");
        }
        return remarks;
    }

    /// What an event is called; empty where neither the trace nor the tables tell.
    String eventName(EventCounts.Kind kind) {
        if (kind.family() != EventCounts.Family.PROVIDER) {
            return "";
        }
        for (PacketProvider provider : providers) {
            if (provider.provider().equals(kind.provider())
                    && !provider.eventName(kind.id()).isEmpty()) {
                return provider.eventName(kind.id());
            }
        }
        String carried = schemas.anyName(kind.provider(), kind.id());
        return carried.isEmpty() ? EventDecoder.publishedName(kind.provider(), kind.id()) : carried;
    }
}
