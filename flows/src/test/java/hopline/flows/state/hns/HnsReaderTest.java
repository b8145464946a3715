package hopline.flows.state.hns;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.text.Damage;
import hopline.flows.state.text.JsonReader;
import hopline.flows.state.text.TextInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The old form of HNS and the new say the same in other words. Both are made by hand from the published schemas.
class HnsReaderTest {

    /// @param older what the old form calls it, a policy of an endpoint
    /// @param newer the same in the new form
    record Policy(String what, String older, String newer, Function<HnsEndpoint, Object> fact, String expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Policy> POLICIES = List.of(
            new Policy(
                    "source translation",
                    "{'Type':'OutBoundNAT','ExceptionList':['10.96.0.0/12'],'Destinations':['10.244.1.31'],'VIP':'10.0.0.5'}",
                    "{'Type':'OutBoundNAT','Settings':{'Exceptions':['10.96.0.0/12'],'Destinations':['10.244.1.31'],'VirtualIP':'10.0.0.5'}}",
                    endpoint -> endpoint.outboundNats()
                                    .getFirst()
                                    .exceptions()
                                    .getFirst()
                                    .text()
                            + endpoint.outboundNats().getFirst().destinations()
                            + endpoint.outboundNats().getFirst().vip(),
                    "10.96.0.0/12[10.244.1.31]10.0.0.5"),
            new Policy(
                    "a route",
                    "{'Type':'ROUTE','DestinationPrefix':'10.96.0.0/12','NextHop':'10.0.0.1','NeedEncap':true}",
                    "{'Type':'SDNRoute','Settings':{'DestinationPrefix':'10.96.0.0/12','NextHop':'10.0.0.1','NeedEncap':true}}",
                    endpoint -> endpoint.routes().getFirst().prefix()
                            + " " + endpoint.routes().getFirst().nextHop()
                            + " " + endpoint.routes().getFirst().needsEncap(),
                    "10.96.0.0/12 10.0.0.1 true"),
            new Policy(
                    "an access rule",
                    "{'Type':'ACL','Protocol':6,'Action':'Block','Direction':'In','LocalPorts':'80','Priority':200}",
                    "{'Type':'ACL','Settings':{'Protocols':'6','Action':'Block','Direction':'In','LocalPorts':'80','Priority':200}}",
                    endpoint -> endpoint.acls().getFirst().action()
                            + endpoint.acls().getFirst().protocols()
                            + endpoint.acls().getFirst().localPorts()
                            + endpoint.acls().getFirst().priority(),
                    "Block680OptionalInt[200]"),
            new Policy(
                    "a port of the node",
                    "{'Type':'NAT','Protocol':'6','InternalPort':80,'ExternalPort':8080}",
                    "{'Type':'PortMapping','Settings':{'Protocol':6,'InternalPort':80,'ExternalPort':8080,'Flags':0}}",
                    endpoint -> endpoint.portMappings()
                                    .getFirst()
                                    .externalPort()
                                    .orElse(0) + ">"
                            + endpoint.portMappings().getFirst().internalPort().orElse(0),
                    "8080>80"),
            new Policy(
                    "a proxy",
                    "{'Type':'PROXY','IP':'10.0.0.7','Port':'15001','Protocol':'6','ExceptionList':['10.96.0.1']}",
                    "{'Type':'L4Proxy','Settings':{'IP':'10.0.0.7','Port':'15001','Protocol':6,'ExceptionList':['10.96.0.1']}}",
                    endpoint -> endpoint.proxies().getFirst().address()
                            + endpoint.proxies().getFirst().port()
                            + endpoint.proxies().getFirst().protocols()
                            + endpoint.proxies().getFirst().exceptions(),
                    "10.0.0.7OptionalInt[15001]6[10.96.0.1]"),
            new Policy(
                    "a proxy of the filtering platform",
                    "{'Type':'L4WFPPROXY','Settings':{'OutboundProxyPort':'15001','FilterTuple':{'Protocols':'6'}}}",
                    "{'Type':'L4WFPPROXY','Settings':{'InboundProxyPort':'15003','OutboundProxyPort':'15001',"
                            + "'FilterTuple':{'Protocols':'6'},'OutboundExceptions':{'IpAddressExceptions':[]}}}",
                    endpoint -> endpoint.proxies().getFirst().port()
                            + endpoint.proxies().getFirst().protocols(),
                    "OptionalInt[15001]6"),
            new Policy(
                    "the tunnel's end",
                    "{'Type':'PA','PA':'10.0.0.5'}",
                    "{'Type':'ProviderAddress','Settings':{'ProviderAddress':'10.0.0.5'}}",
                    endpoint -> endpoint.providerAddress().orElseThrow(),
                    "10.0.0.5"),
            new Policy(
                    "room for the tunnel",
                    "{'Type':'EncapOverhead','Overhead':50}",
                    "{'Type':'EncapOverhead','Settings':{'Overhead':50}}",
                    HnsEndpoint::encapOverhead,
                    "OptionalInt[50]"));

    /// @param older a whole object in the old form
    /// @param newer the same in the new form
    record Whole(String what, String older, String newer, Function<HnsState, Object> fact, String expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Whole> OBJECTS = List.of(
            new Whole(
                    "an overlay",
                    "{'ID':'A','Name':'vxlan0','Type':'Overlay','ManagementIP':'10.0.0.5','DrMacAddress':'00-15-5D-B9-70-8A',"
                            + "'Subnets':[{'AddressPrefix':'10.244.1.0/24','GatewayAddress':'10.244.1.1','Policies':[{'Type':'VSID','VSID':4096}]}],"
                            + "'Policies':[{'Type':'HostRoute'},{'Type':'VxlanPort','Port':4789},{'Type':'RemoteSubnetRoute',"
                            + "'DestinationPrefix':'10.244.2.0/24','IsolationId':4096,'ProviderAddress':'10.0.0.6',"
                            + "'DistributedRouterMacAddress':'00:15:5d:b9:70:8b'}]}",
                    "{'Id':'a','Name':'vxlan0','Type':'Overlay','Ipams':[{'Type':'Static','Subnets':[{'IpAddressPrefix':'10.244.1.0/24',"
                            + "'Policies':[{'Type':'VSID','Settings':{'IsolationId':4096}}],'Routes':[{'NextHop':'10.244.1.1',"
                            + "'DestinationPrefix':'0.0.0.0/0'}]}]}],'Policies':[{'Type':'HostRoute','Settings':{}},"
                            + "{'Type':'VxlanPort','Settings':{'Port':4789}},{'Type':'DrMacAddress','Settings':{'Address':'00-15-5D-B9-70-8A'}},"
                            + "{'Type':'ProviderAddress','Settings':{'ProviderAddress':'10.0.0.5'}},{'Type':'RemoteSubnetRoute','Settings':"
                            + "{'DestinationPrefix':'10.244.2.0/24','IsolationId':4096,'ProviderAddress':'10.0.0.6',"
                            + "'DistributedRouterMacAddress':'00-15-5D-B9-70-8B'}}]}",
                    state -> network(state.networks().getFirst()),
                    "a vxlan0 Overlay [Subnet[prefix=10.244.1.0/24, gateway=Optional[10.244.1.1], vni=OptionalInt[4096]]]"
                            + " Optional[10.0.0.5] OptionalInt[4789] 155db9708a 10.244.2.0/24 OptionalInt[4096]"
                            + " Optional[10.0.0.6] 155db9708b"),
            new Whole(
                    "a load balancer",
                    "{'ID':'B','References':['/endpoints/E1','/endpoints/E2'],'Policies':[{'Type':'ELB','Protocol':6,"
                            + "'InternalPort':8080,'ExternalPort':80,'VIPs':['10.96.0.7'],'SourceVIP':'10.244.1.2','IsDSR':true}]}",
                    "{'Id':'b','HostComputeEndpoints':['e1','e2'],'SourceVIP':'10.244.1.2','FrontendVIPs':['10.96.0.7'],"
                            + "'PortMappings':[{'Protocol':6,'InternalPort':8080,'ExternalPort':80,'DistributionType':0,'Flags':0}],"
                            + "'Flags':1,'SchemaVersion':{'Major':2,'Minor':0}}",
                    state -> balancer(state.loadBalancers().getFirst()),
                    "b [e1, e2] [10.96.0.7] Optional[10.244.1.2] [Port[protocol=6, internal=8080, external=80]]"
                            + " Optional[true]"));

    private static String network(HnsNetwork network) {
        HnsNetwork.RemoteSubnet remote = network.remoteSubnets().getFirst();
        return network.id() + " " + network.name() + " " + network.type() + " " + network.subnets() + " "
                + network.managementIp() + " " + network.vxlanPort() + " "
                + Long.toHexString(network.distributedRouterMac().orElse(0)) + " " + remote.prefix() + " "
                + remote.vni()
                + " " + remote.provider() + " "
                + Long.toHexString(remote.routerMac().orElse(0));
    }

    private static String balancer(HnsLoadBalancer balancer) {
        return balancer.id() + " " + balancer.endpoints() + " " + balancer.vips() + " " + balancer.sourceVip() + " "
                + balancer.ports() + " " + balancer.isDsr();
    }

    private static HnsState read(String json) throws IOException {
        HnsState state = new HnsState();
        HnsReader reader = new HnsReader("hns.json", state);
        byte[] octets = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        new JsonReader(
                        TextInput.of(new ByteArrayInputStream(octets)),
                        new Damage("hns.json"),
                        (object, parent) -> assertThat(reader.read(object)).isTrue())
                .read();
        return state;
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void aPolicySaysTheSameInBothForms(Policy policy) throws IOException {
        String older = "{'ID':'1','IPAddress':'10.244.1.31','VirtualNetwork':'A','Policies':[" + policy.older() + "]}";
        String newer = "{'Id':'1','IpConfigurations':[{'IpAddress':'10.244.1.31','PrefixLength':24}],"
                + "'HostComputeNetwork':'a','Policies':[" + policy.newer() + "]}";
        for (String form : List.of(older, newer)) {
            HnsEndpoint endpoint = read(form).endpoints().getFirst();
            assertThat(endpoint.addresses()).hasToString("[10.244.1.31]");
            assertThat(policy.fact().apply(endpoint)).hasToString(policy.expected());
        }
    }

    @ParameterizedTest
    @FieldSource("OBJECTS")
    void anObjectSaysTheSameInBothForms(Whole object) throws IOException {
        assertThat(object.fact().apply(read(object.older()))).hasToString(object.expected());
        assertThat(object.fact().apply(read(object.newer()))).hasToString(object.expected());
    }
}
