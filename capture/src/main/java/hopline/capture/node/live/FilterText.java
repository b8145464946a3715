package hopline.capture.node.live;

import hopline.capture.node.plan.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a plan wants as a filter in the language of tcpdump.
///
/// What VXLAN carries is compared by its place behind the outer UDP header, for outer and inner IPv4 without
/// options; inner IPv6 passes whole when an IPv6 address or no address is wanted. ARP and ICMP pass always.
public final class FilterText {

    private static final String VXLAN = "(udp port 4789 or udp port 8472)";
    private static final String INNER_IPV4 = "udp[28:2] = 0x0800";
    private static final String INNER_IPV6 = "udp[28:2] = 0x86dd";
    private static final String INNER_ARP = "udp[28:2] = 0x0806";
    private static final int INNER_PROTOCOL = 39;
    private static final int INNER_SOURCE = 42;
    private static final int INNER_DESTINATION = 46;
    private static final int INNER_PORTS = 50;

    private FilterText() {}

    /// The filter; blank when every packet is wanted.
    public static String of(Wanted wanted) {
        if (wanted.isEverything()) {
            return "";
        }
        List<String> plain = new ArrayList<>();
        add(plain, wanted.addresses().stream().map(FilterText::host).toList());
        add(plain, wanted.ports().stream().map(port -> "port " + port).toList());
        add(plain, wanted.protocols());
        String outside = "(" + String.join(" and ", plain) + ") or arp or icmp or icmp6";
        return wanted.insideTunnels() ? outside + " or (" + VXLAN + " and (" + inside(wanted) + "))" : outside;
    }

    private static void add(List<String> all, List<String> alternatives) {
        if (!alternatives.isEmpty()) {
            all.add("(" + String.join(" or ", alternatives) + ")");
        }
    }

    private static String host(String address) {
        return (address.contains("/") ? "net " : "host ") + address;
    }

    private static String inside(Wanted wanted) {
        List<String> ipv4 = new ArrayList<>(List.of(INNER_IPV4));
        add(
                ipv4,
                wanted.addresses().stream()
                        .filter(a -> !isIpv6(a))
                        .map(FilterText::inner)
                        .toList());
        add(ipv4, wanted.ports().stream().map(FilterText::innerPort).toList());
        add(ipv4, wanted.protocols().stream().map(FilterText::innerProtocol).toList());
        boolean onlyIpv6 =
                !wanted.addresses().isEmpty() && wanted.addresses().stream().allMatch(FilterText::isIpv6);
        boolean anyIpv6 =
                wanted.addresses().isEmpty() || wanted.addresses().stream().anyMatch(FilterText::isIpv6);
        List<String> passing = new ArrayList<>();
        if (!onlyIpv6) {
            passing.add("(" + String.join(" and ", ipv4) + ")");
            passing.add("(" + INNER_IPV4 + " and udp[" + INNER_PROTOCOL + "] = 1)");
        }
        if (anyIpv6) {
            passing.add(INNER_IPV6);
        }
        passing.add(INNER_ARP);
        return passing.stream().collect(Collectors.joining(" or "));
    }

    private static boolean isIpv6(String address) {
        return address.contains(":");
    }

    private static String inner(String address) {
        int slash = address.indexOf('/');
        int length = slash < 0 ? Integer.SIZE : Integer.parseInt(address.substring(slash + 1));
        long mask = length == 0 ? 0 : (-1L << (Integer.SIZE - Math.min(length, Integer.SIZE))) & 0xffff_ffffL;
        long number = 0;
        for (String octet : (slash < 0 ? address : address.substring(0, slash)).split("\\.", -1)) {
            number = (number << 8) | (Integer.parseInt(octet) & 0xff);
        }
        String equals = " & 0x%08x = 0x%08x".formatted(mask, number & mask);
        return "udp[" + INNER_SOURCE + ":4]" + equals + " or udp[" + INNER_DESTINATION + ":4]" + equals;
    }

    private static String innerPort(int port) {
        return "udp[" + INNER_PORTS + ":2] = " + port + " or udp[" + (INNER_PORTS + 2) + ":2] = " + port;
    }

    private static String innerProtocol(String protocol) {
        int number =
                switch (protocol) {
                    case "tcp" -> 6;
                    case "udp" -> 17;
                    case "sctp" -> 132;
                    default -> 1;
                };
        return "udp[" + INNER_PROTOCOL + "] = " + number;
    }
}
