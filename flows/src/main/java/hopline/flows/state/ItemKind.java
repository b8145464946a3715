package hopline.flows.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;

/// The kinds of Kubernetes object that are used here.
enum ItemKind {
    POD("Pod", ""),
    SERVICE("Service", ""),
    ENDPOINT_SLICE("EndpointSlice", "discovery.k8s.io"),
    ENDPOINTS("Endpoints", ""),
    NODE("Node", "");

    private final String kind;
    private final String group;

    ItemKind(String kind, String group) {
        this.kind = kind;
        this.group = group;
    }

    /// How messages call it.
    String label() {
        return kind;
    }

    /// @param apiVersion `group/version`, or the version alone for the core group; blank when unknown. It matters:
    ///     Knative has services too
    static Optional<ItemKind> of(String kind, String apiVersion) {
        String group = apiVersion.substring(0, Math.max(apiVersion.indexOf('/'), 0));
        return Arrays.stream(values())
                .filter(known -> known.kind.equals(kind))
                .filter(known -> apiVersion.isEmpty() || known.group.equals(group))
                .findFirst();
    }

    /// Told by its fields, for items of a list that says only at its end what they are.
    static Optional<ItemKind> ofShape(JsonNode item) {
        JsonNode spec = item.path("spec");
        JsonNode status = item.path("status");
        if (spec.has("containers")) {
            return Optional.of(POD);
        }
        if (spec.has("clusterIP") || spec.has("clusterIPs") || spec.has("externalName")) {
            return Optional.of(SERVICE);
        }
        if (item.has("addressType") || item.has("endpoints")) {
            return Optional.of(ENDPOINT_SLICE);
        }
        if (item.has("subsets")) {
            return Optional.of(ENDPOINTS);
        }
        return spec.has("podCIDR") || status.has("nodeInfo") ? Optional.of(NODE) : Optional.empty();
    }
}
