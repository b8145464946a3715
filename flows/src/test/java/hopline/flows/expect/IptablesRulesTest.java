package hopline.flows.expect;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What `iptables-save` lists, compiled and walked: a pod of a Linux node asks a service, or another pod. The lists of
/// the cluster are those of a sample; the rules are made by hand as kube-proxy writes them.
class IptablesRulesTest {

    private static final Endpoint SERVICE = new Endpoint(Address.of("10.102.220.146"), 80);
    private static final Endpoint ELSEWHERE = new Endpoint(Address.of("192.0.2.80"), 443);

    private static final String NAT =
            "*nat\n:PREROUTING ACCEPT\n:POSTROUTING ACCEPT\n:OUTPUT ACCEPT\n:KUBE-SERVICES -\n"
                    + ":KUBE-SVC-WEB -\n:KUBE-SEP-1 -\n:KUBE-SEP-2 -\n:KUBE-MARK-MASQ -\n:KUBE-POSTROUTING -\n"
                    + "-A PREROUTING -j KUBE-SERVICES\n-A POSTROUTING -j KUBE-POSTROUTING\n";
    private static final String SERVICES =
            "-A KUBE-SERVICES -d 10.102.220.146/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-WEB\n";
    private static final String ONE =
            "-A KUBE-SEP-1 -p tcp -m tcp -j DNAT --to-destination 10.244.1.21:80\n" + "-A KUBE-SVC-WEB -j KUBE-SEP-1\n";
    private static final String TWO = "-A KUBE-SEP-1 -p tcp -m tcp -j DNAT --to-destination 10.244.1.21:80\n"
            + "-A KUBE-SEP-2 -p tcp -m tcp -j DNAT --to-destination 10.244.2.21:80\n"
            + "-A KUBE-SVC-WEB -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-1\n"
            + "-A KUBE-SVC-WEB -j KUBE-SEP-2\n";
    private static final String MARK = "-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000\n"
            + "-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN\n-A KUBE-POSTROUTING -j MASQUERADE\n";
    private static final String END = "COMMIT\n";

