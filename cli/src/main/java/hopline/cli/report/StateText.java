package hopline.cli.report;

import hopline.flows.check.StateFinding;
import hopline.flows.check.StateFindings;
import hopline.flows.rule.Severity;
import hopline.flows.state.ClusterCounts;
import hopline.flows.state.Source;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.FileReport;
import hopline.flows.state.collection.NodeState;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsLoadBalancer;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.kubernetes.KubernetesEvent;
import hopline.flows.state.kubernetes.NetworkPolicy;
import hopline.flows.state.log.LogEntry;
import hopline.flows.state.log.LogSpan;
import hopline.flows.state.log.Signal;
import hopline.flows.state.vfp.VfpRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was read of nodes as text, and what is wrong with it: the verdict first, then what it rests on.
public final class StateText {

    private static final int COLUMN = 10;
    private static final int DETAIL_COLUMN = 14;
    private static final int POLICY_COLUMN = 9;
    private static final int MAX_FINDINGS = 50;
    private static final int MAX_ROWS = 20;
    private static final int MAX_EVENTS = 20;

    private final CollectedState state;
    private final Ink ink;
    private final Lines lines;
    private final int width;

    private StateText(CollectedState state, Ink ink, int width) {
        this.state = state;
        this.ink = ink;
        this.width = width;
        this.lines = new Lines(width);
    }

    /// The findings, with what was read.
    public static String ofCheck(CollectedState state, StateFindings findings, boolean color, int width) {
        StateText text = new StateText(state, new Ink(color), width);
        List<StateFinding> all = findings.all();
        text.writeVerdict(all);
        text.writeRead();
        text.writeLimits(findings.omitted());
        text.writeFindings(all);
        return text.lines.toString();
    }

    /// What was read, node by node.
    public static String ofShow(CollectedState state, boolean color, int width) {
        StateText text = new StateText(state, new Ink(color), width);
        text.writeRead();
        state.nodes().forEach(text::writeNode);
        text.writePolicies();
        text.writeFiles();
        return text.lines.toString();
    }

