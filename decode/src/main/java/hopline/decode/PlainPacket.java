package hopline.decode;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VlanTag;
import hopline.decode.header.VxlanHeader;

/// Where the headers lie in what nearly all records of a cluster are: whole TCP and UDP over IP without options, right
/// in Ethernet, with a VLAN tag at most, or in VXLAN once; and DNS over UDP.
///
/// A [Dissector] finds those too, with a view of each header, which only an optimising compiler makes free; a capture
/// of a minute's traffic is read before there is one. Of what has anything unusual it finds nothing, and of the rest
/// what the dissector does: tests hold those who read by it against those who read by [Layers], octet by octet and
/// port by port. It takes half of their time, and before code is optimised a third (`DecodeBenchmark.plainStages`).
///
/// Positions count from the start of [#array]. The same instance is refilled for each record. Single-threaded.
public final class PlainPacket {

    private static final int IPV4_TYPE = 0x0800;
    private static final int IPV6_TYPE = 0x86dd;
    private static final int VLAN_TYPE = 0x8100;
    private static final int VERSION_AND_LENGTH = 0x45;
    private static final int VLAN_ID = 0xfff;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int DNS_PORT = 53;

    private final Dissector dissector;
    private byte[] array = {};

    /// The innermost headers found so far, and where their packet ends: as captured, and as it says itself.
    private int ethernet;

    private int vlan;
    private int ip;
    private boolean ipv6;
    private int protocol;
    private int transport;
    private int end;
    private int statedEnd;

    /// What VXLAN's header and those around it are, when there is one.
    private int vxlan;

    private int outerVlan;
    private int outer;
    private boolean outerIpv6;

    /// Looks for VXLAN where `dissector` does.
    public PlainPacket(Dissector dissector) {
        this.dissector = dissector;
    }

    /// Finds the headers of `record`; false when it is not plain, and then nothing else may be asked.
    public boolean find(CaptureRecord record, int linkType) {
        if (linkType != LinkType.ETHERNET) {
            return false;
        }
        array = record.array();
        vxlan = -1;
        int start = record.offset();
        int captured = start + record.capturedLength();
        long original = start + record.originalLength();
        int stated = (int) Math.min(Math.max(captured, original), Integer.MAX_VALUE);
        if (!findPacket(start, captured, stated)) {
            return false;
        }
        if (protocol == IpProtocol.UDP && dissector.isVxlan(destinationPort()) && !dissector.isTold(sourcePort())) {
            outerVlan = vlan;
            outer = ip;
            outerIpv6 = ipv6;
            vxlan = transport + UdpHeader.LENGTH;
            if (!findPacket(vxlan + VxlanHeader.LENGTH, end, statedEnd)) {
                return false;
            }
        }
        return isDns() ? end - transport >= UdpHeader.LENGTH + DnsMessage.HEADER_LENGTH : !isAnyPortTold();
    }

    /// Whether what the packet carries has to be looked into.
    private boolean isAnyPortTold() {
        return isPortTold(sourcePort()) || isPortTold(destinationPort());
    }

    private boolean isPortTold(int port) {
        return protocol == IpProtocol.TCP ? port == DNS_PORT : dissector.isTold(port);
    }

    /// Finds a datagram with the whole header of TCP or UDP, and where what it carries ends.
    private boolean findPacket(int start, int captured, int stated) {
        int at = start + EthernetHeader.LENGTH;
        if (captured - at < VlanTag.LENGTH + Ipv4Header.LENGTH) {
            return false;
        }
        ethernet = start;
        vlan = -1;
        int type = u16(at - 2);
        if (type == VLAN_TYPE) {
            vlan = u16(at) & VLAN_ID;
            type = u16(at + 2);
            at += VlanTag.LENGTH;
        }
        boolean found = type == IPV4_TYPE ? findIpv4(at, captured) : type == IPV6_TYPE && findIpv6(at, captured);
        end = Math.min(captured, statedEnd);
        return found && statedEnd <= stated && hasWholeTransport();
    }

    private boolean findIpv4(int at, int captured) {
        if (captured - at < Ipv4Header.LENGTH || u8(at) != VERSION_AND_LENGTH || (u16(at + 6) & FRAGMENT_BITS) != 0) {
            return false;
        }
        ip = at;
        ipv6 = false;
        protocol = u8(at + 9);
        transport = at + Ipv4Header.LENGTH;
        statedEnd = at + u16(at + 2);
        return true;
    }

