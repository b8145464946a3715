package hopline.decode;

import hopline.capture.Octets;
import org.jspecify.annotations.Nullable;

/// The layers of one record, outermost first: what each is and where it lies, without copies.
///
/// The [Dissector] refills the same instance for each record. Positions count from the start of the record's
/// array and hold as long as the record does; `-1` stands for "no such layer".
public final class Layers {

    static final int MAX_LAYERS = 64;

    private final Protocol[] protocols = new Protocol[MAX_LAYERS];
    private final int[] starts = new int[MAX_LAYERS];
    private final int[] ends = new int[MAX_LAYERS];
    private final int[] statedEnds = new int[MAX_LAYERS];

    private byte[] array = {};
    private int count;
    private int link = -1;
    private int network = -1;
    private int transport = -1;
    private int transportProtocol = -1;
    private int transportStart = -1;
    private int tunnels;
    private int tunnel = -1;
    private int outerNetwork = -1;
    private int interfaceIndex;
    private boolean interfaceKnown;
    private int quoted = -1;
    private int dns = -1;
    private boolean fragment;
    private boolean anyFragment;
    private int fragmentOffset;
    private boolean moreFragments;
    private int fragmentId;
    private @Nullable Protocol cut;
    private boolean misnamed;
    private boolean truncated;
    private boolean malformed;

    /// Empty, to be filled.
    public Layers() {}

    void reset(byte[] array) {
        this.array = array;
        count = 0;
        link = -1;
        tunnels = 0;
        tunnel = -1;
        outerNetwork = -1;
        interfaceIndex = 0;
        interfaceKnown = false;
        quoted = -1;
        cut = null;
        misnamed = false;
        anyFragment = false;
        truncated = false;
        malformed = false;
        forgetNetwork();
    }

    private void forgetNetwork() {
        network = -1;
        transport = -1;
        transportProtocol = -1;
        transportStart = -1;
        dns = -1;
        fragment = false;
        fragmentOffset = 0;
        moreFragments = false;
        fragmentId = 0;
    }

    /// Notes a layer and returns its index, or -1 when there are too many already.
    int add(Protocol protocol, int start, int end, int statedEnd) {
        if (count == MAX_LAYERS) {
            malformed = true;
            return -1;
        }
        protocols[count] = protocol;
        starts[count] = start;
        ends[count] = end;
        statedEnds[count] = statedEnd;
        return count++;
    }

    void setLink(int layer) {
        if (quoted < 0) {
            link = layer;
        }
    }

    void setNetwork(int layer) {
        network = layer;
    }

    void setTransport(int layer) {
        transport = layer;
    }

    void setTransportProtocol(int protocol, int start) {
        transportProtocol = protocol;
        transportStart = start;
    }

    /// What a tunnel carries has a network and transport layer of its own; not so in a packet that an error
    /// quotes.
    void setTunnel(int layer) {
        if (quoted < 0) {
            tunnel = layer;
            outerNetwork = network;
            link = -1;
            forgetNetwork();
        }
    }

    void nest() {
        tunnels++;
    }

    void setInterfaceIndex(int index) {
        interfaceIndex = index;
        interfaceKnown = true;
    }

    void setQuoted(int layer) {
        quoted = layer;
    }

    void setDns(int layer) {
        dns = layer;
    }

    void setFragment(int offset, boolean more, int id) {
        fragment = true;
        anyFragment = true;
        fragmentOffset = offset;
        moreFragments = more;
        fragmentId = id;
    }

    void setCut(Protocol protocol) {
        cut = protocol;
    }

    /// Malformed, but as easy to read.
    void setMisnamed() {
        misnamed = true;
        malformed = true;
    }

    void setTruncated() {
        truncated = true;
    }

    void setMalformed() {
        malformed = true;
    }

    public int count() {
        return count;
    }

    public Protocol protocol(int layer) {
        return protocols[layer];
    }

    /// Where the layer begins in the record's array.
    public int start(int layer) {
        return starts[layer];
    }

    /// Where its captured octets end, payload included, padding left out.
    public int end(int layer) {
        return ends[layer];
    }

    /// Where it would end had everything been captured.
    public int statedEnd(int layer) {
        return statedEnds[layer];
    }

    /// The layer's octets from its header on, payload included.
    public Octets octets(int layer) {
        return Octets.wrap(array, starts[layer], ends[layer] - starts[layer]);
    }

    /// The Ethernet header of [#network]'s packet, the innermost one; -1 where a tunnel carries none.
    public int link() {
        return link;
    }

    /// The innermost ARP, IPv4 or IPv6 header that is not quoted by an ICMP error.
    public int network() {
        return network;
    }

    /// The transport header inside [#network]; -1 in later fragments and where it was cut off.
    public int transport() {
        return transport;
    }

    /// The protocol number of what [#network] carries, extension headers passed over; -1 when there is none.
    public int transportProtocol() {
        return transportProtocol;
    }

    /// Where what [#network] carries begins, even if too little of it was captured for a header; -1 when
    /// nowhere.
    public int transportStart() {
        return transportStart;
    }

    /// The header of the innermost tunnel; the outer IP header itself where the inner one follows at once.
    public int tunnel() {
        return tunnel;
    }

    /// The IP header that bears the addresses of [#tunnel]'s ends.
    public int outerNetwork() {
        return outerNetwork;
    }

    /// True when the record itself tells the interface, as Linux's second cooked header does.
    public boolean hasInterfaceIndex() {
        return interfaceKnown;
    }

    /// Of [#hasInterfaceIndex]: the system's number of the interface, 32 bits.
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /// True when nothing is known of the link type that the record begins with.
    public boolean isUndecoded() {
        return count > 0 && protocols[0] == Protocol.UNKNOWN;
    }

    /// How many packets are nested in each other by tunnels and pseudowires, 0 to [Dissector#MAX_TUNNELS].
    public int tunnels() {
        return tunnels;
    }

    /// The first layer that an ICMP error quotes: it and all after it are of another packet.
    public int quoted() {
        return quoted;
    }

    /// The DNS message that [#transport] carries.
    public int dns() {
        return dns;
    }

    /// True when [#network] is a fragment of a datagram.
    public boolean isFragment() {
        return fragment;
    }

    /// True when [#network], or an IP header around it, is of a fragment.
    public boolean hasFragment() {
        return anyFragment;
    }

    /// Where the fragment belongs in its datagram's payload, in octets.
    public int fragmentOffset() {
        return fragmentOffset;
    }

    public boolean moreFragments() {
        return moreFragments;
    }

    /// What the datagram's fragments share: 16 bits in IPv4, 32 in IPv6.
    public int fragmentId() {
        return fragmentId;
    }

    /// What would follow the last layer, had its header not been cut short or broken beyond use; null when
    /// nothing.
    public @Nullable Protocol cut() {
        return cut;
    }

    /// A packet was announced as IPv4 and is of version 6.
    public boolean isMisnamed() {
        return misnamed;
    }

    /// A header was cut short: by the snap length, by fragmentation, or in a quoted packet by whoever quoted
    /// it.
    public boolean isTruncated() {
        return truncated;
    }

    /// A header breaks its own format, or has less room than it needs though nothing was cut.
    public boolean isMalformed() {
        return malformed;
    }

    byte[] array() {
        return array;
    }
}
