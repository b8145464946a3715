package hopline.decode.census;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.Octets;
import hopline.decode.Dissector;
import hopline.decode.IpProtocol;
import hopline.decode.Layers;
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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts what occurs in the records of one capture.
///
/// A record counts for a protocol once, however often it holds it: as payload, in a tunnel, or quoted by an
/// ICMP error. What a fragmented datagram carries counts in the record that completes it. Conversations
/// leave quoted packets out. Single-threaded.
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

    /// What is remembered of TCP connections, up to five things each; 32 MiB.
    static final int MAX_TCP_MARKS = 1 << 21;

    /// UDP conversations that are told apart; 16 MiB.
    static final int MAX_UDP_CONVERSATIONS = 1 << 20;

    /// Network identifiers of VXLAN, and of Geneve, that are told apart.
    static final int MAX_VNIS = 65_536;

    private static final int ETHER_TYPE_SERVICE_TAG = 0x88a8;
    private static final int DNS_PORT = 53;
    private static final Set<Integer> OTHER_NAMING = Set.of(137, 5353, 5355);

    /// Fragments whose datagrams are fragments again: as many as tunnels are followed.
    private static final int MAX_NESTED = Dissector.MAX_TUNNELS;

    private final Dissector dissector = new Dissector();
    private final Layers layers = new Layers();
    private final CaptureRecord whole = new CaptureRecord();
    private final Fragments fragments = new Fragments();
    private final DnsStreams dnsStreams = new DnsStreams();
    private final Set<Protocol> seen = EnumSet.noneOf(Protocol.class); // of the record at hand
    private final Map<Protocol, Tally> recordsOf = new EnumMap<>(Protocol.class);
    private final SortedMap<Integer, Long> vnis = new TreeMap<>();
    private final SortedMap<Integer, Long> geneveVnis = new TreeMap<>();
    private final SortedMap<Integer, Long> dnsResponseCodes = new TreeMap<>();
    private final Conversations tcp = new Conversations(MAX_TCP_MARKS);
    private final Conversations udp = new Conversations(MAX_UDP_CONVERSATIONS);
    private final SortedMap<Integer, Long> undecoded = new TreeMap<>();
    private boolean vnisFull;
    private boolean serviceTag; // in the record at hand
    private long serviceTags;
    private long malformed;
    private long cutHeaders;

    private static final class Tally {
        private long records;
    }

    /// Nothing counted yet.
    public Census() {}

    /// Counts `record`, which begins as `linkType` says.
    public void add(CaptureRecord record, int linkType) {
        seen.clear();
        serviceTag = false;
        dissector.dissect(record, linkType, layers);
        malformed += layers.isMalformed() ? 1 : 0;
        cutHeaders += record.isTruncated() && layers.isTruncated() ? 1 : 0;
        if (layers.isUndecoded()) {
            undecoded.merge(linkType, 1L, Long::sum);
        }
        add(0, 0);
        for (Protocol protocol : seen) {
            tally(protocol).records++;
        }
        serviceTags += serviceTag ? 1 : 0;
    }

    private Tally tally(Protocol protocol) {
        return recordsOf.computeIfAbsent(protocol, p -> new Tally());
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
            seen.add(protocol);
            switch (protocol) {
                case DNS -> addDns(new DnsMessage(layers.octets(i)));
                case VXLAN, VXLAN_GPE -> addVni(vnis, new VxlanHeader(layers.octets(i)).vni());
                case GENEVE -> addVni(geneveVnis, new GeneveHeader(layers.octets(i)).vni());
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
            seen.add(cut);
        }
        if (layers.isMisnamed()) {
            seen.add(Protocol.IPV4);
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
            seen.add(Protocol.DNS);
        }
    }

    private void addResponseCode(int code) {
        dnsResponseCodes.merge(code, 1L, Long::sum);
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
        } else if (layer == layers.count() - 1 && layers.cut() == null && !isOtherNaming(header)) {
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
    private static boolean isOtherNaming(UdpHeader header) {
        return OTHER_NAMING.contains(header.sourcePort()) || OTHER_NAMING.contains(header.destinationPort());
    }

    /// DNS on a port of somebody's choice.
    private void addLikelyDns(Octets payload) {
        if (DnsMessage.isLike(payload)) {
            seen.add(Protocol.DNS);
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

    private void addVni(SortedMap<Integer, Long> to, int vni) {
        if (to.size() < MAX_VNIS || to.containsKey(vni)) {
            to.merge(vni, 1L, Long::sum);
        } else {
            vnisFull = true;
        }
    }

    private void addDns(DnsMessage message) {
        if (message.isResponse()) {
            addResponseCode(message.responseCode());
        }
    }

    /// What was counted so far.
    public Counts counts() {
        Map<Protocol, Long> records = new LinkedHashMap<>();
        PROTOCOLS.forEach(protocol -> records.put(protocol, tally(protocol).records));
        return new Counts(
                records,
                serviceTags,
                vnis,
                geneveVnis,
                dnsResponseCodes,
                tcp.count(),
                udp.count(),
                malformed,
                cutHeaders,
                undecoded,
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
        if (vnisFull) {
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
