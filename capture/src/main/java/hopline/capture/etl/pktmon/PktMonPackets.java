package hopline.capture.etl.pktmon;

import hopline.capture.CaptureOptions;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.RecordNotes;
import hopline.capture.SwitchPlace;
import hopline.capture.TraceFacts;
import hopline.capture.etl.Guid;
import hopline.capture.etl.PacketProvider;
import hopline.capture.etl.TraceEvent;
import hopline.capture.etl.TracedPacket;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// The packets of the packet monitor: one record for each appearance at a component and for each drop, one place for
/// each component.
public final class PktMonPackets implements PacketProvider {

    private static final String SOURCE = "pktmon";

    private final int build;
    private final IntFunction<String> embeddedReasons;
    private final Rundown rundown = new Rundown();
    private final LoggedPacket packet = new LoggedPacket();

    /// By component.
    private final long[] packets = new long[1 << 16];

    private final Map<Integer, Component> components = new TreeMap<>();

    /// Names drops as that build of Windows numbers them. `embeddedReasons` is what the trace itself calls a reason,
    /// empty when it does not.
    public PktMonPackets(int build, IntFunction<String> embeddedReasons) {
        this.build = build;
        this.embeddedReasons = embeddedReasons;
    }

    @Override
    public Guid provider() {
        return PktMon.PROVIDER;
    }

    @Override
    public String providerName() {
        return "Microsoft-Windows-PktMon";
    }

    @Override
    public String eventName(int id) {
        return PktMon.eventName(id);
    }

    @Override
    public void survey(TraceEvent event) {
        if (rundown.add(event)) {
            components.clear();
        }
    }

    @Override
    public boolean read(TraceEvent event, TracedPacket out) {
        if (!packet.set(event)) {
            return false;
        }
        packets[packet.component()]++;
        out.setPlace(packet.component(), PacketType.linkType(packet.type(), packet.octets()));
        out.setOctets(
                packet.octets().array(),
                packet.octets().offset(),
                packet.octets().remaining(),
                packet.originalSize());
        Direction direction = Direction.of(packet.direction());
        out.setDirection(
                switch (direction.way()) {
                    case INBOUND -> RecordNotes.Direction.INBOUND;
                    case OUTBOUND -> RecordNotes.Direction.OUTBOUND;
                    case UNKNOWN -> RecordNotes.Direction.UNKNOWN;
                });
        if (packet.isGrouped()) {
            out.setPacketId(packet.group());
        }
        if (packet.isRebuilt()) {
            out.comment("headers rebuilt from the fields of the event; what it does not tell is left out or made up");
        }
        if (packet.isDropped()) {
            out.setDropped();
        }
        tell(event.id(), out.facts().from(SOURCE));
        return true;
    }

    private void tell(int event, EventFacts facts) {
        facts.put(Fact.EVENT, event);
        if (packet.isDropped()) {
            facts.put(Fact.DROP, reason(packet.dropReason()));
            facts.put(Fact.REASON, packet.dropReason() & 0xffff_ffffL);
            String place = DropLocations.name(packet.dropLocation());
            if (!place.isEmpty()) {
                facts.put(Fact.PLACE, place);
            }
            facts.put(Fact.LOCATION, packet.dropLocation() & 0xffff_ffffL);
        }
        if (packet.isGrouped()) {
            facts.put(Fact.GROUP, packet.group());
            facts.put(Fact.NUMBER, packet.number());
            facts.put(Fact.APPEARANCE, packet.appearance());
        }
        String direction = Direction.of(packet.direction()).label();
        if (!direction.isEmpty()) {
            facts.put(Fact.DIRECTION, direction);
        }
        facts.put(Fact.TYPE, PacketType.name(packet.type()));
        facts.put(Fact.COMPONENT, packet.component());
        facts.put(Fact.EDGE, packet.edge());
        facts.put(Fact.FILTER, packet.filter());
    }

    /// The trace's own words come first where the tables have none: builds to come number what is unknown today.
    private String reason(int number) {
        if (!DropReasons.isKnown(number)) {
            String embedded = embeddedReasons.apply(number);
            if (!embedded.isEmpty()) {
                return embedded;
            }
        }
        return DropReasons.text(number, build);
    }

    private Map<Integer, Component> listed() {
        if (components.isEmpty()) {
            rundown.components().forEach(component -> components.put(component.id(), component));
        }
        return components;
    }

