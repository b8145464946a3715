package hopline.flows.state.hns;

import static hopline.flows.state.hns.HnsFields.address;
import static hopline.flows.state.hns.HnsFields.gateway;
import static hopline.flows.state.hns.HnsFields.lower;
import static hopline.flows.state.hns.HnsFields.nested;
import static hopline.flows.state.hns.HnsFields.settings;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.MacText;
import hopline.flows.state.text.PowerShellText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Makes networks, endpoints and load balancers of JSON objects, old form and new, told apart object by
/// object, and of the records of PowerShell's list format, whose nested values are text.
public final class HnsReader {

    private static final int REMOTE = 1;
    private static final int DSR = 1;
    private static final Pattern SEPARATOR = Pattern.compile("[,; ]+");

    private final String file;
    private final HnsState state;
    private boolean hasEndpoints;
    private boolean hasLoadBalancers;

    /// Reads into `state` what `file` holds.
    public HnsReader(String file, HnsState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes in `object` when it is one of HNS; false when it is something else. Of a cut one only an
    /// endpoint is kept: what networks and load balancers lack counts as much as what they have.
    public boolean read(JsonObject object) {
        if (object.has("References") || object.has("HostComputeEndpoints")) {
            hasLoadBalancers = true;
            loadBalancer(object);
        } else if (isNetwork(object)) {
            network(object);
        } else if (isEndpoint(object)) {
            endpoint(object);
        } else if (object.has("NamespaceId") && object.has("Resources")) {
            namespace(object);
        } else {
            return false;
        }
        return true;
    }

    /// Notes that the file is empty: the list that its name promises has no elements. `ConvertTo-Json`
    /// prints nothing for none.
    public void endEmpty() {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        if (name.startsWith("endpoint.")) {
            state.noteEndpoints(true);
        } else if (name.startsWith("policy.")) {
            state.noteLoadBalancers(true);
        }
    }

    /// Notes what the file listed.
    ///
    /// @param isWhole whether it was read to its end
    public void end(boolean isWhole) {
        if (hasEndpoints) {
            state.noteEndpoints(isWhole);
        }
        if (hasLoadBalancers) {
            state.noteLoadBalancers(isWhole);
        }
    }

    private static boolean isNetwork(JsonObject object) {
        return object.has("ManagementIP")
                || object.has("Ipams")
                || (object.has("Subnets") && object.has("Name") && object.has("Type"))
                || (object.has("LayeredOn") && object.has("Extensions"));
    }

    private static boolean isEndpoint(JsonObject object) {
        return object.has("IpConfigurations")
                || object.has("HostComputeNetwork")
                || (object.has("IPAddress")
                        && (object.has("MacAddress") || object.has("VirtualNetwork") || object.has("Policies")))
                || isPolicyHolder(object);
    }

    /// An endpoint of which only the policies were kept.
    private static boolean isPolicyHolder(JsonObject object) {
        return object.names().size() == 1
                && object.objects("Policies").stream().anyMatch(policy -> policy.has("ExceptionList"));
    }

    private Source at(JsonValue value) {
        return new Source(file, value.line());
    }

    private void network(JsonObject object) {
        if (object.isCut()) {
            return;
        }
        List<HnsNetwork.RemoteSubnet> remotes = new ArrayList<>();
        OptionalInt vxlanPort = OptionalInt.empty();
        OptionalLong routerMac = MacText.parse(object.text("DrMacAddress"));
        Optional<Address> managementIp = address(object.text("ManagementIP"));
        for (JsonObject policy : nested(object, "Policies")) {
            JsonObject settings = settings(policy);
            switch (lower(policy.text("Type"))) {
                case "remotesubnetroute" -> remote(settings, at(policy)).ifPresent(remotes::add);
                case "vxlanport" -> vxlanPort = settings.number("Port");
                case "drmacaddress" -> routerMac = MacText.parse(settings.text("Address"));
                case "provideraddress" -> managementIp = address(settings.text("ProviderAddress"));
                default -> {}
            }
        }
        state.add(new HnsNetwork(
                lower(object.text("ID")),
                object.text("Name"),
                object.has("Type") || !object.has("Ipams") ? object.text("Type") : "NAT",
                subnets(object),
                managementIp,
                routerMac,
                remotes,
                vxlanPort,
                extensions(object),
                at(object)));
    }

    private Optional<HnsNetwork.RemoteSubnet> remote(JsonObject settings, Source source) {
        return Cidr.parse(settings.text("DestinationPrefix").strip())
                .map(prefix -> new HnsNetwork.RemoteSubnet(
                        prefix,
                        settings.number("IsolationId"),
                        address(settings.text("ProviderAddress")),
                        MacText.parse(settings.text("DistributedRouterMacAddress")),
                        source));
    }

    private static List<HnsNetwork.Subnet> subnets(JsonObject network) {
        List<JsonObject> all = new ArrayList<>(nested(network, "Subnets"));
        network.objects("Ipams").forEach(ipam -> all.addAll(ipam.objects("Subnets")));
        List<HnsNetwork.Subnet> subnets = new ArrayList<>();
        for (JsonObject subnet : all) {
            Cidr.parse(subnet.first("AddressPrefix", "IpAddressPrefix").text().strip())
                    .ifPresent(prefix -> subnets.add(new HnsNetwork.Subnet(prefix, gateway(subnet), vni(subnet))));
        }
        return subnets;
    }

    private static OptionalInt vni(JsonObject subnet) {
        for (JsonObject policy : subnet.objects("Policies")) {
            if (policy.text("Type").equalsIgnoreCase("VSID")) {
                return policy.has("VSID")
                        ? policy.number("VSID")
                        : settings(policy).number("IsolationId");
            }
        }
        return OptionalInt.empty();
    }

    private static List<HnsNetwork.Extension> extensions(JsonObject network) {
        return nested(network, "Extensions").stream()
                .map(extension -> new HnsNetwork.Extension(
                        lower(extension.text("Id")), extension.text("Name"), extension.isTrue("IsEnabled")))
                .toList();
    }

    private void loadBalancer(JsonObject object) {
        if (object.isCut()) {
            return;
        }
        List<String> endpoints = new ArrayList<>();
        for (JsonValue element :
                object.first("References", "HostComputeEndpoints").elements()) {
            String reference = element.text();
            endpoints.add(lower(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        List<JsonObject> policies = nested(object, "Policies");
        List<Address> vips = new ArrayList<>();
        List<HnsLoadBalancer.Port> ports = new ArrayList<>();
        Optional<Boolean> dsr = object.has("HostComputeEndpoints")
                ? Optional.of((object.number("Flags").orElse(0) & DSR) != 0)
                : Optional.empty();
        Optional<Address> sourceVip = address(object.text("SourceVIP"));
        object.texts("FrontendVIPs").forEach(vip -> address(vip).ifPresent(vips::add));
        object.objects("PortMappings").forEach(mapping -> port(mapping).ifPresent(ports::add));
        for (JsonObject policy : policies) {
            policy.texts("VIPs").forEach(vip -> address(vip).ifPresent(vips::add));
            port(policy).ifPresent(ports::add);
            dsr = policy.has("IsDSR") ? Optional.of(policy.isTrue("IsDSR")) : dsr;
            sourceVip = sourceVip.or(() -> address(policy.text("SourceVIP")));
        }
        state.add(new HnsLoadBalancer(
                lower(object.text("ID")), endpoints, vips, sourceVip, ports, dsr, object.number("State"), at(object)));
    }

    private static Optional<HnsLoadBalancer.Port> port(JsonObject mapping) {
        OptionalInt protocol = mapping.number("Protocol");
        OptionalInt internal = mapping.number("InternalPort");
        OptionalInt external = mapping.number("ExternalPort");
        return internal.isEmpty() && external.isEmpty()
                ? Optional.empty()
                : Optional.of(new HnsLoadBalancer.Port(protocol.orElse(0), internal.orElse(0), external.orElse(0)));
    }

    private void namespace(JsonObject object) {
        List<String> endpoints = new ArrayList<>();
        for (JsonObject resource : object.objects("Resources")) {
            endpoints.add(lower(resource.object("Data").text("Id")));
        }
        state.add(new HnsNamespace(lower(object.text("ID")), endpoints, at(object)));
    }

    private void endpoint(JsonObject object) {
        hasEndpoints = true;
        List<Address> addresses = new ArrayList<>();
        address(object.text("IPAddress")).ifPresent(addresses::add);
        address(object.text("IPv6Address")).ifPresent(addresses::add);
        object.objects("IpConfigurations").forEach(configuration -> address(configuration.text("IpAddress"))
                .ifPresent(addresses::add));
        EndpointPolicies policies = new EndpointPolicies(file, object);
        String policyText = object.text("Policies");
        boolean isRemote = object.isTrue("IsRemoteEndpoint")
                || (object.has("HostComputeNetwork") && (object.number("Flags").orElse(0) & REMOTE) != 0);
        state.add(new HnsEndpoint(
                lower(object.text("ID")),
                object.text("Name"),
                lower(object.first("VirtualNetwork", "HostComputeNetwork", "VirtualNetworkName")
                        .text()),
                object.text("Type"),
                addresses,
                MacText.parse(object.text("MacAddress")),
                gateway(object),
                dnsServers(object),
                isRemote,
                object.number("State"),
                policies.encapOverhead().isPresent() ? policies.encapOverhead() : object.number("EncapOverhead"),
                policies.outboundNats(),
                policies.routes(),
                policies.acls(),
                policies.portMappings(),
                policies.proxies(),
                policies.provider(),
                lower(vfpPort(object)),
                object.has("Policies") && !object.isCut() && !PowerShellText.isElided(policyText),
                at(object)));
    }

    private static List<String> dnsServers(JsonObject endpoint) {
        List<String> servers = new ArrayList<>(endpoint.object("Dns").texts("ServerList"));
        for (String server : SEPARATOR.split(endpoint.text("DNSServerList"), -1)) {
            if (!server.isEmpty()) {
                servers.add(server);
            }
        }
        return servers;
    }

    private static String vfpPort(JsonObject endpoint) {
        JsonObject resources = endpoint.object("Resources");
        for (JsonObject allocator : resources.objects("Allocators")) {
            if (allocator.has("EndpointPortGuid")) {
                return allocator.text("EndpointPortGuid");
            }
        }
        return nested(endpoint, "Resources").stream()
                .map(listed -> listed.text("vPortName"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }
}
