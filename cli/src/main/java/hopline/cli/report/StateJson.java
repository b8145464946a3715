package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.decode.MacAddress;
import hopline.flows.check.StateFinding;
import hopline.flows.state.Source;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.FileReport;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.host.HostInterface;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.vfp.SwitchPort;
import hopline.flows.state.vfp.VfpRule;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What was read of nodes, or what is wrong with it, as JSON, schema version 1. Every fact says its file and
/// line; what is absent is unknown.
public final class StateJson {

    private static final int SCHEMA_VERSION = 1;

    private final JsonGenerator json;

    private StateJson(JsonGenerator json) {
        this.json = json;
    }

    /// Writes to `out`, which stays open: the findings when there are some to tell, else the facts.
    public static void write(
            CollectedState state, Optional<List<StateFinding>> findings, String version, OutputStream out)
            throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            StateJson writer = new StateJson(json);
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeObjectFieldStart("tool");
            json.writeStringField("name", "hopline");
            json.writeStringField("version", version);
            json.writeEndObject();
            writer.files(state.files());
            if (findings.isPresent()) {
                writer.findings(findings.get());
            } else {
                writer.nodes(state);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void files(List<FileReport> files) throws IOException {
        json.writeArrayFieldStart("files");
        for (FileReport file : files) {
            json.writeStartObject();
            json.writeStringField("file", file.file());
            text("node", file.node().orElse(""));
            json.writeObjectFieldStart("holds");
            for (Map.Entry<String, Integer> entry : new TreeMap<>(file.holds()).entrySet()) {
                json.writeNumberField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            text("problem", file.problem().orElse(""));
            texts("damage", file.damage().stream().map(Object::toString).toList());
            if (file.unreadLines() > 0) {
                json.writeNumberField("unreadLines", file.unreadLines());
                json.writeNumberField("firstUnreadLine", file.firstUnread());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String field, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(field, value);
        }
    }

    private void number(String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        }
    }

    private void mac(String field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, MacAddress.text(value.getAsLong()));
        }
    }

    private void address(String field, Optional<?> value) throws IOException {
        text(field, value.map(Object::toString).orElse(""));
    }

