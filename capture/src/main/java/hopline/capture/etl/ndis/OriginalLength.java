package hopline.capture.etl.ndis;

import hopline.capture.LinkType;

/// Infers how long a packet was that was logged only in part: the events do not say, its IP header does.
final class OriginalLength {

    private static final int ETHER_TYPE = 12;
    private static final int ETHERNET_LENGTH = 14;
    private static final int VLAN_LENGTH = 4;
    private static final int TOTAL_LENGTH = 2;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int IPV6_LENGTH = 40;

    private OriginalLength() {}

    /// At least `length`, the octets there are. A large send states no length of its own: it is taken to be whole.
    static int of(int linkType, byte[] array, int offset, int length) {
        if (linkType == LinkType.RAW) {
            return Math.max(length, ip(array, offset, length, 0));
        }
        if (linkType != LinkType.ETHERNET || length < ETHERNET_LENGTH) {
            return length;
        }
        int header = ETHERNET_LENGTH;
        int etherType = u16(array, offset + ETHER_TYPE);
        while (etherType == 0x8100 && length >= header + VLAN_LENGTH) {
            etherType = u16(array, offset + header + 2);
            header += VLAN_LENGTH;
        }
        boolean ip = etherType == 0x0800 || etherType == 0x86dd;
        return ip ? Math.max(length, ip(array, offset, length, header)) : length;
    }

    private static int ip(byte[] array, int offset, int length, int header) {
        int at = offset + header;
        if (length < header + PAYLOAD_LENGTH + 2) {
            return 0;
        }
        int version = array[at] >>> 4 & 0xf;
        if (version == 4) {
            return header + u16(array, at + TOTAL_LENGTH);
        }
        int payload = u16(array, at + PAYLOAD_LENGTH);
        return version == 6 && payload > 0 ? header + IPV6_LENGTH + payload : 0;
    }

    private static int u16(byte[] array, int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }
}
