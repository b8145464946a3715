package hopline.decode.stage;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.decode.Dissector;
import hopline.decode.IpProtocol;
import hopline.decode.PlainPacket;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import org.jspecify.annotations.Nullable;

/// Reads into stages what a [PlainPacket] finds, as a [StageReader] would from [hopline.decode.Layers]: a test holds
/// it against that. Single-threaded.
public final class PlainStages {

    private static final int VNI_VALID = 0x08;
    private static final int USUAL_TIMESTAMPS = 0x0101080a;
    private static final int USUAL_TIMESTAMPS_LENGTH = 32;

    private final PlainPacket packet;
    private final StageReader stages;
    private final Encapsulations encapsulations = new Encapsulations();

    /// Looks for VXLAN where `dissector` does, and takes stages as `stages` does.
    public PlainStages(Dissector dissector, StageReader stages) {
        this.packet = new PlainPacket(dissector);
        this.stages = stages;
    }

    /// The stage that `record` is, as [StageReader#read] would say; null when it is not plain.
    public @Nullable Stage read(CaptureRecord record, int linkType, CapturePoint point, int file, long clockOffset) {
        if (!packet.find(record, linkType)) {
            return null;
        }
        Stage stage = stages.begin(record, point, file, clockOffset);
        int ip = packet.ip();
        boolean ipv6 = packet.isIpv6();
        stage.destinationMac = packet.u48(packet.ethernet());
        stage.sourceMac = packet.u48(packet.ethernet() + 6);
        stage.vlan = (short) packet.vlan();
        stage.protocol = (char) packet.protocol();
        stage.sourceHigh = packet.sourceHigh(ip, ipv6);
        stage.sourceLow = packet.sourceLow(ip, ipv6);
        stage.destinationHigh = packet.destinationHigh(ip, ipv6);
        stage.destinationLow = packet.destinationLow(ip, ipv6);
        if (ipv6) {
            stage.ipv6 = true;
            stage.length = Ipv6Header.LENGTH + packet.u16(ip + 4);
            stage.timeToLive = (short) packet.u8(ip + 7);
        } else {
            stage.length = packet.u16(ip + 2);
            stage.identification = packet.u16(ip + 4);
            stage.timeToLive = (short) packet.u8(ip + 8);
        }
        stage.sourcePort = (char) packet.sourcePort();
        stage.destinationPort = (char) packet.destinationPort();
        stage.portsKnown = true;
        if (packet.isInVxlan()) {
            readTunnel(stage);
        }
        if (packet.protocol() == IpProtocol.TCP) {
            readTcp(stage);
        } else {
            readUdp(stage);
        }
        return stage;
    }

    private void readTunnel(Stage stage) {
        int outer = packet.outerIp();
        boolean ipv6 = packet.isOuterIpv6();
        int vxlan = packet.vxlan();
        boolean numbered = (packet.u8(vxlan) & VNI_VALID) != 0;
        stage.outer = encapsulations.of(
                TunnelKind.VXLAN,
                packet.sourceHigh(outer, ipv6),
                packet.sourceLow(outer, ipv6),
                packet.destinationHigh(outer, ipv6),
                packet.destinationLow(outer, ipv6),
                packet.u16(vxlan - UdpHeader.LENGTH + 2),
                numbered ? packet.u32(vxlan + 4) >>> 8 : Encapsulation.NO_KEY);
    }

    private void readTcp(Stage stage) {
        int transport = packet.transport();
        int headerLength = packet.tcpHeaderLength();
        stage.sequence = packet.i32(transport + 4);
        stage.acknowledgment = packet.i32(transport + 8);
        stage.flags = (byte) packet.u8(transport + 13);
        stage.window = (char) packet.u16(transport + 14);
        if (headerLength == USUAL_TIMESTAMPS_LENGTH && packet.i32(transport + TcpHeader.LENGTH) == USUAL_TIMESTAMPS) {
            stage.timestamps = packet.i64(transport + TcpHeader.LENGTH + 4);
        } else if (headerLength > TcpHeader.LENGTH) {
            stage.timestamps = tcp().timestamps();
        }
        if (stage.hasFlag(TcpHeader.SYN)) {
            stage.maximumSegmentSize = (char) tcp().maximumSegmentSize();
        }
        readPayload(stage, transport + headerLength);
    }

    private void readUdp(Stage stage) {
        int payload = packet.transport() + UdpHeader.LENGTH;
        readPayload(stage, payload);
        if (packet.isDns()) {
            stage.detail = StageReader.dns(Octets.wrap(packet.array(), payload, packet.end() - payload));
        }
    }

    private TcpHeader tcp() {
        int transport = packet.transport();
        return new TcpHeader(Octets.wrap(packet.array(), transport, packet.end() - transport));
    }

    private void readPayload(Stage stage, int payload) {
        stage.payloadLength = packet.statedEnd() - payload;
        int captured = packet.end() - payload;
        if (captured >= Stage.HEAD_LENGTH) {
            stage.headLength = Stage.HEAD_LENGTH;
            stage.head0 = packet.i64(payload);
            stage.head1 = packet.i64(payload + 8);
        } else {
            StageReader.readHead(stage, packet.array(), payload, packet.end());
        }
    }
}
