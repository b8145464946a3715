package hopline.capture.node.linux;

import hopline.capture.node.process.Command;
import java.time.Duration;
import java.util.List;

/// What tells how a Linux node was programmed to treat packets. Command lines of processes are not among it: they
/// may hold secrets.
public final class LinuxState {

    private static final Duration LONG = Duration.ofSeconds(60);

    private LinuxState() {}

    /// The commands; one that is not installed is told of and left out.
    public static List<Command> commands() {
        return List.of(
                Command.into("uname.txt", "uname", "-srm"),
                Command.into("ip-link.txt", "ip", "-details", "-statistics", "link", "show"),
                Command.into("ip-address.txt", "ip", "address", "show"),
                Command.into("ip-route.txt", "ip", "-4", "route", "show", "table", "all"),
                Command.into("ip-route-6.txt", "ip", "-6", "route", "show", "table", "main"),
                Command.into("ip-rule.txt", "ip", "rule", "show"),
                Command.into("ip-neighbour.txt", "ip", "neighbour", "show"),
                Command.into("bridge-link.txt", "bridge", "-details", "link", "show"),
                Command.into("bridge-fdb.txt", "bridge", "fdb", "show"),
                Command.into("nft.json", "nft", "--json", "list", "ruleset").within(LONG),
                Command.into("iptables-save.txt", "iptables-save").within(LONG),
                Command.into("ip6tables-save.txt", "ip6tables-save").within(LONG),
                Command.into("ipvs.txt", "ipvsadm", "--save", "--numeric"),
                Command.into("conntrack.txt", "conntrack", "--dump").within(LONG),
                Command.into("nf_conntrack.txt", "cat", "/proc/net/nf_conntrack")
                        .within(LONG),
                Command.into(
                        "sysctl.txt",
                        "sysctl",
                        "--ignore",
                        "net.ipv4.ip_forward",
                        "net.ipv4.conf.all.forwarding",
                        "net.ipv4.conf.all.rp_filter",
                        "net.ipv4.conf.default.rp_filter",
                        "net.ipv4.ip_local_port_range",
                        "net.ipv4.ip_local_reserved_ports",
                        "net.ipv6.conf.all.forwarding",
                        "net.bridge.bridge-nf-call-iptables",
                        "net.bridge.bridge-nf-call-ip6tables",
                        "net.netfilter.nf_conntrack_max",
                        "net.netfilter.nf_conntrack_count",
                        "net.netfilter.nf_conntrack_tcp_timeout_established"),
                Command.into("snmp.txt", "cat", "/proc/net/snmp"),
                Command.into("netstat.txt", "cat", "/proc/net/netstat"),
                Command.into("softnet.txt", "cat", "/proc/net/softnet_stat"),
                Command.into("qdisc.txt", "tc", "-statistics", "qdisc", "show"),
                Command.into("sockets.txt", "ss", "--tcp", "--udp", "--all", "--numeric"),
                Command.into("processes.txt", "ps", "-eo", "pid,comm"),
                Command.into("clock.txt", "timedatectl", "show"),
                Command.into("chrony.txt", "chronyc", "-n", "tracking").within(Duration.ofSeconds(5)),
                Command.into("crictl-pods.txt", "crictl", "pods"));
    }
}
