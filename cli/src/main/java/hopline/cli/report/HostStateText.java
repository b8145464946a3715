package hopline.cli.report;

import hopline.decode.MacAddress;
import hopline.flows.state.host.FirewallRule;
import hopline.flows.state.host.HostProcess;
import hopline.flows.state.host.HostSocket;
import hopline.flows.state.host.HostState;
import hopline.flows.state.host.Neighbour;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a node says of itself that no finding may name, as tables: neighbours, connections, the firewall, components.
final class HostStateText {

    private static final Set<String> COMPONENTS = Set.of(
            "hns", "vfpext", "kubelet", "kube-proxy", "flanneld", "containerd", "dockerd", "calico-node", "felix");

    private final HostState host;

    HostStateText(HostState host) {
        this.host = host;
    }

    /// A table, empty where nothing of its kind was read.
    ///
    /// @param total of how many rows
    record Rows(String title, Table table, int total) {}

    List<Rows> tables(int most) {
        return List.of(neighbours(most), connections(), firewall(most), components());
    }

    private Rows neighbours(int most) {
        Table table = new Table("tttt");
        for (Neighbour neighbour : host.neighbours().stream().limit(most).toList()) {
            table.row(
                    neighbour.address().toString(),
                    MacAddress.text(neighbour.mac()),
                    Escape.text(neighbour.state()),
                    Escape.text(neighbour.source().toString()));
        }
        return new Rows("neighbours", table, host.neighbours().size());
    }

    /// How many there are in each state, and where the first of them stands.
    private Rows connections() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, HostSocket> first = new LinkedHashMap<>();
        for (HostSocket socket : host.sockets()) {
            counts.merge(socket.state(), 1, Integer::sum);
            first.putIfAbsent(socket.state(), socket);
        }
        Table table = new Table("tnt");
        first.forEach((state, socket) -> table.row(
                Escape.text(state),
                TextReport.plural(counts.getOrDefault(state, 0), "connection"),
                Escape.text(socket.source().toString())));
        return new Rows("TCP connections", table, counts.size());
    }

    /// Those that are enabled.
    private Rows firewall(int most) {
        List<FirewallRule> enabled =
                host.firewallRules().stream().filter(FirewallRule::isEnabled).toList();
        Table table = new Table("tttt");
        for (FirewallRule rule : enabled.stream().limit(most).toList()) {
            table.row(
                    Escape.text(rule.name()),
                    Escape.text(rule.action() + " " + rule.direction()),
                    Escape.text((rule.protocol() + " " + rule.ports()).strip()),
                    Escape.text(rule.source().toString()));
        }
        return new Rows("firewall rules", table, enabled.size());
    }

    /// Those that pods need; the others are many.
    private Rows components() {
        List<HostProcess> needed = host.processes().stream()
                .filter(process -> COMPONENTS.contains(process.name()))
                .toList();
        Table table = new Table("ttt");
        for (HostProcess process : needed) {
            String how = process.isRunning() ? "runs" : "stopped";
            table.row(
                    Escape.text(process.name()),
                    process.isService() ? "service " + how : how,
                    Escape.text(process.source().toString()));
        }
        return new Rows("components", table, needed.size());
    }
}
