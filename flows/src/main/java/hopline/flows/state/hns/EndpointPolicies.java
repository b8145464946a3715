package hopline.flows.state.hns;

import static hopline.flows.state.hns.HnsFields.address;
import static hopline.flows.state.hns.HnsFields.lower;
import static hopline.flows.state.hns.HnsFields.nested;
import static hopline.flows.state.hns.HnsFields.settings;

import hopline.decode.Address;
import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.PowerShellText;
import hopline.flows.state.text.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The policies of one endpoint, sorted by what they say.
final class EndpointPolicies {

    private final String file;
    private final List<HnsEndpoint.OutboundNat> outboundNats = new ArrayList<>();
    private final List<HnsEndpoint.SdnRoute> routes = new ArrayList<>();
    private final List<HnsEndpoint.Acl> acls = new ArrayList<>();
    private final List<HnsEndpoint.PortMapping> portMappings = new ArrayList<>();
    private final List<HnsEndpoint.Proxy> proxies = new ArrayList<>();
    private Optional<Address> provider = Optional.empty();
    private OptionalInt encapOverhead = OptionalInt.empty();

    EndpointPolicies(String file, JsonObject endpoint) {
        this.file = file;
        for (JsonObject policy : nested(endpoint, "Policies")) {
            String type = lower(policy.text("Type"));
            boolean isNat = policy.has("ExceptionList") && !type.contains("proxy");
            add(isNat ? "outboundnat" : type, settings(policy), at(policy));
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
                        settings.number("Protocol"), settings.number("InternalPort"), settings.number("ExternalPort")));
            case "proxy", "l4proxy", "l4wfpproxy" -> proxies.add(proxy(settings, source));
            case "pa" -> provider = address(settings.text("PA"));
            case "provideraddress" -> provider = address(settings.text("ProviderAddress"));
            case "encapoverhead" -> encapOverhead = settings.number("Overhead");
            default -> {}
        }
    }

    private HnsEndpoint.OutboundNat outboundNat(JsonObject settings) {
        List<Written> exceptions = settings.first("ExceptionList", "Exceptions").elements().stream()
                .filter(value -> !(value instanceof JsonValue.JsonText text && PowerShellText.isElided(text.value())))
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

    private static HnsEndpoint.Proxy proxy(JsonObject settings, Source source) {
        List<String> exceptions = new ArrayList<>(settings.texts("ExceptionList"));
        exceptions.addAll(settings.object("OutboundExceptions").texts("IpAddressExceptions"));
        JsonObject tuple = settings.object("FilterTuple");
        return new HnsEndpoint.Proxy(
                (tuple.has("Protocols") ? tuple.get("Protocols") : settings.get("Protocol")).text(),
                settings.text("IP"),
                settings.number(settings.has("Port") ? "Port" : "OutboundProxyPort"),
                exceptions,
                source);
    }

    private Source at(JsonValue value) {
        return new Source(file, value.line());
    }

    List<HnsEndpoint.OutboundNat> outboundNats() {
        return outboundNats;
    }

    List<HnsEndpoint.SdnRoute> routes() {
        return routes;
    }

    List<HnsEndpoint.Acl> acls() {
        return acls;
    }

    List<HnsEndpoint.PortMapping> portMappings() {
        return portMappings;
    }

    List<HnsEndpoint.Proxy> proxies() {
        return proxies;
    }

    Optional<Address> provider() {
        return provider;
    }

    OptionalInt encapOverhead() {
        return encapOverhead;
    }
}
