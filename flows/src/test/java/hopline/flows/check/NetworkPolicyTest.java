package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.rule.Severity;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import hopline.flows.state.kubernetes.NetworkPolicy;
import hopline.flows.state.kubernetes.NetworkPolicy.Peer;
import hopline.flows.state.kubernetes.NetworkPolicy.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Network policies as they are read, and the pods that they keep from DNS.
class NetworkPolicyTest {

    /// A pod of namespace shop with the labels app=web and tier=front, and a DNS service with one server at port 8053.
    private static final String CLUSTER =
            """
            {"apiVersion":"v1","kind":"List","items":[
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":{"app":"web","tier":"front"}},
             "spec":{"nodeName":"a","containers":[{"name":"c","image":"i"}]},"status":{"phase":"Running","podIP":"10.244.1.9"}},
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"kube-dns","namespace":"kube-system"},
             "spec":{"clusterIP":"10.96.0.10","ports":[{"name":"dns","port":53,"protocol":"UDP"}],"selector":{"k8s-app":"kube-dns"}}},
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4","metadata":{"name":"d","namespace":"kube-system",
             "labels":{"kubernetes.io/service-name":"kube-dns"}},"endpoints":[{"addresses":["10.244.0.2"]}],
             "ports":[{"name":"dns","port":8053,"protocol":"UDP"}]}]}
            """;

    @TempDir
    Path folder;

    static String policy(String spec) {
        return "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\",\"metadata\":{\"name\":\"p\","
                + "\"namespace\":\"shop\"},\"spec\":{" + spec + "}}";
    }

    private CollectedState read(String content) throws IOException {
        StateFinder finder = new StateFinder();
        finder.add(Files.writeString(folder.resolve("state.json"), content).toString());
        return StateReader.read(finder);
    }

    private List<StateFinding> check(String spec) throws IOException {
        return StateRules.check(read(CLUSTER + policy(spec.replace('\'', '"'))));
    }

    @Test
    void isReadWholeAndEveryRuleHasItsLine() throws IOException {
        NetworkPolicy policy = read(policy(
                        """
                        "podSelector":{"matchLabels":{"app":"web"},
                          "matchExpressions":[{"key":"tier","operator":"In","values":["front","back"]}]},
                        "ingress":[{}],
                        "egress":[
                          {"to":[{"ipBlock":{"cidr":"10.0.0.0/8","except":["10.1.0.0/16"]}}],
                           "ports":[{"port":5432},{"protocol":"UDP","port":1000,"endPort":2000},{"port":"web"}]},
                          {"to":[{"namespaceSelector":{},"podSelector":{"matchLabels":{"app":"db"}}}]}]
                        """))
                .kubernetes()
                .policies()
                .getFirst();
        assertThat(policy.types()).containsExactly("Ingress", "Egress");
        assertThat(policy.selects("shop", Map.of("app", "web", "tier", "front")))
                .isTrue();
        assertThat(policy.selects("shop", Map.of("app", "web", "tier", "middle")))
                .isFalse();
        assertThat(policy.selects("other", Map.of("app", "web", "tier", "front")))
                .isFalse();
        assertThat(policy.ingress()).singleElement().satisfies(rule -> {
            assertThat(rule.peers()).isEmpty();
            assertThat(rule.ports()).isEmpty();
        });
        Permission first = policy.egress().getFirst();
        assertThat(first.source().line()).isEqualTo(5);
        assertThat(first.peers()).extracting(Peer::block).containsExactly("10.0.0.0/8");
        assertThat(first.peers().getFirst().except()).containsExactly("10.1.0.0/16");
        assertThat(first.ports()).map(Object::toString).containsExactly("5432/TCP", "1000-2000/UDP", "web/TCP");
        Peer second = policy.egress().getLast().peers().getFirst();
        assertThat(second.namespaces())
                .hasValueSatisfying(all -> assertThat(all.matches(Map.of())).isTrue());
        assertThat(second.pods()).hasValueSatisfying(db -> assertThat(db.matches(Map.of("app", "web")))
                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'podSelector':{},'policyTypes':['Egress']",
                "'podSelector':{'matchLabels':{'app':'web'}},'policyTypes':['Egress'],'egress':[]",
                "'podSelector':{'matchExpressions':[{'key':'tier','operator':'Exists'}]},'policyTypes':['Egress']",
                "'podSelector':{},'egress':[{'ports':[{'port':53}]}]",
                "'podSelector':{},'egress':[{'ports':[{'protocol':'UDP','port':54,'endPort':8000}]}]",
                "'podSelector':{},'egress':[{'to':[{'podSelector':{}}]}]",
                "'podSelector':{},'egress':[{'to':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['10.96.0.0/12','10.244.0.0/16']}}]}]",
                "'podSelector':{},'egress':[{'to':[{'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'db'}}}]}]"
            })
    void aPolicyThatLetsNoQuestionOutIsNamed(String spec) throws IOException {
        assertThat(check(spec)).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("essential-traffic-blocked");
            assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            assertThat(finding.certain()).isFalse();
            assertThat(finding.claim().title())
                    .startsWith("If network policies are enforced")
                    .contains("shop/web", "shop/p");
            assertThat(finding.evidence().getFirst().line()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'podSelector':{}",
                "'podSelector':{},'policyTypes':['Ingress']",
                "'podSelector':{'matchLabels':{'app':'db'}},'policyTypes':['Egress']",
                "'podSelector':{'matchExpressions':[{'key':'tier','operator':'NotIn','values':['front']}]},'policyTypes':['Egress']",
                "'podSelector':{},'egress':[{}]",
                "'podSelector':{},'egress':[{'ports':[{'protocol':'UDP','port':53}]}]",
                "'podSelector':{},'egress':[{'ports':[{'protocol':'UDP','port':'dns'}]}]",
                "'podSelector':{},'egress':[{'ports':[{'protocol':'UDP','port':8053}],'to':[{'namespaceSelector':{}}]}]",
                "'podSelector':{},'egress':[{'to':[{'ipBlock':{'cidr':'10.96.0.10/32'}}]}]",
                "'podSelector':{},'egress':[{'to':[{'ipBlock':{'cidr':'10.244.0.0/24'}}]}]",
                "'podSelector':{},'egress':[{'to':[{'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'kube-system'}}}]}]",
                "'podSelector':{},'egress':[{'to':[{'namespaceSelector':{'matchLabels':{'purpose':'system'}}}]}]"
            })
    void aPolicyThatMayLetQuestionsOutIsNot(String spec) throws IOException {
        assertThat(check(spec)).isEmpty();
    }

    @Test
    void anotherPolicyMayPermitWhatOneDoesNot() throws IOException {
        String deny = policy("\"podSelector\":{},\"policyTypes\":[\"Egress\"]");
        String allow = policy("\"podSelector\":{},\"egress\":[{\"ports\":[{\"protocol\":\"UDP\",\"port\":53}]}]");
        assertThat(StateRules.check(read(CLUSTER + deny))).hasSize(1);
        assertThat(StateRules.check(read(CLUSTER + deny + "\n" + allow))).isEmpty();
    }
}
