package hopline.decode.redact;

import hopline.capture.LinkType;
import hopline.decode.Layers;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.WirelessHeader;

/// What records begin with, and the framings between a link and the network.
final class LinkRedaction {

    private static final int MAC_LENGTH = 6;
    private static final int COOKED_LENGTH = 16;
    private static final int COOKED_ADDRESS_LENGTH = 4;
    private static final int COOKED_ADDRESS = 6;
    private static final int COOKED_2_ADDRESS_LENGTH = 11;
    private static final int COOKED_2_ADDRESS = 12;
    private static final int AVS_HEADER = 8;
    private static final int MANAGED = 24;
    private static final int PACKET_TAP_HEADER = 12;
    private static final int PER_PACKET_HEADER = 8;
    private static final int TOKEN_RING_HEADER = 2;
    private static final int ROUTING_CONTROL = 2;
    private static final int INFINIBAND_TYPE = 40;
    private static final int NFLOG_HEADER = 4;
    private static final int MAX_NFLOG_FIELDS = 64;

    /// The longest framing that is copied as it is: label stacks and tags are shorter.
    private static final int MAX_FRAMING = 256;

    private final Rewriting rewriting;

    LinkRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    void ethernet(int start) {
        rewriting.mac(start);
        rewriting.mac(start + MAC_LENGTH);
        rewriting.keep(start + 2 * MAC_LENGTH, start + EthernetHeader.LENGTH);
    }

    /// Fields without addresses or names, up to what follows.
    void framing(int start, int next) {
        rewriting.keep(start, Math.min(next, start + MAX_FRAMING));
    }

    void cooked(int linkType, int start) {
        boolean second = linkType == LinkType.LINUX_SLL2;
        int addressAt = start + (second ? COOKED_2_ADDRESS : COOKED_ADDRESS);
        int length =
                second ? rewriting.u8(start + COOKED_2_ADDRESS_LENGTH) : rewriting.u16(start + COOKED_ADDRESS_LENGTH);
        rewriting.keep(start, addressAt);
        if (length == MAC_LENGTH) {
            rewriting.mac(addressAt);
        } else if (length == 4) {
            rewriting.ipv4(addressAt); // the ends of a tunnel
        }
        if (!second) {
            rewriting.keep(start + COOKED_LENGTH - 2, start + COOKED_LENGTH);
        }
    }

    /// Other link headers: what leads to the packet stays, names of interfaces and processes go.
    ///
    /// @param next where the next layer begins
    void link(Layers layers, int layer, int linkType, int next) {
        int start = layers.start(layer);
        if (layer > 0) {
            framing(start, next);
            return;
        }
        switch (linkType) {
            case LinkType.PKTAP, LinkType.USER2 -> rewriting.keep(start, start + PACKET_TAP_HEADER);
            case LinkType.PPI -> rewriting.keep(start, start + PER_PACKET_HEADER);
            case LinkType.SLIP -> rewriting.keep(start, start + 1);
            case LinkType.IPOIB -> rewriting.keep(start + INFINIBAND_TYPE, start + INFINIBAND_TYPE + 4);
            case LinkType.FDDI -> addressed(start, start + 1);
            case LinkType.IEEE802_5 -> tokenRing(start);
            case LinkType.NFLOG -> nflog(start, next);
            default -> framing(start, next);
        }
    }

    /// How many octets of that link type's header hold what is not payload, addresses above all.
    static int headerLength(int linkType) {
        return switch (linkType) {
            case LinkType.PKTAP, LinkType.USER2, LinkType.PPI -> PACKET_TAP_HEADER;
            case LinkType.FDDI -> 1 + 2 * MAC_LENGTH;
            case LinkType.IEEE802_5 -> TOKEN_RING_HEADER + 2 * MAC_LENGTH;
            case LinkType.IPOIB -> INFINIBAND_TYPE + 4;
            default -> PacketRedaction.SHORTEST_FRAMING;
        };
    }

    private void addressed(int start, int address) {
        rewriting.keep(start, address);
        rewriting.mac(address);
        rewriting.mac(address + MAC_LENGTH);
    }

    private void tokenRing(int start) {
        int source = start + TOKEN_RING_HEADER + MAC_LENGTH;
        addressed(start, start + TOKEN_RING_HEADER);
        if ((rewriting.u8(source) & 0x80) != 0) { // a route follows
            rewriting.set(source, (rewriting.madeU16(source) >>> 8) | 0x80);
            rewriting.keep(source + MAC_LENGTH, source + MAC_LENGTH + ROUTING_CONTROL);
        } else {
            rewriting.set(source, (rewriting.madeU16(source) >>> 8) & 0x7f);
        }
    }

    private void nflog(int start, int next) {
        rewriting.keep(start, start + NFLOG_HEADER);
        int at = start + NFLOG_HEADER;
        for (int i = 0; i < MAX_NFLOG_FIELDS && at < next; i++) {
            int length = Short.toUnsignedInt(Short.reverseBytes((short) rewriting.u16(at)));
            rewriting.keep(at, at + NFLOG_HEADER);
            at += Math.max((length + 3) / 4 * 4, NFLOG_HEADER);
        }
    }

    /// A frame with what a driver put before it, from `before` on.
    void wireless(Layers layers, int layer, int linkType, int before, int next) {
        int start = layers.start(layer);
        prefix(linkType, before, start);
        WirelessHeader frame = new WirelessHeader(layers.octets(layer));
        rewriting.keep(start, start + 4);
        if (!frame.isData() && layers.end(layer) - start < MANAGED) {
            rewriting.mac(start + 4); // control frames: one address or two
            rewriting.mac(start + 4 + MAC_LENGTH);
            return;
        }
        for (int i = 0; i < 3; i++) {
            rewriting.mac(start + 4 + i * MAC_LENGTH);
        }
        rewriting.keep(start + MANAGED - 2, start + MANAGED);
        if (frame.isData() && layers.end(layer) - start >= frame.headerLength()) {
            dataHeader(frame, start, next);
        }
    }

    private void dataHeader(WirelessHeader frame, int start, int next) {
        int at = start + MANAGED;
        int end = start + frame.headerLength();
        if (end - at >= MAC_LENGTH && (rewriting.u8(start + 1) & 0x03) == 0x03) {
            rewriting.mac(at);
            at += MAC_LENGTH;
        }
        rewriting.keep(at, end);
        if (next - end >= 2 * MAC_LENGTH + 2) { // the first frame of an aggregate
            rewriting.mac(next - 2 * MAC_LENGTH - 2);
            rewriting.mac(next - MAC_LENGTH - 2);
            rewriting.keep(next - 2, next);
        }
    }

    private void prefix(int linkType, int before, int start) {
        if (linkType == LinkType.IEEE802_11_RADIOTAP) {
            rewriting.keep(before, start);
        } else {
            rewriting.keep(before, Math.min(before + AVS_HEADER, start));
        }
    }
}