    private void texts(String field, Collection<?> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(field);
            for (Object value : values) {
                json.writeString(value.toString());
            }
            json.writeEndArray();
        }
    }

    private void source(Source source) throws IOException {
        json.writeStringField("file", source.file());
        if (source.line() > 0) {
            json.writeNumberField("line", source.line());
        }
    }

    private void findings(List<StateFinding> findings) throws IOException {
        json.writeArrayFieldStart("findings");
        for (StateFinding finding : findings) {
            json.writeStartObject();
            json.writeStringField("id", finding.id());
            json.writeStringField("rule", finding.rule().id());
            json.writeStringField("severity", finding.severity().label());
            json.writeStringField("title", finding.claim().title());
            text("node", finding.node());
            text("expected", finding.claim().expected());
            text("actual", finding.claim().actual());
            json.writeStringField("confidence", finding.certain() ? "certain" : "likely");
            json.writeStringField("advice", finding.claim().advice());
            json.writeArrayFieldStart("evidence");
            for (Source place : finding.evidence()) {
                json.writeStartObject();
                source(place);
                json.writeEndObject();
            }
            json.writeEndArray();
            text("reference", finding.rule().reference());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void nodes(CollectedState state) throws IOException {
        json.writeArrayFieldStart("nodes");
        for (NodeState node : state.nodes()) {
            json.writeStartObject();
            json.writeStringField("name", node.name());
            json.writeArrayFieldStart("networks");
            for (HnsNetwork network : node.hns().networks()) {
                network(network);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("endpoints");
            for (HnsEndpoint endpoint : node.hns().endpoints()) {
                endpoint(endpoint);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("loadBalancers");
            for (HnsLoadBalancer balancer : node.hns().loadBalancers()) {
                loadBalancer(balancer);
            }
            json.writeEndArray();
            ports(node);
            rules(node);
            host(node);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void network(HnsNetwork network) throws IOException {
        json.writeStartObject();
        text("id", network.id());
        text("name", network.name());
        text("type", network.type());
        texts(
                "subnets",
                network.subnets().stream().map(HnsNetwork.Subnet::prefix).toList());
        address("managementIp", network.managementIp());
        mac("distributedRouterMac", network.distributedRouterMac());
        number("vxlanPort", network.vxlanPort());
        json.writeArrayFieldStart("remoteSubnets");
        for (HnsNetwork.RemoteSubnet remote : network.remoteSubnets()) {
            json.writeStartObject();
            json.writeStringField("prefix", remote.prefix().toString());
            number("vni", remote.vni());
            address("provider", remote.provider());
            mac("mac", remote.routerMac());
            source(remote.source());
            json.writeEndObject();
        }
        json.writeEndArray();
        source(network.source());
        json.writeEndObject();
    }

    private void endpoint(HnsEndpoint endpoint) throws IOException {
        json.writeStartObject();
        text("id", endpoint.id());
        text("name", endpoint.name());
        text("network", endpoint.network());
        texts("addresses", endpoint.addresses());
        mac("mac", endpoint.mac());
        address("gateway", endpoint.gateway());
        texts("dnsServers", endpoint.dnsServers());
        json.writeBooleanField("remote", endpoint.isRemote());
        number("state", endpoint.state());
        number("encapOverhead", endpoint.encapOverhead());
        texts(
                "natExceptions",
                endpoint.outboundNats().stream()
                        .flatMap(nat -> nat.exceptions().stream())
                        .map(exception -> exception.text())
                        .toList());
        address("providerAddress", endpoint.providerAddress());
        text("port", endpoint.port());
        source(endpoint.source());
        json.writeEndObject();
    }

    private void loadBalancer(HnsLoadBalancer balancer) throws IOException {
        json.writeStartObject();
        text("id", balancer.id());
        texts("vips", balancer.vips());
        texts("endpoints", balancer.endpoints());
        address("sourceVip", balancer.sourceVip());
        json.writeArrayFieldStart("ports");
        for (HnsLoadBalancer.Port port : balancer.ports()) {
            json.writeStartObject();
            json.writeNumberField("protocol", port.protocol());
            json.writeNumberField("external", port.external());
            json.writeNumberField("internal", port.internal());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (balancer.isDsr().isPresent()) {
            json.writeBooleanField("dsr", balancer.isDsr().get());
        }
        number("state", balancer.state());
        source(balancer.source());
        json.writeEndObject();
    }

    private void ports(NodeState node) throws IOException {
        json.writeArrayFieldStart("switchPorts");
        for (SwitchPort port : node.vfp().ports()) {
            json.writeStartObject();
            text("id", port.id());
            text("name", port.friendlyName());
            number("number", port.number());
            mac("mac", port.mac());
            text("type", port.type());
            source(port.source());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void rules(NodeState node) throws IOException {
        json.writeArrayFieldStart("vfpRules");
        for (VfpRule rule : node.vfp().rules()) {
            json.writeStartObject();
            text("port", rule.port());
            text("layer", rule.layer());
            text("group", rule.group());
            text("direction", rule.direction());
            text("name", rule.name());
            text("type", rule.type());
            number("priority", rule.priority());
            map("conditions", rule.conditions());
            texts("backends", rule.backends());
            map("actions", rule.actions());
            map("counters", rule.counters());
            source(rule.source());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void map(String field, Map<String, ?> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeObjectFieldStart(field);
            for (Map.Entry<String, ?> entry : new TreeMap<>(values).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue().toString());
            }
            json.writeEndObject();
        }
    }

    private void host(NodeState node) throws IOException {
        json.writeArrayFieldStart("interfaces");
        for (HostInterface at : node.host().interfaces()) {
            json.writeStartObject();
            text("name", at.name());
            texts("addresses", at.addresses());
            texts("gateways", at.gateways());
            texts("dnsServers", at.dnsServers());
            mac("mac", at.mac());
            number("mtu", at.mtu());
            source(at.source());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("routes");
        for (HostRoute route : node.host().routes()) {
            json.writeStartObject();
            json.writeStringField("prefix", route.prefix().toString());
            address("nextHop", route.nextHop());
            text("device", route.device());
            source(route.source());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
