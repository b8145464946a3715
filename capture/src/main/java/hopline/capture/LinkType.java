package hopline.capture;

import java.util.Map;

/// What a record's first octets are, by the numbers of the
/// [link-type registry](https://www.tcpdump.org/linktypes.html).
public final class LinkType {

    public static final int ETHERNET = 1;

    /// Begins with an IPv4 or IPv6 header, as its first four bits say.
    public static final int RAW = 101;

    public static final int IEEE802_11 = 105;

    /// For private use: here, what a system logged and calls neither a frame nor an IP packet.
    public static final int USER0 = 147;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "NULL"),
            Map.entry(ETHERNET, "ETHERNET"),
            Map.entry(6, "IEEE802_5"),
            Map.entry(8, "SLIP"),
            Map.entry(9, "PPP"),
            Map.entry(10, "FDDI"),
            Map.entry(50, "PPP_HDLC"),
            Map.entry(51, "PPP_ETHER"),
            Map.entry(100, "ATM_RFC1483"),
            Map.entry(RAW, "RAW"),
            Map.entry(104, "C_HDLC"),
            Map.entry(IEEE802_11, "IEEE802_11"),
            Map.entry(107, "FRELAY"),
            Map.entry(108, "LOOP"),
            Map.entry(113, "LINUX_SLL"),
            Map.entry(119, "IEEE802_11_PRISM"),
            Map.entry(127, "IEEE802_11_RADIOTAP"),
            Map.entry(187, "BLUETOOTH_HCI_H4"),
            Map.entry(189, "USB_LINUX"),
            Map.entry(192, "PPI"),
            Map.entry(195, "IEEE802_15_4_WITHFCS"),
            Map.entry(220, "USB_LINUX_MMAPPED"),
            Map.entry(228, "IPV4"),
            Map.entry(229, "IPV6"),
            Map.entry(239, "NFLOG"),
            Map.entry(240, "NETANALYZER"),
            Map.entry(247, "INFINIBAND"),
            Map.entry(249, "USBPCAP"),
            Map.entry(252, "WIRESHARK_UPPER_PDU"),
            Map.entry(253, "NETLINK"),
            Map.entry(276, "LINUX_SLL2"));

    private LinkType() {}

    /// The registry's name, or `LINKTYPE n` for a number that has none here.
    public static String name(int linkType) {
        return NAMES.getOrDefault(linkType, "LINKTYPE " + linkType);
    }
}
