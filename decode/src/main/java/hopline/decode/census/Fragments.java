package hopline.decode.census;

import hopline.capture.Octets;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;
import hopline.decode.header.Ipv6Header;
import org.jspecify.annotations.Nullable;

/// Finds fragments among layers, and makes of the last one of a datagram a frame that holds it whole.
final class Fragments {

    private static final int ETHER_TYPE = 12;
    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;

    private static final int IPV4_VERSION_IHL = 0;
    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_FLAGS_OFFSET = 6;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;

    private static final byte WITHOUT_OPTIONS = 0x45;
    private static final int MAX_STATED_LENGTH = 0xffff;

    private final Datagrams datagrams = new Datagrams();

    /// A piece of a datagram.
    ///
    /// @param ip the header before it, from its first octet on
    /// @param protocol what the datagram carries
    record Fragment(Octets ip, boolean ipv6, int protocol, int id, int offset, boolean more, Octets payload) {

        /// @param place where it was captured: pieces seen elsewhere are copies
        Datagrams.Key key(int place) {
            int kind = place << Byte.SIZE | protocol;
            if (ipv6) {
                Ipv6Header header = new Ipv6Header(ip);
                return new Datagrams.Key(
                        header.sourceHigh(),
                        header.sourceLow(),
                        header.destinationHigh(),
                        header.destinationLow(),
                        kind,
                        id);
            }
            Ipv4Header header = new Ipv4Header(ip);
            return new Datagrams.Key(0, header.source(), 0, header.destination(), kind, id);
        }
    }

    /// The fragment that the network layer `layer` is; null when it is none, or was cut short and cannot be put
    /// together: then what there is of its transport header is all that can be told.
    @Nullable Fragment at(Layers layers, int layer) {
        if (layers.protocol(layer) == Protocol.IPV6) {
            boolean extended = layer + 1 < layers.count() && layers.protocol(layer + 1) == Protocol.IPV6_EXTENSION;
            return extended ? ofIpv6(layers, layer) : null;
        }
        Ipv4Header ip = new Ipv4Header(layers.octets(layer));
        boolean whole = ip.octets().length() == ip.totalLength() && ip.totalLength() > ip.headerLength();
        return ip.isFragment() && whole ? ofIpv4(ip) : null;
    }

    private static Fragment ofIpv4(Ipv4Header ip) {
        return new Fragment(
                ip.octets(),
                false,
                ip.protocol(),
                ip.identification(),
                ip.fragmentOffset(),
                ip.moreFragments(),
                ip.octets().from(ip.headerLength()));
    }

    private static @Nullable Fragment ofIpv6(Layers layers, int layer) {
        Ipv6Header ip = new Ipv6Header(layers.octets(layer));
        if (ip.octets().length() != Ipv6Header.LENGTH + ip.payloadLength()) {
            return null;
        }
        int kind = ip.nextHeader();
        for (int i = layer + 1; i < layers.count() && layers.protocol(i) == Protocol.IPV6_EXTENSION; i++) {
            Ipv6ExtensionHeader extension = new Ipv6ExtensionHeader(kind, layers.octets(i));
            if (kind == Ipv6ExtensionHeader.FRAGMENT) {
                return ofIpv6(ip.octets(), extension);
            }
            kind = extension.nextHeader();
        }
        return null;
    }

    /// An atomic fragment, [RFC 6946](https://www.rfc-editor.org/rfc/rfc6946), is a datagram of its own.
    private static @Nullable Fragment ofIpv6(Octets ip, Ipv6ExtensionHeader header) {
        boolean atomic = header.fragmentOffset() == 0 && !header.moreFragments();
        if (atomic || header.octets().length() <= Ipv6ExtensionHeader.LENGTH) {
            return null;
        }
        return new Fragment(
                ip,
                true,
                header.nextHeader(),
                header.identification(),
                header.fragmentOffset(),
                header.moreFragments(),
                header.octets().from(Ipv6ExtensionHeader.LENGTH));
    }

    /// An Ethernet frame with the datagram that `fragment`, captured at `place`, completes; null when pieces are
    /// still missing.
    byte @Nullable [] complete(Fragment fragment, int place) {
        byte[] payload = datagrams.add(fragment.key(place), fragment.offset(), fragment.more(), fragment.payload());
        if (payload == null) {
            return null;
        }
        return frame(fragment, payload);
    }

    /// An Ethernet frame with `payload` behind the header of `fragment`.
    static byte[] frame(Fragment fragment, byte[] payload) {
        return fragment.ipv6() ? ipv6Frame(fragment, payload) : ipv4Frame(fragment, payload);
    }

    private static byte[] ipv4Frame(Fragment fragment, byte[] payload) {
        byte[] frame = frame(ETHER_TYPE_IPV4, fragment.ip(), Ipv4Header.LENGTH, payload);
        frame[EthernetHeader.LENGTH + IPV4_VERSION_IHL] = WITHOUT_OPTIONS;
        put(frame, EthernetHeader.LENGTH + IPV4_TOTAL_LENGTH, statedLength(Ipv4Header.LENGTH + payload.length));
        put(frame, EthernetHeader.LENGTH + IPV4_FLAGS_OFFSET, 0);
        frame[EthernetHeader.LENGTH + IPV4_PROTOCOL] = (byte) fragment.protocol();
        return frame;
    }

    private static byte[] ipv6Frame(Fragment fragment, byte[] payload) {
        byte[] frame = frame(ETHER_TYPE_IPV6, fragment.ip(), Ipv6Header.LENGTH, payload);
        put(frame, EthernetHeader.LENGTH + IPV6_PAYLOAD_LENGTH, statedLength(payload.length));
        frame[EthernetHeader.LENGTH + IPV6_NEXT_HEADER] = (byte) fragment.protocol();
        return frame;
    }

    private static byte[] frame(int etherType, Octets ip, int headerLength, byte[] payload) {
        byte[] frame = new byte[EthernetHeader.LENGTH + headerLength + payload.length];
        put(frame, ETHER_TYPE, etherType);
        System.arraycopy(ip.truncatedTo(headerLength).toByteArray(), 0, frame, EthernetHeader.LENGTH, headerLength);
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        return frame;
    }

    /// 0, as segmentation offload writes it, when the field cannot hold the length.
    private static int statedLength(int length) {
        return length > MAX_STATED_LENGTH ? 0 : length;
    }

    private static void put(byte[] array, int at, int u16) {
        array[at] = (byte) (u16 >>> 8);
        array[at + 1] = (byte) u16;
    }

    long givenUp() {
        return datagrams.givenUp();
    }
}
