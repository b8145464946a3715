package hopline.flows.scene;

import java.util.Locale;

/// Between what kinds of ends a flow runs.
public enum Category {
    POD_TO_POD,
    POD_TO_SERVICE,
    POD_TO_INTERNET,
    POD_TO_NODE,
    NODE_TO_POD,
    NODE_TO_SERVICE,
    EXTERNAL_TO_SERVICE,
    EXTERNAL_TO_POD,
    NODE_TO_NODE,
    OTHER;

    /// As in the analysis's JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Told by who the initiator is and what it asked for; without the cluster's lists everything is [#OTHER].
    static Category of(Party initiator, Party target, boolean clusterKnown) {
        if (!clusterKnown) {
            return OTHER;
        }
        if (initiator.pod().isPresent()) {
            return fromPod(target);
        }
        if (initiator.isNode()) {
            return fromNode(target);
        }
        return target.addressed().isPresent()
                ? EXTERNAL_TO_SERVICE
                : target.pod().isPresent() ? EXTERNAL_TO_POD : OTHER;
    }

    private static Category fromPod(Party target) {
        if (target.addressed().isPresent()) {
            return POD_TO_SERVICE;
        }
        if (target.pod().isPresent()) {
            return POD_TO_POD;
        }
        if (target.isNode()) {
            return POD_TO_NODE;
        }
        boolean inCluster =
                target.node().isPresent() || target.endpoint().address().isMulticast();
        return inCluster ? OTHER : POD_TO_INTERNET;
    }

    private static Category fromNode(Party target) {
        if (target.addressed().isPresent()) {
            return NODE_TO_SERVICE;
        }
        if (target.pod().isPresent()) {
            return NODE_TO_POD;
        }
        return target.isNode() ? NODE_TO_NODE : OTHER;
    }
}
