package hopline.decode;

/// What a layer of a packet is.
public enum Protocol {
    ETHERNET("ethernet"),
    VLAN("vlan"),
    ARP("arp"),
    IPV4("ipv4"),
    IPV6("ipv6"),
    IPV6_EXTENSION("ipv6-extension"),
    TCP("tcp"),
    UDP("udp"),
    ICMP("icmp"),
    ICMPV6("icmpv6"),
    DNS("dns"),
    VXLAN("vxlan"),
    MPLS("mpls"),
    SCTP("sctp"),
    GRE("gre"),
    GENEVE("geneve"),
    DHCP("dhcp"),
    LLC("llc"),
    /// Linux's stand-in for the link headers of all its interfaces.
    COOKED("cooked"),
    /// An address family in front of an IP packet: BSD's loopback.
    LOOPBACK("loopback"),
    PPP("ppp"),
    PPPOE("pppoe"),
    /// IEEE 802.11, with what a driver puts before it.
    WIRELESS("802.11"),
    /// Any other header between the record's beginning and what it carries.
    LINK("link"),
    /// An authentication header behind IPv4; behind IPv6 it is one of the extensions.
    AUTHENTICATION("authentication"),
    VXLAN_GPE("vxlan-gpe"),
    ERSPAN("erspan"),
    ETHER_IP("etherip"),
    GTP("gtp"),
    L2TP("l2tp"),
    TEREDO("teredo"),
    AYIYA("ayiya"),
    LISP("lisp"),
    /// A service function's header between a tunnel and what it carries.
    NSH("nsh"),
    /// Octets that no decoder claimed: valid, but not ours.
    UNKNOWN("unknown");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    /// The name in lower case, as `info --format json` counts it.
    public String label() {
        return label;
    }
}
