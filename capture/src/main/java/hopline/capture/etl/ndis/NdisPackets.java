package hopline.capture.etl.ndis;

import hopline.capture.CaptureOptions;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.RecordNotes;
import hopline.capture.SwitchPlace;
import hopline.capture.etl.Assembly;
import hopline.capture.etl.EventData;
import hopline.capture.etl.Guid;
import hopline.capture.etl.PacketProvider;
import hopline.capture.etl.TraceEvent;
import hopline.capture.etl.TracedPacket;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The packets of NDIS packet capture: one record for each packet at each layer of each network card, and at each port
/// of the virtual switch, which are its places.
public final class NdisPackets implements PacketProvider {

    private static final String SOURCE = "ndis";

    /// Bounds on memory.
    private static final int MAX_PLACES = 1 << 14;

    private static final int MAX_SOURCES = 1 << 12;
    private static final int MAX_RULES = 1024;
    private static final int MAX_METADATA = 256;

    /// A wireless frame keeps the mark that it was protected, though it is logged decrypted.
    private static final int PROTECTED = 0x40;

    private static final int FRAME_CONTROL_FLAGS = 1;

    /// What tells places apart; `port` is -1 at a network card.
    private record Point(long miniport, long lower, long port, int vlan, String nic, String nicType) {}

    private final Map<Point, Integer> numberOfPoint = new LinkedHashMap<>();
    private final List<Point> points = new ArrayList<>();
    private final Map<Long, String> sourceOfIfIndex = new HashMap<>();
    private final List<String> rules = new ArrayList<>();
    private final Assembly assembly = new Assembly();
    private final Map<Assembly.Key, String> metadata = new LinkedHashMap<>();

    public NdisPackets() {}

    @Override
    public Guid provider() {
        return Ndis.PROVIDER;
    }

    @Override
    public String providerName() {
        return "Microsoft-Windows-NDIS-PacketCapture";
    }

    @Override
    public String eventName(int id) {
        return Ndis.eventName(id);
    }

    @Override
    public void survey(TraceEvent event) {
        switch (event.id()) {
            case Ndis.SOURCE_INFO -> addSource(event.payload());
            case Ndis.RULE, Ndis.RULE_OF_STATE -> addRule(event.payload());
            default -> {}
        }
    }

    @Override
    public boolean isPacket(TraceEvent event) {
        return event.id() == Ndis.FRAGMENT || event.id() == Ndis.SWITCH_FRAGMENT;
    }

    private static Point point(Fragment fragment) {
        Fragment.Port source = fragment.source();
        return source == null
                ? new Point(fragment.miniport(), fragment.lower(), -1, 0, "", "")
                : new Point(
                        fragment.miniport(),
                        fragment.lower(),
                        source.id(),
                        fragment.vlan(),
                        source.toString(),
                        source.nicType());
    }

    private int number(Point point) {
        Integer known = numberOfPoint.get(point);
        if (known != null) {
            return known;
        }
        if (points.size() == MAX_PLACES) {
            return MAX_PLACES - 1;
        }
        numberOfPoint.put(point, points.size());
        points.add(point);
        return points.size() - 1;
    }

    /// `u8 SourceId, text SourceName, u32 IfIndex, …`.
    private void addSource(EventData data) {
        data.skip(1);
        String name = data.utf16();
        long ifIndex = data.u32();
        if (!data.isExceeded() && sourceOfIfIndex.size() < MAX_SOURCES) {
            sourceOfIfIndex.put(ifIndex, name);
        }
    }

    /// `u8 id, u8 directive, u16 length, value`.
    private void addRule(EventData data) {
        int id = data.u8();
        int directive = data.u8();
        byte[] value = data.octets(data.u16());
        if (!data.isExceeded() && rules.size() < MAX_RULES) {
            String line = "capture rule " + id + ", directive " + directive + ", value "
                    + HexFormat.of().formatHex(value);
            if (!rules.contains(line)) {
                rules.add(line);
            }
        }
    }

    @Override
    public List<String> filters() {
        return List.copyOf(rules);
    }

    @Override
    public boolean read(TraceEvent event, TracedPacket packet) {
        int id = event.id();
        if (id == Ndis.METADATA) {
            addMetadata(event);
            return false;
        }
        Fragment fragment = id == Ndis.FRAGMENT || id == Ndis.SWITCH_FRAGMENT ? Fragment.of(event) : null;
        if (fragment == null) {
            return false;
        }
        Assembly.Key key = new Assembly.Key(event.thread(), fragment.lower());
        if (Assembly.isWhole(fragment.keyword())) { // without any keyword it was made by someone who sets none
            EventData octets = fragment.octets();
            fill(packet, fragment, octets.array(), octets.offset(), octets.remaining());
        } else {
            Assembly.Part part = assembly.add(key, fragment.keyword(), fragment.octets());
            if (part == null) {
                return false;
            }
            fill(packet, fragment, part.array(), 0, part.length());
        }
        tell(event, fragment, packet, metadata.remove(key));
        return true;
    }

