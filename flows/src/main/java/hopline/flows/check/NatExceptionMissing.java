package hopline.flows.check;

import hopline.decode.Address;
import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import hopline.flows.state.cni.ClusterRanges;
import hopline.flows.state.cni.CniConfig;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.hns.HnsEndpoint.OutboundNat;
import hopline.flows.state.hns.HnsNetwork;
import hopline.flows.state.text.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Pods or services that source translation does not leave alone: their traffic arrives with the node's
/// address.
final class NatExceptionMissing implements StateRule {

    @Override
    public String id() {
        return "nat-exception-missing";
    }

    @Override
    public String reference() {
        return "F03";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        for (NodeView node : view.nodes()) {
            Map<String, Address> wanted = wanted(node);
            for (HnsEndpoint endpoint : node.podEndpoints().toList()) {
                Optional<OutboundNat> nat = endpoint.outboundNats().stream()
                        .filter(one -> one.destinations().isEmpty()
                                && !one.exceptions().isEmpty())
                        .findFirst();
                nat.ifPresent(
                        one -> check(node, one.exceptions(), wanted, "pods' endpoints", endpoint.source(), findings));
            }
            for (CniConfig config : node.state().cni().configs()) {
                if (config.hasOutboundNat()
                        && !config.isFragment()
                        && config.placeholders().isEmpty()) {
                    check(node, config.exceptions(), wanted, "the CNI configuration", config.source(), findings);
                }
            }
        }
    }

    /// One address of each range that must be left alone.
    private static Map<String, Address> wanted(NodeView node) {
        Map<String, Address> wanted = new LinkedHashMap<>();
        for (Cidr cidr : node.view().podCidrs()) {
            wanted.put("pods " + cidr, cidr.prefix());
        }
        for (HnsNetwork network : node.podNetworks().toList()) {
            network.subnets().forEach(subnet -> put(wanted, "pods ", subnet.prefix()));
            network.remoteSubnets().forEach(remote -> put(wanted, "pods ", remote.prefix()));
        }
        for (ClusterRanges ranges : node.state().cni().ranges()) {
            Cidr.parse(ranges.pods()).ifPresent(cidr -> put(wanted, "pods ", cidr));
            Cidr.parse(ranges.services()).ifPresent(cidr -> put(wanted, "services ", cidr));
        }
        node.view().cluster().services().stream()
                .flatMap(service -> service.clusterIps().stream())
                .filter(Address::isIpv4)
                .findFirst()
                .ifPresent(vip -> wanted.put("services such as " + vip, vip));
        return wanted;
    }

    private static void put(Map<String, Address> wanted, String what, Cidr cidr) {
        if (cidr.prefix().isIpv4()) {
            wanted.putIfAbsent(what + cidr, cidr.prefix());
        }
    }

    private void check(
            NodeView node,
            List<Written> exceptions,
            Map<String, Address> wanted,
            String where,
            Source source,
            StateFindings findings) {
        List<Cidr> ranges = new ArrayList<>();
        exceptions.forEach(exception -> Cidr.parse(exception.text().strip()).ifPresent(ranges::add));
        boolean isIpv4 = ranges.stream().anyMatch(range -> range.prefix().isIpv4());
        List<String> missing = new ArrayList<>();
        wanted.forEach((what, address) -> {
            if (ranges.stream().noneMatch(range -> range.contains(address))) {
                missing.add(what);
            }
        });
        if (isIpv4 && !missing.isEmpty()) {
            String written =
                    String.join(", ", exceptions.stream().map(Written::text).toList());
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            "Traffic to " + missing.getFirst() + " leaves " + node.name()
                                    + " with the node's address: no exception in " + where,
                            "exceptions for " + String.join(", ", missing),
                            written,
                            "Add the ranges of pods, services and nodes to OutBoundNAT's exceptions in the CNI"
                                    + " configuration, and recreate the pods."),
                    Stream.concat(
                            Stream.of(source),
                            exceptions.stream().map(Written::source).limit(1)));
        }
    }
}
