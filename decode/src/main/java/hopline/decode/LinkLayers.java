package hopline.decode;

import hopline.capture.LinkType;
import hopline.capture.Octets;
import hopline.decode.header.CookedHeader;
import hopline.decode.header.EthernetHeader;

/// What a record begins with, by the [link type](https://www.tcpdump.org/linktypes.html) of its interface.
final class LinkLayers {

    private static final int FAMILY_LENGTH = 4;
    private static final int HDLC_LENGTH = 4;
    private static final int CISCO_UNICAST = 0x0f;
    private static final int CISCO_MULTICAST = 0x8f;
    private static final int SLIP_LENGTH = 16;

    /// A global route header and an Ethernet type with padding, [RFC
    /// 4391](https://www.rfc-editor.org/rfc/rfc4391).
    private static final int INFINIBAND_LENGTH = 44;

    private static final int INFINIBAND_TYPE = 40;

    private static final int TOKEN_RING_LENGTH = 14;
    private static final int TOKEN_RING_SOURCE = 8;
    private static final int FRAME_MASK = 0xc0;
    private static final int TOKEN_RING_LLC = 0x40;
    private static final int ROUTED = 0x80;
    private static final int ROUTING_LENGTH_MASK = 0x1f;

    private static final int FDDI_LENGTH = 13;
    private static final int FDDI_FRAME_MASK = 0x70;
    private static final int FDDI_LLC = 0x50;

    private static final int MAX_DLCI_LENGTH = 4;
    private static final int UNNUMBERED = 0x03;
    private static final int NLPID_SNAP = 0x80;
    private static final int NLPID_IPV4 = 0xcc;
    private static final int NLPID_IPV6 = 0x8e;

    private static final int NFLOG_LENGTH = 4;
    private static final int NFLOG_PAYLOAD = 9;
    private static final int MAX_NFLOG_FIELDS = 64;

    private static final int JUNIPER_LENGTH = 4;
    private static final int JUNIPER_EXTENSIONS = 0x80;
    private static final int JUNIPER_NO_HEADER = 0x02;

    private static final int PPI_LENGTH = 8;
    private static final int PACKET_TAP_LENGTH = 12;

    private static final int ARCNET_LENGTH = 8;
    private static final int ARCNET_TYPE = 4;
    private static final int ARCNET_IPV4 = 212;
    private static final int ARCNET_ARP = 213;
    private static final int ARCNET_IPV6 = 196;

    private final Dissector dissector;
    private final Door door;

    LinkLayers(Dissector dissector) {
        this.dissector = dissector;
        this.door = dissector.door;
    }

    void dissect(int linkType, int start, int end, int statedEnd) {
        switch (linkType) {
            case LinkType.ETHERNET -> dissector.etherTypes.ethernet(start, end, statedEnd);
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD -> dissector.network.ip(start, end, statedEnd);
            case LinkType.IPV4 -> dissector.network.ipv4(start, end, statedEnd);
            case LinkType.IPV6 -> dissector.network.ipv6(start, end, statedEnd);
            case LinkType.LINUX_SLL -> cooked(1, start, end, statedEnd);
            case LinkType.LINUX_SLL2 -> cooked(2, start, end, statedEnd);
            case LinkType.NULL, LinkType.LOOP -> loopback(start, end, statedEnd);
            default -> dissectRare(linkType, start, end, statedEnd);
        }
    }

