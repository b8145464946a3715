package hopline.decode.stage;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.header.TcpHeader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One appearance of a packet at a capture point, with what its innermost headers said there.
///
/// Filled by a [StageReader] from a record that is soon gone; while its packet is in flight it lies packed in
/// [StageRows]. Addresses are kept as words and become [Address] values on demand.
public final class Stage {

    /// [#protocol] of ARP, which has no IP protocol number.
    public static final int ARP = 256;

    /// [#protocol] of what is neither IP nor ARP.
    public static final int NOT_IP = 257;

    static final int HEAD_LENGTH = 16;
    static final byte WHOLE = 127;

    static final CapturePoint NOWHERE = new CapturePoint(-1, "", "");

    CapturePoint point = NOWHERE;
    int file;
    long record;
    long epochNanos;

    long sourceMac;
    long destinationMac;
    short vlan = -1;

    char protocol = NOT_IP;
    boolean ipv6;
    boolean fragment;
    boolean moreFragments;
    short timeToLive;
    int identification;
    int fragmentOffset;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    char sourcePort;
    char destinationPort;
    boolean portsKnown;

    /// Octets of the TCP header that were captured, if not all of it; else [#WHOLE].
    byte tcpOctets = WHOLE;

    int sequence;
    int acknowledgment;
    byte flags;
    char window;
    char maximumSegmentSize;
    long timestamps;

    int length;
    int payloadLength;
    byte headLength;
    long head0;
    long head1;

    /// What [#conversationHash] tells, of a stage that lay packed; else 0.
    long conversation;

    @Nullable Encapsulation outer;

    @Nullable StageDetail detail;

    @Nullable Sighting sighting;

    /// The next stage of the same journey, in the order they were tied; of a free stage the next free one.
    @Nullable Stage next;

    boolean likely;

    Stage() {}

    /// Sets the fields that not every packet sets to what they mean when it does not.
    void clear() {
        sourceMac = 0;
        destinationMac = 0;
        vlan = -1;
        protocol = NOT_IP;
        ipv6 = false;
        fragment = false;
        moreFragments = false;
        timeToLive = 0;
        identification = 0;
        fragmentOffset = 0;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        sourcePort = 0;
        destinationPort = 0;
        portsKnown = false;
        tcpOctets = WHOLE;
        sequence = 0;
        acknowledgment = 0;
        flags = 0;
        window = 0;
        maximumSegmentSize = 0;
        timestamps = 0;
        payloadLength = 0;
        headLength = 0;
        head0 = 0;
        head1 = 0;
        conversation = 0;
        outer = null;
        detail = null;
        sighting = null;
        next = null;
        likely = false;
    }

    /// A stage that was seen nowhere and has only a tuple, such as the one an ICMP error quotes.
    public static Stage ofTuple(
            int protocol, Address source, int sourcePort, Address destination, int destinationPort) {
        Stage stage = new Stage();
        stage.protocol = (char) protocol;
        stage.sourceHigh = source.high();
        stage.sourceLow = source.low();
        stage.sourcePort = (char) sourcePort;
        stage.destinationHigh = destination.high();
        stage.destinationLow = destination.low();
        stage.destinationPort = (char) destinationPort;
        stage.portsKnown = true;
        return stage;
    }

    /// Where it was seen.
    public CapturePoint point() {
        return point;
    }

    /// Which of the analysis's inputs holds the record, from 0.
    public int file() {
        return file;
    }

    /// The record's number in that file, from 1.
    public long record() {
        return record;
    }

    /// When it was seen, in nanoseconds since 1970, on the clock of the reference node.
    public long epochNanos() {
        return epochNanos;
    }

    /// False when the tie to the journey's other stages is only likely.
    public boolean isCertain() {
        return !likely;
    }

    /// The innermost frame's source, 48 bits.
    public long sourceMac() {
        return sourceMac;
    }

    /// The innermost frame's destination, 48 bits.
    public long destinationMac() {
        return destinationMac;
    }

