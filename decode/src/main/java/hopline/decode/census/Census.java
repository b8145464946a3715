package hopline.decode.census;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.Octets;
import hopline.decode.Dissector;
import hopline.decode.IpProtocol;
import hopline.decode.Layers;
import hopline.decode.PlainPacket;
import hopline.decode.Protocol;
import hopline.decode.census.Fragments.Fragment;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.CookedHeader;
import hopline.decode.header.GeneveHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VxlanHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts what occurs in the records of one capture.
///
/// A record counts for a protocol once, however often it holds it: as payload, in a tunnel, or quoted by an
/// ICMP error. What a fragmented datagram carries counts in the record that completes it. Conversations
/// leave quoted packets out. Of a [PlainPacket] it counts what it would of its layers: a test holds one against the
/// other. Single-threaded.
public final class Census {

    /// Every protocol that is counted, in the order of reports.
    public static final List<Protocol> PROTOCOLS = List.of(
            Protocol.ETHERNET,
            Protocol.VLAN,
            Protocol.MPLS,
            Protocol.ARP,
            Protocol.IPV4,
            Protocol.IPV6,
            Protocol.TCP,
            Protocol.UDP,
            Protocol.SCTP,
            Protocol.ICMP,
            Protocol.ICMPV6,
            Protocol.GRE,
            Protocol.VXLAN,
            Protocol.GENEVE,
            Protocol.DNS,
            Protocol.DHCP);

    /// Conversations of TCP, and of UDP, that are told apart; 48 and 16 MiB.
    static final int MAX_CONVERSATIONS = 1 << 20;

    /// Network identifiers of VXLAN, and of Geneve, that are told apart.
    static final int MAX_VNIS = 65_536;

    private static final int ETHER_TYPE_SERVICE_TAG = 0x88a8;
    private static final int DNS_PORT = 53;
    private static final int NETBIOS_PORT = 137;
    private static final int MULTICAST_DNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;

    /// Fragments whose datagrams are fragments again: as many as tunnels are followed.
    private static final int MAX_NESTED = Dissector.MAX_TUNNELS;

    private final Dissector dissector = new Dissector();
    private final PlainPacket plain = new PlainPacket(dissector);
    private final Layers layers = new Layers();
    private final CaptureRecord whole = new CaptureRecord();
    private final Fragments fragments = new Fragments();
    private final DnsStreams dnsStreams = new DnsStreams();
    private final long[] recordsOf = new long[Long.SIZE];
    private final Tally vnis = new Tally(MAX_VNIS);
    private final Tally geneveVnis = new Tally(MAX_VNIS);
    private final Tally dnsResponseCodes = new Tally(Integer.MAX_VALUE);
    private final Conversations tcp = new Conversations(MAX_CONVERSATIONS);
    private final Conversations udp = new Conversations(MAX_CONVERSATIONS);
    private final Tally undecoded = new Tally(Integer.MAX_VALUE);
    private long seen; // protocols of the record at hand, a bit each
    private boolean serviceTag; // in the record at hand
    private long serviceTags;
    private long malformed;
    private long cutHeaders;

    /// Nothing counted yet.
    public Census() {}

    /// Counts `record`, which begins as `linkType` says.
    public void add(CaptureRecord record, int linkType) {
        if (plain.find(record, linkType)) {
            seen = 0;
            addPlain();
            countSeen();
        } else {
            addByLayers(record, linkType);
        }
    }

    private void countSeen() {
        for (long left = seen; left != 0; left &= left - 1) {
            recordsOf[Long.numberOfTrailingZeros(left)]++;
        }
    }

    @SuppressWarnings("EnumOrdinal") // where it is kept, in this object only
    private static int place(Protocol protocol) {
        return protocol.ordinal();
    }

    private void see(Protocol protocol) {
        seen |= 1L << place(protocol);
    }

    /// Counts it as [#add] would were it not plain.
    void addByLayers(CaptureRecord record, int linkType) {
        seen = 0;
        serviceTag = false;
        dissector.dissect(record, linkType, layers);
        malformed += layers.isMalformed() ? 1 : 0;
        cutHeaders += record.isTruncated() && layers.isTruncated() ? 1 : 0;
        if (layers.isUndecoded()) {
            undecoded.add(linkType);
        }
        add(0, 0);
        serviceTags += serviceTag ? 1 : 0;
        countSeen();
    }

