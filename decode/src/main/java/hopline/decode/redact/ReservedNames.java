package hopline.decode.redact;

import java.util.Locale;
import java.util.Set;

/// Labels of names that are the same everywhere and give nobody away: they stay, so that a service's name
/// is still one.
final class ReservedNames {

    private static final Set<String> LABELS = Set.of(
            // of Kubernetes
            "svc",
            "pod",
            "cluster",
            "local",
            "default",
            "kubernetes",
            "kube-system",
            "kube-dns",
            "kube-public",
            "kube-node-lease",
            "coredns",
            "localhost",
            "localdomain",
            "internal",
            "node",
            // of the domain name system
            "in-addr",
            "ip6",
            "arpa",
            "com",
            "net",
            "org",
            "io",
            "dev",
            "gov",
            "edu",
            "int",
            "home",
            "lan",
            "test",
            "example",
            "invalid",
            "onion",
            "www",
            // of service discovery
            "_tcp",
            "_udp",
            "_sctp",
            "_http",
            "_https",
            "_dns",
            "_dns-tcp",
            "_grpc",
            "_ldap",
            "_kerberos",
            "_msdcs",
            "_sites",
            "wpad",
            "isatap");

    private ReservedNames() {}

    static boolean isReserved(String label) {
        return LABELS.contains(label.toLowerCase(Locale.ROOT));
    }
}
