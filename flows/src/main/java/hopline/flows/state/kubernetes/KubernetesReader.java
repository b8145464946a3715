package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads items of Kubernetes lists one by one, whatever the list calls itself.
public final class KubernetesReader {

    private static final String LIST = "List";
    private static final String AZURE_PROBE = "service\\.beta\\.kubernetes\\.io/port_\\d+_health-probe_port";
    private static final String AWS_PROBE = "service\\.beta\\.kubernetes\\.io/aws-load-balancer-healthcheck-port";

    private final String file;
    private final KubernetesState state;

    /// Reads into `state` what `file` holds.
    public KubernetesReader(String file, KubernetesState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes in an object of the API, or the end of a list; false when it is something else.
    ///
    /// @param parent what is known so far of the list that it is in
    public boolean read(JsonObject object, JsonObject parent) {
        String kind = kind(object, parent);
        if (kind.isEmpty()) {
            return false;
        }
        if (!kind.endsWith(LIST) && !object.isCut()) {
            item(kind, object);
        }
        return true;
    }

    private static String kind(JsonObject object, JsonObject parent) {
        if (object.has("kind") && object.has("apiVersion")) {
            return object.text("kind");
        }
        String listed = parent.text("kind");
        if (listed.endsWith(LIST) && listed.length() > LIST.length()) {
            return listed.substring(0, listed.length() - LIST.length());
        }
        if (!object.object("metadata").has("name")) {
            return parent.has("apiVersion") && object.has("metadata") ? "Unknown" : "";
        }
        return shape(object);
    }

    private static String shape(JsonObject object) {
        JsonObject spec = object.object("spec");
        if (spec.has("containers")) {
            return "Pod";
        }
        if (spec.has("clusterIP") || spec.has("clusterIPs")) {
            return "Service";
        }
        if (object.has("endpoints") || object.has("addressType")) {
            return "EndpointSlice";
        }
        if (object.has("subsets")) {
            return "Endpoints";
        }
        return object.object("status").has("nodeInfo") ? "Node" : "Unknown";
    }

    private void item(String kind, JsonObject object) {
        JsonObject metadata = object.object("metadata");
        String namespace = metadata.text("namespace");
        NamespacedName id = new NamespacedName(namespace.isEmpty() ? "default" : namespace, metadata.text("name"));
        Source source = new Source(file, object.line());
        state.place(kind, kind.equals("Node") ? id.name() : id.toString(), source);
        switch (kind) {
            case "Pod" -> pod(id, object, source);
            case "Node" -> node(id.name(), object, source);
            case "Service" -> service(id, object, source);
            case "EndpointSlice" -> {
                String service = metadata.object("labels").text("kubernetes.io/service-name");
                state.placeEndpoints(new NamespacedName(id.namespace(), service), source);
            }
            case "Endpoints" -> state.placeEndpoints(id, source);
            case "Event" -> event(id, object, source);
            case "NetworkPolicy" -> state.add(PolicyParser.policy(id, object.object("spec"), source));
            case "Deployment", "DaemonSet", "StatefulSet" -> workload(kind, id, object, source);
            default -> {}
        }
    }

    static Map<String, String> map(JsonObject object) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < object.names().size(); i++) {
            map.put(object.names().get(i), object.value(i).text());
        }
        return map;
    }

    private void pod(NamespacedName id, JsonObject object, Source source) {
        JsonObject spec = object.object("spec");
        List<String> images = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (JsonObject container : spec.objects("containers")) {
            images.add(container.text("image"));
            List<String> words = new ArrayList<>(container.texts("command"));
            words.addAll(container.texts("args"));
            if (!words.isEmpty()) {
                commands.add(String.join(" ", words));
            }
        }
        List<String> waiting = new ArrayList<>();
        for (JsonObject container : object.object("status").objects("containerStatuses")) {
            String reason = container.object("state").object("waiting").text("reason");
            if (!reason.isEmpty()) {
                waiting.add(reason);
            }
        }
        JsonObject metadata = object.object("metadata");
        String owner = metadata.objects("ownerReferences").stream()
                .map(reference -> reference.text("kind") + "/" + reference.text("name"))
                .findFirst()
                .orElse("");
        state.add(new PodRun(
                id,
                spec.text("nodeName"),
                owner,
                map(metadata.object("labels")),
                images,
                commands,
                waiting,
                spec.text("dnsPolicy"),
                "",
                source));
    }

    private void node(String name, JsonObject object, Source source) {
        JsonObject info = object.object("status").object("nodeInfo");
        state.add(new NodeRun(
                name,
                info.text("operatingSystem"),
                info.text("osImage"),
                info.text("kernelVersion"),
                info.text("kubeletVersion"),
                object.object("spec").text("providerID"),
                source));
    }

    private void service(NamespacedName id, JsonObject object, Source source) {
        JsonObject annotations = object.object("metadata").object("annotations");
        int healthCheck = object.object("spec").number("healthCheckNodePort").orElse(0);
        for (int i = 0; i < annotations.names().size(); i++) {
            String name = annotations.names().get(i);
            JsonValue value = annotations.value(i);
            if (name.matches(AZURE_PROBE) || name.matches(AWS_PROBE)) {
                Source at = new Source(source.file(), value.line());
                state.add(new ServiceProbe(id, name, value.text(), healthCheck, at));
            }
        }
    }

    private void event(NamespacedName id, JsonObject object, Source source) {
        JsonObject about = object.first("involvedObject", "regarding").object().orElseGet(() -> new JsonObject(0));
        String namespace = about.has("namespace") ? about.text("namespace") + "/" : "";
        state.add(new KubernetesEvent(
                id,
                object.text("type"),
                object.text("reason"),
                about.text("kind") + " " + namespace + about.text("name"),
                object.first("message", "note").text(),
                object.object("source").has("host")
                        ? object.object("source").text("host")
                        : object.text("reportingInstance"),
                object.first("lastTimestamp", "eventTime").text(),
                source));
    }

    private void workload(String kind, NamespacedName id, JsonObject object, Source source) {
        long replicas = object.object("status")
                .wide("replicas")
                .orElse(object.object("spec").wide("replicas").orElse(-1));
        state.add(new Workload(kind, id, map(object.object("metadata").object("labels")), replicas, source));
    }
}