    @Override
    public boolean isPacket(TraceEvent event) {
        return LoggedPacket.isPacket(event.id());
    }

    @Override
    public PlaceText describe(Place place) {
        int id = (int) place.key();
        Component component = listed().getOrDefault(id, new Component(id, 0, "", "", List.of(), List.of()));
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        if (!component.description().isBlank()) {
            options.text(CaptureOptions.INTERFACE_DESCRIPTION, component.description());
        }
        addAddresses(component, options);
        if (!component.driver().isBlank()) {
            options.text(CaptureOptions.INTERFACE_HARDWARE, component.driver());
        }
        options.text(CaptureOptions.COMMENT, facts(component).format());
        component
                .properties()
                .forEach(property -> options.text(CaptureOptions.COMMENT, property.name() + " " + property.text()));
        counters(component).forEach(line -> options.text(CaptureOptions.COMMENT, line));
        return new PlaceText(component.name(), options.toOptions());
    }

    private EventFacts facts(Component component) {
        EventFacts facts = new EventFacts().from(SOURCE).put(Fact.COMPONENT, component.id());
        if (component.type() != 0) {
            facts.put(Fact.TYPE, component.typeName());
        }
        component.text(PropertyType.SWITCH_NAME).ifPresent(name -> facts.put(Fact.SWITCH, name));
        new SwitchPicture(listed().values()).place(component).ifPresent(place -> put(place, facts));
        component.number(PropertyType.VLAN).ifPresent(vlan -> facts.put(Fact.VLAN, vlan));
        return facts;
    }

    private static void put(SwitchPlace place, EventFacts facts) {
        facts.put(Fact.PART, place.part().label());
        if (!place.switchName().isEmpty()) {
            facts.put(Fact.SWITCH, place.switchName());
        }
    }

    private static void addAddresses(Component component, OptionBuffer options) {
        for (Octets address : component.octets(PropertyType.PHYS_ADDRESS)) {
            if (address.length() == 6) {
                options.octets(CaptureOptions.INTERFACE_MAC, address);
            }
        }
        for (Octets address : component.octets(PropertyType.IP_ADDRESS)) {
            byte[] octets = address.toByteArray();
            byte[] masked = Arrays.copyOf(octets, octets.length == 4 ? 8 : 17);
            Arrays.fill(masked, octets.length, masked.length, (byte) (octets.length == 4 ? 0xff : 128));
            options.octets(octets.length == 4 ? CaptureOptions.INTERFACE_IPV4 : CaptureOptions.INTERFACE_IPV6, masked);
        }
    }

    private List<String> counters(Component component) {
        List<String> lines = new ArrayList<>();
        component.edges().forEach(edge -> lines.add("edge " + edge.edge() + " " + edge.name() + ": " + passed(edge)));
        rundown.drops(component.id()).ifPresent(drops -> lines.add("dropped: " + passed(drops)));
        return lines;
    }

    private static String passed(EdgeCounters counters) {
        return counters.directionIn().label() + " " + Long.toUnsignedString(counters.packetsIn()) + " packets, "
                + Long.toUnsignedString(counters.octetsIn()) + " octets; "
                + counters.directionOut().label() + " " + Long.toUnsignedString(counters.packetsOut()) + " packets, "
                + Long.toUnsignedString(counters.octetsOut()) + " octets";
    }

    @Override
    public List<TraceFacts.Component> components() {
        List<TraceFacts.Component> facts = new ArrayList<>();
        for (Component component : listed().values()) {
            Map<String, String> properties = new LinkedHashMap<>();
            component
                    .properties()
                    .forEach(property ->
                            properties.merge(property.name(), property.text(), (one, other) -> one + " " + other));
            String name = component.description().isBlank() ? component.driver() : component.description();
            facts.add(new TraceFacts.Component(
                    component.id(),
                    component.typeName(),
                    name,
                    component.driver(),
                    packets[component.id()],
                    properties,
                    counters(component)));
        }
        return facts;
    }

    @Override
    public List<String> filters() {
        return rundown.filters().stream()
                .map(filter -> "filter " + filter.id() + " " + filter.name() + ": "
                        + (filter.conditions().isEmpty() ? "everything" : filter.conditions()))
                .toList();
    }
}
