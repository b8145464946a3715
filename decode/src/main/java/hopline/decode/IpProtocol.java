package hopline.decode;

import java.util.Map;

/// The protocol numbers that follow an IP header, from the
/// [IANA registry](https://www.iana.org/assignments/protocol-numbers).
public final class IpProtocol {

    public static final int ICMP = 1;
    public static final int IPV4 = 4;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int IPV6 = 41;
    public static final int GRE = 47;
    public static final int AUTHENTICATION = 51;
    public static final int ICMPV6 = 58;
    public static final int ETHER_IP = 97;
    public static final int IPCOMP = 108;
    public static final int L2TP = 115;
    public static final int SCTP = 132;
    public static final int MPLS = 137;
    public static final int ETHERNET = 143;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(ICMP, "ICMP"),
            Map.entry(2, "IGMP"),
            Map.entry(IPV4, "IPv4"),
            Map.entry(TCP, "TCP"),
            Map.entry(UDP, "UDP"),
            Map.entry(IPV6, "IPv6"),
            Map.entry(GRE, "GRE"),
            Map.entry(50, "ESP"),
            Map.entry(AUTHENTICATION, "AH"),
            Map.entry(ICMPV6, "ICMPv6"),
            Map.entry(89, "OSPF"),
            Map.entry(ETHER_IP, "EtherIP"),
            Map.entry(103, "PIM"),
            Map.entry(IPCOMP, "IPComp"),
            Map.entry(112, "VRRP"),
            Map.entry(L2TP, "L2TP"),
            Map.entry(SCTP, "SCTP"),
            Map.entry(MPLS, "MPLS"),
            Map.entry(ETHERNET, "Ethernet"));

    private IpProtocol() {}

    /// The registry's keyword, or `IP protocol n`.
    public static String name(int protocol) {
        return NAMES.getOrDefault(protocol, "IP protocol " + protocol);
    }

    public static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }
}
