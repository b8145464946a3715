package hopline.decode;

/// What a layer of a packet is. Those after [#VXLAN] are recognised, not yet looked into.
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
