package hopline.capture.etl.pktmon;

import hopline.capture.LinkType;
import hopline.capture.etl.EventData;

/// What the octets of a logged packet begin with. Types from TCP on, and Server 2019's own number for mobile
/// broadband, were built from the specification.
public final class PacketType {

    private static final int ETHERNET = 1;
    private static final int WIFI = 2;
    private static final int IP = 3;

    private static final String[] NAMES = {
        "Unknown", "Ethernet", "WiFi", "IP", "HTTP", "TCP", "UDP", "ARP", "ICMP", "ESP", "AH", "L4Payload"
    };

    private static final int MAC_ADDRESSES = 12;
    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_ARP = 0x0806;
    private static final int ETHER_TYPE_VLAN = 0x8100;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;

    private PacketType() {}

    /// As Windows prints it, or the number.
    public static String name(int type) {
        return type >= 0 && type < NAMES.length ? NAMES[type] : String.valueOf(type);
    }

    /// The link type of such a packet, from [LinkType]; [LinkType#USER0] for what is no packet that others can read.
    ///
    /// Frames called Wi-Fi may be Ethernet already, at the lower edge of the filter that translates them.
    public static int linkType(int type, EventData octets) {
        return switch (type) {
            case ETHERNET -> LinkType.ETHERNET;
            case WIFI -> isEthernet(octets) ? LinkType.ETHERNET : LinkType.IEEE802_11;
            case IP -> LinkType.RAW;
            default -> LinkType.USER0;
        };
    }

    /// An Ethernet type stands where it should, and the first octet is no frame control of 802.11 data.
    private static boolean isEthernet(EventData octets) {
        if (octets.remaining() < MAC_ADDRESSES + 2) {
            return false;
        }
        byte[] array = octets.array();
        int at = octets.offset();
        int etherType = (array[at + MAC_ADDRESSES] & 0xff) << 8 | (array[at + MAC_ADDRESSES + 1] & 0xff);
        boolean known = etherType == ETHER_TYPE_IPV4
                || etherType == ETHER_TYPE_ARP
                || etherType == ETHER_TYPE_VLAN
                || etherType == ETHER_TYPE_IPV6;
        return known && !isDataFrame(array[at]);
    }

    /// Version 0, type data.
    private static boolean isDataFrame(byte frameControl) {
        return (frameControl & 0x0f) == 0x08;
    }
}
