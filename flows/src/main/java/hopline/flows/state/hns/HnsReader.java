package hopline.flows.state.hns;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.MacText;
import hopline.flows.state.text.PowerShellText;
import hopline.flows.state.text.Written;
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

    /// Reads into `state` what `file` holds.
    public HnsReader(String file, HnsState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes in `object` when it is one of HNS; false when it is something else.
    public boolean read(JsonObject object) {
        if (object.has("References") || object.has("HostComputeEndpoints")) {
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

    /// The objects of a list; PowerShell's list format holds them as text.
    private static List<JsonObject> nested(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value instanceof JsonValue.JsonText text
                ? PowerShellText.objects(text.value(), text.line())
                : object.objects(name);
    }

    /// The settings of a policy: its own fields in the old form, nested ones in the new.
    private static JsonObject settings(JsonObject policy) {
        return policy.has("Settings") ? policy.object("Settings") : policy;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<Address> address(String text) {
        return AddressText.parse(text.strip());
    }

    private void network(JsonObject object) {
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

    /// Of a subnet or an endpoint.
    private static Optional<Address> gateway(JsonObject holder) {
        return address(holder.text("GatewayAddress")).or(() -> holder.objects("Routes").stream()
                .flatMap(route -> address(route.text("NextHop")).stream())
                .findFirst());
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
        List<Address> addresses = new ArrayList<>();
        address(object.text("IPAddress")).ifPresent(addresses::add);
        address(object.text("IPv6Address")).ifPresent(addresses::add);
        object.objects("IpConfigurations").forEach(configuration -> address(configuration.text("IpAddress"))
                .ifPresent(addresses::add));
        Policies policies = new Policies(object);
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
                policies.encapOverhead.isPresent() ? policies.encapOverhead : object.number("EncapOverhead"),
                policies.outboundNats,
                policies.routes,
                policies.acls,
                policies.portMappings,
                policies.provider,
                lower(vfpPort(object)),
                object.has("Policies") && !PowerShellText.isElided(policyText),
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

    /// The policies of one endpoint, sorted by what they say.
    private final class Policies {

        private final List<HnsEndpoint.OutboundNat> outboundNats = new ArrayList<>();
        private final List<HnsEndpoint.SdnRoute> routes = new ArrayList<>();
        private final List<HnsEndpoint.Acl> acls = new ArrayList<>();
        private final List<HnsEndpoint.PortMapping> portMappings = new ArrayList<>();
        private Optional<Address> provider = Optional.empty();
        private OptionalInt encapOverhead = OptionalInt.empty();

        Policies(JsonObject endpoint) {
            for (JsonObject policy : nested(endpoint, "Policies")) {
                String type = policy.has("ExceptionList") ? "outboundnat" : lower(policy.text("Type"));
                add(type, settings(policy), at(policy));
            }
        }

        private void add(String type, JsonObject settings, Source source) {
            switch (type) {
                case "outboundnat" -> outboundNats.add(outboundNat(settings));
                case "route", "sdnroute" ->
                    routes.add(new HnsEndpoint.SdnRoute(
                            settings.text("DestinationPrefix"),
                            settings.text("NextHop"),
                            settings.isTrue("NeedEncap"),
                            source));
                case "acl" -> acls.add(acl(settings, source));
                case "nat", "portmapping" ->
                    portMappings.add(new HnsEndpoint.PortMapping(
                            settings.number("Protocol"),
                            settings.number("InternalPort"),
                            settings.number("ExternalPort")));
                case "pa" -> provider = address(settings.text("PA"));
                case "provideraddress" -> provider = address(settings.text("ProviderAddress"));
                case "encapoverhead" -> encapOverhead = settings.number("Overhead");
                default -> {}
            }
        }

        private HnsEndpoint.OutboundNat outboundNat(JsonObject settings) {
            List<Written> exceptions = settings.first("ExceptionList", "Exceptions").elements().stream()
                    .filter(value ->
                            !(value instanceof JsonValue.JsonText text && PowerShellText.isElided(text.value())))
                    .map(value -> new Written(written(value), at(value)))
                    .toList();
            return new HnsEndpoint.OutboundNat(
                    exceptions,
                    settings.texts("Destinations"),
                    settings.first("VIP", "VirtualIP").text());
        }

        /// An object where a prefix belongs is shown as what it is.
        private static String written(JsonValue value) {
            return value instanceof JsonObject object
                    ? "an object with " + String.join(", ", object.names())
                    : value.text();
        }

        private static HnsEndpoint.Acl acl(JsonObject settings, Source source) {
            return new HnsEndpoint.Acl(
                    settings.text("Action"),
                    settings.text("Direction"),
                    settings.first("Protocols", "Protocol").text(),
                    settings.text("LocalAddresses"),
                    settings.text("RemoteAddresses"),
                    settings.text("LocalPorts"),
                    settings.text("RemotePorts"),
                    settings.text("RuleType"),
                    settings.number("Priority"),
                    source);
        }
    }
}
