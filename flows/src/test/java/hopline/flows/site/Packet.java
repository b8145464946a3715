package hopline.flows.site;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.nio.ByteBuffer;

/// An IP packet in its frame, as some capture point sees it. Headers are whole; checksums are left zero, as offload
/// leaves them.
///
/// @param id IPv4's identification
/// @param tunnel around it, or null
public record Packet(
        Endpoint source,
        Endpoint destination,
        int timeToLive,
        int id,
        Body body,
        long sourceMac,
        long destinationMac,
        Tunnel tunnel) {

    private static final int ETHERNET = 14;
    private static final int UDP = 8;
    private static final int OUTER_PORT = 51_234;
    private static final int IPV4_NUMBER = 4;
    private static final int UDP_NUMBER = 17;
    private static final int IPV6_NUMBER = 41;
    private static final int GRE_NUMBER = 47;

    /// What Geneve and GRE say of a frame that they carry.
    private static final int BRIDGED = 0x6558;

    private static final int GRE_KEY = 0x2000_0000;

    /// As its sender makes it.
    static Packet of(Endpoint source, Endpoint destination, int id, Body body) {
        return new Packet(source, destination, 64, id, body, 0, 0, null);
    }

    boolean isIpv4() {
        return destination.address().isIpv4();
    }

    Packet withTimeToLive(int value) {
        return new Packet(source, destination, value, id, body, sourceMac, destinationMac, tunnel);
    }

    /// The IP datagram.
    ByteBuffer datagram() {
        ByteBuffer content = body.octets(this);
        int protocol = body.protocol(isIpv4());
        return marked(datagram(source.address(), destination.address(), timeToLive, id, protocol, content));
    }

    private static ByteBuffer datagram(
            Address source, Address destination, int ttl, int id, int protocol, ByteBuffer content) {
        return source.isIpv4()
                ? ipv4(source, destination, ttl, id, protocol, content)
                : ipv6(source, destination, ttl, protocol, content);
    }

    /// A piece of an IPv4 datagram, which says where it belongs.
    private ByteBuffer marked(ByteBuffer datagram) {
        return body instanceof Body.Piece piece
                ? datagram.putShort(6, (short) ((piece.more() ? 0x2000 : 0) | piece.offset() / 8))
                : datagram;
    }

    private static ByteBuffer ipv4(
            Address source, Address destination, int ttl, int id, int protocol, ByteBuffer content) {
        return ByteBuffer.allocate(20 + content.remaining())
                .putShort((short) 0x4500)
                .putShort((short) (20 + content.remaining()))
                .putShort((short) id)
                .putShort((short) 0x4000)
                .put((byte) ttl)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt((int) source.low())
                .putInt((int) destination.low())
                .put(content)
                .flip();
    }

    private static ByteBuffer ipv6(Address source, Address destination, int ttl, int protocol, ByteBuffer content) {
        return ByteBuffer.allocate(40 + content.remaining())
                .putInt(0x6000_0000)
                .putShort((short) content.remaining())
                .put((byte) protocol)
                .put((byte) ttl)
                .putLong(source.high())
                .putLong(source.low())
                .putLong(destination.high())
                .putLong(destination.low())
                .put(content)
                .flip();
    }

    /// The whole frame, tunnel included.
    ByteBuffer frame() {
        ByteBuffer frame = ethernet(sourceMac, destinationMac, isIpv4() ? 0x0800 : 0x86dd, datagram());
        return tunnel == null ? frame : encapsulated(frame);
    }

    private ByteBuffer encapsulated(ByteBuffer frame) {
        boolean ipv4 = tunnel.source().isIpv4();
        ByteBuffer datagram =
                switch (tunnel.kind()) {
                    case VXLAN -> carrying(UDP_NUMBER, udp(0x0800_0000, tunnel.vni() << 8, frame));
                    case GENEVE -> carrying(UDP_NUMBER, udp(BRIDGED, tunnel.vni() << 8, frame));
                    case NVGRE -> carrying(GRE_NUMBER, behind(frame, GRE_KEY | BRIDGED, tunnel.vni() << 8));
                    case GRE -> carrying(GRE_NUMBER, behind(frame, BRIDGED));
                    case IP_IN_IP -> carrying(isIpv4() ? IPV4_NUMBER : IPV6_NUMBER, datagram());
                    default -> throw new IllegalArgumentException(tunnel.kind().label());
                };
        return ethernet(Site.mac(tunnel.source()), Site.mac(tunnel.destination()), ipv4 ? 0x0800 : 0x86dd, datagram);
    }

    private ByteBuffer carrying(int protocol, ByteBuffer content) {
        return datagram(tunnel.source(), tunnel.destination(), 64, id, protocol, content);
    }

    private ByteBuffer udp(int first, int second, ByteBuffer frame) {
        ByteBuffer header = ByteBuffer.allocate(UDP)
                .putShort((short) OUTER_PORT)
                .putShort((short) tunnel.port())
                .putShort((short) (UDP + 2 * Integer.BYTES + frame.remaining()))
                .putShort((short) 0);
        return behind(frame, header.getInt(0), header.getInt(Integer.BYTES), first, second);
    }

    private static ByteBuffer behind(ByteBuffer content, int... header) {
        ByteBuffer all = ByteBuffer.allocate(header.length * Integer.BYTES + content.remaining());
        for (int word : header) {
            all.putInt(word);
        }
        return all.put(content).flip();
    }

    static ByteBuffer ethernet(long source, long destination, int type, ByteBuffer content) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + content.remaining());
        putMac(frame, destination);
        putMac(frame, source);
        return frame.putShort((short) type).put(content).flip();
    }

    static void putMac(ByteBuffer frame, long mac) {
        frame.putShort((short) (mac >>> 32)).putInt((int) mac);
    }
}