    /// @param expected for each way what is done to the packet's headers, and how it ends
    record Case(String what, String rules, Endpoint to, String expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> CASES = List.of(
            new Case("one backend", NAT + SERVICES + ONE + END, SERVICE, "dnat 10.244.1.21:80, encap: delivered"),
            new Case(
                    "two backends, by chance",
                    NAT + SERVICES + TWO + END,
                    SERVICE,
                    "dnat 10.244.1.21:80, encap: delivered; dnat 10.244.2.21:80, encap: delivered"),
            new Case(
                    "another service", NAT + SERVICES.replace("--dport 80", "--dport 81") + ONE + END, SERVICE, "left"),
            new Case("a rule of another protocol", NAT + SERVICES.replace("tcp", "udp") + ONE + END, SERVICE, "left"),
            new Case(
                    "masqueraded when marked",
                    NAT
                            + SERVICES.replace("-j KUBE-SVC-WEB", "! -s 10.99.0.0/16 -j KUBE-MARK-MASQ")
                            + SERVICES
                            + ONE
                            + MARK
                            + END,
                    SERVICE,
                    "dnat 10.244.1.21:80, snat 10.20.0.10, encap: delivered"),
            new Case(
                    "not masqueraded without a mark",
                    NAT + SERVICES + ONE + MARK + END,
                    SERVICE,
                    "dnat 10.244.1.21:80, encap: delivered"),
            new Case(
                    "returned before it is translated",
                    NAT + "-A KUBE-SERVICES -s 10.244.0.3/32 -j RETURN\n" + SERVICES + ONE + END,
                    SERVICE,
                    "left"),
            new Case(
                    "forwarding dropped by the chain's policy",
                    NAT + SERVICES + ONE + END + "*filter\n:FORWARD DROP\nCOMMIT\n",
                    SERVICE,
                    "dnat 10.244.1.21:80, drop: dropped"),
            new Case(
                    "forwarding accepted before the policy",
                    NAT + SERVICES + ONE + END
                            + "*filter\n:FORWARD DROP\n-A FORWARD -s 10.244.0.0/16 -j ACCEPT\nCOMMIT\n",
                    SERVICE,
                    "dnat 10.244.1.21:80, encap: delivered"),
            new Case(
                    "rejected for want of endpoints",
                    NAT + END
                            + "*filter\n:FORWARD ACCEPT\n-A FORWARD -d 10.102.220.146/32 -p tcp -m tcp --dport 80 -j REJECT"
                            + " --reject-with icmp-port-unreachable\nCOMMIT\n",
                    SERVICE,
                    "drop: dropped"),
            new Case(
                    "masqueraded to the world, not to pods",
                    NAT + "-A POSTROUTING -s 10.244.0.0/16 ! -d 10.244.0.0/16 -j MASQUERADE\n" + END,
                    ELSEWHERE,
                    "snat 10.20.0.10: left"),
            new Case(
                    "what IPv6 packets meet",
                    NAT + SERVICES + ONE + END
                            + "# Generated by ip6tables-save v1.8.9 (nf_tables) on Sat Nov 21 12:00:00 2026\n"
                            + "*filter\n:FORWARD DROP\n-A FORWARD -j DROP\nCOMMIT\n"
                            + "*nat\n:PREROUTING ACCEPT\n:KUBE-SVC-WEB -\n-A KUBE-SVC-WEB -j DROP\nCOMMIT\n",
                    SERVICE,
                    "dnat 10.244.1.21:80, encap: delivered"),
            new Case(
                    "redirected to a program of the node",
                    NAT + SERVICES.replace("-j KUBE-SVC-WEB", "-j REDIRECT --to-ports 15001") + END,
                    SERVICE,
                    "dnat 10.20.0.10:15001: delivered"));

    /// @param doubt a part of what is left open
    record Doubted(String what, String rules, String doubt) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Doubted> DOUBTED = List.of(
            new Doubted("one backend", NAT + SERVICES + ONE + END, ""),
            new Doubted("a table that is cut", NAT + SERVICES + ONE, "what stood in the rest is not known"),
            new Doubted(
                    "a program decides",
                    NAT + SERVICES.replace("-j KUBE-SVC-WEB", "-j NFQUEUE --queue-num 3 --queue-bypass") + END,
                    "iptables-save.txt:13): a program decides on it (NFQUEUE)"),
            new Doubted(
                    "a proxy takes it",
                    "*mangle\n:PREROUTING ACCEPT\n-A PREROUTING -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0\n"
                            + "COMMIT\n",
                    "a proxy of the node takes it (TPROXY)"),
            new Doubted(
                    "one of a range",
                    NAT + SERVICES.replace("-j KUBE-SVC-WEB", "-j DNAT --to-destination 10.244.1.21-10.244.1.29") + END,
                    "DNAT to 10.244.1.21-10.244.1.29"),
            new Doubted(
                    "a target that nobody knows",
                    NAT + SERVICES.replace("-j KUBE-SVC-WEB", "-j XLAT --from a") + END,
                    "no chain XLAT was read"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("CASES")
    void rulesDoWhatTheySay(Case one) throws IOException {
        RuledNode node = RuledNode.of(folder, "iptables-save.txt", one.rules());

        assertThat(RuledNode.told(node.sent(one.to()))).isEqualTo(one.expected());
    }

    @ParameterizedTest
    @FieldSource("DOUBTED")
    void whatRulesDoNotTellIsLeftOpen(Doubted one) throws IOException {
        RuledNode node = RuledNode.of(folder, "iptables-save.txt", one.rules());

        RuledNode.assertDoubt(node.sent(SERVICE), "iptables", one.doubt());
    }
}
