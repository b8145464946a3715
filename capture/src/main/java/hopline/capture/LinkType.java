package hopline.capture;

import java.util.Map;

/// What a record's first octets are, by the numbers of the
/// [link-type registry](https://www.tcpdump.org/linktypes.html).
public final class LinkType {

    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    public static final int IEEE802_5 = 6;
    public static final int SLIP = 8;
    public static final int PPP = 9;
    public static final int FDDI = 10;

    /// What most systems call raw IP themselves, and some write into files.
    public static final int RAW_BSD = 12;

    /// What OpenBSD calls raw IP itself.
    public static final int RAW_OPENBSD = 14;

    /// What some systems call classical IP over ATM themselves, and some write into files.
    public static final int CLIP_BSD = 18;

    public static final int PPP_HDLC = 50;
    public static final int PPP_ETHER = 51;
    public static final int ATM_RFC1483 = 100;
    /// Begins with an IPv4 or IPv6 header, as its first four bits say.
    public static final int RAW = 101;

    public static final int C_HDLC = 104;
    public static final int IEEE802_11 = 105;
    public static final int LINUX_CLIP = 106;
    public static final int FRELAY = 107;
    public static final int LOOP = 108;
    public static final int LINUX_SLL = 113;
    public static final int ARCNET_LINUX = 129;
    public static final int IEEE802_11_PRISM = 119;
    public static final int IEEE802_11_RADIOTAP = 127;
    public static final int IEEE802_11_AVS = 163;
    public static final int JUNIPER_ETHER = 178;
    public static final int PPI = 192;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int NFLOG = 239;
    public static final int IPOIB = 242;
    public static final int PKTAP = 258;

    /// Reserved for private use, and what macOS wrote [#PKTAP] under.
    public static final int USER2 = 149;

    public static final int LINUX_SLL2 = 276;

    /// For private use: here, what a system logged and calls neither a frame nor an IP packet.
    public static final int USER0 = 147;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(NULL, "NULL"),
            Map.entry(ETHERNET, "ETHERNET"),
            Map.entry(IEEE802_5, "IEEE802_5"),
            Map.entry(SLIP, "SLIP"),
            Map.entry(PPP, "PPP"),
            Map.entry(FDDI, "FDDI"),
            Map.entry(RAW_BSD, "RAW"),
            Map.entry(RAW_OPENBSD, "RAW"),
            Map.entry(CLIP_BSD, "ATM_CLIP"),
            Map.entry(PPP_HDLC, "PPP_HDLC"),
            Map.entry(PPP_ETHER, "PPP_ETHER"),
            Map.entry(ATM_RFC1483, "ATM_RFC1483"),
            Map.entry(RAW, "RAW"),
            Map.entry(C_HDLC, "C_HDLC"),
            Map.entry(IEEE802_11, "IEEE802_11"),
            Map.entry(LINUX_CLIP, "LINUX_CLIP"),
            Map.entry(FRELAY, "FRELAY"),
            Map.entry(LOOP, "LOOP"),
            Map.entry(LINUX_SLL, "LINUX_SLL"),
            Map.entry(IEEE802_11_PRISM, "IEEE802_11_PRISM"),
            Map.entry(IEEE802_11_RADIOTAP, "IEEE802_11_RADIOTAP"),
            Map.entry(ARCNET_LINUX, "ARCNET_LINUX"),
            Map.entry(IEEE802_11_AVS, "IEEE802_11_AVS"),
            Map.entry(187, "BLUETOOTH_HCI_H4"),
            Map.entry(189, "USB_LINUX"),
            Map.entry(PPI, "PPI"),
            Map.entry(195, "IEEE802_15_4_WITHFCS"),
            Map.entry(220, "USB_LINUX_MMAPPED"),
            Map.entry(IPV4, "IPV4"),
            Map.entry(IPV6, "IPV6"),
            Map.entry(NFLOG, "NFLOG"),
            Map.entry(240, "NETANALYZER"),
            Map.entry(IPOIB, "IPOIB"),
            Map.entry(247, "INFINIBAND"),
            Map.entry(249, "USBPCAP"),
            Map.entry(252, "WIRESHARK_UPPER_PDU"),
            Map.entry(253, "NETLINK"),
            Map.entry(USER2, "USER2"),
            Map.entry(PKTAP, "PKTAP"),
            Map.entry(LINUX_SLL2, "LINUX_SLL2"));

    private LinkType() {}

    /// The registry's name, or `LINKTYPE n` for a number that has none here.
    public static String name(int linkType) {
        return NAMES.getOrDefault(linkType, "LINKTYPE " + linkType);
    }

    /// In a sentence: `link type ETHERNET`, or `link type 182` for a number that has no name here.
    public static String phrase(int linkType) {
        return "link type " + NAMES.getOrDefault(linkType, Integer.toString(linkType));
    }
}
