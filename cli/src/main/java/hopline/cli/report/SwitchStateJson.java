package hopline.cli.report;

import hopline.flows.state.collection.NodeState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNamespace;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsState;
import hopline.flows.state.pktmon.PktmonComponent;
import hopline.flows.state.pktmon.PktmonCounter;
import hopline.flows.state.pktmon.PktmonState;
import hopline.flows.state.text.Written;
import hopline.flows.state.vfp.PortReading;
import hopline.flows.state.vfp.SwitchPort;
import hopline.flows.state.vfp.VfpFlow;
import hopline.flows.state.vfp.VfpRule;
import hopline.flows.state.vfp.VfpState;
import java.io.IOException;

/// What HNS, VFP and the packet monitor of a node hold, as JSON.
final class SwitchStateJson {

    private final FactJson json;

    SwitchStateJson(FactJson json) {
        this.json = json;
    }

    void write(NodeState node) throws IOException {
        hns(node.hns());
        vfp(node.vfp());
        pktmon(node.pktmon());
    }

    private void hns(HnsState hns) throws IOException {
        json.list("networks", hns.networks(), HnsNetwork::source, this::network);
        json.list("endpoints", hns.endpoints(), HnsEndpoint::source, this::endpoint);
        json.list("loadBalancers", hns.loadBalancers(), HnsLoadBalancer::source, this::loadBalancer);
        json.list("namespaces", hns.namespaces(), HnsNamespace::source, namespace -> {
            json.text("id", namespace.id());
            json.texts("endpoints", namespace.endpoints());
        });
    }

    private void network(HnsNetwork network) throws IOException {
        json.text("id", network.id());
        json.text("name", network.name());
        json.text("type", network.type());
        json.texts(
                "subnets",
                network.subnets().stream().map(HnsNetwork.Subnet::prefix).toList());
        json.text("managementIp", network.managementIp());
        json.mac("distributedRouterMac", network.distributedRouterMac());
        json.number("vxlanPort", network.vxlanPort());
        json.list("remoteSubnets", network.remoteSubnets(), HnsNetwork.RemoteSubnet::source, remote -> {
            json.text("prefix", remote.prefix().toString());
            json.number("vni", remote.vni());
            json.text("provider", remote.provider());
            json.mac("mac", remote.routerMac());
        });
    }

    private void endpoint(HnsEndpoint endpoint) throws IOException {
        json.text("id", endpoint.id());
        json.text("name", endpoint.name());
        json.text("network", endpoint.network());
        json.texts("addresses", endpoint.addresses());
        json.mac("mac", endpoint.mac());
        json.text("gateway", endpoint.gateway());
        json.texts("dnsServers", endpoint.dnsServers());
        json.truth("remote", endpoint.isRemote());
        json.number("state", endpoint.state());
        json.number("encapOverhead", endpoint.encapOverhead());
        json.texts(
                "natExceptions",
                endpoint.outboundNats().stream()
                        .flatMap(nat -> nat.exceptions().stream())
                        .map(Written::text)
                        .toList());
        if (!endpoint.acls().isEmpty()) {
            json.list("acls", endpoint.acls(), HnsEndpoint.Acl::source, this::acl);
        }
        if (!endpoint.portMappings().isEmpty()) {
            json.list("portMappings", endpoint.portMappings(), mapping -> {
                json.number("protocol", mapping.protocol());
                json.number("internal", mapping.internalPort());
                json.number("external", mapping.externalPort());
            });
        }
        if (!endpoint.routes().isEmpty()) {
            json.list("routes", endpoint.routes(), HnsEndpoint.SdnRoute::source, route -> {
                json.text("prefix", route.prefix());
                json.text("nextHop", route.nextHop());
                json.truth("encapsulated", route.needsEncap());
            });
        }
        if (!endpoint.proxies().isEmpty()) {
            json.list("proxies", endpoint.proxies(), HnsEndpoint.Proxy::source, proxy -> {
                json.text("protocols", proxy.protocols());
                json.text("address", proxy.address());
                json.number("port", proxy.port());
                json.texts("exceptions", proxy.exceptions());
            });
        }
        json.text("providerAddress", endpoint.providerAddress());
        json.text("port", endpoint.port());
    }

    private void acl(HnsEndpoint.Acl acl) throws IOException {
        json.text("action", acl.action());
        json.text("direction", acl.direction());
        json.number("priority", acl.priority());
        json.text("protocols", acl.protocols());
        json.text("localAddresses", acl.localAddresses());
        json.text("localPorts", acl.localPorts());
        json.text("remoteAddresses", acl.remoteAddresses());
        json.text("remotePorts", acl.remotePorts());
    }

    private void loadBalancer(HnsLoadBalancer balancer) throws IOException {
        json.text("id", balancer.id());
        json.texts("vips", balancer.vips());
        json.texts("endpoints", balancer.endpoints());
        json.text("sourceVip", balancer.sourceVip());
        json.list("ports", balancer.ports(), port -> {
            json.number("protocol", port.protocol());
            json.number("external", port.external());
            json.number("internal", port.internal());
        });
        json.truth("dsr", balancer.isDsr());
        json.number("state", balancer.state());
    }

    private void vfp(VfpState vfp) throws IOException {
        json.list("switchPorts", vfp.ports(), SwitchPort::source, port -> {
            json.text("id", port.id());
            json.text("name", port.friendlyName());
            json.number("number", port.number());
            json.mac("mac", port.mac());
            json.text("type", port.type());
        });
        json.list("vfpRules", vfp.rules(), VfpRule::source, this::rule);
        json.list("vfpFlows", vfp.flows(), VfpFlow::source, flow -> {
            json.text("port", flow.port());
            json.texts("ends", flow.ends());
            json.text("text", flow.text());
        });
        json.list("vfpReadings", vfp.readings(), PortReading::source, reading -> {
            json.text("port", reading.port());
            json.text("direction", reading.direction());
            json.text("key", reading.key());
            json.text("value", reading.value());
        });
    }

    private void rule(VfpRule rule) throws IOException {
        json.text("port", rule.port());
        json.text("layer", rule.layer());
        json.text("group", rule.group());
        json.text("direction", rule.direction());
        json.text("name", rule.name());
        json.text("type", rule.type());
        json.number("priority", rule.priority());
        json.map("conditions", rule.conditions());
        json.texts("backends", rule.backends());
        json.map("actions", rule.actions());
        json.map("counters", rule.counters());
    }

    private void pktmon(PktmonState pktmon) throws IOException {
        json.list("packetMonitor", pktmon.components(), PktmonComponent::source, component -> {
            json.number("id", component.id());
            json.text("name", component.name());
            json.text("type", component.type());
            json.mac("mac", component.mac());
            json.map("properties", component.properties());
        });
        json.list("packetMonitorCounters", pktmon.counters(), PktmonCounter::source, counter -> {
            json.text("component", counter.component());
            json.text("name", counter.name());
            json.truth("drop", counter.isDrop());
            json.number("packetsIn", counter.packetsIn());
            json.number("packetsOut", counter.packetsOut());
        });
    }
}
