package hopline.flows.check;

import hopline.decode.MacAddress;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Node;
import hopline.flows.state.Source;
import hopline.flows.state.Vtep;
import hopline.flows.state.cni.FlannelNetwork;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.hns.HnsNetwork.RemoteSubnet;
import hopline.flows.state.host.Neighbour;
import hopline.flows.state.linux.VxlanDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Nodes that do not agree on the VNI, the UDP port or the MAC address of their tunnels.
final class VxlanConfigMismatch implements StateRule {

    private static final int WINDOWS_PORT = 4789;
    private static final int WINDOWS_VNI = 4096;
    private static final int LINUX_VNI = 1;
    private static final int LINUX_PORT = 8472;

    @Override
    public String id() {
        return "vxlan-config-mismatch";
    }

    @Override
    public String reference() {
        return "F12, F13, F15";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        vnis(view, findings);
        ports(view, findings);
        for (NodeView node : view.nodes()) {
            node.overlay().ifPresent(overlay -> macs(node, overlay, findings));
            neighbours(node, findings);
        }
    }

    /// Who uses which number, with the first place that says so.
    private record Users(Map<Integer, List<String>> names, Map<Integer, Source> places) {

        Users() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(OptionalInt number, String who, Source place) {
            if (number.isPresent()) {
                names.computeIfAbsent(number.getAsInt(), key -> new ArrayList<>())
                        .add(who);
                places.putIfAbsent(number.getAsInt(), place);
            }
        }

        /// Whether the node's own state says that it uses the number, or any.
        boolean isSaidOf(Node node, OptionalInt number) {
            return names.entrySet().stream()
                    .filter(entry -> number.isEmpty() || entry.getKey() == number.getAsInt())
                    .flatMap(entry -> entry.getValue().stream())
                    .anyMatch(user -> user.equals(node.name()) || user.endsWith(" of " + node.name()));
        }

        /// As in `4096 (win-a, vx0 of node-a), 1 (vx0 of node-b)`.
        String said() {
            List<String> said = new ArrayList<>();
            names.forEach((number, users) -> said.add(number + " ("
                    + String.join(", ", users.stream().distinct().limit(4).toList()) + ")"));
            return String.join(", ", said);
        }
    }

    private void vnis(StateView view, StateFindings findings) {
        Users users = new Users();
        for (NodeView node : view.nodes()) {
            node.overlay().ifPresent(overlay -> vnisOfHns(node, overlay, users));
            node.tunnels()
                    .forEach(tunnel -> users.add(OptionalInt.of(tunnel.vni()), what(node, tunnel), tunnel.source()));
            vnisOfPlugins(node, users);
        }
        view.cluster().nodes().forEach(node -> vniOfAnnotation(view, node, users));
        addUnlessOne(vniClaim(view, users), users, findings);
    }

    private static void vnisOfHns(NodeView node, HnsNetwork overlay, Users users) {
        overlay.subnets().forEach(subnet -> users.add(subnet.vni(), node.name(), overlay.source()));
        overlay.remoteSubnets().forEach(remote -> users.add(remote.vni(), node.name(), remote.source()));
    }

    private static void vnisOfPlugins(NodeView node, Users users) {
        node.state().cni().configs().forEach(config -> users.add(config.vni(), node.name(), config.source()));
        for (FlannelNetwork network : node.state().cni().flannelNetworks()) {
            if (network.backend().equals("vxlan")) {
                int vni = network.vni().orElse(node.isWindows() ? WINDOWS_VNI : LINUX_VNI);
                users.add(OptionalInt.of(vni), "net-conf", network.source());
            }
        }
    }

    /// What the node's own state says as well is not said twice.
    private static void vniOfAnnotation(StateView view, Node node, Users users) {
        OptionalInt vni = node.vtep().map(Vtep::vni).orElse(OptionalInt.empty());
        if (vni.isPresent() && !users.isSaidOf(node, vni)) {
            boolean otherwise = users.isSaidOf(node, OptionalInt.empty());
            Source place = view.at(node).findFirst().orElse(new Source("nodes", 0));
            users.add(vni, (otherwise ? "annotation of " : "") + node.name(), place);
        }
    }

    private static Claim vniClaim(StateView view, Users users) {
        boolean anyWindows = anyWindows(view);
        return new Claim(
                "The nodes do not agree on the overlay's VNI",
                anyWindows ? "one VNI, 4096 or more as Windows requires" : "one VNI",
                users.said(),
                anyWindows
                        ? "Linux's flannel takes VNI 1 when nothing is set: put \"VNI\": 4096 and \"Port\": 4789 into"
                                + " net-conf.json and restart flanneld on all nodes."
                        : "Linux's flannel takes VNI 1 when nothing is set: put the same \"VNI\" into net-conf.json"
                                + " (Calico: vxlanVNI) and restart the network plugin on all nodes.");
    }

    private void addUnlessOne(Claim claim, Users users, StateFindings findings) {
        if (users.names().size() > 1) {
            findings.add(this, Severity.ERROR, "", claim, users.places().values().stream());
        }
    }

    private static String what(NodeView node, VxlanDevice tunnel) {
        return tunnel.name() + " of " + node.name();
    }

    private static boolean anyWindows(StateView view) {
        return view.nodes().stream().anyMatch(node -> node.overlay().isPresent())
                || view.cluster().nodes().stream().anyMatch(Node::isWindows);
    }