    private void dissectRare(int linkType, int start, int end, int statedEnd) {
        switch (linkType) {
            case LinkType.PPP -> dissector.etherTypes.ppp(start, end, statedEnd);
            case LinkType.PPP_HDLC -> serial(start, end, statedEnd);
            case LinkType.PPP_ETHER -> dissector.etherTypes.pppoe(start, end, statedEnd);
            case LinkType.C_HDLC -> ciscoHdlc(start, end, statedEnd);
            case LinkType.FRELAY -> frameRelay(start, end, statedEnd);
            case LinkType.SLIP -> slip(start, end, statedEnd);
            case LinkType.LINUX_CLIP, LinkType.CLIP_BSD -> classical(start, end, statedEnd);
            case LinkType.IPOIB -> infiniband(start, end, statedEnd);
            case LinkType.ATM_RFC1483 -> dissector.etherTypes.llc(start, end, statedEnd);
            case LinkType.IEEE802_5 -> tokenRing(start, end, statedEnd);
            case LinkType.FDDI -> fddi(start, end, statedEnd);
            case LinkType.NFLOG -> nflog(start, end, statedEnd);
            case LinkType.ARCNET_LINUX -> arcnet(start, end, statedEnd);
            case LinkType.PKTAP, LinkType.USER2 -> packetTap(start, end, statedEnd);
            case LinkType.JUNIPER_ETHER -> juniper(start, end, statedEnd);
            case LinkType.PPI -> perPacket(start, end, statedEnd);
            case LinkType.IEEE802_11 -> dissector.wireless.plain(start, end, statedEnd);
            case LinkType.IEEE802_11_RADIOTAP -> dissector.wireless.radiotap(start, end, statedEnd);
            case LinkType.IEEE802_11_PRISM, LinkType.IEEE802_11_AVS -> dissector.wireless.prism(start, end, statedEnd);
            default -> door.unknown(start, end, statedEnd);
        }
    }

    /// The door to a link header of its own length, which becomes a layer.
    private boolean link(Protocol protocol, int start, int end, int statedEnd, int length) {
        if (!door.begins(protocol, start, end, statedEnd, length)) {
            return false;
        }
        door.layers().add(protocol, start, end, statedEnd);
        return true;
    }

    private void cooked(int version, int start, int end, int statedEnd) {
        int length = CookedHeader.lengthOf(version);
        if (!link(Protocol.COOKED, start, end, statedEnd, length)) {
            return;
        }
        CookedHeader cooked = new CookedHeader(version, door.octets(start, end));
        if (version == 2) {
            door.layers().setInterfaceIndex(cooked.interfaceIndex());
        }
        int at = start + length;
        if (cooked.hardware() == CookedHeader.NETLINK) {
            door.unknown(at, end, statedEnd);
        } else if (cooked.protocol() == CookedHeader.LLC) {
            dissector.etherTypes.llc(at, end, statedEnd);
        } else if (cooked.protocol() < EthernetHeader.MIN_ETHER_TYPE) {
            door.unknown(at, end, statedEnd); // numbers of Linux's own
        } else {
            dissector.etherTypes.dispatch(cooked.protocol(), at, end, statedEnd);
        }
    }

    /// An address family, in the byte order of who captured or of the network: the small number is meant.
    private void loopback(int start, int end, int statedEnd) {
        if (!link(Protocol.LOOPBACK, start, end, statedEnd, FAMILY_LENGTH)) {
            return;
        }
        int word = door.octets(start, end).i32(0);
        int family = (word & 0xffff_0000) == 0 ? word : Integer.reverseBytes(word);
        int etherType = (family & 0xffff_0000) == 0 ? family : word & 0xffff; // as some systems write it
        int at = start + FAMILY_LENGTH;
        if (AddressFamily.isIpv4(family)) {
            dissector.network.ipv4(at, end, statedEnd);
        } else if (AddressFamily.isIpv6(family)) {
            dissector.network.ipv6(at, end, statedEnd);
        } else if (etherType >= EthernetHeader.MIN_ETHER_TYPE) {
            dissector.etherTypes.dispatch(etherType, at, end, statedEnd);
        } else {
            door.unknown(at, end, statedEnd);
        }
    }

    /// PPP or Cisco's framing, told apart by the first octet.
    private void serial(int start, int end, int statedEnd) {
        int address = end > start ? door.octets(start, end).u8(0) : -1;
        if (address == CISCO_UNICAST || address == CISCO_MULTICAST) {
            ciscoHdlc(start, end, statedEnd);
        } else {
            dissector.etherTypes.ppp(start, end, statedEnd);
        }
    }