    /// The innermost frame's VLAN, or -1.
    public int vlan() {
        return vlan;
    }

    /// The IP protocol number, [#ARP] or [#NOT_IP].
    public int protocol() {
        return protocol;
    }

    public boolean isTcp() {
        return protocol == IpProtocol.TCP;
    }

    public boolean isUdp() {
        return protocol == IpProtocol.UDP;
    }

    public boolean isIp() {
        return protocol < ARP;
    }

    /// IPv4's time to live or IPv6's hop limit, 0 to 255.
    public int timeToLive() {
        return timeToLive;
    }

    /// IPv4's identification, or a fragment's in IPv6; else 0.
    public int identification() {
        return identification;
    }

    public boolean isFragment() {
        return fragment;
    }

    /// A fragment other than the first.
    public boolean isLaterFragment() {
        return fragmentOffset > 0;
    }

    /// Of a fragment: where its octets stand in the datagram, counted from the end of the IP header.
    public int fragmentOffset() {
        return fragmentOffset;
    }

    /// A fragment that is not its datagram's last.
    public boolean hasMoreFragments() {
        return moreFragments;
    }

    public Address sourceAddress() {
        return new Address(sourceHigh, sourceLow);
    }

    public Address destinationAddress() {
        return new Address(destinationHigh, destinationLow);
    }

    /// Whether its source address is where `other` goes to.
    public boolean isFromDestinationOf(Stage other) {
        return sourceLow == other.destinationLow && sourceHigh == other.destinationHigh;
    }

    /// Of ARP: the MAC that says it has the sender's address.
    public long senderHardware() {
        return head0;
    }

    /// The first word of the source address, see [Address#high].
    public long sourceHigh() {
        return sourceHigh;
    }

    /// The second word of the source address.
    public long sourceLow() {
        return sourceLow;
    }

    /// The first word of the destination address.
    public long destinationHigh() {
        return destinationHigh;
    }

    /// The second word of the destination address.
    public long destinationLow() {
        return destinationLow;
    }

    /// The source port; the identifier of an ICMP echo; 0 where there is none.
    public int sourcePort() {
        return sourcePort;
    }

    /// The destination port; the identifier of an ICMP echo; 0 where there is none.
    public int destinationPort() {
        return destinationPort;
    }

    public Endpoint source() {
        return new Endpoint(sourceAddress(), IpProtocol.hasPorts(protocol) ? sourcePort : Endpoint.NO_PORT);
    }

    public Endpoint destination() {
        return new Endpoint(destinationAddress(), IpProtocol.hasPorts(protocol) ? destinationPort : Endpoint.NO_PORT);
    }

    /// False when the snap length left a part of a TCP header: then flags, timestamps or lengths are unknown.
    public boolean isTransportWhole() {
        return tcpOctets == WHOLE && (portsKnown || !IpProtocol.hasPorts(protocol));
    }

    /// TCP's sequence number, or an ICMP echo's.
    public int sequence() {
        return sequence;
    }

    public int acknowledgment() {
        return acknowledgment;
    }

    /// TCP's eight flag bits; ICMP's type.
    public int flags() {
        return flags & 0xff;
    }

    public boolean hasFlag(int flag) {
        return isTcp() && (flags & flag) != 0;
    }

    /// Opens a connection: SYN without ACK.
    public boolean isSyn() {
        return isTcp() && (flags & (TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST)) == TcpHeader.SYN;
    }

    public boolean isSynAck() {
        return isTcp() && (flags & (TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST)) == (TcpHeader.SYN | TcpHeader.ACK);
    }

    public int window() {
        return window;
    }

    /// TCP's maximum segment size option, or 0.
    public int maximumSegmentSize() {
        return maximumSegmentSize;
    }

    /// TCP's timestamps option, value and echo in the upper and lower half, or 0.
    public long timestamps() {
        return timestamps;
    }

    /// Octets of the IP datagram, header included, as stated; of the frame where it is not IP.
    public int length() {
        return length;
    }

