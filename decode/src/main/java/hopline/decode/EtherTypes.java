package hopline.decode;

import hopline.capture.Octets;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.LlcHeader;
import hopline.decode.header.MplsLabel;
import hopline.decode.header.PppHeader;
import hopline.decode.header.PppoeHeader;
import hopline.decode.header.VlanTag;

/// Ethernet frames, what their [types](https://www.iana.org/assignments/ieee-802-numbers) lead to, and the
/// framings that stand between a link and the network: tags, LLC, PPPoE, PPP, MPLS.
final class EtherTypes {

    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;
    static final int NSH = 0x894f;
    static final int TRANSPARENT_BRIDGING = 0x6558;

    private static final int RARP = 0x8035;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int OLD_QINQ = 0x9100;
    private static final int MPLS = 0x8847;
    private static final int MPLS_MULTICAST = 0x8848;
    private static final int PPPOE_DISCOVERY = 0x8863;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int BACKBONE = 0x88e7;
    private static final int VN_TAG = 0x8926;
    static final int CISCO_METADATA = 0x8909;

    /// The longest frame whose type field is a length.
    private static final int MAX_LENGTH_FIELD = 1_500;

    private static final int MAX_VLAN_TAGS = 16;
    private static final int MAX_LABELS = 64;
    private static final int BACKBONE_LENGTH = 4;
    private static final int VN_TAG_LENGTH = 6;
    static final int CISCO_METADATA_LENGTH = 8;
    private static final int CONTROL_WORD_LENGTH = 4;

    private final Dissector dissector;
    private final Door door;

    EtherTypes(Dissector dissector) {
        this.dissector = dissector;
        this.door = dissector.door;
    }

