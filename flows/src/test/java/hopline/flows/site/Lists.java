package hopline.flows.site;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.MacAddress;
import hopline.flows.state.Cluster;
import hopline.flows.state.ClusterFile;
import hopline.flows.state.ClusterReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the API server says of a [Site], as Kubernetes lists.
public final class Lists {

    private record Service(String name, Endpoint endpoint, String protocol, int targetPort, List<String> pods) {}

    private record Node(String name, String address, String range) {}

    private record Pod(String name, String node, String address, String status) {}

    private final boolean ipv6;
    private final Map<String, String> operatingSystems = new HashMap<>();
    private final String operatingSystem;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> vnis = new HashMap<>();
    private final Map<String, Long> tunnelMacs = new HashMap<>();
    private boolean hostGateway;
    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, String> specifications = new HashMap<>();

    Lists(boolean ipv6, String operatingSystem) {
        this.ipv6 = ipv6;
        this.operatingSystem = operatingSystem;
    }

    void node(String name, String address, String range) {
        nodes.put(name, new Node(name, address, range));
    }

    /// What a node's annotation says of its tunnels.
    public Lists vni(String node, int vni) {
        vnis.put(node, vni);
        return this;
    }

    /// What a node's annotation says of the MAC of its tunnel device.
    public Lists tunnelMac(String node, long mac) {
        tunnelMacs.put(node, mac);
        return this;
    }

    /// No annotation names the MAC of a tunnel device.
    public Lists withoutTunnelMacs() {
        tunnelMacs.clear();
        return this;
    }

    /// No annotation says anything of tunnels.
    public Lists withoutVnis() {
        vnis.clear();
        return this;
    }

    /// The annotations say that the nodes are each other's gateways.
    public Lists hostGateway() {
        hostGateway = true;
        return this;
    }

    /// What a node runs.
    public Lists operatingSystem(String node, String name) {
        operatingSystems.put(node, name);
        return this;
    }

    /// A pod that has run since before the capture.
    public Lists pod(String name, String node, String address) {
        return pod(name, node, address, "\"phase\": \"Running\", \"startTime\": \"2026-03-01T00:00:00Z\"");
    }

    /// A pod whose status says that, beside its address.
    public Lists pod(String name, String node, String address, String status) {
        pods.removeIf(pod -> pod.name.equals(name));
        pods.add(new Pod(name, node, address, status));
        return this;
    }

    /// A pod is gone.
    public Lists without(String pod) {
        pods.removeIf(known -> known.name.equals(pod));
        return this;
    }

    /// A service with one port.
    public Lists service(String name, String address, String protocol, int port, int targetPort, String... backends) {
        Endpoint endpoint = new Endpoint(Address.of(address), port);
        services.put(name, new Service(name, endpoint, protocol, targetPort, List.of(backends)));
        return this;
    }

    /// The same service with more in its specification, such as `"internalTrafficPolicy": "Local"`.
    public Lists specification(String service, String more) {
        specifications.put(service, ", " + more);
        return this;
    }

    /// The same service with other pods behind it.
    public Lists backends(String service, String... backends) {
        Service known = services.get(service);
        services.put(
                service, new Service(service, known.endpoint, known.protocol, known.targetPort, List.of(backends)));
        return this;
    }

    boolean hasService(String name) {
        return services.containsKey(name);
    }

    Endpoint endpoint(String service) {
        return services.get(service).endpoint;
    }

    int targetPort(String service) {
        return services.get(service).targetPort;
    }

    /// As the analysis reads it.
    public Cluster cluster() {
        String items = Stream.of(
                        nodes.values().stream().map(this::json),
                        pods.stream().map(Lists::json),
                        services.values().stream().map(this::json),
                        services.values().stream().map(this::slice))
                .flatMap(json -> json)
                .collect(Collectors.joining(",\n"));
        String list = "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [" + items + "]}";
        try {
            ClusterFile file = new ClusterReader()
                    .read("lists.json", new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
            return Cluster.of(List.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json(Node node) {
        Integer vni = vnis.get(node.name);
        String annotations = vni == null
                ? hostGateway ? ", \"annotations\": {\"flannel.alpha.coreos.com/backend-type\": \"host-gw\"}" : ""
                : """
                , "annotations": {"flannel.alpha.coreos.com/backend-type": "vxlan",
                    "flannel.alpha.coreos.com/backend-data": "{\\"VNI\\": %d%s}"}"""
                        .formatted(vni, tunnelMac(node));
        return """
                {"kind": "Node", "metadata": {"name": "%s"%s}, "spec": {"podCIDR": "%s"},
                 "status": {"addresses": [{"type": "InternalIP", "address": "%s"}],
                            "nodeInfo": {"operatingSystem": "%s"}}}"""
                .formatted(
                        node.name,
                        annotations,
                        node.range,
                        node.address,
                        operatingSystems.getOrDefault(node.name, operatingSystem));
    }

    private String tunnelMac(Node node) {
        return tunnelMacs.containsKey(node.name)
                ? ", \\\"VtepMAC\\\": \\\"" + MacAddress.text(tunnelMacs.get(node.name)) + "\\\""
                : "";
    }

    private static String json(Pod pod) {
        return """
                {"kind": "Pod", "metadata": %s, "spec": {"nodeName": "%s"}, "status": {"podIP": "%s", %s}}"""
                .formatted(metadata(pod.name, ""), pod.node, pod.address, pod.status);
    }

    private String json(Service service) {
        return """
                {"kind": "Service", "metadata": %s, "spec": {"clusterIP": "%s",
                 "ports": [{"name": "p", "port": %d, "targetPort": %d, "protocol": "%s"}]%s}}"""
                .formatted(
                        metadata(service.name, ""),
                        service.endpoint.address(),
                        service.endpoint.port(),
                        service.targetPort,
                        service.protocol,
                        specifications.getOrDefault(service.name, ""));
    }

    private String slice(Service service) {
        String of = service.name.substring(service.name.indexOf('/') + 1);
        String endpoints = service.pods.stream()
                .map(name -> pods.stream()
                        .filter(pod -> pod.name.equals(name))
                        .findFirst()
                        .orElseThrow())
                .map(pod -> "{\"addresses\": [\"%s\"], \"nodeName\": \"%s\", \"conditions\": {\"ready\": true}}"
                        .formatted(pod.address, pod.node))
                .collect(Collectors.joining(", "));
        return """
                {"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "metadata": %s, "addressType": "%s",
                 "ports": [{"name": "p", "port": %d, "protocol": "%s"}], "endpoints": [%s]}"""
                .formatted(
                        metadata(
                                service.name + "-x7", ", \"labels\": {\"kubernetes.io/service-name\": \"" + of + "\"}"),
                        ipv6 ? "IPv6" : "IPv4",
                        service.targetPort,
                        service.protocol,
                        endpoints);
    }

    private static String metadata(String name, String more) {
        int slash = name.indexOf('/');
        return "{\"namespace\": \"%s\", \"name\": \"%s\", \"uid\": \"%s\"%s}"
                .formatted(name.substring(0, slash), name.substring(slash + 1), name, more);
    }
}
