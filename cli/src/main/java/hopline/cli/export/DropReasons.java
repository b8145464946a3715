package hopline.cli.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reasons that systems give for dropping packets, in the nearest of Cilium's words.
final class DropReasons {

    private record Meaning(String part, String hubble) {}

    /// Parts of what Windows says, the more particular first.
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("ttl", "TTL_EXCEEDED"),
            new Meaning("hop limit", "TTL_EXCEEDED"),
            new Meaning("vlan", "VLAN_FILTERED"),
            new Meaning("vni", "INVALID_VNI"),
            new Meaning("spoof", "INVALID_SOURCE_IP"),
            new Meaning("source address", "INVALID_SOURCE_IP"),
            new Meaning("acl", "POLICY_DENIED"),
            new Meaning("firewall", "POLICY_DENIED"),
            new Meaning("policy", "POLICY_DENIED"),
            new Meaning("filter", "POLICY_DENIED"),
            new Meaning("block", "POLICY_DENIED"),
            new Meaning("no route", "FIB_LOOKUP_FAILED"),
            new Meaning("route", "FIB_LOOKUP_FAILED"),
            new Meaning("not locally destined", "UNKNOWN_L3_TARGET_ADDRESS"),
            new Meaning("protocol", "UNSUPPORTED_L3_PROTOCOL"));

    private DropReasons() {}

    /// Empty when none comes near.
    static Optional<String> hubble(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return MEANINGS.stream()
                .filter(meaning -> lower.contains(meaning.part()))
                .map(Meaning::hubble)
                .findFirst();
    }
}
