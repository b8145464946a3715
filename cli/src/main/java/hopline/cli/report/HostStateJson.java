package hopline.cli.report;

import hopline.decode.MacAddress;
import hopline.flows.state.cni.ClusterRanges;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.cni.CniState;
import hopline.flows.state.cni.FlannelNetwork;
import hopline.flows.state.cni.PluginEndpoint;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.host.FirewallRule;
import hopline.flows.state.host.HostInterface;
import hopline.flows.state.host.HostProcess;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.host.HostSocket;
import hopline.flows.state.host.HostState;
import hopline.flows.state.host.Neighbour;
import hopline.flows.state.linux.BridgePort;
import hopline.flows.state.linux.IptablesChain;
import hopline.flows.state.linux.IptablesRule;
import hopline.flows.state.linux.KernelSetting;
import hopline.flows.state.linux.LinuxState;
import hopline.flows.state.linux.TrackedConnection;
import hopline.flows.state.log.LogEntry;
import hopline.flows.state.log.LogState;
import hopline.flows.state.text.Written;
import java.io.IOException;

/// What a node says of itself, what a Linux kernel has programmed, how network plugins are configured and what
/// was logged, as JSON.
final class HostStateJson {

    private final FactJson json;

    HostStateJson(FactJson json) {
        this.json = json;
    }

    void write(NodeState node) throws IOException {
        host(node.host());
        linux(node.linux());
        cni(node.cni());
        log(node.log());
    }

    private void host(HostState host) throws IOException {
        json.list("interfaces", host.interfaces(), HostInterface::source, at -> {
            json.text("name", at.name());
            json.texts("addresses", at.addresses());
            json.texts("gateways", at.gateways());
            json.texts("dnsServers", at.dnsServers());
            json.mac("mac", at.mac());
            json.number("mtu", at.mtu());
        });
        json.list("routes", host.routes(), HostRoute::source, route -> {
            json.text("prefix", route.prefix().toString());
            json.text("nextHop", route.nextHop());
            json.text("device", route.device());
        });
        json.list("neighbours", host.neighbours(), Neighbour::source, neighbour -> {
            json.text("address", neighbour.address().toString());
            json.text("mac", MacAddress.text(neighbour.mac()));
            json.text("state", neighbour.state());
        });
        json.list("processes", host.processes(), HostProcess::source, process -> {
            json.text("name", process.name());
            json.text("commandLine", process.commandLine());
            json.truth("service", process.isService());
            json.truth("running", process.isRunning());
        });
        json.list("sockets", host.sockets(), HostSocket::source, socket -> {
            json.text("local", socket.local());
            json.text("remote", socket.remote());
            json.text("state", socket.state());
        });
        json.list("firewallRules", host.firewallRules(), FirewallRule::source, this::firewallRule);
        json.list("readings", host.readings(), HostReading::source, reading -> {
            json.text("key", reading.key());
            json.text("value", reading.value());
        });
    }

    private void firewallRule(FirewallRule rule) throws IOException {
        json.text("name", rule.name());
        json.truth("enabled", rule.isEnabled());
        json.text("direction", rule.direction());
        json.text("action", rule.action());
        json.text("protocol", rule.protocol());
        json.text("ports", rule.ports());
        json.text("remote", rule.remote());
    }

    private void linux(LinuxState linux) throws IOException {
        json.list("chains", linux.chains(), IptablesChain::source, chain -> {
            json.text("table", chain.table());
            json.text("name", chain.name());
            json.text("policy", chain.policy());
        });
        json.list("filterRules", linux.rules(), IptablesRule::source, rule -> {
            json.text("table", rule.table());
            json.text("chain", rule.chain());
            json.text("text", rule.text());
        });
        json.list("connections", linux.connections(), TrackedConnection::at, this::connection);
        json.list("kernelSettings", linux.settings(), KernelSetting::source, setting -> {
            json.text("key", setting.key());
            json.text("value", setting.value());
        });
        json.list("bridgePorts", linux.bridgePorts(), BridgePort::source, port -> {
            json.text("name", port.name());
            json.text("bridge", port.bridge());
            json.truth("hairpin", port.hairpin());
        });
    }

    private void connection(TrackedConnection connection) throws IOException {
        json.text("protocol", connection.protocol());
        json.text("state", connection.state());
        json.text("source", connection.source().toString());
        json.text("destination", connection.destination().toString());
        json.text("replySource", connection.replySource().toString());
        json.text("replyDestination", connection.replyDestination().toString());
        json.truth("replied", connection.isReplied());
    }

    private void cni(CniState cni) throws IOException {
        json.list("pluginConfigurations", cni.configs(), CniConfig::source, this::config);
        json.list("flannelNetworks", cni.flannelNetworks(), FlannelNetwork::source, network -> {
            json.text("network", network.network());
            json.text("backend", network.backend());
            json.number("vni", network.vni());
            json.number("port", network.port());
        });
        json.list("clusterRanges", cni.ranges(), ClusterRanges::source, ranges -> {
            json.text("services", ranges.services());
            json.text("pods", ranges.pods());
        });
        json.list("pluginEndpoints", cni.endpoints(), PluginEndpoint::source, endpoint -> {
            json.text("id", endpoint.id());
            json.text("pod", endpoint.pod());
            json.texts("addresses", endpoint.addresses());
        });
    }

    private void config(CniConfig config) throws IOException {
        json.text("name", config.name());
        json.text("type", config.type());
        json.texts(
                "nameservers", config.nameservers().stream().map(Written::text).toList());
        json.texts(
                "natExceptions", config.exceptions().stream().map(Written::text).toList());
        json.texts("subnets", config.subnets().stream().map(Written::text).toList());
        json.truth("loopbackDsr", config.loopbackDsr());
        json.truth("hairpin", config.hairpin());
        json.number("vni", config.vni());
    }

    private void log(LogState log) throws IOException {
        json.list("logs", log.spans(), span -> {
            json.text("component", span.component());
            json.text("first", span.first());
            json.text("last", span.last());
            json.number("lines", span.lines());
            json.text("file", span.file());
            json.number("line", span.lastLine());
        });
        json.list("logEntries", log.entries(), LogEntry::source, entry -> {
            json.text("component", entry.component());
            json.text("time", entry.time());
            json.text("level", entry.level());
            json.text("message", entry.message());
        });
    }
}
