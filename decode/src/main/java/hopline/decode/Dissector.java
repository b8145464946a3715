package hopline.decode;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.Octets;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.ArpHeader;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.IcmpHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VlanTag;
import hopline.decode.header.VxlanHeader;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/// Splits a record into [Layers] by following each header to the next.
///
/// Which number means which protocol is told here and nowhere else. To add a protocol: its header record in
/// [hopline.decode.header], a constant in [Protocol], a method here and a case in the switch that leads to it.
///
/// Every length is checked before it is used: a header that was cut short marks the layers truncated, one that
/// contradicts itself marks them malformed, and in both cases the layers already found stay. Single-threaded.
public final class Dissector {

    /// Tunnels inside tunnels that are followed; beyond this a packet is nested by mistake or malice.
    public static final int MAX_TUNNELS = 8;

    private static final int MAX_EXTENSION_HEADERS = 16;
    private static final int MAX_VLAN_TAGS = 16;

    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_ARP = 0x0806;
    private static final int ETHER_TYPE_VLAN = 0x8100;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;
    private static final int ETHER_TYPE_MPLS = 0x8847;
    private static final int ETHER_TYPE_MPLS_MULTICAST = 0x8848;
    private static final int ETHER_TYPE_SERVICE_VLAN = 0x88a8;
    private static final int ETHER_TYPE_OLD_QINQ = 0x9100;

    private static final int DNS_PORT = 53;
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;
    private static final int GENEVE_PORT = 6081;

    /// Shortest piece of a transport header that tells the ports.
    private static final int PORTS_LENGTH = 4;

    private final BitSet vxlanPorts = new BitSet();
    private byte[] array = {};
    private Layers layers = new Layers();

    /// Looks for VXLAN on the ports 4789 and 8472.
    public Dissector() {
        this(List.of());
    }

    /// Looks for VXLAN on `moreVxlanPorts`, too.
    public Dissector(Collection<Integer> moreVxlanPorts) {
        vxlanPorts.set(VxlanHeader.UDP_PORT);
        vxlanPorts.set(VxlanHeader.LINUX_UDP_PORT);
        moreVxlanPorts.forEach(vxlanPorts::set);
    }

    /// Fills `into` with the layers of `record`, which begins as `linkType` says. Never throws for what the octets say.
    public void dissect(CaptureRecord record, int linkType, Layers into) {
        array = record.array();
        layers = into;
        layers.reset(array);
        int start = record.offset();
        int end = start + record.capturedLength();
        int originalEnd = (int) Math.min(start + record.originalLength(), Integer.MAX_VALUE);
        int statedEnd = Math.max(end, originalEnd); // a few tools write an original length below the captured one
        if (linkType == LinkType.ETHERNET) {
            ethernet(start, end, statedEnd);
        } else {
            layers.add(Protocol.UNKNOWN, start, end, statedEnd);
        }
    }

    private Octets octets(int start, int end) {
        return Octets.wrap(array, start, end - start);
    }

    /// The door: false when fewer than `needed` octets are left. Noted as truncated when more were left on the wire or
    /// lie in later fragments, as malformed when not.
    private boolean holds(int start, int end, int statedEnd, int needed) {
        if (end - start >= needed) {
            return true;
        }
        if (statedEnd - start >= needed || layers.isFragment()) {
            layers.setTruncated();
        } else {
            layers.setMalformed();
        }
        return false;
    }

    /// The door to a layer: when its header was cut short it is remembered as [Layers#cut].
    private boolean begins(Protocol protocol, int start, int end, int statedEnd, int needed) {
        if (holds(start, end, statedEnd, needed)) {
            return true;
        }
        if (layers.network() < 0 || start < (layers.transport() < 0 ? statedEnd : end)) {
            layers.setCut(protocol); // a network header that ends its packet announces a transport header in vain
        }
        return false;
    }

    private void ethernet(int start, int end, int statedEnd) {
        if (!begins(Protocol.ETHERNET, start, end, statedEnd, EthernetHeader.LENGTH)) {
            return;
        }
        EthernetHeader ethernet = new EthernetHeader(octets(start, end));
        layers.setLink(layers.add(Protocol.ETHERNET, start, end, statedEnd));
        etherType(ethernet.etherType(), start + EthernetHeader.LENGTH, end, statedEnd);
    }

    private void etherType(int etherType, int start, int end, int statedEnd) {
        int type = etherType;
        int at = start;
        for (int tags = 0; isVlan(type) && tags < MAX_VLAN_TAGS; tags++) {
            if (!begins(Protocol.VLAN, at, end, statedEnd, VlanTag.LENGTH)) {
                return;
            }
            type = new VlanTag(octets(at, end)).etherType();
            layers.add(Protocol.VLAN, at, end, statedEnd);
            at += VlanTag.LENGTH;
        }
        switch (type) {
            case ETHER_TYPE_IPV4 -> ipv4(at, end, statedEnd);
            case ETHER_TYPE_IPV6 -> ipv6(at, end, statedEnd);
            case ETHER_TYPE_ARP -> arp(at, end, statedEnd);
            case ETHER_TYPE_MPLS, ETHER_TYPE_MPLS_MULTICAST -> layers.add(Protocol.MPLS, at, end, statedEnd);
            default -> layers.add(Protocol.UNKNOWN, at, end, statedEnd);
        }
    }

