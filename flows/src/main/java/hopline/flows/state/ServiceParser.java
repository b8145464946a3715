package hopline.flows.state;

import hopline.decode.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes a [Service] of the JSON of one.
final class ServiceParser {

    /// What a headless service has for a cluster IP.
    private static final String NONE = "None";

    private static final String PROXY_NAME = "service.kubernetes.io/service-proxy-name";
    private static final String HEADLESS = "service.kubernetes.io/headless";

    private final ItemContext context;

    ServiceParser(ItemContext context) {
        this.context = context;
    }

    Service parse(NamespacedName id, Fields item) throws UnusableItemException, Budget.ExhaustedException {
        Fields spec = item.object("spec");
        List<String> clusterIps = clusterIps(spec);
        Service service = new Service(
                id.namespace(),
                id.name(),
                context.share(spec.text("type")),
                context.addresses(
                        clusterIps.stream().filter(ip -> !ip.equals(NONE)).toList(), "service cluster IP"),
                context.addresses(spec.texts("externalIPs"), "service external IP"),
                ingress(item.object("status").object("loadBalancer")),
                ports(spec),
                TrafficPolicy.of(spec.text("externalTrafficPolicy")),
                TrafficPolicy.of(spec.text("internalTrafficPolicy")),
                clusterIps.contains(NONE) || isLabelled(item),
                spec.textMap("selector"));
        context.take(indexCost(service));
        return service;
    }

    /// kube-proxy watches services without these labels only.
    private static boolean isLabelled(Fields item) throws UnusableItemException {
        Map<String, String> labels = item.object("metadata").textMap("labels");
        return labels.containsKey(PROXY_NAME) || labels.containsKey(HEADLESS);
    }

    private static List<String> clusterIps(Fields spec) throws UnusableItemException {
        List<String> texts = new ArrayList<>(spec.texts("clusterIPs"));
        texts.add(spec.text("clusterIP"));
        return texts;
    }

    private List<Address> ingress(Fields loadBalancer) throws UnusableItemException {
        List<String> texts = new ArrayList<>();
        for (Fields entry : loadBalancer.objects("ingress")) {
            texts.add(entry.text("ip"));
        }
        return context.addresses(texts, "load balancer address");
    }

    private List<ServicePort> ports(Fields spec) throws UnusableItemException {
        List<ServicePort> ports = new ArrayList<>();
        for (Fields port : spec.objects("ports")) {
            port(port).ifPresent(ports::add);
        }
        return ports;
    }

    private Optional<ServicePort> port(Fields fields) throws UnusableItemException {
        OptionalInt protocol = context.protocol(fields.text("protocol"), "service port protocol");
        long port = fields.number("port", 0);
        long nodePort = fields.number("nodePort", 0);
        if (protocol.isEmpty() || !context.isPort(port, "service port")) {
            return Optional.empty();
        }
        boolean hasNodePort = nodePort != 0 && context.isPort(nodePort, "node port");
        String target = fields.textOrNumber("targetPort");
        return Optional.of(new ServicePort(
                context.share(fields.text("name")),
                protocol.getAsInt(),
                (int) port,
                context.share(target.isEmpty() ? Long.toString(port) : target),
                hasNodePort ? (int) nodePort : 0));
    }

    /// Every address is indexed with every port, which a few lines of JSON can make very many.
    private static long indexCost(Service service) {
        long addresses = service.clusterIps().size()
                + service.externalIps().size()
                + service.loadBalancerIps().size()
                + 1L;
        return ItemContext.OBJECT_COST * addresses * (1 + service.ports().size())
                + (long) ItemContext.ELEMENT_COST * service.selector().size();
    }
}