    private void addPlain() {
        see(Protocol.ETHERNET);
        if (plain.isTagged()) {
            see(Protocol.VLAN);
        }
        if (plain.isInVxlan()) {
            int udpHeader = plain.vxlan() - UdpHeader.LENGTH;
            see(plain.isOuterIpv6() ? Protocol.IPV6 : Protocol.IPV4);
            see(Protocol.UDP);
            see(Protocol.VXLAN);
            vnis.add(plain.i32(plain.vxlan() + 4) >>> 8);
            udp.add(
                    plainSource(plain.outerIp(), plain.isOuterIpv6(), udpHeader),
                    plainDestination(plain.outerIp(), plain.isOuterIpv6(), udpHeader));
        }
        see(plain.isIpv6() ? Protocol.IPV6 : Protocol.IPV4);
        int transport = plain.transport();
        long source = plainSource(plain.ip(), plain.isIpv6(), transport);
        long destination = plainDestination(plain.ip(), plain.isIpv6(), transport);
        if (plain.protocol() == IpProtocol.TCP) {
            see(Protocol.TCP);
            tcp.addSegment(source, destination, plain.u8(transport + 13), plain.i32(transport + 4));
        } else {
            see(Protocol.UDP);
            udp.add(source, destination);
            addPlainDns(transport + UdpHeader.LENGTH);
        }
    }

    private void addPlainDns(int payload) {
        Octets octets = Octets.wrap(plain.array(), payload, plain.end() - payload);
        if (plain.isDns()) {
            see(Protocol.DNS);
            addDns(new DnsMessage(octets));
        } else if (!isOtherNaming(plain.sourcePort(), plain.destinationPort())) {
            addLikelyDns(octets);
        }
    }

    private long plainSource(int ip, boolean ipv6, int transport) {
        int port = plain.u16(transport);
        return ipv6
                ? Conversations.endpoint(plain.sourceHigh(ip, true), plain.sourceLow(ip, true), port)
                : Conversations.endpoint((int) plain.sourceLow(ip, false), port);
    }

    private long plainDestination(int ip, boolean ipv6, int transport) {
        int port = plain.u16(transport + 2);
        return ipv6
                ? Conversations.endpoint(plain.destinationHigh(ip, true), plain.destinationLow(ip, true), port)
                : Conversations.endpoint((int) plain.destinationLow(ip, false), port);
    }

    /// Counts the layers from `first` on, until one is a piece of a datagram.
    private void add(int first, int nested) {
        int network = -1;
        for (int i = first; i < layers.count(); i++) {
            Protocol protocol = layers.protocol(i);
            if (protocol == Protocol.VLAN && isServiceTag(i)) {
                serviceTag = true;
                continue;
            }
            if (protocol == Protocol.DNS && layers.protocol(i - 1) == Protocol.TCP) {
                continue; // by its stream
            }
            see(protocol);
            switch (protocol) {
                case DNS -> addDns(new DnsMessage(layers.octets(i)));
                case VXLAN, VXLAN_GPE -> vnis.add(new VxlanHeader(layers.octets(i)).vni());
                case GENEVE -> geneveVnis.add(new GeneveHeader(layers.octets(i)).vni());
                default -> {}
            }
            if (layers.quoted() >= 0 && i >= layers.quoted()) {
                continue;
            }
            switch (protocol) {
                case IPV4, IPV6 -> {
                    network = i;
                    Fragment fragment = fragments.at(layers, i);
                    if (fragment != null) {
                        addFragment(fragment, nested);
                        return;
                    }
                }
                case TCP -> addTcp(network, i);
                case UDP -> addUdp(network, i);
                default -> {}
            }
        }
        addCut();
        if (layers.transportProtocol() == IpProtocol.IPCOMP && nested < MAX_NESTED) {
            addCompressed(nested);
        }
    }

    private void addCompressed(int nested) {
        Fragment packet = CompressedPayload.of(layers);
        if (packet != null) {
            addFrame(Fragments.frame(packet, packet.payload().toByteArray()), nested);
        }
    }

    /// By the type in front of the tag: Linux's second cooked header begins with it, all others end with it.
    private boolean isServiceTag(int layer) {
        Octets before = layers.octets(layer - 1);
        int length = layers.start(layer) - layers.start(layer - 1);
        boolean cooked = layers.protocol(layer - 1) == Protocol.COOKED && length == CookedHeader.LENGTH_2;
        int type = cooked ? 0 : length - 2;
        return before.u16(type) == ETHER_TYPE_SERVICE_TAG;
    }

    /// What the datagram carries that `fragment` completes, if it does.
    private void addFragment(Fragment fragment, int nested) {
        byte[] frame = fragments.complete(fragment, 0);
        if (frame != null && nested < MAX_NESTED) {
            addFrame(frame, nested);
        }
    }

    private void addFrame(byte[] frame, int nested) {
        whole.set(0, 0, 0, frame.length);
        whole.setOctets(frame, 0, frame.length);
        dissector.dissect(whole, LinkType.ETHERNET, layers);
        add(1, nested + 1); // the frame's own Ethernet header is not the record's
    }

    /// A header of which too little was captured to be a layer still occurs.
    private void addCut() {
        Protocol cut = layers.cut();
        if (cut != null) {
            see(cut);
        }
        if (layers.isMisnamed()) {
            see(Protocol.IPV4);
        }
    }

