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

/// The packets that WinNat dropped, of which it logs the IPv4 and the transport header: a place for each interface they
/// arrived by. What its numbers for reasons mean is not published.
///
/// Built from the published layout, not seen in a real trace.
public final class WinNatPackets implements PacketProvider {

    private static final int INTERFACE = 8;
    private static final int LENGTHS = 28;
    private static final int HEADERS = 56;

    @Override
    public Guid provider() {
        return WinNatEvents.PROVIDER;
    }

    @Override
    public String providerName() {
        return WinNatEvents.NAME;
    }

    @Override
    public boolean isPacket(TraceEvent event) {
        return event.id() == WinNatEvents.DROPPED;
    }

    /// Nothing is listed anywhere: a place is told by its number.
    @Override
    public void survey(TraceEvent event) {}

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
        packet.setPlace(place, LinkType.RAW);
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
    public PlaceText describe(Place place) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        options.text(CaptureOptions.INTERFACE_DESCRIPTION, "dropped by WinNat: headers only");
        return new PlaceText("WinNat interface " + place.key(), options.toOptions());
    }
}
