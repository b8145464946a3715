package hopline.flows.state.cni;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes configurations of the JSON of the many plugins: policies are called `policies`, `Policies` or
/// `AdditionalArgs`, their values are flat or in `Settings`, exceptions `ExceptionList` or `Exceptions`.
public final class CniReader {

    private final String file;
    private final CniState state;

    /// Reads into `state` what `file` holds.
    public CniReader(String file, CniState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes in `object` when it is one of a network plugin; false when it is something else.
    public boolean read(JsonObject object) {
        if (object.has("Network") && object.has("Backend")) {
            if (!object.isCut()) {
                flannel(object);
            }
        } else if (object.has("plugins")) {
            object.objects("plugins").forEach(plugin -> config(object.text("name"), plugin));
        } else if (isConfig(object)) {
            config(object.text("name"), object);
        } else if (object.object("Network").has("ExternalInterfaces")) {
            azure(object.object("Network").object("ExternalInterfaces"));
        } else if (object.has("PodMap") && object.has("NsMap")) {
            cache(object.object("PodMap"));
        } else if (object.has("NetworkName") && object.has("NetworkType")) {
            request(object);
        } else if (object.object("Kubernetes").object("Network").has("ServiceCidr")) {
            ranges(object.object("Kubernetes").object("Network"));
        } else {
            return false;
        }
        return true;
    }

    private static boolean isConfig(JsonObject object) {
        return object.has("cniVersion")
                || (object.has("type")
                        && !object.isCut()
                        && (object.has("delegate") || object.has("ipam") || object.has("policies")))
                || (object.text("name").equals("EndpointPolicy") && object.has("Value"));
    }

    private Source at(JsonValue value) {
        return new Source(file, value.line());
    }

    private void flannel(JsonObject object) {
        JsonObject backend = object.object("Backend");
        state.add(new FlannelNetwork(
                object.text("Network"),
                backend.text("Type"),
                backend.number("VNI"),
                backend.number("Port"),
                at(object)));
    }

    private void config(String name, JsonObject object) {
        boolean delegates = object.has("delegate");
        JsonObject plugin = delegates ? object.object("delegate") : object;
        Policies policies = new Policies(object, plugin);
        List<Written> placeholders = new ArrayList<>();
        collectPlaceholders(object, placeholders);
        state.add(new CniConfig(
                name,
                plugin.has("type") ? plugin.text("type") : object.text("type"),
                nameservers(object, plugin),
                policies.exceptions,
                policies.hasOutboundNat,
                subnets(object, plugin),
                loopbackDsr(object, plugin),
                plugin.has("hairpinMode") ? Optional.of(plugin.isTrue("hairpinMode")) : Optional.empty(),
                object.number("vxlan_vni"),
                placeholders,
                name.equals("EndpointPolicy"),
                at(object)));
    }

    private List<Written> written(JsonValue list) {
        List<Written> written = new ArrayList<>();
        for (JsonValue value : list.elements()) {
            String text = value instanceof JsonObject object
                    ? "an object with " + String.join(", ", object.names())
                    : value.text();
            written.add(new Written(text, at(value)));
        }
        return written;
    }

    private List<Written> nameservers(JsonObject object, JsonObject plugin) {
        List<Written> nameservers = new ArrayList<>(written(object.object("dns").get("Nameservers")));
        if (plugin != object) {
            nameservers.addAll(written(plugin.object("dns").get("Nameservers")));
        }
        return nameservers;
    }

    private List<Written> subnets(JsonObject object, JsonObject plugin) {
        List<Written> subnets = new ArrayList<>();
        for (JsonObject ipam : List.of(object.object("ipam"), plugin.object("ipam"))) {
            if (ipam.has("subnet") && subnets.isEmpty()) {
                subnets.add(new Written(ipam.text("subnet"), at(ipam.get("subnet"))));
            }
            for (JsonValue range : ipam.get("ranges").elements()) {
                for (JsonValue part : range.elements()) {
                    part.object().ifPresent(of -> subnets.add(new Written(of.text("subnet"), at(of))));
                }
            }
        }
        return subnets;
    }

    private static Optional<Boolean> loopbackDsr(JsonObject object, JsonObject plugin) {
        for (JsonObject place : List.of(plugin, plugin.object("optionalFlags"), object)) {
            for (String key : List.of("loopbackDSR", "windows_loopback_DSR")) {
                if (place.text(key).equals("true") || place.text(key).equals("false")) {
                    return Optional.of(place.isTrue(key));
                }
            }
        }
        return Optional.empty();
    }

    /// `__PLACEHOLDER__` and `{{PLACEHOLDER}}`.
    private void collectPlaceholders(JsonValue value, List<Written> found) {
        switch (value) {
            case JsonObject object -> {
                for (int i = 0; i < object.names().size(); i++) {
                    collectPlaceholders(object.value(i), found);
                }
            }
            case JsonValue.JsonList list -> list.values().forEach(element -> collectPlaceholders(element, found));
            case JsonValue.JsonText text -> {
                if (text.value().matches(".*(__[A-Z0-9_]+__|\\{\\{[A-Z0-9_]+\\}\\}).*")) {
                    found.add(new Written(text.value(), at(text)));
                }
            }
            case JsonValue.JsonWord word -> {
                if (word.word().startsWith("_")) {
                    found.add(new Written(word.word(), at(word)));
                }
            }
        }
    }

    /// Of the whole and of the delegate.
    private final class Policies {

        private final List<Written> exceptions = new ArrayList<>();
        private boolean hasOutboundNat;

        Policies(JsonObject object, JsonObject plugin) {
            add(object);
            if (plugin != object) {
                add(plugin);
            }
            if (object.has("Value")) {
                policy(object);
            }
        }

        private void add(JsonObject holder) {
            for (String list : List.of("policies", "AdditionalArgs", "HcnPolicyArgs", "EndpointPolicies")) {
                holder.objects(list).forEach(this::policy);
            }
        }

        private void policy(JsonObject argument) {
            JsonObject value = argument.has("Value") ? argument.object("Value") : argument;
            JsonObject settings = value.has("Settings") ? value.object("Settings") : value;
            if (value.text("Type").equalsIgnoreCase("OutBoundNAT")) {
                hasOutboundNat = true;
                exceptions.addAll(written(settings.first("ExceptionList", "Exceptions")));
            }
        }
    }

    private void azure(JsonObject interfaces) {
        for (int i = 0; i < interfaces.names().size(); i++) {
            JsonObject networks = objectAt(interfaces, i).object("Networks");
            for (int j = 0; j < networks.names().size(); j++) {
                JsonObject endpoints = objectAt(networks, j).object("Endpoints");
                for (int k = 0; k < endpoints.names().size(); k++) {
                    JsonObject endpoint = objectAt(endpoints, k);
                    List<Address> addresses = new ArrayList<>();
                    endpoint.objects("IPAddresses")
                            .forEach(ip -> AddressText.parse(ip.text("IP")).ifPresent(addresses::add));
                    String pod = endpoint.text("PODNameSpace") + "/" + endpoint.text("PODName");
                    state.add(new PluginEndpoint(endpoint.text("Id"), pod, addresses, at(endpoint)));
                }
            }
        }
    }

    private static JsonObject objectAt(JsonObject object, int index) {
        return object.value(index).object().orElseGet(() -> new JsonObject(object.line()));
    }

    private void cache(JsonObject pods) {
        for (int i = 0; i < pods.names().size(); i++) {
            JsonObject pod = objectAt(pods, i);
            String name = pod.text("Namespace") + "/" + pod.text("Name");
            List<Address> addresses =
                    AddressText.parse(pod.text("PodIP")).stream().toList();
            state.add(new PluginEndpoint(pods.names().get(i), name, addresses, at(pod)));
        }
    }

    private void request(JsonObject object) {
        List<Written> subnets = object.objects("Subnets").stream()
                .map(subnet -> new Written(subnet.text("AddressPrefix"), at(subnet)))
                .toList();
        state.add(new CniConfig(
                object.text("NetworkName"),
                object.text("NetworkType"),
                List.of(),
                List.of(),
                false,
                subnets,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                true,
                at(object)));
    }

    private void ranges(JsonObject network) {
        state.add(new ClusterRanges(network.text("ServiceCidr"), network.text("ClusterCidr"), at(network)));
    }
}