    private void addTcp(int network, int layer) {
        TcpHeader header = new TcpHeader(layers.octets(layer));
        if (header.headerLength() < TcpHeader.LENGTH
                || header.headerLength() > header.octets().length()) {
            return; // too little of a header to count for a conversation, as in tshark
        }
        long source = source(network, header.sourcePort());
        long destination = destination(network, header.destinationPort());
        tcp.addSegment(source, destination, header.flags(), header.sequenceNumber());
        if (header.sourcePort() == DNS_PORT || header.destinationPort() == DNS_PORT) {
            addDnsStream(Fingerprints.of(source, destination), header);
        }
    }

    private void addDnsStream(long stream, TcpHeader header) {
        if ((header.flags() & TcpHeader.SYN) != 0) {
            dnsStreams.open(stream);
            return;
        }
        int length = Math.max(header.headerLength(), TcpHeader.LENGTH);
        if (header.octets().length() > length
                && dnsStreams.add(
                        stream, header.sequenceNumber(), header.octets().from(length), this::addResponseCode)) {
            see(Protocol.DNS);
        }
    }

    private void addResponseCode(int code) {
        dnsResponseCodes.add(code);
    }

    private void addUdp(int network, int layer) {
        UdpHeader header = new UdpHeader(layers.octets(layer));
        if (header.statedLength() < UdpHeader.LENGTH
                && layers.statedEnd(layer) - layers.start(layer) == UdpHeader.LENGTH) {
            return; // a length that cannot be
        }
        udp.add(source(network, header.sourcePort()), destination(network, header.destinationPort()));
        Octets payload = header.octets().from(UdpHeader.LENGTH);
        if (layers.cut() == Protocol.DNS) {
            addCutDns(payload);
        } else if (layer == layers.count() - 1
                && layers.cut() == null
                && !isOtherNaming(header.sourcePort(), header.destinationPort())) {
            addLikelyDns(payload);
        }
    }

    /// A message that ends inside its header, behind the flags.
    private void addCutDns(Octets payload) {
        if (payload.length() >= DnsMessage.FLAGS_END && DnsMessage.isResponse(payload)) {
            addResponseCode(DnsMessage.responseCode(payload));
        }
    }

    /// Multicast DNS, LLMNR and NetBIOS look like DNS.
    private static boolean isOtherNaming(int sourcePort, int destinationPort) {
        return isOtherNaming(sourcePort) || isOtherNaming(destinationPort);
    }

    private static boolean isOtherNaming(int port) {
        return port == NETBIOS_PORT || port == MULTICAST_DNS_PORT || port == LLMNR_PORT;
    }

    /// DNS on a port of somebody's choice.
    private void addLikelyDns(Octets payload) {
        if (DnsMessage.isLike(payload)) {
            see(Protocol.DNS);
            addDns(new DnsMessage(payload));
        }
    }

    private long source(int network, int port) {
        Octets ip = layers.octets(network);
        if (layers.protocol(network) == Protocol.IPV4) {
            return Conversations.endpoint(new Ipv4Header(ip).source(), port);
        }
        Ipv6Header header = new Ipv6Header(ip);
        return Conversations.endpoint(header.sourceHigh(), header.sourceLow(), port);
    }

    private long destination(int network, int port) {
        Octets ip = layers.octets(network);
        if (layers.protocol(network) == Protocol.IPV4) {
            return Conversations.endpoint(new Ipv4Header(ip).destination(), port);
        }
        Ipv6Header header = new Ipv6Header(ip);
        return Conversations.endpoint(header.destinationHigh(), header.destinationLow(), port);
    }

    private void addDns(DnsMessage message) {
        if (message.isResponse()) {
            addResponseCode(message.responseCode());
        }
    }

    /// What was counted so far.
    public Counts counts() {
        Map<Protocol, Long> records = new LinkedHashMap<>();
        PROTOCOLS.forEach(protocol -> records.put(protocol, recordsOf[place(protocol)]));
        return new Counts(
                records,
                serviceTags,
                vnis.counts(),
                geneveVnis.counts(),
                dnsResponseCodes.counts(),
                tcp.count(),
                udp.count(),
                malformed,
                cutHeaders,
                undecoded.counts(),
                limits());
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (tcp.isFull()) {
            limits.add("there are more TCP conversations than the " + tcp.count() + " that could be told apart");
        }
        if (udp.isFull()) {
            limits.add("there are more UDP conversations than the " + udp.count() + " that could be told apart");
        }
        if (vnis.isFull() || geneveVnis.isFull()) {
            limits.add("there are more VNIs than the " + MAX_VNIS + " that are told apart");
        }
        if (fragments.givenUp() > 0) {
            limits.add(
                    fragments.givenUp() + " incomplete fragmented datagrams made room for others: what they carry may"
                            + " be missing from the counts");
        }
        return limits;
    }
}