    private void ciscoHdlc(int start, int end, int statedEnd) {
        if (link(Protocol.LINK, start, end, statedEnd, HDLC_LENGTH)) {
            int etherType = door.octets(start, end).u16(2);
            dissector.etherTypes.dispatch(etherType, start + HDLC_LENGTH, end, statedEnd);
        }
    }

    /// A Q.922 address of two to four octets, then either the framing of
    /// [RFC 2427](https://www.rfc-editor.org/rfc/rfc2427) or Cisco's, which is an Ethernet type.
    private void frameRelay(int start, int end, int statedEnd) {
        int at = start;
        int address;
        do {
            if (!door.begins(Protocol.LINK, at, end, statedEnd, 1)) {
                return;
            }
            address = door.octets(at, end).u8(0);
            at++;
        } while ((address & 1) == 0 && at - start < MAX_DLCI_LENGTH);
        if (!link(Protocol.LINK, start, end, statedEnd, at - start + 2)) {
            return;
        }
        Octets rest = door.octets(at, end);
        if (rest.u8(0) != UNNUMBERED) {
            dissector.etherTypes.dispatch(rest.u16(0), at + 2, end, statedEnd);
            return;
        }
        int padding = rest.u8(1) == 0 ? 1 : 0;
        if (!door.holds(at, end, statedEnd, 2 + padding)) {
            return;
        }
        int payload = at + 2 + padding;
        switch (rest.u8(1 + padding)) {
            case NLPID_IPV4 -> dissector.network.ipv4(payload, end, statedEnd);
            case NLPID_IPV6 -> dissector.network.ipv6(payload, end, statedEnd);
            case NLPID_SNAP -> dissector.etherTypes.snap(payload, end, statedEnd);
            default -> door.unknown(payload, end, statedEnd);
        }
    }

