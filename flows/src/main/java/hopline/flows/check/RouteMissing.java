package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cidr;
import hopline.flows.state.Node;
import hopline.flows.state.Source;
import hopline.flows.state.host.HostRoute;
import hopline.flows.state.kubernetes.NodeRun;
import hopline.flows.state.log.LogEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A route that the node needs and does not have: to other nodes' pods, to the world, to the cloud's
/// metadata.
final class RouteMissing implements StateRule {

    private static final Address METADATA = Address.of("169.254.169.254");
    private static final String HOST_GATEWAY = "host-gw";
    private static final Pattern LEASE = Pattern.compile("Subnet added: (\\S+) via (\\S+)");
    private static final Pattern RELEASE = Pattern.compile("Subnet removed: (\\S+)");

    /// A range and who has it.
    private record Far(Optional<Address> via, String who, Source source) {}

    @Override
    public String id() {
        return "route-missing";
    }

    @Override
    public String reference() {
        return "F05, F46, F47";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            List<HostRoute> routes = node.state().host().routes();
            if (routes.isEmpty()) {
                continue;
            }
            far(node).forEach((cidr, far) -> check(node, cidr, far, routes, findings));
            defaults(node, routes, findings);
            metadata(node, routes, findings);
        }
    }

    /// What flannel was told, and what the cluster says, where routes are how nodes reach each other's pods.
    private static Map<Cidr, Far> far(NodeView node) {
        Map<Cidr, Far> far = new LinkedHashMap<>();
        for (LogEntry entry : node.state().log().entries()) {
            Matcher lease = LEASE.matcher(entry.message());
            Matcher release = RELEASE.matcher(entry.message());
            if (lease.find() && node.overlay().isEmpty()) {
                Cidr.parse(lease.group(1))
                        .ifPresent(cidr -> far.put(
                                cidr, new Far(AddressText.parse(lease.group(2)), lease.group(2), entry.source())));
            } else if (release.find()) {
                Cidr.parse(release.group(1)).ifPresent(far::remove);
            }
        }
        if (routesPods(node)) {
            node.others().forEach(other -> other.podCidrs().stream()
                    .filter(cidr -> cidr.prefix().isIpv4())
                    .forEach(cidr -> far.putIfAbsent(
                            cidr,
                            new Far(
                                    node.isWindows()
                                            ? other.internalAddresses().stream().findFirst()
                                            : Optional.empty(),
                                    other.name(),
                                    node.view().at(other).findFirst().orElse(new Source("nodes", 0))))));
        }
        return far;
    }

    /// Whether the node's own routes lead to other nodes' pods: by flannel's word, or because it has one of
    /// them. Elsewhere the cloud's route tables may do it.
    private static boolean routesPods(NodeView node) {
        boolean isFlannels =
                node.node().flatMap(Node::backend).filter(HOST_GATEWAY::equals).isPresent()
                        || node.state().cni().flannelNetworks().stream()
                                .anyMatch(network -> network.backend().equals(HOST_GATEWAY));
        boolean isLinuxTunnel = !node.isWindows()
                && node.node().filter(NodeView::hasRange).flatMap(Node::vtep).isPresent();
        return isFlannels || isLinuxTunnel || (node.bridge().isPresent() && hasRouteToPods(node));
    }

    private static boolean hasRouteToPods(NodeView node) {
        return node.others().anyMatch(other -> node.state().host().routes().stream()
                .filter(route -> other.podCidrs().contains(route.prefix()))
                .anyMatch(route -> route.nextHop()
                        .filter(other.internalAddresses()::contains)
                        .isPresent()));
    }

    private void check(NodeView node, Cidr cidr, Far far, List<HostRoute> routes, StateFindings findings) {
        boolean isOwn = far.via().filter(node::isOwnAddress).isPresent()
                || routes.stream()
                        .anyMatch(route ->
                                route.prefix().equals(cidr) && route.nextHop().isEmpty());
        List<HostRoute> there =
                routes.stream().filter(route -> covers(route.prefix(), cidr)).toList();
        boolean isRight = there.stream()
                .anyMatch(route -> far.via().isEmpty()
                        || route.nextHop().isEmpty()
                        || route.nextHop().equals(far.via()));
        if (isOwn || isRight) {
            return;
        }
        String wanted = cidr + far.via().map(via -> " through " + via).orElse("");
        String found = there.stream()
                .findFirst()
                .map(route -> cidr + " through "
                        + route.nextHop().map(Address::toString).orElse("the link"))
                .orElse("none");
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        there.isEmpty()
                                ? node.name() + " has no route to the pods of " + far.who() + ", " + cidr
                                : node.name() + " sends packets for the pods of " + far.who() + ", " + cidr
                                        + ", elsewhere",
                        wanted,
                        found,
                        "Restart flanneld on " + node.name() + ", or add the route by hand until the cause is found."),
                Stream.of(
                        there.isEmpty()
                                ? routes.getFirst().source()
                                : there.getFirst().source(),
                        far.source()));
    }

    /// A range that holds it, other than the world.
    private static boolean covers(Cidr route, Cidr cidr) {
        return route.length() > 0 && route.length() <= cidr.length() && route.contains(cidr.prefix());
    }

    private void defaults(NodeView node, List<HostRoute> routes, StateFindings findings) {
        boolean isTable = routes.size() > 3;
        boolean hasIpv4 = routes.stream()
                .anyMatch(route -> route.isDefault() && route.prefix().prefix().isIpv4());
        boolean hasIpv6 = routes.stream()
                .anyMatch(route -> route.isDefault() && !route.prefix().prefix().isIpv4());
        boolean needsIpv6 = node.node()
                .filter(known -> known.internalAddresses().stream().anyMatch(address -> !address.isIpv4()))
                .isPresent();
        boolean listsIpv6 =
                routes.stream().anyMatch(route -> !route.prefix().prefix().isIpv4());
        if (isTable
                && !hasIpv4
                && routes.stream().anyMatch(route -> route.prefix().prefix().isIpv4())) {
            lost(node, "0.0.0.0/0", true, routes, findings);
        }
        if (isTable && needsIpv6 && listsIpv6 && !hasIpv6) {
            lost(node, "::/0", false, routes, findings);
        }
    }

    /// Cited is the table of that version of IP, which may stand in a file of its own.
    private void lost(NodeView node, String which, boolean isIpv4, List<HostRoute> routes, StateFindings findings) {
        Stream<Source> table = routes.stream()
                .filter(route -> route.prefix().prefix().isIpv4() == isIpv4)
                .map(HostRoute::source)
                .limit(1);
        findings.add(
                this,
                Severity.ERROR,
                node.name(),
                new Claim(
                        node.name() + " has no default route " + which,
                        "a route for " + which,
                        "none",
                        !isIpv4
                                ? "Windows is known to lose it: add it again (New-NetRoute ::/0) and trace its loss with"
                                        + " the providers TCPIP and NSI."
                                : "Look at the adapter's configuration; creating a virtual switch may have lost it."),
                table);
    }

    private void metadata(NodeView node, List<HostRoute> routes, StateFindings findings) {
        Optional<NodeRun> run = node.view().kubernetes().node(node.name());
        boolean isAws = run.filter(of -> of.providerId().startsWith("aws:")).isPresent();
        boolean has = routes.stream()
                .anyMatch(route -> route.prefix().length() > 0 && route.prefix().contains(METADATA));
        if (isAws && node.isWindows() && !has) {
            findings.addLikely(
                    this,
                    Severity.WARNING,
                    node.name(),
                    new Claim(
                            node.name() + " has no route to the metadata server " + METADATA,
                            "a route for " + METADATA,
                            "none",
                            "Creating the virtual switch lost it: New-NetRoute -DestinationPrefix 169.254.169.254/32."),
                    Stream.concat(
                            Stream.of(routes.getFirst().source()),
                            Stream.of(run.get().source())));
        }
    }
}
