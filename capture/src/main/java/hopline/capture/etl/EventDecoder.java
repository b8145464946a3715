package hopline.capture.etl;

import hopline.capture.etl.dns.DnsClientEvents;
import hopline.capture.etl.hns.HnsEvents;
import hopline.capture.etl.tcpip.TcpipEvents;
import hopline.capture.etl.vfp.VfpEvents;
import hopline.capture.etl.vmswitch.VmSwitchEvents;
import hopline.capture.etl.wfp.WfpEvents;
import hopline.capture.etl.winnat.WinNatEvents;
import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads the payloads of events: by the layout that the trace carries with it, else as it is published, else not at
/// all.
final class EventDecoder {

    /// Octets of a payload without a layout that are shown.
    private static final int MAX_SHOWN = 256;

    /// Whose events mean something beside packets.
    private static final List<EventMeaning> MEANINGS = List.of(
            new VfpEvents(),
            new VmSwitchEvents(),
            new WinNatEvents(),
            HnsEvents.service(),
            HnsEvents.management(),
            HnsEvents.overlayPlugin(),
            new TcpipEvents(),
            new WfpEvents(),
            new DnsClientEvents());

    private static final Map<Guid, EventMeaning> MEANING_OF = new HashMap<>();

    /// Those that were asked for: most traces need none.
    private static final Map<Guid, EventTable> TABLES = new ConcurrentHashMap<>();

    static {
        for (EventMeaning meaning : MEANINGS) {
            MEANING_OF.put(meaning.provider(), meaning);
        }
    }

    private final Schemas schemas;
    private final IdentityHashMap<EventSchema, EventSchema> completed = new IdentityHashMap<>();

    /// Knows the layouts of a trace in `schemas`, which may still be growing.
    EventDecoder(Schemas schemas) {
        this.schemas = schemas;
    }

    /// All whose events mean something beside packets.
    static List<EventMeaning> meanings() {
        return MEANINGS;
    }

    /// The provider's published layouts, if there are any.
    static Optional<EventTable> table(Guid provider) {
        EventMeaning meaning = MEANING_OF.get(provider);
        return meaning == null || meaning.table().isEmpty()
                ? Optional.empty()
                : Optional.of(TABLES.computeIfAbsent(
                        provider, known -> EventTable.of(known, meaning.providerName(), meaning.table())));
    }

    /// What the provider calls its event by its published layouts; empty when they do not have it.
    static String publishedName(Guid provider, int id) {
        return table(provider).map(table -> table.name(id)).orElse("");
    }

    /// By what the event is read.
    EventLayout layout(TraceEvent event) {
        if (event.extended(ExtendedItem.SCHEMA).remaining() > 0) {
            return EventLayout.CARRIED;
        }
        if (carried(event).isPresent()) {
            return EventLayout.CARRIED;
        }
        return published(event).isPresent() ? EventLayout.PUBLISHED : EventLayout.UNKNOWN;
    }

    private Optional<EventSchema> carried(TraceEvent event) {
        return event.isManifest() ? schemas.schema(event.provider(), event.id(), event.version()) : Optional.empty();
    }

    private static Optional<EventSchema> published(TraceEvent event) {
        return event.isManifest()
                ? table(event.provider()).flatMap(table -> table.schema(event.id()))
                : Optional.empty();
    }

    /// The fields for people, values by the names that maps give them; a payload without a layout as hexadecimal,
    /// under an empty name.
    Map<String, String> shown(TraceEvent event) {
        return fields(event, true);
    }

    private Map<String, String> fields(TraceEvent event, boolean mapped) {
        EventData schema = event.extended(ExtendedItem.SCHEMA);
        if (schema.remaining() > 0) {
            return TraceLoggingSchema.read(schema, event.payload(), event.pointerSize());
        }
        Guid provider = event.provider();
        Optional<EventSchema> carried = carried(event);
        if (carried.isPresent()) {
            EventSchema.Maps maps = (map, value) -> schemas.text(provider, map, value);
            return complete(carried.get(), event)
                    .read(event.payload(), event.pointerSize(), mapped ? maps : EventSchema.Maps.NONE);
        }
        Optional<EventSchema> published = published(event);
        if (published.isPresent()) {
            EventTable table = table(provider).orElseThrow();
            return published
                    .get()
                    .read(event.payload(), event.pointerSize(), mapped ? table::text : EventSchema.Maps.NONE);
        }
        return undescribed(event.payload());
    }

    /// A layout without a word on how to show a field is helped by the published one.
    private EventSchema complete(EventSchema carried, TraceEvent event) {
        return completed.computeIfAbsent(
                carried, layout -> published(event).map(layout::shownAs).orElse(layout));
    }

    private static Map<String, String> undescribed(EventData payload) {
        int size = payload.remaining();
        String hex = HexFormat.of().formatHex(payload.octets(Math.min(size, MAX_SHOWN)));
        return size == 0 ? Map.of() : Map.of("", size > MAX_SHOWN ? hex + "…" : hex);
    }

    /// What the event says beside packets, logged at that time; null when nothing.
    @Nullable SystemEvent system(TraceEvent event, long epochNanos) {
        EventMeaning meaning = event.isManifest() ? MEANING_OF.get(event.provider()) : null;
        if (meaning == null || !meaning.wants(event.id())) {
            return null;
        }
        EventLayout layout = layout(event);
        DescribedEvent described =
                new DescribedEvent(event.id(), name(event), event.level(), layout, fields(event, false));
        Matter matter =
                layout == EventLayout.UNKNOWN ? new Matter.Raw(event.payload().remaining()) : meaning.read(described);
        return matter == null
                ? null
                : new SystemEvent(
                        epochNanos,
                        meaning.providerName(),
                        event.id(),
                        described.name(),
                        layout,
                        event.processor(),
                        event.extended(),
                        matter);
    }

    /// What the event is called: by itself, by the trace, or as published; may be empty.
    String name(TraceEvent event) {
        String own = TraceLoggingSchema.name(event.extended(ExtendedItem.SCHEMA));
        if (!own.isEmpty() || !event.isManifest()) {
            return own;
        }
        String told = carried(event).map(EventSchema::name).orElse("");
        return told.isEmpty() ? publishedName(event.provider(), event.id()) : told;
    }
}
