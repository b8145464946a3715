package hopline.decode.redact;

import hopline.capture.CaptureRecord;
import hopline.decode.Dissector;
import hopline.decode.IpProtocol;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.header.ArpHeader;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;
import hopline.decode.header.Ipv6Header;
import java.util.Collection;

/// Makes of a record one of the same length with the same headers, in which addresses and names are
/// others and payload is gone.
///
/// Tunnels are followed inside, and what ICMP errors quote is treated as what it is. Nothing is left
/// because nobody thought of it: the result begins as zeros, and only what is known is taken over. A
/// payload leaves a mark of eight octets, the same for payloads that begin alike, so that copies of a
/// packet can still be told from other packets. Single-threaded.
public final class PacketRedaction {

    /// Of framings of which no more is known.
    static final int SHORTEST_FRAMING = 4;

    private static final int BACKBONE_TAG = 4;
    private static final int DNS_LENGTH = 2;

    /// Octets of a header that was cut short which are the same in all of them: the checksum is left out.
    private static final int CUT_TCP = 16;
    private static final int CUT_PORTS = 8;

    private final Dissector dissector;
    private final Layers layers = new Layers();
    private final Rewriting rewriting;
    private final LinkRedaction link;
    private final NetworkRedaction network;
    private final TransportRedaction transport;
    private final IcmpRedaction icmp;
    private final TunnelRedaction tunnels;
    private final DnsRedaction dns;
    private final DhcpRedaction dhcp;
    private final Checksums checksums;

    /// @param keepPayload leaves payload as it is, and with it whatever it holds
    /// @param moreVxlanPorts UDP ports on which VXLAN is looked for, beside the usual ones
    public PacketRedaction(
            RedactionKey key,
            AddressPseudonyms addresses,
            NamePseudonyms names,
            boolean keepPayload,
            Collection<Integer> moreVxlanPorts) {
        dissector = new Dissector(moreVxlanPorts);
        rewriting = new Rewriting(addresses, names, key.function("payload"), keepPayload);
        link = new LinkRedaction(rewriting);
        network = new NetworkRedaction(rewriting);
        transport = new TransportRedaction(rewriting);
        icmp = new IcmpRedaction(rewriting);
        tunnels = new TunnelRedaction(rewriting);
        dns = new DnsRedaction(rewriting);
        dhcp = new DhcpRedaction(rewriting);
        checksums = new Checksums(rewriting);
    }

    /// Tells `listener` from now on of every payload.
    void listen(Replacements listener) {
        rewriting.listen(listener);
    }

    /// The octets to stand in the place of those of `record`, which begins as `linkType` says.
    public byte[] redact(CaptureRecord record, int linkType) {
        dissector.dissect(record, linkType, layers);
        rewriting.begin(record.array(), record.offset(), record.capturedLength());
        for (int layer = 0; layer < layers.count(); layer++) {
            rewrite(layer, linkType);
        }
        checksums.correct(record.array(), layers);
        return rewriting.result();
    }

    private boolean isLast(int layer) {
        return layer + 1 == layers.count();
    }

    /// Where the next layer begins, or where this one ends when it is the last.
    private int next(int layer) {
        return isLast(layer) ? layers.end(layer) : layers.start(layer + 1);
    }

    private void rewrite(int layer, int linkType) {
        int start = layers.start(layer);
        int end = layers.end(layer);
        switch (layers.protocol(layer)) {
            case ETHERNET -> ethernet(layer);
            case VLAN, MPLS, LLC, LOOPBACK, PPP, ETHER_IP, VXLAN, VXLAN_GPE, LISP, ERSPAN -> framing(layer);
            case COOKED -> link.cooked(linkType, start);
            case LINK -> link(layer, linkType);
            case WIRELESS -> wireless(layer, linkType);
            case ARP -> arp(layer);
            case IPV4 -> ipv4(layer);
            case IPV6 -> ipv6(layer);
            case IPV6_EXTENSION -> extension(layer);
            case AUTHENTICATION -> network.authentication(start, next(layer));
            case TCP -> tcp(layer);
            case UDP -> carried(layer, transport.udp(start, end));
            case SCTP -> carried(layer, transport.sctp(start, end));
            case ICMP -> icmp.rewrite(4, start, end);
            case ICMPV6 -> icmp.rewrite(6, start, end);
            case DNS -> dns.rewrite(start, end);
            case DHCP -> dhcp.rewrite(start, end);
            case GRE -> tunnels.gre(layers, layer, isLast(layer) ? start : next(layer));
            case GENEVE -> tunnels.geneve(layers, layer);
            case NSH -> tunnels.nsh(start);
            case GTP -> tunnels.gtp(layers, layer, isLast(layer) ? start : next(layer));
            case L2TP -> tunnels.l2tp(layers, layer, layer > 0 && layers.protocol(layer - 1) == Protocol.UDP);
            case PPPOE -> tunnels.pppoe(start);
            case TEREDO -> tunnels.teredo(layers, layer);
            case AYIYA -> tunnels.ayiya(layers, layer);
            case UNKNOWN -> rewriting.payload(start, end);
        }
    }

