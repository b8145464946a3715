package hopline.flows.expect;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// What `nft -j list ruleset` lists, compiled and walked: a pod of a Linux node asks a service whose rules are made
/// by hand.
class NftRulesTest {

    private static final Endpoint SERVICE = new Endpoint(Address.of("10.102.220.146"), 80);

    private static final String BACKEND = "{\"dnat\":{\"addr\":\"10.244.1.21\",\"port\":80}}";
    private static final String TO_SET = match("ip", "daddr", "==", "\"@services\"");
    private static final String DROP = "{\"drop\":null}";
    private static final String BY_DESTINATION = "{\"payload\":{\"protocol\":\"ip\",\"field\":\"daddr\"}}";
    private static final String COUNTER = "{\"counter\":{\"packets\":0,\"bytes\":0}}";
    private static final String NFPROTO_6 =
            "{\"match\":{\"op\":\"==\",\"left\":{\"meta\":{\"key\":\"nfproto\"}},\"right\":\"ipv6\"}}";
    private static final String BY_TURNS =
            "{\"vmap\":{\"key\":{\"numgen\":{\"mode\":\"random\",\"mod\":1,\"offset\":0}},\"data\":%s}}";

    /// @param expected for each way what is done to the packet's headers, and how it ends
    /// @param doubt a part of a doubt that is left; empty when none is
    record Case(String what, String rules, int protocol, String expected, String doubt) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> CASES = List.of(
            new Case("one backend", nat("", BACKEND), IpProtocol.TCP, "dnat 10.244.1.21:80, encap: delivered", ""),
            new Case(
                    "one of no backends",
                    nat("", BY_TURNS.formatted("{\"set\":[]}")) + "," + rule("ip", "nat", "prerouting", BACKEND),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case(
                    "a set that was read",
                    nat(set("services", "\"10.102.220.146\""), TO_SET, BACKEND),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case("a set that is empty", nat(set("services", ""), TO_SET, BACKEND), IpProtocol.TCP, "left", ""),
            new Case(
                    "a set that was not read",
                    nat("", TO_SET, BACKEND),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered; left",
                    "the set @services, which was not read"),
            new Case(
                    "a set whose elements count",
                    nat(set("services", "{\"elem\":{\"val\":\"10.102.220.146\",\"counter\":{}}}"), TO_SET, BACKEND),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case(
                    "a look-up that was not read",
                    nat("", lookUp(BY_DESTINATION, "\"@services\"")),
                    IpProtocol.TCP,
                    "left",
                    "the set @services, which was not read"),
            new Case(
                    "a look-up of what no header tells",
                    nat("", lookUp("{\"fib\":{\"result\":\"type\",\"flags\":[\"daddr\"]}}", set("\"local\""))),
                    IpProtocol.TCP,
                    "left",
                    "it looks up what the packet's headers do not tell"),
            new Case(
                    "a look-up of addresses",
                    nat("", lookUp(BY_DESTINATION, set("\"10.102.220.146\""))),
                    IpProtocol.TCP,
                    "drop: dropped",
                    ""),
            new Case(
                    "a look-up of prefixes",
                    nat("", lookUp(BY_DESTINATION, set("{\"prefix\":{\"addr\":\"10.96.0.0\",\"len\":12}}"))),
                    IpProtocol.TCP,
                    "left",
                    "it looks up ranges"),
            new Case(
                    "a look-up of the state that answers have",
                    nat("", lookUp("{\"ct\":{\"key\":\"state\"}}", set("\"established\""))),
                    IpProtocol.TCP,
                    "left",
                    ""),
            new Case(
                    "a look-up of the state that a first packet has",
                    nat("", lookUp("{\"ct\":{\"key\":\"state\"}}", set("\"new\""))),
                    IpProtocol.TCP,
                    "drop: dropped",
                    ""),
            new Case(
                    "chains of IPv6",
                    nat("", BACKEND) + "," + chain("ip6", "filter", "forward", "filter", "drop"),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case(
                    "chains of both",
                    nat("", BACKEND) + "," + chain("inet", "filter", "forward", "filter", "drop"),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, drop: dropped",
                    ""),
            new Case(
                    "rules of one version in a chain of both",
                    nat("", BACKEND) + "," + chain("inet", "filter", "forward", "filter", "accept") + ","
                            + rule("inet", "filter", "forward", NFPROTO_6, DROP) + ","
                            + rule("inet", "filter", "forward", match("ip6", "saddr", "!=", "\"fd00::1\""), DROP),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case(
                    "a thousand rules that only count",
                    nat("", BACKEND) + "," + chain("ip", "filter", "forward", "filter", "drop") + ","
                            + String.join(",", Collections.nCopies(5_000, rule("ip", "filter", "forward", COUNTER))),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, drop: dropped",
                    ""),
            new Case(
                    "chains that call each other twice without end",
                    nat("", BACKEND) + "," + chain("ip", "filter", "forward", "filter", "accept") + ","
                            + IntStream.range(0, 60)
                                    .mapToObj(i -> rule("ip", "filter", i == 0 ? "forward" : "c" + i, to(i), to(i)))
                                    .collect(Collectors.joining(","))
                            + "," + rule("ip", "filter", "c60", COUNTER),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    "its rules were not followed to their end"),
            new Case(
                    "other ports than one of TCP, asked of UDP",
                    nat("", match("tcp", "dport", "!=", "22"), BACKEND),
                    IpProtocol.UDP,
                    "left",
                    ""),
            new Case(
                    "other ports than one of TCP, asked of TCP",
                    nat("", match("tcp", "dport", "!=", "22"), BACKEND),
                    IpProtocol.TCP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case(
                    "other ports than one of any protocol",
                    nat("", match("th", "dport", "!=", "22"), BACKEND),
                    IpProtocol.UDP,
                    "dnat 10.244.1.21:80, encap: delivered",
                    ""),
            new Case(
                    "redirected to a program of the node",
                    nat("", "{\"redirect\":{\"port\":15001}}"),
                    IpProtocol.TCP,
                    "dnat 10.20.0.10:15001: delivered",
                    ""),
            new Case(
                    "a program decides",
                    nat("", "{\"queue\":{\"num\":3}}"),
                    IpProtocol.TCP,
                    "left",
                    "a program decides on it (queue)"),
            new Case(
                    "a target of iptables",
                    nat("", "{\"xt\":{\"type\":\"target\",\"name\":\"TPROXY\"}}"),
                    IpProtocol.TCP,
                    "left",
                    "what TPROXY does with it"),
            new Case(
                    "a destination that a table tells",
                    nat("", "{\"dnat\":{\"addr\":{\"map\":{\"key\":{\"numgen\":{}},\"data\":\"@backends\"}}}}"),
                    IpProtocol.TCP,
                    "left",
                    "a translation of its destination that is not written out"));

    /// A port of the node that kube-proxy drops or rejects as one without endpoints.
    private static String nodePort(String verdict) {
        String key = "{\"concat\":[{\"meta\":{\"key\":\"l4proto\"}},"
                + "{\"payload\":{\"protocol\":\"th\",\"field\":\"dport\"}}]}";
        return "{\"map\":{\"family\":\"ip\",\"table\":\"kube-proxy\",\"name\":\"no-endpoint-nodeports\",\"elem\":["
                + "[{\"elem\":{\"val\":{\"concat\":[\"tcp\",30080]},\"comment\":\"shop/web:http\"}}," + verdict
                + "]]}},"
                + chain("ip", "kube-proxy", "input", "filter", "accept") + ","
                + rule("ip", "kube-proxy", "reject-chain", "{\"reject\":null}") + ","
                + rule("ip", "kube-proxy", "input", lookUp(key, "\"@no-endpoint-nodeports\""));
    }

    private static String lookUp(String key, String data) {
        return "{\"vmap\":{\"key\":" + key + ",\"data\":" + data + "}}";
    }

    /// What is dropped.
    private static String set(String key) {
        return "{\"set\":[[" + key + "," + DROP + "]]}";
    }

    private static String to(int i) {
        return "{\"jump\":{\"target\":\"c%d\"}}".formatted(i + 1);
    }

    private static String match(String protocol, String field, String operator, String right) {
        return "{\"match\":{\"op\":\"%s\",\"left\":{\"payload\":{\"protocol\":\"%s\",\"field\":\"%s\"}},\"right\":%s}}"
                .formatted(operator, protocol, field, right);
    }

    private static String set(String name, String elements) {
        return "{\"set\":{\"family\":\"ip\",\"table\":\"nat\",\"name\":\"%s\",\"elem\":[%s]}},"
                .formatted(name, elements);
    }

    private static String chain(String family, String table, String name, String type, String policy) {
        return ("{\"chain\":{\"family\":\"%s\",\"table\":\"%s\",\"name\":\"%s\",\"hook\":\"%s\",\"type\":\"%s\","
                        + "\"prio\":-100,\"policy\":\"%s\"}}")
                .formatted(family, table, name, name, type, policy);
    }

    private static String rule(String family, String table, String chain, String... expressions) {
        return "{\"rule\":{\"family\":\"%s\",\"table\":\"%s\",\"chain\":\"%s\",\"handle\":7,\"expr\":[%s]}}"
                .formatted(family, table, chain, String.join(",", expressions));
    }

    private static String nat(String sets, String... expressions) {
        return sets + chain("ip", "nat", "prerouting", "nat", "accept") + ","
                + rule("ip", "nat", "prerouting", expressions);
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("CASES")
    void rulesDoWhatTheySay(Case one) throws IOException {
        RuledNode node = RuledNode.of(folder, "nft.json", "{\"nftables\":[" + one.rules() + "]}");

        Expectation expectation = node.sent(one.protocol(), SERVICE);

        assertThat(RuledNode.told(expectation)).isEqualTo(one.expected());
        RuledNode.assertDoubt(expectation, "nft rule", one.doubt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"drop\":null}                       | 30080 | drop: dropped",
                "{\"goto\":{\"target\":\"reject-chain\"}} | 30080 | drop: dropped",
                "{\"drop\":null}                       | 30081 | delivered"
            })
    void aNodePortWithoutEndpointsIsRefused(String verdict, int port, String told) throws IOException {
        RuledNode node = RuledNode.of(folder, "nft.json", "{\"nftables\":[" + nodePort(verdict) + "]}");

        assertThat(RuledNode.told(node.sent(new Endpoint(Address.of("10.20.0.10"), port))))
                .isEqualTo(told);
    }

    @Test
    void waysBeyondTheLimitAreCounted() throws IOException {
        String choices = IntStream.range(0, 40)
                .mapToObj(i -> "[%d,{\"goto\":{\"target\":\"endpoint%d\"}}]".formatted(i, i))
                .collect(Collectors.joining(","));
        String chains = IntStream.range(0, 40)
                .mapToObj(i -> rule("ip", "nat", "endpoint" + i, BACKEND.replace(".21", "." + (i + 21))))
                .collect(Collectors.joining(","));
        String rules = nat("", BY_TURNS.formatted("{\"set\":[" + choices + "]}")) + "," + chains;

        Expectation expectation = RuledNode.of(folder, "nft.json", "{\"nftables\":[" + rules + "]}")
                .sent(SERVICE);

        assertThat(expectation.walks().size() + expectation.omitted()).isEqualTo(40);
        assertThat(expectation.omitted()).isPositive();
    }
}
