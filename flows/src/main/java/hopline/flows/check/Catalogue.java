package hopline.flows.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The failure catalogue, F01 to F60: which rules show each entry, in packets or in state; none where it is
/// no fault.
public final class Catalogue {

    /// How many entries there are.
    public static final int ENTRIES = 60;

    private static final Map<String, List<String>> RULES = new LinkedHashMap<>();
    private static final Map<String, String> NOT_A_FAULT = Map.of(
            "F02", "by design: VFP translates TCP and UDP, not ICMP; the rule explains it",
            "F28", "by design with externalTrafficPolicy Local: only nodes with an endpoint answer",
            "F30", "by design with externalTrafficPolicy Cluster: the node's address is the source",
            "F31", "by design: a Windows node does not reach its own node ports");

    static {
        put("F01", "snat-missing", "nat-exception-invalid");
        put("F02", "icmp-not-translated");
        put("F03", "snat-unexpected", "nat-exception-missing");
        put("F04", "l2-rewrite-missing", "l2-rewrite-rule-missing");
        put("F05", "wrong-next-hop", "route-missing");
        put("F06", "lost-between-nodes");
        put("F07", "lost-between-nodes");
        put("F08", "vxlan-not-encapsulated", "remote-subnet-route-missing", "vfp-rule-missing");
        put("F09", "vfp-rule-missing");
        put("F10", "vxlan-wrong-source", "management-ip-invalid");
        put("F11", "vxlan-wrong-remote", "remote-subnet-route-wrong");
        put("F12", "vxlan-vni-mismatch", "vxlan-config-mismatch");
        put("F13", "vxlan-port-mismatch", "vxlan-config-mismatch");
        put("F14", "lost-between-nodes", "essential-traffic-blocked");
        put("F15", "vxlan-inner-mac-mismatch", "vxlan-config-mismatch");
        put("F16", "vxlan-wrong-source");
        put("F17", "service-not-translated", "load-balancer-missing");
        put("F18", "service-not-translated", "vfp-rule-missing");
        put("F19", "service-wrong-backend", "load-balancer-stale-backend");
        put("F20", "service-wrong-backend", "duplicate-endpoint");
        put("F21", "service-wrong-port", "load-balancer-wrong-port");
        put("F22", "service-not-translated", "load-balancer-missing");
        put("F23", "dns-wrong-server", "dns-unanswered", "dns-server-wrong");
        put("F24", "snat-wrong-source", "source-vip-wrong");
        put("F25", "snat-wrong-source", "api-server-unreachable", "source-vip-wrong");
        put("F26", "duplicate-endpoint");
        put("F27", "hairpin-not-translated", "hairpin-mode-off");
        put("F28");
        put("F29", "connection-unanswered");
        put("F30");
        put("F31");
        put("F32", "snat-port-exhausted");
        put("F33", "snat-port-collision");
        put("F34", "connection-reset");
        put("F35", "policy-blocked", "essential-traffic-blocked");
        put("F36", "policy-blocked", "known-build-defect");
        put("F37", "host-firewall-blocked", "known-build-defect");
        put("F38", "arp-unanswered", "address-conflict");
        put("F39", "known-build-defect", "vfp-rule-missing");
        put("F40", "endpoint-missing");
        put("F41", "endpoint-missing", "sandbox-failed");
        put("F42", "arp-unanswered", "gateway-address-wrong");
        put("F43", "port-blocked");
        put("F44", "mtu-exceeded", "mtu-config-wrong");
        put("F45", "management-ip-invalid");
        put("F46", "route-missing");
        put("F47", "route-missing");
        put("F48", "source-address-guarded");
        put("F49", "load-balancer-stale-backend");
        put("F50", "load-balancer-stale-backend");
        put("F51", "known-build-defect");
        put("F52", "endpoint-missing", "component-not-running");
        put("F53", "load-balancer-missing", "forward-policy-drop");
        put("F54", "hairpin-not-translated", "hairpin-mode-off");
        put("F55", "connection-refused");
        put("F56", "host-firewall-blocked", "connection-unanswered");
        put("F57", "capture-point-missing", "capture-incomplete");
        put("F58", "capture-point-missing", "capture-incomplete");
        put("F59", "service-over-limit");
        put("F60", "vfp-extension-disabled");
    }

    private Catalogue() {}

    private static void put(String entry, String... rules) {
        RULES.put(entry, List.of(rules));
    }

    /// The ids of the rules that show `entry`, such as `F19`; none where it is no fault.
    public static List<String> rules(String entry) {
        return RULES.getOrDefault(entry, List.of());
    }

    /// Why `entry` is no fault; empty when it is one.
    public static String notAFault(String entry) {
        return NOT_A_FAULT.getOrDefault(entry, "");
    }

    /// Every entry.
    public static List<String> entries() {
        return List.copyOf(RULES.keySet());
    }
}
