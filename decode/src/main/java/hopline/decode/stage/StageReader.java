package hopline.decode.stage;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.capture.RecordNotes;
import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.ArpHeader;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.IcmpHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.SctpHeader;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VlanTag;
import hopline.decode.stage.StageDetail.Dns;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.decode.stage.StageDetail.Neighbor;
import org.jspecify.annotations.Nullable;

/// Takes from a record and its layers what must outlive them. Single-threaded.
public final class StageReader {

    private static final int QUOTED_PORTS = 4;
    private static final int QUOTED_SEQUENCE = 8;

    private final Encapsulations encapsulations = new Encapsulations();
    private final FragmentPorts fragmentPorts = new FragmentPorts();

    private final StagePool pool;

    /// Reads into stages taken from `pool`.
    public StageReader(StagePool pool) {
        this.pool = pool;
    }

    /// The stage that `record` is, seen at `point`.
    ///
    /// @param file which of the analysis's inputs it comes from
    /// @param clockOffset nanoseconds by which the point's clock is ahead of the reference clock
    public Stage read(CaptureRecord record, Layers layers, CapturePoint point, int file, long clockOffset) {
        Stage stage = begin(record, point, file, clockOffset);
        stage.length = (int) Math.min(record.originalLength(), Integer.MAX_VALUE);
        readLink(stage, layers);
        readTunnel(stage, layers);
        readNetwork(stage, record, layers);
        return stage;
    }

    /// A stage that says what its record does, and nothing yet of its octets.
    Stage begin(CaptureRecord record, CapturePoint point, int file, long clockOffset) {
        Stage stage = pool.take();
        stage.clear();
        stage.point = point;
        stage.file = file;
        stage.record = record.number();
        stage.epochNanos = record.epochNanos() - clockOffset;
        RecordNotes notes = record.notes();
        if (notes != null) {
            stage.sighting = Sighting.of(notes);
        }
        return stage;
    }

    private static void readLink(Stage stage, Layers layers) {
        int link = layers.link();
        if (link < 0) {
            return;
        }
        EthernetHeader ethernet = new EthernetHeader(layers.octets(link));
        stage.sourceMac = ethernet.source();
        stage.destinationMac = ethernet.destination();
        if (link + 1 < layers.count() && layers.protocol(link + 1) == Protocol.VLAN) {
            stage.vlan = (short) new VlanTag(layers.octets(link + 1)).vlanId();
        }
    }

    private void readTunnel(Stage stage, Layers layers) {
        int ip = layers.outerNetwork();
        if (ip < 0) {
            return;
        }
        int tunnel = layers.tunnel();
        TunnelKind kind = TunnelIds.kind(layers, tunnel);
        long key = TunnelIds.key(layers, tunnel, kind);
        int port = tunnel > 0 && layers.protocol(tunnel - 1) == Protocol.UDP
                ? new UdpHeader(layers.octets(tunnel - 1)).destinationPort()
                : 0;
        if (layers.protocol(ip) == Protocol.IPV4) {
            Ipv4Header outer = new Ipv4Header(layers.octets(ip));
            stage.outer = encapsulations.of(
                    kind,
                    Address.IPV4,
                    outer.source() & 0xffff_ffffL,
                    Address.IPV4,
                    outer.destination() & 0xffff_ffffL,
                    port,
                    key);
        } else {
            Ipv6Header outer = new Ipv6Header(layers.octets(ip));
            stage.outer = encapsulations.of(
                    kind,
                    outer.sourceHigh(),
                    outer.sourceLow(),
                    outer.destinationHigh(),
                    outer.destinationLow(),
                    port,
                    key);
        }
    }

    private void readNetwork(Stage stage, CaptureRecord record, Layers layers) {
        int network = layers.network();
        if (network < 0) {
            readHead(stage, record, contentStart(record, layers));
            return;
        }
        switch (layers.protocol(network)) {
            case ARP -> readArp(stage, new ArpHeader(layers.octets(network)));
            case IPV4 -> readIpv4(stage, new Ipv4Header(layers.octets(network)), layers.transportProtocol());
            case IPV6 -> readIpv6(stage, new Ipv6Header(layers.octets(network)), layers.transportProtocol());
            default -> throw new IllegalStateException("network layer " + layers.protocol(network));
        }
        if (stage.isIp()) {
            stage.length = layers.statedEnd(network) - layers.start(network);
            readFragment(stage, layers);
            readTransport(stage, record, layers);
        }
    }

