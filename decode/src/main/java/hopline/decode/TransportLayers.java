package hopline.decode;

import hopline.capture.Octets;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.AyiyaHeader;
import hopline.decode.header.DhcpMessage;
import hopline.decode.header.GeneveHeader;
import hopline.decode.header.GtpHeader;
import hopline.decode.header.IcmpHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.L2tpHeader;
import hopline.decode.header.SctpHeader;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.TeredoHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VxlanHeader;
import java.util.BitSet;
import java.util.Collection;

/// What follows IP, by its protocol number; and what follows UDP, by its ports.
final class TransportLayers {

    private static final int DNS_PORT = 53;
    private static final int DNS_PREFIX_LENGTH = 2;
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;
    private static final int LISP_PORT = 4341;
    private static final int GRE_PORT = 4754;
    private static final int MPLS_PORT = 6635;

    /// All that [#application] knows, but VXLAN's.
    private static final int[] APPLICATION_PORTS = {
        DNS_PORT,
        DHCP_SERVER_PORT,
        DHCP_CLIENT_PORT,
        VxlanHeader.GPE_UDP_PORT,
        GeneveHeader.UDP_PORT,
        GtpHeader.UDP_PORT,
        GtpHeader.OLD_UDP_PORT,
        L2tpHeader.UDP_PORT,
        TeredoHeader.UDP_PORT,
        AyiyaHeader.UDP_PORT,
        FlowSamples.UDP_PORT,
        LISP_PORT,
        GRE_PORT,
        MPLS_PORT
    };

    private final BitSet vxlanPorts = new BitSet();
    private final BitSet toldPorts = new BitSet();
    private final Dissector dissector;
    private final Door door;

    TransportLayers(Dissector dissector, Collection<Integer> moreVxlanPorts) {
        this.dissector = dissector;
        this.door = dissector.door;
        vxlanPorts.set(VxlanHeader.UDP_PORT);
        vxlanPorts.set(VxlanHeader.LINUX_UDP_PORT);
        moreVxlanPorts.forEach(vxlanPorts::set);
        toldPorts.or(vxlanPorts);
        for (int port : APPLICATION_PORTS) {
            toldPorts.set(port);
        }
    }

    boolean isVxlan(int port) {
        return vxlanPorts.get(port);
    }

    boolean isTold(int port) {
        return toldPorts.get(port);
    }

    /// A later fragment has none of the headers that follow.
    void dispatch(int protocol, int fragmentOffset, int start, int end, int statedEnd) {
        Layers layers = door.layers();
        if (layers.quoted() < 0) {
            layers.setTransportProtocol(protocol, start);
        }
        if (fragmentOffset > 0) {
            return;
        }
        switch (protocol) {
            case IpProtocol.TCP -> tcp(start, end, statedEnd);
            case IpProtocol.UDP -> udp(start, end, statedEnd);
            case IpProtocol.ICMP -> icmp(4, Protocol.ICMP, start, end, statedEnd);
            case IpProtocol.ICMPV6 -> icmp(6, Protocol.ICMPV6, start, end, statedEnd);
            case IpProtocol.SCTP -> sctp(start, end, statedEnd);
            default -> dissector.tunnels.dispatch(protocol, start, end, statedEnd);
        }
    }

    private void setTransport(int layer) {
        if (door.layers().quoted() < 0) {
            door.layers().setTransport(layer);
        }
    }

