package hopline.capture.etl.vfp;

import hopline.capture.CaptureOptions;
import hopline.capture.Fact;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.RecordNotes;
import hopline.capture.etl.EventData;
import hopline.capture.etl.Guid;
import hopline.capture.etl.PacketProvider;
import hopline.capture.etl.TraceEvent;
import hopline.capture.etl.TracedPacket;
import java.nio.ByteOrder;

/// The packets that VFP logs octet by octet: those it drops without a better event for them, a place for each port.
///
/// Built from the published layout, not seen in a real trace.
public final class VfpPackets implements PacketProvider {

    private static final int HEADER = 10;

    @Override
    public Guid provider() {
        return VfpEvents.PROVIDER;
    }

    @Override
    public String providerName() {
        return VfpEvents.NAME;
    }

    @Override
    public boolean isPacket(TraceEvent event) {
        return event.id() == VfpEvents.RAW_DROP;
    }

    /// Nothing is listed anywhere: a place is told by its number.
    @Override
    public void survey(TraceEvent event) {}

    @Override
    public boolean read(TraceEvent event, TracedPacket packet) {
        EventData data = event.payload();
        if (event.id() != VfpEvents.RAW_DROP || data.remaining() <= HEADER) {
            return false;
        }
        long port = data.u32();
        boolean inbound = data.u8() != 0;
        int reason = data.u8();
        long stated = data.u32();
        int length = (int) Math.min(stated, data.remaining());
        packet.setPlace(port, LinkType.ETHERNET);
        packet.setOctets(data.array(), data.offset(), length, stated);
        packet.setDirection(inbound ? RecordNotes.Direction.OUTBOUND : RecordNotes.Direction.INBOUND);
        packet.setDropped();
        packet.facts()
                .from("vfp")
                .put(Fact.EVENT, event.id())
                .put(Fact.DROP, VfpEvents.reason(reason))
                .put(Fact.REASON, reason)
                .put(Fact.PORT, port)
                .put(Fact.DIRECTION, inbound ? "inbound" : "outbound");
        return true;
    }

    @Override
    public PlaceText describe(Place place) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        options.text(CaptureOptions.INTERFACE_DESCRIPTION, "dropped at a port of the virtual switch");
        return new PlaceText("VFP port " + place.key(), options.toOptions());
    }
}
