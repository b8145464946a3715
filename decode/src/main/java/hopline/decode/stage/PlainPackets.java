package hopline.decode.stage;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.Octets;
import hopline.decode.Address;
import hopline.decode.Dissector;
import hopline.decode.IpProtocol;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VlanTag;
import hopline.decode.header.VxlanHeader;
import org.jspecify.annotations.Nullable;

/// Reads into stages what nearly all records of a cluster are, straight from their octets: whole TCP and UDP headers
/// over IP without options, right in Ethernet, with a VLAN tag at most, or in VXLAN once; and DNS over UDP.
///
/// A [Dissector] and a [StageReader] read those too, with a view of each header, which only an optimising compiler
/// makes free; a capture of a minute's traffic is read before there is one. Of what has anything unusual it takes
/// nothing, and of the rest it says what they say: a test holds it against them, octet by octet and port by port. It
/// takes half of their time, and before code is optimised a third (`DecodeBenchmark.plainStages`). Single-threaded.
public final class PlainPackets {

    private static final int IPV4_TYPE = 0x0800;
    private static final int IPV6_TYPE = 0x86dd;
    private static final int VLAN_TYPE = 0x8100;
    private static final int VERSION_AND_LENGTH = 0x45;
    private static final int SOURCE = 0;
    private static final int DESTINATION = 1;
    private static final int VLAN_ID = 0xfff;
    private static final int VNI_VALID = 0x08;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int DNS_PORT = 53;
    private static final int USUAL_TIMESTAMPS = 0x0101080a;
    private static final int USUAL_TIMESTAMPS_LENGTH = 32;

    private final Dissector dissector;
    private final StageReader stages;
    private final Encapsulations encapsulations = new Encapsulations();

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

    /// What VXLAN's header and the one around it are, when there is one.
    private int vxlan;

    private int outer;
    private boolean outerIpv6;

    /// Looks for VXLAN where `dissector` does, and takes stages as `stages` does.
    public PlainPackets(Dissector dissector, StageReader stages) {
        this.dissector = dissector;
        this.stages = stages;
    }

    /// The stage that `record` is, as [StageReader#read] would say; null when it is not plain.
    public @Nullable Stage read(CaptureRecord record, int linkType, CapturePoint point, int file, long clockOffset) {
        if (linkType != LinkType.ETHERNET || !isPlain(record)) {
            return null;
        }
        Stage stage = stages.begin(record, point, file, clockOffset);
        stage.destinationMac = u48(ethernet);
        stage.sourceMac = u48(ethernet + 6);
        stage.vlan = (short) vlan;
        stage.protocol = (char) protocol;
        stage.sourceHigh = high(ip, ipv6, SOURCE);
        stage.sourceLow = low(ip, ipv6, SOURCE);
        stage.destinationHigh = high(ip, ipv6, DESTINATION);
        stage.destinationLow = low(ip, ipv6, DESTINATION);
        if (ipv6) {
            stage.ipv6 = true;
            stage.length = Ipv6Header.LENGTH + u16(ip + 4);
            stage.timeToLive = (short) u8(ip + 7);
        } else {
            stage.length = u16(ip + 2);
            stage.identification = u16(ip + 4);
            stage.timeToLive = (short) u8(ip + 8);
        }
        stage.sourcePort = (char) u16(transport);
        stage.destinationPort = (char) u16(transport + 2);
        stage.portsKnown = true;
        if (vxlan >= 0) {
            readTunnel(stage);
        }
        if (protocol == IpProtocol.TCP) {
            readTcp(stage);
        } else {
            readUdp(stage, transport + UdpHeader.LENGTH);
        }
        return stage;
    }

    private void readTunnel(Stage stage) {
        boolean numbered = (u8(vxlan) & VNI_VALID) != 0;
        stage.outer = encapsulations.of(
                TunnelKind.VXLAN,
                high(outer, outerIpv6, SOURCE),
                low(outer, outerIpv6, SOURCE),
                high(outer, outerIpv6, DESTINATION),
                low(outer, outerIpv6, DESTINATION),
                u16(vxlan - UdpHeader.LENGTH + 2),
                numbered ? u32(vxlan + 4) >>> 8 : Encapsulation.NO_KEY);
    }

