package hopline.flows.expect;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What `nft -j list ruleset` lists, compiled and walked: a pod of a Linux node asks a service whose rules are made
/// by hand.
class NftRulesTest {

    private static final Endpoint SERVICE = new Endpoint(Address.of("10.102.220.146"), 80);

    private static final String BACKEND = "{\"dnat\":{\"addr\":\"10.244.1.21\",\"port\":80}}";
    private static final String TO_SET = match("ip", "daddr", "==", "\"@services\"");
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
                    "the set @services, which was not read"));

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
        assertThat(expectation.doubts().stream().map(Doubt::what).collect(Collectors.joining("; ")))
                .satisfies(doubts -> {
                    if (one.doubt().isEmpty()) {
                        assertThat(doubts).doesNotContain("nft rule");
                    } else {
                        assertThat(doubts).contains(one.doubt());
                    }
                });
    }
}