    /// Of a frame that is neither IP nor ARP: what follows its link header.
    private static int contentStart(CaptureRecord record, Layers layers) {
        int link = layers.link();
        return link < 0 ? record.offset() : layers.start(link) + EthernetHeader.LENGTH;
    }

    private static void readArp(Stage stage, ArpHeader arp) {
        stage.protocol = Stage.ARP;
        if (!arp.isIpv4OverEthernet()) {
            return;
        }
        Address sender = Address.ofIpv4(arp.senderProtocol());
        Address target = Address.ofIpv4(arp.targetProtocol());
        boolean request = arp.operation() == ArpHeader.REQUEST;
        stage.flags = (byte) arp.operation();
        stage.detail = new Neighbor(request, sender, request ? target : sender, sender.equals(target));
        stage.sourceHigh = sender.high();
        stage.sourceLow = sender.low();
        stage.destinationHigh = target.high();
        stage.destinationLow = target.low();
        stage.head0 = arp.senderHardware();
        stage.head1 = arp.targetHardware();
        stage.headLength = Stage.HEAD_LENGTH;
    }

    /// @param protocol what it carries behind an authentication header, -1 when that was not captured
    private static void readIpv4(Stage stage, Ipv4Header ip, int protocol) {
        stage.protocol = (char) (protocol < 0 ? ip.protocol() : protocol);
        stage.timeToLive = (short) ip.timeToLive();
        stage.identification = ip.identification();
        stage.sourceHigh = Address.IPV4;
        stage.sourceLow = ip.source() & 0xffff_ffffL;
        stage.destinationHigh = Address.IPV4;
        stage.destinationLow = ip.destination() & 0xffff_ffffL;
    }

    private static void readIpv6(Stage stage, Ipv6Header ip, int protocol) {
        stage.ipv6 = true;
        stage.protocol = (char) Math.max(protocol, 0);
        stage.timeToLive = (short) ip.hopLimit();
        stage.sourceHigh = ip.sourceHigh();
        stage.sourceLow = ip.sourceLow();
        stage.destinationHigh = ip.destinationHigh();
        stage.destinationLow = ip.destinationLow();
    }

    private static void readFragment(Stage stage, Layers layers) {
        if (layers.isFragment()) {
            stage.fragment = true;
            stage.fragmentOffset = layers.fragmentOffset();
            stage.moreFragments = layers.moreFragments();
            stage.identification = layers.fragmentId();
        }
    }

    private void readTransport(Stage stage, CaptureRecord record, Layers layers) {
        int transport = layers.transport();
        if (transport < 0) {
            readCutTransport(stage, record, layers);
        } else {
            switch (layers.protocol(transport)) {
                case TCP -> readTcp(stage, record, layers, transport);
                case UDP -> readUdp(stage, record, layers, transport);
                case SCTP -> readSctp(stage, record, layers, transport);
                case ICMP -> readIcmp(stage, record, layers, new IcmpHeader(4, layers.octets(transport)));
                case ICMPV6 -> readIcmp(stage, record, layers, new IcmpHeader(6, layers.octets(transport)));
                default -> readCutTransport(stage, record, layers);
            }
        }
        if (stage.fragment && IpProtocol.hasPorts(stage.protocol)) {
            fragmentPorts.carry(stage);
        }
    }

    /// Later fragments, headers that were cut off, protocols without a decoder.
    private static void readCutTransport(Stage stage, CaptureRecord record, Layers layers) {
        int start = layers.transportStart();
        if (start < 0) {
            return;
        }
        int captured = layers.end(layers.network()) - start;
        stage.payloadLength = layers.statedEnd(layers.network()) - start;
        if (!stage.isLaterFragment() && IpProtocol.hasPorts(stage.protocol) && captured >= QUOTED_PORTS) {
            Octets octets = Octets.wrap(record.array(), start, captured);
            setPorts(stage, octets.u16(0), octets.u16(2));
            if (stage.isTcp()) {
                readCutTcp(stage, octets);
                return;
            }
        }
        readHead(stage, record.array(), start, start + Math.max(captured, 0));
    }