    private boolean findIpv6(int at, int captured) {
        if (captured - at < Ipv6Header.LENGTH || u8(at) >>> 4 != 6) {
            return false;
        }
        ip = at;
        ipv6 = true;
        protocol = u8(at + 6);
        transport = at + Ipv6Header.LENGTH;
        statedEnd = transport + u16(at + 4);
        return true;
    }

    private boolean hasWholeTransport() {
        return switch (protocol) {
            case IpProtocol.TCP -> hasWholeTcp();
            case IpProtocol.UDP -> hasWholeUdp();
            default -> false;
        };
    }

    private boolean hasWholeTcp() {
        if (end - transport < TcpHeader.LENGTH) {
            return false;
        }
        int headerLength = tcpHeaderLength();
        return headerLength >= TcpHeader.LENGTH && end - transport >= headerLength;
    }

    /// What follows the datagram in its packet is none of its payload.
    private boolean hasWholeUdp() {
        if (end - transport < UdpHeader.LENGTH) {
            return false;
        }
        int length = u16(transport + 4);
        if (length < UdpHeader.LENGTH || length > statedEnd - transport) {
            return false;
        }
        statedEnd = transport + length;
        end = Math.min(end, statedEnd);
        return true;
    }

    /// The record's array.
    public byte[] array() {
        return array;
    }

    /// The innermost Ethernet header.
    public int ethernet() {
        return ethernet;
    }

    /// The number in the innermost Ethernet header's tag; -1 when there is none.
    public int vlan() {
        return vlan;
    }

    /// Whether the innermost Ethernet header has a tag, or the one around VXLAN.
    public boolean isTagged() {
        return vlan >= 0 || (isInVxlan() && outerVlan >= 0);
    }

    /// The innermost IP header.
    public int ip() {
        return ip;
    }

    public boolean isIpv6() {
        return ipv6;
    }

    /// TCP or UDP, see [IpProtocol].
    public int protocol() {
        return protocol;
    }

    /// The header of [#protocol].
    public int transport() {
        return transport;
    }

    public int sourcePort() {
        return u16(transport);
    }

    public int destinationPort() {
        return u16(transport + 2);
    }

    /// Of TCP alone: octets up to what it carries.
    public int tcpHeaderLength() {
        return (u8(transport + 12) >>> 4) * 4;
    }

    /// Where what was captured of [#transport]'s segment or datagram ends.
    public int end() {
        return end;
    }

    /// Where it ended on the wire.
    public int statedEnd() {
        return statedEnd;
    }

    /// Whether the innermost datagram is said to carry DNS, by the lower of its ports.
    public boolean isDns() {
        return protocol == IpProtocol.UDP
                && Math.min(sourcePort(), destinationPort()) == DNS_PORT
                && !dissector.isVxlan(DNS_PORT);
    }

    public boolean isInVxlan() {
        return vxlan >= 0;
    }

    /// Of a packet in VXLAN: that header.
    public int vxlan() {
        return vxlan;
    }

    /// Of a packet in VXLAN: the IP header around it.
    public int outerIp() {
        return outer;
    }

    /// Of [#outerIp].
    public boolean isOuterIpv6() {
        return outerIpv6;
    }

    /// The upper word of the address that the IP header `header` names as its source; [Address#IPV4] in IPv4.
    public long sourceHigh(int header, boolean isIpv6) {
        return isIpv6 ? i64(header + 8) : Address.IPV4;
    }

    /// The lower word.
    public long sourceLow(int header, boolean isIpv6) {
        return isIpv6 ? i64(header + 16) : u32(header + 12);
    }

    /// The same of the destination.
    public long destinationHigh(int header, boolean isIpv6) {
        return isIpv6 ? i64(header + 24) : Address.IPV4;
    }

    /// The lower word.
    public long destinationLow(int header, boolean isIpv6) {
        return isIpv6 ? i64(header + 32) : u32(header + 16);
    }

    public int u8(int at) {
        return array[at] & 0xff;
    }

    public int u16(int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    public int i32(int at) {
        byte[] octets = array;
        return octets[at] << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | (octets[at + 3] & 0xff);
    }

    public long u32(int at) {
        return i32(at) & 0xffff_ffffL;
    }

    public long u48(int at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    public long i64(int at) {
        return (long) i32(at) << 32 | u32(at + 4);
    }
}