    /// The words of one of the two addresses of an IP header.
    private long high(int header, boolean isIpv6, int which) {
        return isIpv6 ? i64(header + 8 + 16 * which) : Address.IPV4;
    }

    private long low(int header, boolean isIpv6, int which) {
        return isIpv6 ? i64(header + 16 + 16 * which) : u32(header + 12 + 4 * which);
    }

    private void readTcp(Stage stage) {
        int headerLength = tcpHeaderLength();
        stage.sequence = i32(transport + 4);
        stage.acknowledgment = i32(transport + 8);
        stage.flags = (byte) u8(transport + 13);
        stage.window = (char) u16(transport + 14);
        if (headerLength == USUAL_TIMESTAMPS_LENGTH && i32(transport + TcpHeader.LENGTH) == USUAL_TIMESTAMPS) {
            stage.timestamps = i64(transport + TcpHeader.LENGTH + 4);
        } else if (headerLength > TcpHeader.LENGTH) {
            stage.timestamps = tcp().timestamps();
        }
        if (stage.hasFlag(TcpHeader.SYN)) {
            stage.maximumSegmentSize = (char) tcp().maximumSegmentSize();
        }
        readPayload(stage, transport + headerLength);
    }

    private void readUdp(Stage stage, int payload) {
        readPayload(stage, payload);
        if (isDns()) {
            stage.detail = StageReader.dns(Octets.wrap(array, payload, end - payload));
        }
    }

    private TcpHeader tcp() {
        return new TcpHeader(Octets.wrap(array, transport, end - transport));
    }

    private void readPayload(Stage stage, int payload) {
        stage.payloadLength = statedEnd - payload;
        int captured = end - payload;
        if (captured >= Stage.HEAD_LENGTH) {
            stage.headLength = Stage.HEAD_LENGTH;
            stage.head0 = i64(payload);
            stage.head1 = i64(payload + 8);
        } else {
            StageReader.readHead(stage, array, payload, end);
        }
    }

    private boolean isPlain(CaptureRecord record) {
        array = record.array();
        vxlan = -1;
        int start = record.offset();
        int captured = start + record.capturedLength();
        long original = start + record.originalLength();
        int stated = (int) Math.min(Math.max(captured, original), Integer.MAX_VALUE);
        if (!findPacket(start, captured, stated)) {
            return false;
        }
        if (protocol == IpProtocol.UDP && dissector.isVxlan(u16(transport + 2)) && !dissector.isTold(u16(transport))) {
            outer = ip;
            outerIpv6 = ipv6;
            vxlan = transport + UdpHeader.LENGTH;
            if (!findPacket(vxlan + VxlanHeader.LENGTH, end, statedEnd)) {
                return false;
            }
        }
        return isDns() ? end - transport >= UdpHeader.LENGTH + DnsMessage.HEADER_LENGTH : !isAnyPortTold();
    }

    /// Whether the innermost datagram is said to carry DNS, by the lower of its ports.
    private boolean isDns() {
        return protocol == IpProtocol.UDP
                && Math.min(u16(transport), u16(transport + 2)) == DNS_PORT
                && !dissector.isVxlan(DNS_PORT);
    }

    /// Whether what the packet carries has to be looked into.
    private boolean isAnyPortTold() {
        return isPortTold(u16(transport)) || isPortTold(u16(transport + 2));
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

    private int tcpHeaderLength() {
        return (u8(transport + 12) >>> 4) * 4;
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

    private int u8(int at) {
        return array[at] & 0xff;
    }

    private int u16(int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    private int i32(int at) {
        byte[] octets = array;
        return octets[at] << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | (octets[at + 3] & 0xff);
    }

    private long u32(int at) {
        return i32(at) & 0xffff_ffffL;
    }

    private long u48(int at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    private long i64(int at) {
        return (long) i32(at) << 32 | u32(at + 4);
    }
}