    private void slip(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, SLIP_LENGTH)) {
            return;
        }
        int packet = start + SLIP_LENGTH;
        if (packet < end && !dissector.network.isIp(packet, end)) {
            door.layers().setMalformed(); // compressed headers, most of the time
        } else {
            dissector.network.ip(packet, end, statedEnd);
        }
    }

    /// Classical IP over ATM carries nothing else: a header of any other version is a broken one.
    private void classical(int start, int end, int statedEnd) {
        dissector.network.ip(start, end, statedEnd);
        if (end > start && door.layers().count() == 0 && door.layers().cut() == null) {
            door.layers().setCut(Protocol.IPV4);
        }
    }

    private void infiniband(int start, int end, int statedEnd) {
        if (link(Protocol.LINK, start, end, statedEnd, INFINIBAND_LENGTH)) {
            int etherType = door.octets(start, end).u16(INFINIBAND_TYPE);
            dissector.etherTypes.dispatch(etherType, start + INFINIBAND_LENGTH, end, statedEnd);
        }
    }

    /// [RFC 1201](https://www.rfc-editor.org/rfc/rfc1201).
    private void arcnet(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, ARCNET_LENGTH)) {
            return;
        }
        int payload = start + ARCNET_LENGTH;
        switch (door.octets(start, end).u8(ARCNET_TYPE)) {
            case ARCNET_IPV4 -> dissector.network.ipv4(payload, end, statedEnd);
            case ARCNET_IPV6 -> dissector.network.ipv6(payload, end, statedEnd);
            case ARCNET_ARP -> dissector.network.arp(payload, end, statedEnd);
            default -> door.unknown(payload, end, statedEnd);
        }
    }

    private void tokenRing(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, TOKEN_RING_LENGTH)) {
            return;
        }
        Octets ring = door.octets(start, end);
        int at = start + TOKEN_RING_LENGTH;
        if ((ring.u8(1) & FRAME_MASK) != TOKEN_RING_LLC) {
            door.unknown(at, end, statedEnd);
            return;
        }
        if ((ring.u8(TOKEN_RING_SOURCE) & ROUTED) != 0) {
            if (!door.holds(at, end, statedEnd, 1)) {
                return;
            }
            at += Math.min(ring.u8(TOKEN_RING_LENGTH) & ROUTING_LENGTH_MASK, end - at);
        }
        dissector.etherTypes.llc(at, end, statedEnd);
    }

    private void fddi(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, FDDI_LENGTH)) {
            return;
        }
        boolean llc = (door.octets(start, end).u8(0) & FDDI_FRAME_MASK) == FDDI_LLC;
        if (llc) {
            dissector.etherTypes.llc(start + FDDI_LENGTH, end, statedEnd);
        } else {
            door.unknown(start + FDDI_LENGTH, end, statedEnd);
        }
    }

    /// Netfilter's log: an address family, then fields of a length and a type in the byte order of who
    /// captured, one of which is the packet.
    private void nflog(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, NFLOG_LENGTH)) {
            return;
        }
        int at = start + NFLOG_LENGTH;
        for (int i = 0; i < MAX_NFLOG_FIELDS && at < end; i++) {
            if (!door.holds(at, end, statedEnd, NFLOG_LENGTH)) {
                return;
            }
            Octets field = door.octets(at, end);
            int length = Short.toUnsignedInt(Short.reverseBytes((short) field.u16(0)));
            int type = Short.toUnsignedInt(Short.reverseBytes((short) field.u16(2)));
            if (length < NFLOG_LENGTH) {
                door.layers().setMalformed();
                return;
            }
            if (type == NFLOG_PAYLOAD) {
                int stated = Math.min(at + length, statedEnd);
                dissector.network.ip(at + NFLOG_LENGTH, Math.min(end, stated), stated);
                return;
            }
            at += (length + 3) / 4 * 4;
        }
    }

    /// Juniper's header: a magic number, flags, and when they say so extensions behind their length; then Ethernet,
    /// unless they say that its header is missing.
    private void juniper(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, JUNIPER_LENGTH)) {
            return;
        }
        int flags = door.octets(start, end).u8(JUNIPER_LENGTH - 1);
        int at = start + JUNIPER_LENGTH;
        if ((flags & JUNIPER_EXTENSIONS) != 0) {
            if (!door.holds(at, end, statedEnd, 2)) {
                return;
            }
            at += 2 + door.octets(at, end).u16(0);
        }
        if ((flags & JUNIPER_NO_HEADER) != 0 || !door.holds(start, end, statedEnd, at - start)) {
            return;
        }
        dissector.etherTypes.ethernet(at, end, statedEnd);
    }

    /// Per-packet information: its own length and the link type of what follows, little-endian.
    private void perPacket(int start, int end, int statedEnd) {
        if (!link(Protocol.LINK, start, end, statedEnd, PPI_LENGTH)) {
            return;
        }
        Octets header = door.octets(start, end);
        int length = header.u8(2) | header.u8(3) << 8;
        described(length, PPI_LENGTH, Integer.reverseBytes(header.i32(4)), start, end, statedEnd);
    }

    /// The header of macOS, which begins with its length and holds the link type of what follows, both
    /// little-endian.
    private void packetTap(int start, int end, int statedEnd) {
        if (!door.holds(start, end, statedEnd, PACKET_TAP_LENGTH)) {
            return;
        }
        Octets header = door.octets(start, end);
        int length = Integer.reverseBytes(header.i32(0));
        if (length < PACKET_TAP_LENGTH || length > end - start) {
            door.unknown(start, end, statedEnd); // somebody else's use of a private number
            return;
        }
        door.layers().add(Protocol.LINK, start, end, statedEnd);
        described(length, PACKET_TAP_LENGTH, Integer.reverseBytes(header.i32(8)), start, end, statedEnd);
    }

    /// Goes on behind a header of `length` octets with what it says follows; never with another of its kind.
    private void described(int length, int least, int linkType, int start, int end, int statedEnd) {
        boolean again = linkType == LinkType.PPI || linkType == LinkType.PKTAP || linkType == LinkType.USER2;
        if (length < least || again) {
            door.layers().setMalformed();
        } else if (door.holds(start, end, statedEnd, length)) {
            dissect(linkType, start + length, end, statedEnd);
        }
    }
}
