package hopline.capture.etl.pktmon;

import hopline.capture.Octets;
import hopline.capture.etl.EventData;
import hopline.capture.etl.IpHeader;
import hopline.capture.etl.TraceEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Puts a packet together again of which the monitor logged the fields of its headers instead of its octets: events
/// 120 to 150 (headers only) and 200 to 230 (with the transport's payload), 130, 150, 220 and 230 of IPv6.
///
/// ```
/// 120 … 150: destination and source MAC, u16 EtherType, u16 VLAN, destination and source IP, u8 protocol,
///            u16 destination and source port, u8 TCP flags, then the first 30 octets of event 160
/// 200 … 230: of event 160 what follows AppearanceCount up to DropLocation, destination and source IP,
///            u8 protocol, u16 destination and source port, u16 OriginalPayloadSize, u16 LoggedPayloadSize, payload
/// ```
///
/// What the fields do not tell, such as TCP's sequence numbers, is left out: the packet is cut there, as a snap length
/// cuts it. Its time to live and lengths that nobody logged are made up. Built from the specification alone.
final class ParsedPacket {

    private static final int BLOCK = 30;
    private static final int TYPE = 14;
    private static final int MAC_ADDRESSES = 12;
    private static final int PORTS = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int VLAN_TAG = 0x8100;
    private static final int MAX_PAYLOAD = 0xffff - BLOCK - 128;

    private static final int TYPE_ETHERNET = 1;
    private static final int TYPE_IP = 3;

    private final ByteBuffer out = ByteBuffer.allocate(1 << 16);

    /// Whether an event of that number is one of these.
    static boolean isParsed(int event) {
        return switch (event) {
            case 120, 130, 140, 150, 200, 210, 220, 230 -> true;
            default -> false;
        };
    }

    /// Whether such an event tells of a drop.
    static boolean isDrop(int event) {
        return event == 140 || event == 150 || event == 210 || event == 230;
    }

    /// Whether such an event names the packet's group.
    static boolean hasGroup(int event) {
        return event <= 150;
    }

    private static boolean isIpv6(int event) {
        return event == 130 || event == 150 || event == 220 || event == 230;
    }

    /// The event in the form of event 160; empty when it is shorter than its layout.
    EventData read(TraceEvent event) {
        EventData data = event.payload();
        out.clear();
        if (hasGroup(event.id())) {
            readHeaders(data, isIpv6(event.id()));
        } else {
            readWithPayload(data, isIpv6(event.id()));
        }
        return data.isExceeded() ? new EventData(out.array(), 0, 0) : new EventData(out.array(), 0, out.position());
    }

    private void readHeaders(EventData data, boolean ipv6) {
        byte[] macs = data.octets(MAC_ADDRESSES);
        int etherType = data.u16();
        int vlan = data.u16();
        Conversation conversation = Conversation.read(data, ipv6);
        data.skip(1); // TCP flags, of which an event's fields tell
        out.order(ByteOrder.LITTLE_ENDIAN).put(data.octets(BLOCK));
        int sizes = out.position();
        out.position(sizes + 4).order(ByteOrder.BIG_ENDIAN).put(macs);
        if (vlan != 0) {
            out.putShort((short) VLAN_TAG).putShort((short) vlan);
        }
        out.putShort((short) etherType);
        int missing = conversation.write(out, 0) - conversation.writePorts(out);
        finish(sizes, TYPE_ETHERNET, missing);
    }

    private void readWithPayload(EventData data, boolean ipv6) {
        out.putLong(0).putInt(0).put(data.octets(BLOCK - 12));
        Conversation conversation = Conversation.read(data, ipv6);
        int original = data.u16();
        EventData payload = data.slice(Math.min(data.u16(), data.remaining()));
        int sizes = out.position();
        out.position(sizes + 4).order(ByteOrder.BIG_ENDIAN);
        int missing = conversation.write(out, original) - conversation.writePorts(out);
        if (conversation.protocol() == UDP) {
            out.putShort((short) (UDP_HEADER + original)).putShort((short) 0);
            missing -= UDP_HEADER - PORTS;
        }
        int logged = conversation.protocol() == TCP ? 0 : Math.min(payload.remaining(), MAX_PAYLOAD);
        out.put(payload.octets(logged));
        finish(sizes, TYPE_IP, missing - logged);
    }

    /// Fills in what is known by now: the packet's type and its sizes.
    private void finish(int sizes, int type, int missing) {
        int logged = out.position() - sizes - 4;
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putShort(TYPE, (short) type);
        out.putShort(sizes, (short) Math.min(logged + Math.max(missing, 0), 0xffff));
        out.putShort(sizes + 2, (short) logged);
    }

    /// Who speaks to whom.
    private record Conversation(Octets destination, Octets source, int protocol, int toPort, int fromPort) {

        static Conversation read(EventData data, boolean ipv6) {
            int length = ipv6 ? 16 : 4;
            Octets destination = Octets.wrap(data.octets(length));
            Octets source = Octets.wrap(data.octets(length));
            return new Conversation(destination, source, data.u8(), data.u16(), data.u16());
        }

        private int headerLength() {
            return protocol == TCP ? TCP_HEADER : protocol == UDP ? UDP_HEADER : 0;
        }

        /// Writes the network header of a packet with `payload` octets behind its transport header, and returns how
        /// many octets should follow it.
        int write(ByteBuffer out, int payload) {
            int length = headerLength() + payload;
            IpHeader.write(out, source.toByteArray(), destination.toByteArray(), protocol, length);
            return length;
        }

        /// Writes the ports, where the transport has some, and returns how many octets they take.
        int writePorts(ByteBuffer out) {
            if (headerLength() == 0) {
                return 0;
            }
            out.putShort((short) fromPort).putShort((short) toPort);
            return PORTS;
        }
    }
}