    /// As many fields as were captured; [Content] compares no others.
    private static void readCutTcp(Stage stage, Octets octets) {
        stage.tcpOctets = (byte) octets.length();
        stage.sequence = octets.length() >= Content.WITH_SEQUENCE ? octets.i32(4) : 0;
        stage.acknowledgment = octets.length() >= Content.WITH_ACKNOWLEDGMENT ? octets.i32(8) : 0;
        stage.flags = octets.length() >= Content.WITH_FLAGS ? (byte) octets.u8(13) : 0;
        int headerLength = octets.length() >= Content.WITH_DATA_OFFSET ? (octets.u8(12) >>> 4) * 4 : TcpHeader.LENGTH;
        stage.payloadLength = Math.max(stage.payloadLength - headerLength, 0);
    }

    private static void setPorts(Stage stage, int source, int destination) {
        stage.sourcePort = (char) source;
        stage.destinationPort = (char) destination;
        stage.portsKnown = true;
    }

    private static void readTcp(Stage stage, CaptureRecord record, Layers layers, int transport) {
        TcpHeader tcp = new TcpHeader(layers.octets(transport));
        setPorts(stage, tcp.sourcePort(), tcp.destinationPort());
        stage.sequence = tcp.sequenceNumber();
        stage.acknowledgment = tcp.acknowledgmentNumber();
        stage.flags = (byte) tcp.flags();
        stage.window = (char) tcp.window();
        stage.timestamps = tcp.timestamps();
        if ((tcp.flags() & TcpHeader.SYN) != 0) {
            stage.maximumSegmentSize = (char) tcp.maximumSegmentSize();
        }
        int headerLength = Math.max(tcp.headerLength(), TcpHeader.LENGTH);
        int payload = layers.start(transport) + headerLength;
        if (tcp.octets().length() < headerLength) {
            stage.tcpOctets = (byte) tcp.octets().length();
        }
        stage.payloadLength = Math.max(layers.statedEnd(transport) - payload, 0);
        readHead(stage, record.array(), payload, layers.end(transport));
        readDns(stage, layers);
    }

    private static void readDns(Stage stage, Layers layers) {
        if (layers.dns() >= 0) {
            stage.detail = dns(layers.octets(layers.dns()));
        }
    }

    /// What outlives the record of a message of DNS: all up to the end of its question.
    static Dns dns(Octets message) {
        int length = new DnsMessage(message).lengthToQuestion();
        return new Dns(new DnsMessage(Octets.wrap(message.truncatedTo(length).toByteArray())));
    }

    private static void readUdp(Stage stage, CaptureRecord record, Layers layers, int transport) {
        UdpHeader udp = new UdpHeader(layers.octets(transport));
        setPorts(stage, udp.sourcePort(), udp.destinationPort());
        int payload = layers.start(transport) + UdpHeader.LENGTH;
        stage.payloadLength = layers.statedEnd(transport) - payload;
        readHead(stage, record.array(), payload, layers.end(transport));
        readDns(stage, layers);
    }

    /// Its chunks tie packets together; the checksum before them changes with every port that is rewritten.
    private static void readSctp(Stage stage, CaptureRecord record, Layers layers, int transport) {
        SctpHeader sctp = new SctpHeader(layers.octets(transport));
        setPorts(stage, sctp.sourcePort(), sctp.destinationPort());
        int payload = layers.start(transport) + SctpHeader.LENGTH;
        stage.payloadLength = layers.statedEnd(transport) - payload;
        readHead(stage, record.array(), payload, layers.end(transport));
    }

