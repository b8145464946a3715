package hopline.flows.rule;

import java.util.List;

/// What some rules are about.
///
/// @param title as the heading of a list of its rules
/// @param rules in the order in which people are shown them
public record Topic(String title, List<Rule> rules) {

    private static final List<Topic> ALL = List.of(
            of(
                    "translation",
                    "service-not-translated",
                    "service-wrong-backend",
                    "service-wrong-port",
                    "reply-not-restored",
                    "hairpin-not-translated",
                    "snat-unexpected",
                    "snat-missing",
                    "snat-wrong-source",
                    "snat-port-exhausted",
                    "snat-port-collision",
                    "icmp-not-translated"),
            of(
                    "overlay and layer 2",
                    "vxlan-vni-mismatch",
                    "vxlan-port-mismatch",
                    "vxlan-wrong-remote",
                    "vxlan-wrong-source",
                    "vxlan-not-encapsulated",
                    "vxlan-inner-mac-mismatch",
                    "l2-rewrite-missing",
                    "wrong-next-hop",
                    "arp-unanswered",
                    "address-conflict"),
            of(
                    "loss",
                    "packet-dropped",
                    "packet-vanished",
                    "lost-between-nodes",
                    "mtu-exceeded",
                    "fragment-missing",
                    "ttl-expired",
                    "routing-loop"),
            of(
                    "connections",
                    "connection-refused",
                    "connection-unanswered",
                    "connection-reset",
                    "retransmissions",
                    "zero-window",
                    "icmp-unreachable",
                    "asymmetric-path",
                    "api-server-unreachable"),
            of("policy and host", "policy-blocked", "source-address-guarded", "host-firewall-blocked"),
            of("DNS", "dns-nxdomain", "dns-failure", "dns-unanswered", "dns-slow", "dns-wrong-server"),
            of("coverage", "capture-incomplete", "capture-point-missing", "clock-unreliable"));

    public Topic {
        rules = List.copyOf(rules);
    }

    /// Every topic; each rule has one.
    public static List<Topic> all() {
        return ALL;
    }

    private static Topic of(String title, String... ids) {
        return new Topic(
                title,
                List.of(ids).stream().map(id -> Rules.of(id).orElseThrow()).toList());
    }
}
