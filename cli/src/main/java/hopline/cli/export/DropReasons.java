package hopline.cli.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reasons that systems give for dropping packets, in the nearest of Cilium's words.
final class DropReasons {

    /// @param part of what a system says
    /// @param hubble the name of Cilium's reason
    /// @param number by which it is known, too
    record Meaning(String part, String hubble, int number) {}

    /// Parts of what Windows says, the more particular first.
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("ttl", "TTL_EXCEEDED", 196),
            new Meaning("hop limit", "TTL_EXCEEDED", 196),
            new Meaning("vlan", "VLAN_FILTERED", 182),
            new Meaning("vni", "INVALID_VNI", 183),
            new Meaning("spoof", "INVALID_SOURCE_IP", 132),
            new Meaning("source address", "INVALID_SOURCE_IP", 132),
            new Meaning("acl", "POLICY_DENIED", 133),
            new Meaning("firewall", "POLICY_DENIED", 133),
            new Meaning("policy", "POLICY_DENIED", 133),
            new Meaning("filter", "POLICY_DENIED", 133),
            new Meaning("block", "POLICY_DENIED", 133),
            new Meaning("no route", "FIB_LOOKUP_FAILED", 169),
            new Meaning("route", "FIB_LOOKUP_FAILED", 169),
            new Meaning("not locally destined", "UNKNOWN_L3_TARGET_ADDRESS", 150),
            new Meaning("protocol", "UNSUPPORTED_L3_PROTOCOL", 139));

    private DropReasons() {}

    /// Empty when none comes near.
    static Optional<Meaning> hubble(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return MEANINGS.stream()
                .filter(meaning -> lower.contains(meaning.part()))
                .findFirst();
    }
}