    private static boolean isVlan(int etherType) {
        return etherType == ETHER_TYPE_VLAN || etherType == ETHER_TYPE_SERVICE_VLAN || etherType == ETHER_TYPE_OLD_QINQ;
    }

    private void arp(int start, int end, int statedEnd) {
        if (begins(Protocol.ARP, start, end, statedEnd, ArpHeader.LENGTH)) {
            layers.setNetwork(layers.add(Protocol.ARP, start, end, statedEnd));
        }
    }

    private void ipv4(int start, int end, int statedEnd) {
        if (!begins(Protocol.IPV4, start, end, statedEnd, Ipv4Header.LENGTH)) {
            return;
        }
        Ipv4Header ip = new Ipv4Header(octets(start, end));
        int headerLength = ip.headerLength();
        if (ip.version() != 4 || headerLength < Ipv4Header.LENGTH) {
            layers.setMalformed();
            layers.setCut(Protocol.IPV4);
            return;
        }
        int stated = ip.totalLength() == 0 ? statedEnd : start + ip.totalLength();
        if (stated < start + headerLength || stated > statedEnd) {
            layers.setMalformed();
            stated = Math.clamp(stated, start + headerLength, Math.max(statedEnd, start + headerLength));
        }
        int captured = Math.min(end, stated);
        network(Protocol.IPV4, start, captured, stated);
        if (!holds(start, captured, statedEnd, headerLength)) {
            return;
        }
        if (ip.isFragment()) {
            noteFragment(ip.fragmentOffset(), ip.moreFragments(), ip.identification());
        }
        transport(ip.protocol(), ip.fragmentOffset(), start + headerLength, captured, stated);
    }

    private void ipv6(int start, int end, int statedEnd) {
        if (!begins(Protocol.IPV6, start, end, statedEnd, Ipv6Header.LENGTH)) {
            return;
        }
        Ipv6Header ip = new Ipv6Header(octets(start, end));
        if (ip.version() != 6) {
            layers.setMalformed();
            return;
        }
        int stated = ip.payloadLength() == 0 ? statedEnd : start + Ipv6Header.LENGTH + ip.payloadLength();
        if (stated > statedEnd) {
            layers.setMalformed();
            stated = statedEnd;
        }
        int captured = Math.min(end, stated);
        network(Protocol.IPV6, start, captured, stated);
        extensionHeaders(ip.nextHeader(), start + Ipv6Header.LENGTH, captured, stated);
    }

    private void network(Protocol protocol, int start, int end, int statedEnd) {
        int layer = layers.add(protocol, start, end, statedEnd);
        if (layers.quoted() < 0) {
            layers.setNetwork(layer);
        }
    }

    private void noteFragment(int offset, boolean more, int id) {
        if (layers.quoted() < 0) {
            layers.setFragment(offset, more, id);
        }
    }

    private void extensionHeaders(int nextHeader, int start, int end, int statedEnd) {
        int kind = nextHeader;
        int at = start;
        int fragmentOffset = 0;
        for (int i = 0;
                Ipv6ExtensionHeader.isExtension(kind) && fragmentOffset == 0 && i < MAX_EXTENSION_HEADERS;
                i++) {
            if (!holds(at, end, statedEnd, Ipv6ExtensionHeader.LENGTH)) {
                return;
            }
            Ipv6ExtensionHeader extension = new Ipv6ExtensionHeader(kind, octets(at, end));
            layers.add(Protocol.IPV6_EXTENSION, at, end, statedEnd);
            if (kind == Ipv6ExtensionHeader.FRAGMENT) {
                noteFragment(extension.fragmentOffset(), extension.moreFragments(), extension.identification());
                fragmentOffset = extension.fragmentOffset();
            }
            if (!holds(at, end, statedEnd, extension.headerLength())) {
                return;
            }
            kind = extension.nextHeader();
            at += extension.headerLength();
        }
        transport(kind, fragmentOffset, at, end, statedEnd);
    }