    /// Whether Windows nodes have tunnels, too.
    private static boolean isWithWindows(StateView view) {
        return view.nodes().stream().anyMatch(node -> node.overlay().isPresent())
                || view.cluster().nodes().stream()
                        .anyMatch(node -> node.isWindows() && node.vtep().isPresent());
    }

    private void ports(StateView view, StateFindings findings) {
        boolean anyWindows = anyWindows(view);
        boolean isWithWindows = isWithWindows(view);
        if (!isWithWindows) {
            portsOfLinux(view, findings);
        }
        for (NodeView node : view.nodes()) {
            for (FlannelNetwork network : node.state().cni().flannelNetworks()) {
                int port = network.port().orElse(node.isWindows() ? WINDOWS_PORT : LINUX_PORT);
                if (anyWindows && network.backend().equals("vxlan") && port != WINDOWS_PORT) {
                    port(node, port, network.source(), findings);
                }
            }
            node.tunnels().stream()
                    .filter(tunnel -> isWithWindows && tunnel.port() != WINDOWS_PORT)
                    .forEach(tunnel -> port(node, tunnel.port(), tunnel.source(), findings));
            node.overlay()
                    .filter(overlay -> overlay.vxlanPort().isPresent()
                            && overlay.vxlanPort().getAsInt() != WINDOWS_PORT)
                    .ifPresent(overlay -> port(node, overlay.vxlanPort().getAsInt(), overlay.source(), findings));
        }
    }

    /// Among themselves, nodes may take any port.
    private void portsOfLinux(StateView view, StateFindings findings) {
        Users users = new Users();
        for (NodeView node : view.nodes()) {
            node.tunnels()
                    .forEach(tunnel -> users.add(OptionalInt.of(tunnel.port()), what(node, tunnel), tunnel.source()));
        }
        Claim claim = new Claim(
                "The nodes do not agree on the UDP port of their tunnels",
                "one port",
                users.said(),
                "A device that is made without a port takes " + LINUX_PORT + ": put the same \"Port\" into"
                        + " net-conf.json (Calico: vxlanPort) and restart the network plugin on all nodes.");
        addUnlessOne(claim, users, findings);
    }

    private void port(NodeView node, int port, Source where, StateFindings findings) {
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        "The tunnels of " + node.name() + " use UDP port " + port + ", Windows nodes use "
                                + WINDOWS_PORT,
                        "port " + WINDOWS_PORT,
                        "port " + port,
                        "Put \"Port\": 4789 into net-conf.json and restart flanneld on all nodes."),
                Stream.of(where));
    }

    private void macs(NodeView node, HnsNetwork overlay, StateFindings findings) {
        for (RemoteSubnet remote : overlay.remoteSubnets()) {
            Optional<Node> owner = node.view().cluster().nodes().stream()
                    .filter(other -> other.podCidrs().contains(remote.prefix())
                            || (other.vtep().flatMap(Vtep::underlay).equals(remote.provider())
                                    && remote.provider().isPresent()))
                    .findFirst();
            OptionalLong expected = owner.flatMap(Node::vtep).map(Vtep::mac).orElse(OptionalLong.empty());
            owner.ifPresent(other -> mac(
                    node,
                    Believed.of(remote),
                    expected,
                    other.name(),
                    node.view().at(other),
                    findings));
            for (NodeView other : node.view().nodes()) {
                other.overlay()
                        .filter(far -> far.managementIp().isPresent()
                                && far.managementIp().equals(remote.provider()))
                        .ifPresent(far -> mac(
                                node,
                                Believed.of(remote),
                                far.distributedRouterMac(),
                                other.name(),
                                Stream.of(far.source()),
                                findings));
            }
        }
    }

    /// On Linux, the neighbour entry of the next hop behind the tunnel holds the MAC address.
    private void neighbours(NodeView node, StateFindings findings) {
        for (Neighbour neighbour : node.state().host().neighbours()) {
            node.others()
                    .filter(other -> NodeView.hops(other).anyMatch(neighbour.address()::equals))
                    .forEach(other -> mac(
                            node,
                            new Believed(
                                    neighbour.address().toString(),
                                    OptionalLong.of(neighbour.mac()),
                                    neighbour.source()),
                            other.vtep().map(Vtep::mac).orElse(OptionalLong.empty()),
                            other.name(),
                            node.view().at(other),
                            findings));
        }
    }

    /// The MAC address with which a node sends into the tunnel.
    ///
    /// @param what it is sent to
    private record Believed(String what, OptionalLong mac, Source source) {

        static Believed of(RemoteSubnet remote) {
            return new Believed(remote.prefix().toString(), remote.routerMac(), remote.source());
        }
    }

    private void mac(
            NodeView node,
            Believed believed,
            OptionalLong expected,
            String owner,
            Stream<Source> where,
            StateFindings findings) {
        boolean differs = expected.isPresent()
                && believed.mac().isPresent()
                && expected.getAsLong() != believed.mac().getAsLong();
        if (differs) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            node.name() + " addresses packets for " + believed.what() + " to a MAC address that "
                                    + owner + " no longer has",
                            MacAddress.text(expected.getAsLong()),
                            MacAddress.text(believed.mac().getAsLong()),
                            "The network on " + owner + " was made anew: restart flanneld or Calico there, so that its"
                                    + " annotation is right, then on " + node.name() + "."),
                    Stream.concat(Stream.of(believed.source()), where));
        }
    }
}