    /// Octets of the transport's payload as stated, captured or not.
    public int payloadLength() {
        return payloadLength;
    }

    /// Whether a segment is a TLS alert by which a side says that it sends no more, as far as that can be seen.
    public boolean isTlsFarewell() {
        return TlsAlert.isFarewell(head0, payloadLength);
    }

    /// One past the last sequence number a segment takes, SYN and FIN counted.
    public int sequenceEnd() {
        int phantom = ((flags & TcpHeader.SYN) != 0 ? 1 : 0) + ((flags & TcpHeader.FIN) != 0 ? 1 : 0);
        return sequence + payloadLength + phantom;
    }

    /// The innermost tunnel the packet was in here, or null.
    public @Nullable Encapsulation outer() {
        return outer;
    }

    public @Nullable StageDetail detail() {
        return detail;
    }

    /// That the system dropped the packet here, when it says so; else null.
    public @Nullable Drop drop() {
        return sighting == null ? null : sighting.drop();
    }

    /// Whether the packet went towards the wire here, not towards a container or the host; empty when that is not
    /// known, as for all that no tracing of a virtual switch saw.
    public Optional<Boolean> isOutward() {
        Sighting told = sighting;
        return told == null ? Optional.empty() : point.place().flatMap(place -> place.isOutward(told.direction()));
    }

    /// Negative when the system's own tracing says that this stage came before `other`, positive when after, 0 when
    /// it does not say: by its count of a packet's appearances, else by its one clock; of one tick by a component's
    /// edges, else by the order in which it logged them.
    public int compareTold(Stage other) {
        Sighting a = sighting;
        Sighting b = other.sighting;
        if (a == null || b == null || !isLoggedWith(other)) {
            return 0;
        }
        int order = Sighting.compareCounts(a, b);
        order = order != 0 ? order : Long.compare(epochNanos, other.epochNanos);
        order = order != 0 || !samePoint(other) ? order : Sighting.compareEdges(a, b);
        return order != 0 ? order : Long.compare(record, other.record);
    }

    /// Whether the system itself counted `other` as a later appearance of this packet on one way.
    public boolean isCountedBefore(Stage other) {
        Sighting a = sighting;
        Sighting b = other.sighting;
        return a != null && b != null && isLoggedWith(other) && Sighting.compareCounts(a, b) < 0;
    }

    private boolean isLoggedWith(Stage other) {
        return file == other.file && point.node().equals(other.point.node());
    }

    /// The next stage of the same journey in the order they were tied, or null after the last.
    public @Nullable Stage next() {
        return next;
    }

    /// Equal for stages of equal [#sameTuple]; for tables.
    public long tupleHash() {
        return Mix.of(conversationHash(), sourceLow ^ sourceHigh * 31 ^ (long) sourcePort << 48);
    }

    /// Equal for both directions of a conversation; for tables.
    public long conversationHash() {
        if (conversation != 0) {
            return conversation;
        }
        long source = Mix.of(sourceLow ^ sourceHigh * 31, sourcePort);
        long destination = Mix.of(destinationLow ^ destinationHigh * 31, destinationPort);
        return Mix.of(source + destination, source ^ destination ^ protocol);
    }

    public boolean samePoint(Stage other) {
        return point.id() == other.point.id();
    }

    /// Same source, destination, ports and protocol: nothing was translated between the two.
    public boolean sameTuple(Stage other) {
        return protocol == other.protocol && sameSource(other) && sameDestination(other);
    }

    public boolean sameSource(Stage other) {
        return sourceLow == other.sourceLow
                && sourceHigh == other.sourceHigh
                && (sourcePort == other.sourcePort || !portsKnown || !other.portsKnown);
    }

    public boolean sameDestination(Stage other) {
        return destinationLow == other.destinationLow
                && destinationHigh == other.destinationHigh
                && (destinationPort == other.destinationPort || !portsKnown || !other.portsKnown);
    }
}