    private static void readIcmp(Stage stage, CaptureRecord record, Layers layers, IcmpHeader icmp) {
        int transport = layers.transport();
        int payload = layers.start(transport) + IcmpHeader.LENGTH;
        stage.flags = (byte) icmp.type();
        stage.payloadLength = Math.max(layers.statedEnd(transport) - payload, 0);
        readHead(stage, record.array(), payload, layers.end(transport));
        if (icmp.isEcho()) {
            setPorts(stage, icmp.identifier(), icmp.identifier());
            stage.sequence = icmp.sequenceNumber();
        } else if (icmp.isNeighborMessage()) {
            Address target = new Address(icmp.targetHigh(), icmp.targetLow());
            boolean request = icmp.type() == IcmpHeader.V6_NEIGHBOR_SOLICITATION;
            boolean unasked = !request && stage.destinationAddress().isMulticast();
            stage.detail = new Neighbor(request, stage.sourceAddress(), target, unasked);
        } else if (icmp.isError() && layers.quoted() >= 0) {
            stage.detail = quoted(icmp, record, layers);
            stage.headLength = 0; // quoted addresses are translated with the error, so they tie nothing
        }
    }

    private static @Nullable IcmpError quoted(IcmpHeader icmp, CaptureRecord record, Layers layers) {
        Stage inner = new Stage();
        int layer = layers.quoted();
        int transport;
        switch (layers.protocol(layer)) {
            case IPV4 -> {
                Ipv4Header ip = new Ipv4Header(layers.octets(layer));
                readIpv4(inner, ip, ip.protocol());
                transport = layers.start(layer) + ip.headerLength();
            }
            case IPV6 -> {
                transport = readQuotedIpv6(inner, layers, layer);
            }
            default -> {
                return null;
            }
        }
        int start = Math.min(transport, layers.end(layer));
        readQuotedTransport(inner, Octets.wrap(record.array(), start, layers.end(layer) - start));
        return new IcmpError(
                icmp.version(),
                icmp.type(),
                icmp.code(),
                icmp.isPacketTooBig() ? icmp.nextHopMtu() : 0,
                inner.protocol,
                inner.sourceAddress(),
                inner.sourcePort,
                inner.destinationAddress(),
                inner.destinationPort,
                inner.sequence,
                inner.identification);
    }

    /// Where the quoted packet's transport begins, extension headers passed over.
    private static int readQuotedIpv6(Stage inner, Layers layers, int layer) {
        Ipv6Header ip = new Ipv6Header(layers.octets(layer));
        int protocol = ip.nextHeader();
        int transport = layers.start(layer) + Ipv6Header.LENGTH;
        for (int i = layer + 1; i < layers.count() && layers.protocol(i) == Protocol.IPV6_EXTENSION; i++) {
            Ipv6ExtensionHeader extension = new Ipv6ExtensionHeader(protocol, layers.octets(i));
            protocol = extension.nextHeader();
            transport += extension.headerLength();
        }
        readIpv6(inner, ip, protocol);
        return transport;
    }

    private static void readQuotedTransport(Stage inner, Octets octets) {
        if (IpProtocol.hasPorts(inner.protocol) && octets.length() >= QUOTED_PORTS) {
            setPorts(inner, octets.u16(0), octets.u16(2));
            inner.sequence = inner.isTcp() && octets.length() >= QUOTED_SEQUENCE ? octets.i32(4) : 0;
        } else if (octets.length() >= IcmpHeader.LENGTH
                && (inner.protocol == IpProtocol.ICMP || inner.protocol == IpProtocol.ICMPV6)) {
            IcmpHeader echo = new IcmpHeader(inner.ipv6 ? 6 : 4, octets);
            if (echo.isEcho()) {
                setPorts(inner, echo.identifier(), echo.identifier());
                inner.sequence = echo.sequenceNumber();
            }
        }
    }

    private static void readHead(Stage stage, CaptureRecord record, int start) {
        readHead(stage, record.array(), start, record.offset() + record.capturedLength());
    }

    /// Keeps the first octets of the payload: enough to tell packets apart that agree in everything else.
    static void readHead(Stage stage, byte[] array, int start, int end) {
        int length = Math.clamp(end - start, 0, Stage.HEAD_LENGTH);
        stage.headLength = (byte) length;
        if (length == 0) {
            return;
        }
        Octets head = Octets.wrap(array, start, length);
        if (length == Stage.HEAD_LENGTH) {
            stage.head0 = head.i64(0);
            stage.head1 = head.i64(8);
            return;
        }
        for (int i = 0; i < length; i++) {
            long octet = head.u8(i);
            if (i < 8) {
                stage.head0 |= octet << (56 - 8 * i);
            } else {
                stage.head1 |= octet << (120 - 8 * i);
            }
        }
    }
}
