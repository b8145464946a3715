package hopline.capture.etl.wfp;

import hopline.capture.CaptureOptions;
import hopline.capture.Fact;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.etl.Assembly;
import hopline.capture.etl.EventData;
import hopline.capture.etl.Guid;
import hopline.capture.etl.IpHeader;
import hopline.capture.etl.PacketProvider;
import hopline.capture.etl.TraceEvent;
import hopline.capture.etl.TracedPacket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The packets that the filtering platform logs from the transport header on; of the network header only addresses and
/// protocol, of which it is made again. One place: the platform does not say at which card.
///
/// ```
/// 60011: source and destination IPv4, u8 protocol, u16 length, transport header and data
/// 60012: the same with u64 FlowContext behind the protocol          60021, 60022: as these two, of IPv6
/// 2000:  u16 event, u32 group, u32 length, a part of the payload of an event of that number
/// ```
///
/// Built from the published layout, not seen in a real trace.
public final class WfpPackets implements PacketProvider {

    private static final int FRAGMENT = 2000;
    private static final int IPV4 = 60_011;
    private static final int IPV4_FLOW = 60_012;
    private static final int IPV6 = 60_021;
    private static final int IPV6_FLOW = 60_022;

    private static final int IPV6_HEADER = 40;

    private ByteBuffer out = ByteBuffer.allocate(0);
    private final Assembly assembly = new Assembly();

    @Override
    public Guid provider() {
        return WfpEvents.PROVIDER;
    }

    @Override
    public String providerName() {
        return WfpEvents.NAME;
    }

    @Override
    public boolean isPacket(TraceEvent event) {
        return event.id() == FRAGMENT || holdsPacket(event.id());
    }

    private static boolean holdsPacket(int id) {
        return id == IPV4 || id == IPV4_FLOW || id == IPV6 || id == IPV6_FLOW;
    }

    /// Nothing is listed anywhere.
    @Override
    public void survey(TraceEvent event) {}

    @Override
    public String eventName(int id) {
        return id == FRAGMENT ? "part of a packet" : holdsPacket(id) ? "packet" : "";
    }

    @Override
    public boolean read(TraceEvent event, TracedPacket packet) {
        if (event.id() != FRAGMENT) {
            return holdsPacket(event.id()) && fill(event.id(), event.id(), event.payload(), packet);
        }
        EventData data = event.payload();
        int id = data.u16();
        long group = data.u32();
        EventData part = data.slice(Math.min(data.u32(), data.remaining()));
        if (Assembly.isWhole(event.keyword())) {
            return holdsPacket(id) && fill(FRAGMENT, id, part, packet);
        }
        Assembly.@Nullable Part whole = assembly.add(new Assembly.Key(event.thread(), group), event.keyword(), part);
        return whole != null
                && holdsPacket(id)
                && fill(FRAGMENT, id, new EventData(whole.array(), 0, whole.length()), packet);
    }

    private boolean fill(int event, int layout, EventData data, TracedPacket packet) {
        int addressLength = layout == IPV4 || layout == IPV4_FLOW ? 4 : 16;
        byte[] source = data.octets(addressLength);
        byte[] destination = data.octets(addressLength);
        int protocol = data.u8();
        data.skip(layout == IPV4_FLOW || layout == IPV6_FLOW ? Long.BYTES : 0);
        int length = data.u16();
        if (data.isExceeded()) {
            return false;
        }
        int captured = Math.min(length, data.remaining());
        makeRoom(IPV6_HEADER + captured);
        IpHeader.write(out, source, destination, protocol, length);
        int header = out.position();
        out.put(data.octets(captured));
        packet.setPlace(0, LinkType.RAW);
        packet.setOctets(out.array(), 0, out.position(), header + length);
        packet.facts().from("wfp").put(Fact.EVENT, event);
        packet.comment("network header made of the fields of the event");
        return true;
    }

    @Override
    public long incomplete() {
        return assembly.incomplete();
    }

    /// Most traces have none of these packets.
    private void makeRoom(int size) {
        if (out.capacity() < size) {
            out = ByteBuffer.allocate(size).order(ByteOrder.BIG_ENDIAN);
        }
        out.clear();
    }

    @Override
    public PlaceText describe(Place place) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        options.text(CaptureOptions.INTERFACE_DESCRIPTION, "Windows Filtering Platform: from the transport header on");
        return new PlaceText("WFP", options.toOptions());
    }
}
