package hopline.decode.stage;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.VLAN;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.mac;
import static hopline.decode.Packets.u16;
import static hopline.decode.Packets.u8;

import hopline.decode.IpProtocol;
import hopline.decode.Packets;
import hopline.decode.header.TcpHeader;
import java.util.function.UnaryOperator;

/// A packet in a few words. Each method gives a changed copy, so that a test can show how one packet looks here and
/// there.
record Sketch(
        int protocol,
        End source,
        End destination,
        long sourceMac,
        long destinationMac,
        int vlan,
        int timeToLive,
        int identification,
        int fragmentOffset,
        boolean moreFragments,
        long sequence,
        long acknowledgment,
        int flags,
        byte[] options,
        byte[] payload,
        UnaryOperator<byte[]> tunnel) {

    private static final long CLIENT_MAC = 0x0200_0000_0001L;
    private static final long SERVER_MAC = 0x0200_0000_0002L;

    /// An address and a port, as in `10.0.0.1:80` or `[fd00::1]:80`.
    record End(String address, int port) {

        static End of(String text) {
            int colon = text.lastIndexOf(':');
            String address = text.substring(0, colon).replace("[", "").replace("]", "");
            return new End(address, Integer.parseInt(text.substring(colon + 1)));
        }

        boolean isIpv4() {
            return address.indexOf(':') < 0;
        }
    }

    private static Sketch of(int protocol, String source, String destination) {
        return new Sketch(
                protocol,
                End.of(source),
                End.of(destination),
                CLIENT_MAC,
                SERVER_MAC,
                -1,
                64,
                0,
                0,
                false,
                1_000,
                2_000,
                TcpHeader.ACK,
                new byte[0],
                new byte[0],
                frame -> frame);
    }

    /// A segment without data, sequence 1000, acknowledgment 2000, IPv4 identification 7.
    static Sketch tcp(String source, String destination) {
        return of(IpProtocol.TCP, source, destination).identification(7);
    }

    /// A datagram of a sender that does not number its packets.
    static Sketch udp(String source, String destination, byte[] payload) {
        return of(IpProtocol.UDP, source, destination).payload(payload);
    }

    /// An echo request; its identifier stands for both ports.
    static Sketch ping(String source, String destination, int identifier, int sequence) {
        return of(
                        source.contains(":") ? IpProtocol.ICMPV6 : IpProtocol.ICMP,
                        "[" + source + "]:" + identifier,
                        "[" + destination + "]:" + identifier)
                .sequence(sequence)
                .flags(source.contains(":") ? 128 : 8)
                .payload(Packets.octets(32));
    }

    /// An ARP request, broadcast.
    static Sketch whoHas(String target, String sender) {
        return of(Stage.ARP, sender + ":0", target + ":0")
                .macs(CLIENT_MAC, 0xffff_ffff_ffffL)
                .flags(1);
    }

    private Sketch with(End newSource, End newDestination, UnaryOperator<byte[]> newTunnel) {
        return new Sketch(
                protocol,
                newSource,
                newDestination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                options,
                payload,
                newTunnel);
    }

    Sketch from(String newSource) {
        return with(End.of(newSource), destination, tunnel);
    }

    Sketch to(String newDestination) {
        return with(source, End.of(newDestination), tunnel);
    }

    Sketch macs(long newSource, long newDestination) {
        return new Sketch(
                protocol,
                source,
                destination,
                newSource,
                newDestination,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                options,
                payload,
                tunnel);
    }

    Sketch vlan(int id) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                id,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                options,
                payload,
                tunnel);
    }

    Sketch ttl(int ttl) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                ttl,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                options,
                payload,
                tunnel);
    }

    /// Routed by one node: other MACs, one hop less.
    Sketch routed() {
        return ttl(timeToLive - 1).macs(sourceMac + 0x100, destinationMac + 0x100);
    }

    Sketch identification(int id) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                id,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                options,
                payload,
                tunnel);
    }

    Sketch fragment(int offset, boolean more) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                offset,
                more,
                sequence,
                acknowledgment,
                flags,
                options,
                payload,
                tunnel);
    }

    Sketch sequence(long number) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                number,
                acknowledgment,
                flags,
                options,
                payload,
                tunnel);
    }

    Sketch acknowledgment(long number) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                number,
                flags,
                options,
                payload,
                tunnel);
    }

    Sketch flags(int newFlags) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                newFlags,
                options,
                payload,
                tunnel);
    }

    /// TCP options, a multiple of four octets in hex.
    Sketch options(String hex) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                Packets.hex(hex),
                payload,
                tunnel);
    }

    Sketch payload(byte[] octets) {
        return new Sketch(
                protocol,
                source,
                destination,
                sourceMac,
                destinationMac,
                vlan,
                timeToLive,
                identification,
                fragmentOffset,
                moreFragments,
                sequence,
                acknowledgment,
                flags,
                options,
                octets,
                tunnel);
    }

    /// `count` octets of data.
    Sketch data(int count) {
        return payload(Packets.octets(count));
    }

    /// Encapsulated between two VTEPs.
    Sketch inVxlan(String sourceVtep, String destinationVtep, int vni) {
        return with(source, destination, frame -> wrap(sourceVtep, destinationVtep, vni, frame));
    }

    /// In whatever `wrapping` makes of the frame.
    Sketch in(UnaryOperator<byte[]> wrapping) {
        return with(source, destination, wrapping);
    }

    Sketch withoutTunnel() {
        return with(source, destination, frame -> frame);
    }

    private static byte[] wrap(String sourceVtep, String destinationVtep, int vni, byte[] frame) {
        byte[] datagram = Packets.udp(55_555, 4789, Packets.vxlan(vni, frame));
        return sourceVtep.contains(":")
                ? Packets.ethernet(IPV6, Packets.ipv6(sourceVtep, destinationVtep, IpProtocol.UDP, datagram))
                : Packets.ethernet(IPV4, Packets.ipv4(sourceVtep, destinationVtep, IpProtocol.UDP, datagram));
    }

    /// The frame as it is on the wire.
    byte[] frame() {
        byte[] content = protocol == Stage.ARP ? neighbor() : network();
        int type = protocol == Stage.ARP ? Packets.ARP : source.isIpv4() ? IPV4 : IPV6;
        byte[] tagged = vlan < 0 ? join(u16(type), content) : join(u16(VLAN), Packets.vlan(vlan, type, content));
        return tunnel.apply(join(mac(destinationMac), mac(sourceMac), tagged));
    }

    private byte[] neighbor() {
        String hardware = "%012x".formatted(sourceMac);
        return Packets.arp(flags, hardware, source.address(), "000000000000", destination.address());
    }

    private byte[] network() {
        byte[] transport = fragmentOffset > 0 ? payload : transport();
        if (source.isIpv4()) {
            byte[] ip = Packets.ipv4Fragment(
                    source.address(),
                    destination.address(),
                    protocol,
                    identification,
                    fragmentOffset,
                    moreFragments,
                    transport);
            ip[8] = (byte) timeToLive;
            return ip;
        }
        boolean isFragment = fragmentOffset > 0 || moreFragments;
        byte[] ip = isFragment
                ? ipv6(
                        source.address(),
                        destination.address(),
                        44,
                        Packets.fragment(protocol, fragmentOffset, moreFragments, identification, transport))
                : ipv6(source.address(), destination.address(), protocol, transport);
        ip[7] = (byte) timeToLive;
        return ip;
    }

    private byte[] transport() {
        return switch (protocol) {
            case IpProtocol.TCP ->
                Packets.tcp(source.port(), destination.port(), sequence, acknowledgment, flags, options, payload);
            case IpProtocol.UDP -> Packets.udp(source.port(), destination.port(), payload);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                join(u8(flags), u8(0), u16(0), u16(source.port()), u16((int) sequence), payload);
            default -> payload;
        };
    }
}