    /// What a header carries that nothing more is known of.
    private void carried(int layer, int payload) {
        if (isLast(layer)) {
            rewriting.payload(payload, layers.end(layer));
        }
    }

    private void ethernet(int layer) {
        int payload = layers.start(layer) + EthernetHeader.LENGTH;
        link.ethernet(layers.start(layer));
        if (!isLast(layer) && layers.protocol(layer + 1) == Protocol.ETHERNET) {
            rewriting.keep(payload, Math.min(next(layer), payload + BACKBONE_TAG));
        }
        carried(layer, payload);
    }

    private void framing(int layer) {
        int length =
                switch (layers.protocol(layer)) {
                    case LLC -> 3;
                    case PPP, ETHER_IP -> 2;
                    case VXLAN, VXLAN_GPE, LISP, ERSPAN -> 8;
                    default -> SHORTEST_FRAMING;
                };
        int header = Math.min(layers.start(layer) + length, layers.end(layer));
        link.framing(layers.start(layer), isLast(layer) ? header : next(layer));
        carried(layer, header);
    }

    /// A DNS message's length may stand before it.
    private void tcp(int layer) {
        int payload = transport.tcp(layers.start(layer), layers.end(layer));
        if (!isLast(layer) && layers.protocol(layer + 1) == Protocol.DNS) {
            rewriting.keep(payload, Math.min(next(layer), payload + DNS_LENGTH));
        }
        carried(layer, payload);
    }

    /// Nothing is known of what follows a link header that leads nowhere.
    private void link(int layer, int linkType) {
        int length = layer == 0 ? LinkRedaction.headerLength(linkType) : SHORTEST_FRAMING;
        int header = Math.min(layers.start(layer) + length, layers.end(layer));
        link.link(layers, layer, linkType, isLast(layer) ? header : next(layer));
        carried(layer, header);
    }

    private void wireless(int layer, int linkType) {
        int start = layers.start(layer);
        int before = layer == 0 ? rewriting.offset() : start;
        link.wireless(layers, layer, linkType, before, isLast(layer) ? start : next(layer));
    }

    private void arp(int layer) {
        network.arp(layers, layer);
        if (!new ArpHeader(layers.octets(layer)).isIpv4OverEthernet()) {
            rewriting.payload(layers.start(layer) + 8, layers.end(layer));
        }
    }

    private void ipv4(int layer) {
        int start = layers.start(layer);
        network.ipv4(start, layers.end(layer));
        if (isLast(layer)) {
            Ipv4Header ip = new Ipv4Header(layers.octets(layer));
            int payload = start + ip.headerLength();
            if (ip.fragmentOffset() > 0) {
                laterFragment(ip.protocol(), ip.fragmentOffset(), ip.moreFragments(), payload, layer);
            } else {
                unfollowed(ip.protocol(), payload, layers.end(layer));
            }
        }
    }

    private void ipv6(int layer) {
        int start = layers.start(layer);
        network.ipv6(start);
        if (isLast(layer)) {
            int protocol = new Ipv6Header(layers.octets(layer)).nextHeader();
            unfollowed(protocol, start + Ipv6Header.LENGTH, layers.end(layer));
        }
    }

    private void extension(int layer) {
        int kind = ExtensionKind.of(layers, rewriting, layer);
        int start = layers.start(layer);
        network.extension(kind, layers, layer);
        if (isLast(layer)) {
            Ipv6ExtensionHeader header = new Ipv6ExtensionHeader(kind, layers.octets(layer));
            int payload = start + header.headerLength();
            if (kind == Ipv6ExtensionHeader.FRAGMENT && header.fragmentOffset() > 0) {
                laterFragment(header.nextHeader(), header.fragmentOffset(), header.moreFragments(), payload, layer);
            } else {
                unfollowed(header.nextHeader(), payload, layers.end(layer));
            }
        }
    }

    /// Nothing of it stays, so that the datagram's checksum can be known from its first fragment; the last
    /// one says for the checksum's sake how long the datagram was.
    private void laterFragment(int protocol, int offset, boolean more, int start, int layer) {
        rewriting.drop(start, layers.end(layer));
        int length = offset + layers.statedEnd(layer) - start;
        if (!more && !rewriting.keepsPayload() && Checksums.coversLength(protocol)) {
            rewriting.set16(start, Checksums.fragmentsEnd(length));
        }
    }

    /// What follows IP and has become no layer: a header that was cut short, or what nobody knows.
    private void unfollowed(int protocol, int start, int end) {
        switch (protocol) {
            case IpProtocol.TCP -> rewriting.keep(start, Math.min(end, start + CUT_TCP));
            case IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                rewriting.keep(start, Math.min(end, start + (protocol == IpProtocol.SCTP ? CUT_PORTS : CUT_PORTS - 2)));
            default -> rewriting.payload(start, end);
        }
    }
}
