package hopline.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import hopline.flows.check.StateFinding;
import hopline.flows.check.StateFindings;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.FileReport;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.kubernetes.KubernetesEvent;
import hopline.flows.state.kubernetes.KubernetesState;
import hopline.flows.state.kubernetes.LabelSelector;
import hopline.flows.state.kubernetes.NetworkPolicy;
import hopline.flows.state.kubernetes.NetworkPolicy.Permission;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What was read of nodes, or what is wrong with it, as JSON, schema version 1. Every fact says its file and
/// line; what is absent is unknown.
public final class StateJson {

    private final JsonGenerator json;
    private final FactJson facts;

    private StateJson(JsonGenerator json) {
        this.json = json;
        this.facts = new FactJson(json);
    }

    /// Writes to `out`, which stays open: the findings when there are some to tell, else the facts.
    public static void write(CollectedState state, Optional<StateFindings> findings, String version, OutputStream out)
            throws IOException {
        try (JsonGenerator json = JsonReport.generator(out)) {
            StateJson writer = new StateJson(json);
            JsonReport.begin(json);
            JsonReport.writeTool(json, version);
            writer.facts.list("files", state.files(), writer::file);
            if (findings.isPresent()) {
                writer.facts.list("findings", findings.get().all(), writer::finding);
                writer.omitted(findings.get().omitted());
            } else {
                writer.facts.list("nodes", state.nodes(), writer::node);
                writer.cluster(state.kubernetes());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void file(FileReport file) throws IOException {
        facts.text("file", file.file());
        facts.text("node", file.node());
        json.writeObjectFieldStart("holds");
        for (Map.Entry<String, Integer> entry : new TreeMap<>(file.holds()).entrySet()) {
            json.writeNumberField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        facts.text("problem", file.problem());
        facts.texts("damage", file.damage());
        if (file.unreadLines() > 0) {
            facts.number("unreadLines", file.unreadLines());
            facts.number("firstUnreadLine", file.firstUnread());
        }
    }

    private void omitted(Map<String, Long> omitted) throws IOException {
        if (!omitted.isEmpty()) {
            json.writeObjectFieldStart("findingsOmitted");
            for (Map.Entry<String, Long> rule : omitted.entrySet()) {
                json.writeNumberField(rule.getKey(), rule.getValue());
            }
            json.writeEndObject();
        }
    }

    private void finding(StateFinding finding) throws IOException {
        facts.text("id", finding.id());
        facts.text("rule", finding.rule().id());
        facts.text("severity", finding.severity().label());
        facts.text("title", finding.claim().title());
        facts.text("node", finding.node());
        facts.text("expected", finding.claim().expected());
        facts.text("actual", finding.claim().actual());
        facts.text("confidence", finding.certain() ? "certain" : "likely");
        facts.text("advice", finding.claim().advice());
        facts.list("evidence", finding.evidence(), facts::source);
        facts.text("reference", finding.rule().reference());
    }

    private void node(NodeState node) throws IOException {
        facts.text("name", node.name());
        new SwitchStateJson(facts).write(node);
        new HostStateJson(facts).write(node);
    }

    /// What the cluster's lists say beyond what every cluster has.
    private void cluster(KubernetesState kubernetes) throws IOException {
        facts.list("networkPolicies", kubernetes.policies(), NetworkPolicy::source, this::policy);
        facts.list("events", kubernetes.events(), KubernetesEvent::source, event -> {
            facts.text("type", event.type());
            facts.text("reason", event.reason());
            facts.text("object", event.object());
            facts.text("message", event.message());
            facts.text("host", event.host());
            facts.text("time", event.time());
        });
    }

    private void policy(NetworkPolicy policy) throws IOException {
        facts.text("name", policy.id().toString());
        selector("pods", policy.pods());
        facts.texts("types", policy.types());
        facts.list("ingress", policy.ingress(), Permission::source, this::permission);
        facts.list("egress", policy.egress(), Permission::source, this::permission);
    }

    /// An empty one selects everything, and none is told from that.
    private void selector(String field, LabelSelector selector) throws IOException {
        json.writeObjectFieldStart(field);
        facts.map("labels", selector.labels());
        facts.texts("expressions", selector.requirements());
        json.writeEndObject();
    }

    private void permission(Permission permission) throws IOException {
        facts.list("peers", permission.peers(), peer -> {
            if (peer.namespaces().isPresent()) {
                selector("namespaces", peer.namespaces().get());
            }
            if (peer.pods().isPresent()) {
                selector("pods", peer.pods().get());
            }
            facts.text("block", peer.block());
            facts.texts("except", peer.except());
        });
        facts.texts("ports", permission.ports());
    }
}