    private void fill(TracedPacket packet, Fragment fragment, byte[] array, int offset, int length) {
        int linkType = fragment.linkType();
        packet.setPlace(number(point(fragment)), linkType);
        if (linkType == LinkType.IEEE802_11 && length > FRAME_CONTROL_FLAGS) {
            byte[] frame = Arrays.copyOfRange(array, offset, offset + length);
            frame[FRAME_CONTROL_FLAGS] &= (byte) ~PROTECTED;
            packet.setOctets(frame, 0, length, length);
        } else {
            packet.setOctets(array, offset, length, OriginalLength.of(linkType, array, offset, length));
        }
        boolean sent = (fragment.keyword() & Ndis.KEYWORD_SEND) != 0;
        boolean received = (fragment.keyword() & Ndis.KEYWORD_RECEIVE) != 0;
        packet.setDirection(
                sent == received
                        ? RecordNotes.Direction.UNKNOWN
                        : sent ? RecordNotes.Direction.OUTBOUND : RecordNotes.Direction.INBOUND);
    }

    private static void tell(TraceEvent event, Fragment fragment, TracedPacket packet, @Nullable String wifi) {
        EventFacts facts = packet.facts().from(SOURCE).put(Fact.EVENT, event.id());
        Fragment.Port source = fragment.source();
        if (source != null) {
            facts.put(Fact.PORT, source.id());
            if (!source.nic().isBlank()) {
                facts.put(Fact.NIC, source.nic());
            }
            if (!fragment.destinations().isEmpty()) {
                facts.put(
                        Fact.DESTINATIONS,
                        fragment.destinations().stream()
                                .map(port -> port.id() + " " + port)
                                .collect(Collectors.joining(", ")));
            }
            if (fragment.vlan() != 0) {
                facts.put(Fact.VLAN, fragment.vlan());
            }
        }
        if (wifi != null) {
            packet.comment(wifi);
        }
    }

    /// `u32 MiniportIfIndex, u32 LowerIfIndex, u32 MetadataSize, metadata`; about the packet that follows.
    private void addMetadata(TraceEvent event) {
        EventData data = event.payload();
        data.skip(4);
        long lower = data.u32();
        EventData noted = data.slice(data.u32());
        if (data.isExceeded() || !WifiMetadata.fits(noted)) {
            return;
        }
        if (metadata.size() == MAX_METADATA) {
            metadata.remove(metadata.keySet().iterator().next());
        }
        metadata.put(
                new Assembly.Key(event.thread(), lower),
                WifiMetadata.read(noted).toString());
    }

    @Override
    public PlaceText describe(Place place) {
        Point point = points.get((int) place.key());
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        String source = sourceOfIfIndex.getOrDefault(point.lower(), "");
        String layer = point.lower() == point.miniport()
                ? "at the miniport, IfIndex " + point.miniport()
                : "IfIndex " + point.lower() + " over the miniport, IfIndex " + point.miniport();
        options.text(CaptureOptions.INTERFACE_DESCRIPTION, source.isEmpty() ? layer : source + ", " + layer);
        part(point)
                .map(part -> new EventFacts().from(SOURCE).put(Fact.PART, part.label()))
                .ifPresent(facts -> options.text(CaptureOptions.COMMENT, facts.format()));
        return new PlaceText(name(point, place.linkType(), source), options.toOptions());
    }

    /// What the network card at a port of the virtual switch is, by the word of its type.
    private static Optional<SwitchPlace.Part> part(Point point) {
        return switch (point.nicType().toLowerCase(Locale.ROOT)) {
            case "synthetic", "emulated" -> Optional.of(SwitchPlace.Part.CONTAINER_PORT);
            case "internal" -> Optional.of(SwitchPlace.Part.HOST_PORT);
            case "external" -> Optional.of(SwitchPlace.Part.EXTERNAL_PORT);
            default -> Optional.empty();
        };
    }

    /// Such as `eth:12`, `wifi:5`, or for the port of a virtual switch the network card at it.
    private static String name(Point point, int linkType, String source) {
        String vlan = point.vlan() == 0 ? "" : " vlan " + point.vlan();
        if (point.port() >= 0) {
            return point.nic() + " (port " + point.port() + ")" + vlan;
        }
        String kind =
                switch (linkType) {
                    case LinkType.IEEE802_11 -> "wifi:";
                    case LinkType.RAW -> "mbb:";
                    default -> "eth:";
                };
        return source.isEmpty() ? kind + point.lower() : source + " (" + kind + point.lower() + ")";
    }

    @Override
    public long incomplete() {
        return assembly.incomplete();
    }
}