    private void writeVerdict(List<StateFinding> findings) {
        Map<Severity, Long> counts = findings.stream()
                .collect(Collectors.groupingBy(StateFinding::severity, TreeMap::new, Collectors.counting()));
        String where = state.nodes().isEmpty()
                ? "what the cluster wants"
                : "the state of " + TextReport.plural(state.nodes().size(), "node");
        List<String> parts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
            if (counts.containsKey(severity)) {
                parts.add(ink.severity(severity, TextReport.plural(counts.get(severity), severity.label())));
            }
        }
        if (parts.isEmpty()) {
            lines.add(ink.good(ink.bold("No fault found in " + where + ".")));
        } else {
            lines.add(ink.bold(String.join(" and ", parts) + " in " + where + "."));
        }
        lines.blank();
    }

    private void entry(String label, String value) {
        lines.entry("", label, COLUMN, value);
    }

    private void writeRead() {
        long used = state.files().stream().filter(FileReport::isUsed).count();
        long passed = state.files().size() - used;
        entry(
                "Read",
                TextReport.plural(used, "file")
                        + (passed == 0 ? "" : ", " + TextReport.plural(passed, "other") + " of no use here"));
        String label = "Nodes";
        for (NodeState node : state.nodes()) {
            entry(label, Escape.text(node.name() + ": " + summary(node)));
            label = "";
        }
        ClusterCounts counts = state.cluster().counts();
        if (!state.cluster().isEmpty()) {
            entry(
                    "Cluster",
                    TextReport.plural(counts.pods(), "pod") + ", " + TextReport.plural(counts.services(), "service")
                            + ", "
                            + TextReport.plural(counts.endpoints(), "endpoint") + ", "
                            + TextReport.plural(counts.nodes(), "node") + policies());
        }
        writeDamage();
        lines.blank();
    }

    private String policies() {
        int policies = state.kubernetes().policies().size();
        return policies == 0 ? "" : ", " + policies + " network " + (policies == 1 ? "policy" : "policies");
    }

    private void writeDamage() {
        String label = "Damage";
        for (FileReport file : state.files()) {
            if (file.isUsed() && (!file.damage().isEmpty() || file.problem().isPresent())) {
                List<String> notes = new ArrayList<>(file.problem().stream().toList());
                file.damage().stream().limit(3).forEach(note -> notes.add(note.toString()));
                entry(label, Escape.text(file.file() + ": " + String.join("; ", notes)));
                label = "";
            }
        }
    }

    private static String summary(NodeState node) {
        List<String> parts = new ArrayList<>();
        count(parts, node.hns().networks().size(), "network");
        count(parts, node.hns().endpoints().size(), "endpoint");
        count(parts, node.hns().loadBalancers().size(), "load balancer");
        count(parts, node.vfp().ports().size(), "switch port");
        count(parts, node.vfp().rules().size(), "VFP rule");
        count(parts, node.pktmon().components().size(), "packet monitor component");
        count(parts, node.host().interfaces().size(), "interface");
        count(parts, node.host().routes().size(), "route");
        count(parts, node.host().processes().size(), "process", "processes");
        count(parts, node.linux().rules().size(), "iptables rule");
        count(parts, node.linux().connections().size(), "tracked connection");
        count(parts, node.cni().configs().size() + node.cni().flannelNetworks().size(), "plugin setting");
        count(parts, node.log().spans().size(), "log");
        node.host().reading(HostReading.BUILD).ifPresent(build -> parts.add("Windows " + build.value()));
        return parts.isEmpty() ? "other facts" : String.join(", ", parts);
    }

    private static void count(List<String> parts, long count, String noun) {
        count(parts, count, noun, noun + "s");
    }

    private static void count(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(Numerals.grouped(count) + " " + (count == 1 ? one : many));
        }
    }

    private void writeLimits(Map<String, Long> omitted) {
        String label = "Limits";
        for (Map.Entry<String, Long> rule : omitted.entrySet()) {
            entry(label, "more of " + rule.getKey() + " than is told, " + Numerals.grouped(rule.getValue()) + " times");
            label = "";
        }
        if (!omitted.isEmpty()) {
            lines.blank();
        }
    }

    private void writeFindings(List<StateFinding> findings) {
        FairShare share = FairShare.of(
                findings.stream().map(finding -> finding.rule().id()).toList(), MAX_FINDINGS);
        share.places().forEach(place -> writeFinding(place + 1, findings.get(place)));
        if (!share.rest().isEmpty()) {
            Lines.wrap(share.further(), width).forEach(line -> lines.add(ink.dim(line)));
        }
    }

    private void writeFinding(int number, StateFinding finding) {
        String head = number + ". " + finding.severity().label() + ": ";
        List<String> title = Lines.wrap(Escape.text(finding.claim().title()) + ".", width - head.length());
        lines.add(ink.severity(finding.severity(), head) + ink.bold(title.getFirst()));
        title.stream().skip(1).forEach(line -> lines.add(" ".repeat(head.length()) + ink.bold(line)));
        lines.blank();
        String reference = finding.rule().reference();
        detail(
                "rule",
                finding.rule().id()
                        + (finding.certain() ? "" : " (likely)")
                        + (reference.isEmpty() ? "" : "  " + reference));
        detail("expected", finding.claim().expected());
        detail("found", finding.claim().actual());
        detail("says", finding.evidence().stream().map(Source::toString).collect(Collectors.joining(", ")));
        detail("do", finding.claim().advice());
        lines.blank();
    }

    private void detail(String label, String value) {
        if (!value.isEmpty()) {
            lines.entry("   ", label, DETAIL_COLUMN, Escape.text(value));
        }
    }

    private void writeNode(NodeState node) {
        lines.add(ink.bold(Escape.text(node.name())));
        writeNetworks(node);
        writeEndpoints(node);
        writeLoadBalancers(node);
        writeLayers(node);
        writeRoutes(node);
        new HostStateText(node.host()).tables(MAX_ROWS).forEach(this::rows);
        writeLogs(node);
        writeTimeline(node);
        lines.blank();
    }

    private void rows(HostStateText.Rows of) {
        rows(of.title(), of.table(), of.total());
    }

    private void rows(String title, Table table, int total) {
        List<String> rows = table.lines();
        if (rows.isEmpty()) {
            return;
        }
        lines.add("  " + title + (total > rows.size() ? ", " + rows.size() + " of " + total : ""));
        rows.forEach(row -> lines.add("    " + row));
    }

    private void writeNetworks(NodeState node) {
        Table table = new Table("ttttt");
        for (HnsNetwork network : node.hns().networks()) {
            String subnets = network.subnets().stream()
                    .map(subnet -> subnet.prefix().toString())
                    .collect(Collectors.joining(" "));
            table.row(
                    Escape.text(network.name()),
                    Escape.text(network.type()),
                    subnets,
                    network.managementIp().map(ip -> "node " + ip).orElse(""),
                    at(network.source()));
        }
        rows("networks", table, node.hns().networks().size());
    }

    private static String at(Source source) {
        return Escape.text(source.toString());
    }

    private void writeEndpoints(NodeState node) {
        Table table = new Table("ttttt");
        for (HnsEndpoint endpoint :
                node.hns().endpoints().stream().limit(MAX_ROWS).toList()) {
            table.row(
                    Escape.text(endpoint.label()),
                    endpoint.addresses().isEmpty()
                            ? "-"
                            : endpoint.addresses().getFirst().toString(),
                    endpoint.isRemote() ? "remote" : endpoint.isHostGateway() ? "host" : "local",
                    endpoint.state().isPresent() ? "state " + endpoint.state().getAsInt() : "",
                    at(endpoint.source()));
        }
        rows("endpoints", table, node.hns().endpoints().size());
    }

    private void writeLoadBalancers(NodeState node) {
        Table table = new Table("tttt");
        for (HnsLoadBalancer balancer :
                node.hns().loadBalancers().stream().limit(MAX_ROWS).toList()) {
            String vip = balancer.vips().isEmpty()
                    ? "node port"
                    : balancer.vips().getFirst().toString();
            String ports = balancer.ports().stream()
                    .map(port -> port.external() + "→" + port.internal() + "/"
                            + hopline.decode.IpProtocol.name(port.protocol()))
                    .collect(Collectors.joining(" "));
            String backends = balancer.endpoints().stream()
                    .map(id -> Optional.ofNullable(node.hns().endpointsById().get(id))
                            .filter(endpoint -> !endpoint.addresses().isEmpty())
                            .map(endpoint -> endpoint.addresses().getFirst().toString())
                            .orElse(id.length() > 8 ? id.substring(0, 8) + "…" : id))
                    .limit(4)
                    .collect(Collectors.joining(" "));
            table.row(vip, ports, Escape.text(backends), at(balancer.source()));
        }
        rows("load balancers", table, node.hns().loadBalancers().size());
    }

    private void writeLayers(NodeState node) {
        Map<String, long[]> layers = new LinkedHashMap<>();
        Map<String, java.util.Set<String>> ports = new LinkedHashMap<>();
        for (VfpRule rule : node.vfp().rules()) {
            String layer = rule.layer().isEmpty() ? "(layer not said)" : rule.layer();
            layers.computeIfAbsent(layer, key -> new long[1])[0]++;
            ports.computeIfAbsent(layer, key -> new java.util.TreeSet<>()).add(rule.port());
        }
        Table table = new Table("tnt");
        layers.forEach((layer, count) -> table.row(
                Escape.text(layer),
                TextReport.plural(count[0], "rule"),
                "at "
                        + TextReport.plural(
                                ports.getOrDefault(layer, java.util.Set.of()).size(), "port")));
        rows("VFP layers", table, layers.size());
    }

    private void writeRoutes(NodeState node) {
        Table table = new Table("tttt");
        node.host().routes().stream()
                .limit(MAX_ROWS)
                .forEach(route -> table.row(
                        route.prefix().toString(),
                        route.nextHop().map(hop -> "through " + hop).orElse("on the link"),
                        Escape.text(route.device()),
                        at(route.source())));
        rows("routes", table, node.host().routes().size());
    }

    private void writeLogs(NodeState node) {
        Table table = new Table("ttt");
        for (LogSpan span : node.log().spans()) {
            table.row(
                    Escape.text(span.component().isEmpty() ? span.file() : span.component()),
                    span.first() + " to " + span.last(),
                    TextReport.plural(span.lines(), "line"));
        }
        rows("logs", table, node.log().spans().size());
    }

    /// What logs and the cluster's events tell, in the order in which it happened.
    private void writeTimeline(NodeState node) {
        List<LogEntry> telling = new ArrayList<>(node.log().entries().stream()
                .filter(entry -> !entry.time().isEmpty())
                .filter(entry -> entry.isTrouble() || Signal.of(entry.message()).isPresent())
                .toList());
        for (KubernetesEvent event : state.kubernetes().events()) {
            if (event.host().equals(node.name()) && event.time().length() > 19) {
                String time = event.time().substring(5, 19).replace('T', ' ');
                telling.add(new LogEntry("event", time, "", event.reason() + " " + event.object(), event.source()));
            }
        }
        telling.sort(Comparator.comparing(LogEntry::time));
        Table table = new Table("tttt");
        telling.stream()
                .limit(MAX_EVENTS)
                .forEach(entry -> table.row(
                        entry.time().substring(0, Math.min(14, entry.time().length())),
                        Escape.text(entry.component()),
                        Escape.text(cut(entry.message())),
                        at(entry.source())));
        rows("timeline", table, telling.size());
    }

    private static String cut(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    private void writePolicies() {
        List<NetworkPolicy> policies = state.kubernetes().policies();
        if (policies.isEmpty()) {
            return;
        }
        lines.add(ink.bold("Network policies")
                + (policies.size() > MAX_ROWS ? ", " + MAX_ROWS + " of " + policies.size() : ""));
        for (NetworkPolicy policy : policies.stream().limit(MAX_ROWS).toList()) {
            lines.add("  " + Escape.text(policy.id().toString()) + "  " + at(policy.source()));
            policyLine("for", PolicyText.selected(policy));
            policyLine("in", PolicyText.ingress(policy));
            policyLine("out", PolicyText.egress(policy));
        }
        lines.blank();
    }

    private void policyLine(String label, String value) {
        if (!value.isEmpty()) {
            lines.entry("    ", label, POLICY_COLUMN, Escape.text(value));
        }
    }

    private void writeFiles() {
        lines.add(ink.bold("Files"));
        for (FileReport file : state.files()) {
            String what = file.isUsed()
                    ? new TreeMap<>(file.holds())
                            .entrySet().stream()
                                    .map(entry -> entry.getValue() + " " + entry.getKey())
                                    .collect(Collectors.joining(", "))
                    : "not used: " + file.problem().orElse("nothing in it");
            String unread = file.unreadLines() == 0
                    ? ""
                    : "; " + TextReport.plural(file.unreadLines(), "line") + " of no known kind, the first is line "
                            + file.firstUnread();
            lines.entry("  ", Escape.text(file.file()), 4, "");
            lines.entry("    ", "", 4, Escape.text(what + unread));
        }
    }
}
