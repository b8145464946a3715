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
    private static final int VXLAN = 8;
    private static final int OUTER_PORT = 51_234;

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
        ByteBuffer udp = ByteBuffer.allocate(UDP + VXLAN + frame.remaining())
                .putShort((short) OUTER_PORT)
                .putShort((short) tunnel.port())
                .putShort((short) (UDP + VXLAN + frame.remaining()))
                .putShort((short) 0)
                .putInt(0x0800_0000)
                .putInt(tunnel.vni() << 8)
                .put(frame)
                .flip();
        boolean ipv4 = tunnel.source().isIpv4();
        ByteBuffer datagram = datagram(tunnel.source(), tunnel.destination(), 64, id, 17, udp);
        return ethernet(Site.mac(tunnel.source()), Site.mac(tunnel.destination()), ipv4 ? 0x0800 : 0x86dd, datagram);
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
