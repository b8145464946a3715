package hopline.flows.check;

import hopline.flows.state.Cluster;
import hopline.flows.state.NamespacedName;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.linux.IptablesRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where iptables lead the services of the cluster on one node, as kube-proxy writes them: from its list of services
/// through their chains to those of endpoints. What it has not removed yet, but no service leads to, says nothing.
final class IptablesBackends {

    private static final String SERVICES = "KUBE-SERVICES";
    private static final String ENDPOINT = "KUBE-SEP-";

    /// kube-proxy writes the service and its port into every rule.
    private static final Pattern COMMENT =
            Pattern.compile("--comment \"?([a-z0-9-]+)/([a-z0-9.-]+?)(?::([^\" ]*+)[^\"]*)?\"?(?: |$)");

    private record Chain(boolean isIpv6, String name) {}

    private final Map<NamespacedName, Service> services = new HashMap<>();

    private IptablesBackends(Cluster cluster) {
        cluster.services().forEach(service -> services.put(service.id(), service));
    }

    /// By what was read of a node, in the order of the files.
    static List<ProxiedBackend> of(List<IptablesRule> rules, Cluster cluster) {
        IptablesBackends backends = new IptablesBackends(cluster);
        List<IptablesRule> translating =
                rules.stream().filter(rule -> rule.table().equals("nat")).toList();
        Set<Chain> used = used(translating);
        return translating.stream()
                .filter(rule -> rule.chain().startsWith(ENDPOINT) && used.contains(chain(rule, rule.chain())))
                .flatMap(rule -> backends.backend(rule).stream())
                .toList();
    }

    private static Chain chain(IptablesRule of, String name) {
        return new Chain(of.isIpv6(), name);
    }

    private static Set<Chain> used(List<IptablesRule> rules) {
        Map<Chain, List<Chain>> ways = new HashMap<>();
        for (IptablesRule rule : rules) {
            ways.computeIfAbsent(chain(rule, rule.chain()), from -> new ArrayList<>())
                    .add(chain(rule, rule.target()));
        }
        Deque<Chain> open = new ArrayDeque<>(List.of(new Chain(false, SERVICES), new Chain(true, SERVICES)));
        Set<Chain> used = new HashSet<>(open);
        while (!open.isEmpty()) {
            ways.getOrDefault(open.pop(), List.of()).stream().filter(used::add).forEach(open::push);
        }
        return used;
    }

    private Optional<ProxiedBackend> backend(IptablesRule rule) {
        Matcher comment = COMMENT.matcher(rule.text());
        if (!comment.find()) {
            return Optional.empty();
        }
        String port = comment.group(3) == null ? "" : comment.group(3);
        Service service = services.get(new NamespacedName(comment.group(1), comment.group(2)));
        return service == null
                ? Optional.empty()
                : rule.destination()
                        .map(at -> new ProxiedBackend(service, ports(service, rule, port), at, rule.source()));
    }

    /// The service's port of that name or, where it is called otherwise now, each of that protocol.
    private static List<ServicePort> ports(Service service, IptablesRule rule, String name) {
        Predicate<ServicePort> isOfProtocol = port -> port.protocol() == rule.protocol();
        List<ServicePort> ports = service.ports().stream().filter(isOfProtocol).toList();
        List<ServicePort> named =
                ports.stream().filter(port -> port.name().equals(name)).toList();
        return named.isEmpty() ? ports : named;
    }
}
