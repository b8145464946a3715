package hopline.capture.etl.winnat;

import hopline.capture.CaptureOptions;
import hopline.capture.Fact;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.etl.EventData;
import hopline.capture.etl.Guid;
import hopline.capture.etl.PacketProvider;
import hopline.capture.etl.TraceEvent;
import hopline.capture.etl.TracedPacket;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The packets that WinNat dropped, of which it logs the IPv4 and the transport header: a place for each interface they
/// arrived by. What its numbers for reasons mean is not published.
///
/// Built from the published layout, not seen in a real trace.
public final class WinNatPackets implements PacketProvider {

    /// A bound on memory for traces that claim ever new interfaces.
    private static final int MAX_PLACES = 1 << 12;

    private static final int INTERFACE = 8;
    private static final int LENGTHS = 28;
    private static final int HEADERS = 56;

    private final Set<Long> interfaces = new TreeSet<>();

    @Override
    public Guid provider() {
        return WinNatEvents.PROVIDER;
    }

    @Override
    public String providerName() {
        return WinNatEvents.NAME;
    }

    @Override
    public void survey(TraceEvent event) {
        if (event.id() == WinNatEvents.DROPPED && interfaces.size() < MAX_PLACES) {
            EventData data = event.payload();
            if (data.remaining() > HEADERS) {
                data.seek(INTERFACE);
                interfaces.add(data.u32());
            }
        }
    }

    @Override
    public boolean read(TraceEvent event, TracedPacket packet) {
        EventData data = event.payload();
        if (event.id() != WinNatEvents.DROPPED || data.remaining() <= HEADERS) {
            return false;
        }
        long reason = data.u32();
        data.seek(INTERFACE);
        long place = data.u32();
        data.seek(LENGTHS);
        long stated = data.u32();
        data.skip(4);
        long headers = data.u32() + data.u32();
        data.seek(HEADERS);
        int length = (int) Math.min(headers, data.remaining()); // the two headers follow each other
        packet.setPlace(new Place(place, LinkType.RAW));
        packet.setOctets(data.array(), data.offset(), length, stated);
        packet.setDropped();
        packet.facts()
                .from("winnat")
                .put(Fact.EVENT, event.id())
                .put(Fact.DROP, "WinNat reason " + reason)
                .put(Fact.REASON, reason);
        return true;
    }

    @Override
    public List<Place> places() {
        return interfaces.stream().map(at -> new Place(at, LinkType.RAW)).toList();
    }

    @Override
    public PlaceText describe(Place place) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        options.text(CaptureOptions.INTERFACE_DESCRIPTION, "dropped by WinNat: headers only");
        return new PlaceText("WinNat interface " + place.key(), options.toOptions());
    }
}