    void ethernet(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.ETHERNET, start, end, statedEnd, EthernetHeader.LENGTH)) {
            return;
        }
        EthernetHeader ethernet = new EthernetHeader(door.octets(start, end));
        door.layers().setLink(door.layers().add(Protocol.ETHERNET, start, end, statedEnd));
        dispatch(ethernet.etherType(), start + EthernetHeader.LENGTH, end, statedEnd);
    }

    /// What follows an Ethernet type, or a length where one is written in its place.
    void dispatch(int etherType, int start, int end, int statedEnd) {
        int type = etherType;
        int at = start;
        for (int tags = 0; isVlan(type) && tags < MAX_VLAN_TAGS; tags++) {
            if (!door.begins(Protocol.VLAN, at, end, statedEnd, VlanTag.LENGTH)) {
                return;
            }
            type = new VlanTag(door.octets(at, end)).etherType();
            door.layers().add(Protocol.VLAN, at, end, statedEnd);
            at += VlanTag.LENGTH;
        }
        switch (type) {
            case IPV4 -> dissector.network.ipv4(at, end, statedEnd);
            case IPV6 -> dissector.network.ipv6(at, end, statedEnd);
            case ARP -> dissector.network.arp(at, end, statedEnd);
            default -> dispatchRare(type, at, end, statedEnd);
        }
    }

    private static boolean isVlan(int etherType) {
        return etherType == VLAN || etherType == SERVICE_VLAN || etherType == OLD_QINQ;
    }

    private void dispatchRare(int type, int start, int end, int statedEnd) {
        switch (type) {
            case MPLS, MPLS_MULTICAST -> mpls(start, end, statedEnd);
            case NSH -> dissector.tunnels.nsh(start, end, statedEnd);
            case RARP -> dissector.network.reverseArp(start, end, statedEnd);
            case PPPOE_SESSION -> pppoe(start, end, statedEnd);
            case PPPOE_DISCOVERY -> door.layers().add(Protocol.PPPOE, start, end, statedEnd);
            case BACKBONE -> nested(start, end, statedEnd, BACKBONE_LENGTH);
            case TRANSPARENT_BRIDGING -> nested(start, end, statedEnd, 0);
            case VN_TAG -> tagged(start, end, statedEnd, VN_TAG_LENGTH);
            case CISCO_METADATA -> tagged(start, end, statedEnd, CISCO_METADATA_LENGTH);
            default -> {
                if (type <= MAX_LENGTH_FIELD) {
                    int stated = Math.min(start + type, statedEnd);
                    llc(start, Math.min(end, stated), stated);
                } else {
                    door.unknown(start, end, statedEnd);
                }
            }
        }
    }

    /// Whether [#dispatch] has more to say of a type than that it is unknown.
    static boolean isNetwork(int type) {
        return switch (type) {
            case IPV4, IPV6, ARP, MPLS, MPLS_MULTICAST, VLAN, SERVICE_VLAN, OLD_QINQ -> true;
            default -> false;
        };
    }

    /// A whole frame in another, behind a header of `length` octets.
    private void nested(int start, int end, int statedEnd, int length) {
        if (door.holds(start, end, statedEnd, length) && door.nests()) {
            ethernet(start + length, end, statedEnd);
        }
    }

    /// A tag of `length` octets of which the last two are the next type.
    private void tagged(int start, int end, int statedEnd, int length) {
        if (door.holds(start, end, statedEnd, length) && door.adds(Protocol.LINK, start, end, statedEnd)) {
            dispatch(door.octets(start, end).u16(length - 2), start + length, end, statedEnd);
        }
    }

    void llc(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.LLC, start, end, statedEnd, LlcHeader.LENGTH)) {
            return;
        }
        LlcHeader llc = new LlcHeader(door.octets(start, end));
        int payload = start + LlcHeader.LENGTH;
        if (!door.adds(Protocol.LLC, start, end, statedEnd)) {
            return;
        }
        if (llc.isSnap()) {
            snap(payload, end, statedEnd);
        } else if (llc.destination() == LlcHeader.IPV4) {
            dissector.network.ipv4(payload, end, statedEnd);
        } else {
            door.unknown(payload, end, statedEnd);
        }
    }

    /// The extension that [LlcHeader#isSnap] announces, `start` being behind LLC's own three octets.
    void snap(int start, int end, int statedEnd) {
        if (!door.holds(start, end, statedEnd, LlcHeader.SNAP_LENGTH - LlcHeader.LENGTH)) {
            return;
        }
        Octets extension = door.octets(start, end);
        int organisation = extension.u24(0);
        int payload = start + LlcHeader.SNAP_LENGTH - LlcHeader.LENGTH;
        if (organisation == LlcHeader.ENCAPSULATED_ETHERNET || organisation == LlcHeader.BRIDGE_TUNNEL) {
            dispatch(extension.u16(3), payload, end, statedEnd);
        } else {
            door.unknown(payload, end, statedEnd);
        }
    }

    void pppoe(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.PPPOE, start, end, statedEnd, PppoeHeader.LENGTH)) {
            return;
        }
        PppoeHeader pppoe = new PppoeHeader(door.octets(start, end));
        int stated = start + PppoeHeader.LENGTH + pppoe.payloadLength();
        if (stated > statedEnd) {
            door.layers().setMalformed();
            stated = statedEnd;
        }
        boolean added = door.adds(Protocol.PPPOE, start, Math.min(end, stated), stated);
        if (added && pppoe.code() == PppoeHeader.SESSION_DATA) {
            ppp(start + PppoeHeader.LENGTH, Math.min(end, stated), stated);
        }
    }

    void ppp(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.PPP, start, end, statedEnd, 1)) {
            return;
        }
        PppHeader ppp = new PppHeader(door.octets(start, end));
        if (!door.begins(Protocol.PPP, start, end, statedEnd, ppp.headerLength())) {
            return;
        }
        if (!door.adds(Protocol.PPP, start, end, statedEnd)) {
            return;
        }
        int payload = start + ppp.headerLength();
        switch (ppp.protocol()) {
            case PppHeader.IPV4 -> dissector.network.ipv4(payload, end, statedEnd);
            case PppHeader.IPV6 -> dissector.network.ipv6(payload, end, statedEnd);
            case PppHeader.MPLS, PppHeader.MPLS_MULTICAST -> mpls(payload, end, statedEnd);
            default -> door.unknown(payload, end, statedEnd);
        }
    }

    /// Whether the PPP frame at `start` carries a packet, and not a message about the link.
    boolean isPppNetwork(int start, int end) {
        PppHeader ppp = new PppHeader(door.octets(start, end));
        if (end - start < ppp.headerLength()) {
            return false;
        }
        return switch (ppp.protocol()) {
            case PppHeader.IPV4, PppHeader.IPV6, PppHeader.MPLS, PppHeader.MPLS_MULTICAST -> true;
            default -> false;
        };
    }

    /// A label stack is one layer.
    void mpls(int start, int end, int statedEnd) {
        if (door.begins(Protocol.MPLS, start, end, statedEnd, MplsLabel.LENGTH)
                && door.adds(Protocol.MPLS, start, end, statedEnd)) {
            labels(start, end, statedEnd);
        }
    }

    /// Goes through a label stack to what it carries.
    void labels(int start, int end, int statedEnd) {
        int at = start;
        boolean bottom = false;
        int label = -1;
        for (int labels = 0; !bottom && labels < MAX_LABELS; labels++) {
            if (!door.holds(at, end, statedEnd, MplsLabel.LENGTH)) {
                return;
            }
            MplsLabel entry = new MplsLabel(door.octets(at, end));
            bottom = entry.isBottom();
            label = entry.label();
            at += MplsLabel.LENGTH;
        }
        if (bottom && door.holds(at, end, statedEnd, 1)) {
            labelled(label, at, end, statedEnd);
        }
    }

    /// Nothing says what a label stack carries; its first four bits tell well enough
    /// ([RFC 4928 §2](https://www.rfc-editor.org/rfc/rfc4928#section-2)), unless it is a message about the path
    /// ([RFC 3429](https://www.rfc-editor.org/rfc/rfc3429)).
    private void labelled(int label, int start, int end, int statedEnd) {
        if (label == MplsLabel.OAM_ALERT) {
            door.unknown(start, end, statedEnd);
            return;
        }
        switch (door.octets(start, end).u8(0) >>> 4) {
            case 4 -> dissector.network.ipv4(start, end, statedEnd);
            case 6 -> dissector.network.ipv6(start, end, statedEnd);
            default -> pseudowire(start, end, statedEnd);
        }
    }

    /// An Ethernet frame behind a control word ([RFC 4448
    /// §4.6](https://www.rfc-editor.org/rfc/rfc4448#section-4.6)), which begins with four zero bits, or
    /// without one.
    private void pseudowire(int start, int end, int statedEnd) {
        boolean controlWord = door.octets(start, end).u8(0) >>> 4 == 0;
        int frame = start + CONTROL_WORD_LENGTH;
        if (controlWord && looksLikeEthernet(frame, end)) {
            nested(frame, end, statedEnd, 0);
        } else if (looksLikeEthernet(start, end)) {
            nested(start, end, statedEnd, 0);
        } else {
            door.unknown(start, end, statedEnd);
        }
    }

    /// Of octets that may be anything: whether they make sense as a frame.
    boolean looksLikeEthernet(int start, int end) {
        if (end - start < EthernetHeader.LENGTH) {
            return false;
        }
        Octets frame = door.octets(start, end);
        int type = new EthernetHeader(frame).etherType();
        int payload = EthernetHeader.LENGTH;
        return switch (type) {
            case IPV4 -> frame.length() == payload || frame.u8(payload) >>> 4 == 4;
            case IPV6 -> frame.length() == payload || frame.u8(payload) >>> 4 == 6;
            case ARP, VLAN, SERVICE_VLAN, OLD_QINQ, MPLS, PPPOE_SESSION, PPPOE_DISCOVERY -> true;
            default -> type <= MAX_LENGTH_FIELD && type >= LlcHeader.LENGTH && payload + type <= frame.length();
        };
    }
}
