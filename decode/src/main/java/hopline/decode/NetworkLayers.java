package hopline.decode;

import hopline.decode.header.ArpHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;
import hopline.decode.header.Ipv6Header;

/// ARP, IPv4 and IPv6 with its extension headers.
final class NetworkLayers {

    private static final int MAX_EXTENSION_HEADERS = 128;

    /// Those that become layers; the rest is passed over.
    private static final int MAX_EXTENSION_LAYERS = 16;

    private final Dissector dissector;
    private final Door door;

    NetworkLayers(Dissector dissector) {
        this.dissector = dissector;
        this.door = dissector.door;
    }

    void arp(int start, int end, int statedEnd) {
        if (door.begins(Protocol.ARP, start, end, statedEnd, ArpHeader.LENGTH)) {
            network(Protocol.ARP, start, end, statedEnd);
        }
    }

    /// The same header, for machines that ask for their own address: nobody's neighbour.
    void reverseArp(int start, int end, int statedEnd) {
        if (door.begins(Protocol.ARP, start, end, statedEnd, ArpHeader.LENGTH)) {
            door.layers().add(Protocol.ARP, start, end, statedEnd);
        }
    }

    /// Whether what begins at `start`, before `end`, is of a version of IP.
    boolean isIp(int start, int end) {
        int version = door.octets(start, end).u8(0) >>> 4;
        return version == 4 || version == 6;
    }

    /// A packet of whichever version its first bits say.
    void ip(int start, int end, int statedEnd) {
        if (!door.holds(start, end, statedEnd, 1)) {
            return;
        }
        switch (door.octets(start, end).u8(0) >>> 4) {
            case 4 -> ipv4(start, end, statedEnd);
            case 6 -> ipv6(start, end, statedEnd);
            default -> door.layers().setMalformed();
        }
    }

    void ipv4(int start, int end, int statedEnd) {
        if (end > start && door.octets(start, end).u8(0) >>> 4 == 6) {
            door.layers().setMisnamed();
            ipv6(start, end, statedEnd);
            return;
        }
        if (!door.begins(Protocol.IPV4, start, end, statedEnd, Ipv4Header.LENGTH)) {
            return;
        }
        Layers layers = door.layers();
        Ipv4Header ip = new Ipv4Header(door.octets(start, end));
        int headerLength = ip.headerLength();
        if (ip.version() != 4 || headerLength < Ipv4Header.LENGTH) {
            layers.setMalformed();
            layers.setCut(Protocol.IPV4);
            return;
        }
        int stated = ip.totalLength() == 0 ? statedEnd : start + ip.totalLength();
        if (stated < start + headerLength || stated > statedEnd) {
            layers.setMalformed();
            stated = Math.clamp(stated, start + headerLength, Math.max(statedEnd, start + headerLength));
        }
        int captured = Math.min(end, stated);
        network(Protocol.IPV4, start, captured, stated);
        if (!door.holds(start, captured, statedEnd, headerLength)) {
            return;
        }
        if (ip.isFragment()) {
            noteFragment(ip.fragmentOffset(), ip.moreFragments(), ip.identification());
        }
        int payload = start + headerLength;
        if (ip.protocol() == IpProtocol.AUTHENTICATION && ip.fragmentOffset() == 0) {
            extensionHeaders(4, ip.protocol(), payload, captured, stated);
        } else {
            dissector.transport.dispatch(ip.protocol(), ip.fragmentOffset(), payload, captured, stated);
        }
    }

    void ipv6(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.IPV6, start, end, statedEnd, Ipv6Header.LENGTH)) {
            return;
        }
        Ipv6Header ip = new Ipv6Header(door.octets(start, end));
        if (ip.version() != 6) {
            door.layers().setMalformed();
            return;
        }
        int stated = ip.payloadLength() == 0 ? statedEnd : start + Ipv6Header.LENGTH + ip.payloadLength();
        if (stated > statedEnd) {
            door.layers().setMalformed();
            stated = statedEnd;
        }
        int captured = Math.min(end, stated);
        network(Protocol.IPV6, start, captured, stated);
        extensionHeaders(6, ip.nextHeader(), start + Ipv6Header.LENGTH, captured, stated);
    }

    private void network(Protocol protocol, int start, int end, int statedEnd) {
        Layers layers = door.layers();
        int layer = layers.add(protocol, start, end, statedEnd);
        if (layers.quoted() < 0) {
            layers.setNetwork(layer);
        }
    }

    private void noteFragment(int offset, boolean more, int id) {
        if (door.layers().quoted() < 0) {
            door.layers().setFragment(offset, more, id);
        }
    }

    /// Behind IPv4 only authentication headers are extensions.
    private static boolean isExtension(int version, int kind) {
        return version == 6 ? Ipv6ExtensionHeader.isExtension(kind) : kind == IpProtocol.AUTHENTICATION;
    }

    private void extensionHeaders(int version, int nextHeader, int start, int end, int statedEnd) {
        Protocol layer = version == 6 ? Protocol.IPV6_EXTENSION : Protocol.AUTHENTICATION;
        int kind = nextHeader;
        int at = start;
        int fragmentOffset = 0;
        for (int i = 0; isExtension(version, kind) && fragmentOffset == 0 && i < MAX_EXTENSION_HEADERS; i++) {
            if (!door.holds(at, end, statedEnd, Ipv6ExtensionHeader.LENGTH)) {
                return;
            }
            Ipv6ExtensionHeader extension = new Ipv6ExtensionHeader(kind, door.octets(at, end));
            if (i < MAX_EXTENSION_LAYERS) {
                door.layers().add(layer, at, end, statedEnd);
            }
            if (kind == Ipv6ExtensionHeader.FRAGMENT) {
                noteFragment(extension.fragmentOffset(), extension.moreFragments(), extension.identification());
                fragmentOffset = extension.fragmentOffset();
            }
            if (!door.holds(at, end, statedEnd, extension.headerLength())) {
                return;
            }
            kind = extension.nextHeader();
            at += extension.headerLength();
        }
        dissector.transport.dispatch(kind, fragmentOffset, at, end, statedEnd);
    }
}