    /// A later fragment has none of the headers that follow.
    private void transport(int protocol, int fragmentOffset, int start, int end, int statedEnd) {
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
            case IpProtocol.SCTP -> portsOnly(Protocol.SCTP, start, end, statedEnd);
            case IpProtocol.GRE -> layers.add(Protocol.GRE, start, end, statedEnd);
            default -> layers.add(Protocol.UNKNOWN, start, end, statedEnd);
        }
    }

    private void portsOnly(Protocol protocol, int start, int end, int statedEnd) {
        if (begins(protocol, start, end, statedEnd, PORTS_LENGTH)) {
            layers.add(protocol, start, end, statedEnd);
        }
    }

    private void setTransport(int layer) {
        if (layers.quoted() < 0) {
            layers.setTransport(layer);
        }
    }

    private void tcp(int start, int end, int statedEnd) {
        if (!begins(Protocol.TCP, start, end, statedEnd, TcpHeader.LENGTH)) {
            return;
        }
        TcpHeader tcp = new TcpHeader(octets(start, end));
        setTransport(layers.add(Protocol.TCP, start, end, statedEnd));
        if (tcp.headerLength() < TcpHeader.LENGTH) {
            layers.setMalformed();
        } else {
            holds(start, end, statedEnd, tcp.headerLength());
        }
    }

    private void udp(int start, int end, int statedEnd) {
        if (!begins(Protocol.UDP, start, end, statedEnd, UdpHeader.LENGTH)) {
            return;
        }
        UdpHeader udp = new UdpHeader(octets(start, end));
        int stated = udp.statedLength() == 0 ? statedEnd : start + udp.statedLength();
        if (stated < start + UdpHeader.LENGTH || (stated > statedEnd && !layers.isFragment())) {
            layers.setMalformed();
        }
        stated = Math.clamp(stated, start + UdpHeader.LENGTH, Math.max(statedEnd, start + UdpHeader.LENGTH));
        int captured = Math.min(end, stated);
        setTransport(layers.add(Protocol.UDP, start, captured, stated));
        boolean goesOn = layers.isFragment(); // what a first fragment carries ends in a later one
        application(
                udp,
                start + UdpHeader.LENGTH,
                captured,
                goesOn ? Math.max(stated, start + udp.statedLength()) : stated);
    }

    private void application(UdpHeader udp, int start, int end, int statedEnd) {
        if (isPort(udp, DNS_PORT)) {
            dns(start, end, statedEnd);
        } else if (isVxlan(udp)) {
            vxlan(start, end, statedEnd);
        } else if (udp.destinationPort() == GENEVE_PORT) {
            layers.add(Protocol.GENEVE, start, end, statedEnd);
        } else if (isPort(udp, DHCP_SERVER_PORT) || isPort(udp, DHCP_CLIENT_PORT)) {
            layers.add(Protocol.DHCP, start, end, statedEnd);
        }
    }

    /// By the destination port; by the source port when it is the lower one: a port of a service, not one at random.
    private boolean isVxlan(UdpHeader udp) {
        return vxlanPorts.get(udp.destinationPort())
                || (vxlanPorts.get(udp.sourcePort()) && udp.sourcePort() < udp.destinationPort());
    }

    private static boolean isPort(UdpHeader udp, int port) {
        return udp.sourcePort() == port || udp.destinationPort() == port;
    }

    private void dns(int start, int end, int statedEnd) {
        if (!begins(Protocol.DNS, start, end, statedEnd, DnsMessage.HEADER_LENGTH)) {
            return;
        }
        int layer = layers.add(Protocol.DNS, start, end, statedEnd);
        if (layers.quoted() < 0) {
            layers.setDns(layer);
        }
    }

    private void vxlan(int start, int end, int statedEnd) {
        if (layers.tunnels() == MAX_TUNNELS) {
            layers.setMalformed();
            return;
        }
        if (!begins(Protocol.VXLAN, start, end, statedEnd, VxlanHeader.LENGTH)) {
            return;
        }
        if (layers.quoted() >= 0) {
            layers.add(Protocol.VXLAN, start, end, statedEnd); // what an error quotes of a tunnel is not looked into
            return;
        }
        layers.setTunnel(layers.add(Protocol.VXLAN, start, end, statedEnd));
        layers.forgetNetwork();
        ethernet(start + VxlanHeader.LENGTH, end, statedEnd);
    }

    private void icmp(int version, Protocol protocol, int start, int end, int statedEnd) {
        if (!begins(protocol, start, end, statedEnd, IcmpHeader.LENGTH)) {
            return;
        }
        IcmpHeader icmp = new IcmpHeader(version, octets(start, end));
        int layer = layers.add(protocol, start, end, statedEnd);
        setTransport(layer);
        if (icmp.isError() && layers.quoted() < 0) {
            quote(version, layer, start + IcmpHeader.LENGTH, end);
        }
    }

    /// What an error quotes ends where the error does, whatever lengths it states.
    private void quote(int version, int error, int start, int end) {
        layers.setQuoted(error + 1);
        if (version == 4) {
            ipv4(start, end, Integer.MAX_VALUE);
        } else {
            ipv6(start, end, Integer.MAX_VALUE);
        }
        if (layers.count() == error + 1) {
            layers.setQuoted(-1);
        }
    }
}