    private void tcp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.TCP, start, end, statedEnd, TcpHeader.LENGTH)) {
            return;
        }
        TcpHeader tcp = new TcpHeader(door.octets(start, end));
        setTransport(door.layers().add(Protocol.TCP, start, end, statedEnd));
        if (tcp.headerLength() < TcpHeader.LENGTH) {
            door.layers().setMalformed();
        } else if (door.holds(start, end, statedEnd, tcp.headerLength())
                && (tcp.sourcePort() == DNS_PORT || tcp.destinationPort() == DNS_PORT)) {
            dnsStream(start + tcp.headerLength(), end, statedEnd);
        }
    }

    /// The first message of a segment that begins with one, behind its length ([RFC 7766
    /// §8](https://www.rfc-editor.org/rfc/rfc7766#section-8)) or where that went ahead in a segment of its own.
    /// What continues a message, or ends before its question does, is not looked into.
    private void dnsStream(int start, int end, int statedEnd) {
        Layers layers = door.layers();
        if (layers.quoted() >= 0 || end - start <= DnsMessage.HEADER_LENGTH + DNS_PREFIX_LENGTH) {
            return;
        }
        Octets payload = door.octets(start, end);
        int length = payload.u16(0);
        boolean prefixed =
                length > DnsMessage.HEADER_LENGTH && new DnsMessage(payload.from(DNS_PREFIX_LENGTH)).hasWholeQuestion();
        if (prefixed || DnsMessage.isLike(payload)) {
            int message = start + (prefixed ? DNS_PREFIX_LENGTH : 0);
            int stated = prefixed ? Math.min(message + length, statedEnd) : statedEnd;
            layers.setDns(layers.add(Protocol.DNS, message, Math.min(end, stated), stated));
        }
    }

    private void sctp(int start, int end, int statedEnd) {
        if (door.begins(Protocol.SCTP, start, end, statedEnd, SctpHeader.LENGTH)) {
            setTransport(door.layers().add(Protocol.SCTP, start, end, statedEnd));
        }
    }

    private void udp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.UDP, start, end, statedEnd, UdpHeader.LENGTH)) {
            return;
        }
        Layers layers = door.layers();
        UdpHeader udp = new UdpHeader(door.octets(start, end));
        boolean unstated = udp.statedLength() == 0 && isLengthUnstated();
        int stated = unstated ? statedEnd : start + udp.statedLength();
        if (stated < start + UdpHeader.LENGTH || (stated > statedEnd && !layers.isFragment())) {
            layers.setMalformed();
        }
        stated = Math.clamp(stated, start + UdpHeader.LENGTH, Math.max(statedEnd, start + UdpHeader.LENGTH));
        int captured = Math.min(end, stated);
        setTransport(layers.add(Protocol.UDP, start, captured, stated));
        boolean goesOn = layers.isFragment(); // what a first fragment carries ends in a later one
        int payloadEnd = goesOn ? Math.max(stated, start + udp.statedLength()) : stated;
        ports(udp, start + UdpHeader.LENGTH, captured, payloadEnd);
    }

    /// Whether a length of 0 says that the datagram is longer than the field can tell: over IPv6 that is a jumbogram,
    /// [RFC 2675 §4](https://www.rfc-editor.org/rfc/rfc2675#section-4), over IPv4 what a segmentation offload has
    /// still to cut, and then IP's own length is 0 as well.
    private boolean isLengthUnstated() {
        Layers layers = door.layers();
        int ip = layers.count() - 1;
        while (ip > 0 && layers.protocol(ip) != Protocol.IPV4 && layers.protocol(ip) != Protocol.IPV6) {
            ip--;
        }
        return layers.protocol(ip) == Protocol.IPV6 || new Ipv4Header(layers.octets(ip)).totalLength() == 0;
    }

    /// By the lower port, which is that of a service and not one at random; else by the port it is addressed to. What
    /// comes from GTP's port is of GTP, wherever it goes.
    private void ports(UdpHeader udp, int start, int end, int statedEnd) {
        int lower = Math.min(udp.sourcePort(), udp.destinationPort());
        if (application(lower, start, end, statedEnd)) {
            return;
        }
        boolean known = lower != udp.destinationPort() && application(udp.destinationPort(), start, end, statedEnd);
        if (!known && udp.sourcePort() == GtpHeader.UDP_PORT) {
            dissector.tunnels.gtp(start, end, statedEnd);
        }
    }

    /// False when `port` says nothing about the payload.
    private boolean application(int port, int start, int end, int statedEnd) {
        if (vxlanPorts.get(port)) {
            dissector.tunnels.vxlan(start, end, statedEnd);
            return true;
        }
        switch (port) {
            case DNS_PORT -> dns(start, end, statedEnd);
            case DHCP_SERVER_PORT, DHCP_CLIENT_PORT -> dhcp(start, end, statedEnd);
            case VxlanHeader.GPE_UDP_PORT -> dissector.tunnels.vxlanGpe(start, end, statedEnd);
            case GeneveHeader.UDP_PORT -> dissector.tunnels.geneve(start, end, statedEnd);
            case GtpHeader.UDP_PORT, GtpHeader.OLD_UDP_PORT -> dissector.tunnels.gtp(start, end, statedEnd);
            case L2tpHeader.UDP_PORT -> dissector.tunnels.l2tp(start, end, statedEnd);
            case TeredoHeader.UDP_PORT -> dissector.tunnels.teredo(start, end, statedEnd);
            case AyiyaHeader.UDP_PORT -> dissector.tunnels.ayiya(start, end, statedEnd);
            case FlowSamples.UDP_PORT -> dissector.samples.datagram(start, end, statedEnd);
            case LISP_PORT -> dissector.tunnels.lisp(start, end, statedEnd);
            case GRE_PORT -> dissector.tunnels.gre(start, end, statedEnd);
            case MPLS_PORT -> dissector.tunnels.mpls(start, end, statedEnd);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void dns(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.DNS, start, end, statedEnd, DnsMessage.HEADER_LENGTH)) {
            return;
        }
        int layer = door.layers().add(Protocol.DNS, start, end, statedEnd);
        if (door.layers().quoted() < 0) {
            door.layers().setDns(layer);
        }
    }

    private void dhcp(int start, int end, int statedEnd) {
        if (door.begins(Protocol.DHCP, start, end, statedEnd, DhcpMessage.LENGTH)) {
            door.layers().add(Protocol.DHCP, start, end, statedEnd);
        }
    }

    private void icmp(int version, Protocol protocol, int start, int end, int statedEnd) {
        if (!door.begins(protocol, start, end, statedEnd, IcmpHeader.LENGTH)) {
            return;
        }
        IcmpHeader icmp = new IcmpHeader(version, door.octets(start, end));
        int layer = door.layers().add(protocol, start, end, statedEnd);
        setTransport(layer);
        if (icmp.isError() && layer >= 0 && door.layers().quoted() < 0) {
            quote(version, layer, start + IcmpHeader.LENGTH, end);
        }
    }

    /// What an error quotes ends where the error does, whatever lengths it states.
    private void quote(int version, int error, int start, int end) {
        Layers layers = door.layers();
        layers.setQuoted(error + 1);
        if (version == 4) {
            dissector.network.ipv4(start, end, Integer.MAX_VALUE);
        } else {
            dissector.network.ipv6(start, end, Integer.MAX_VALUE);
        }
        if (layers.count() == error + 1) {
            layers.setQuoted(-1);
        }
    }
}
