package hopline.flows.state;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes an [EndpointSet] of the JSON of an EndpointSlice or an Endpoints object.
final class EndpointParser {

    /// Where a v1beta1 slice says on which node an endpoint runs.
    static final String HOST_NAME = "kubernetes.io/hostname";

    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private record Port(String name, int protocol, int number) {}

    /// An endpoint without its port.
    private record Member(
            Address address,
            boolean ready,
            boolean serving,
            boolean terminating,
            Optional<String> nodeName,
            Optional<NamespacedName> pod) {

        Backend at(Port port) {
            Endpoint endpoint = new Endpoint(address, port.number());
            return new Backend(port.name(), port.protocol(), endpoint, ready, serving, terminating, nodeName, pod);
        }
    }

    private final ItemContext context;

    EndpointParser(ItemContext context) {
        this.context = context;
    }

    EndpointSet slice(NamespacedName id, Fields item) throws UnusableItemException, Budget.ExhaustedException {
        String service = item.object("metadata").textMap("labels").getOrDefault(SERVICE_NAME, "");
        if (service.isEmpty()) {
            throw new UnusableItemException("metadata.labels names no service");
        }
        List<Member> members = item.text("addressType").equals("FQDN") ? List.of() : members(id, item);
        List<Backend> backends = backends(members, ports(item));
        return new EndpointSet(new NamespacedName(id.namespace(), service), id.name(), true, backends);
    }

    private List<Member> members(NamespacedName id, Fields slice) throws UnusableItemException {
        List<Member> members = new ArrayList<>();
        for (Fields endpoint : slice.objects("endpoints")) {
            Fields conditions = endpoint.object("conditions");
            boolean ready = conditions.flag("ready", true);
            boolean serving = conditions.flag("serving", ready);
            boolean terminating = conditions.flag("terminating", false);
            Optional<String> node = sliceNode(endpoint);
            Optional<NamespacedName> pod = pod(id, endpoint);
            for (Address address : context.addresses(endpoint.texts("addresses"), "endpoint address")) {
                members.add(new Member(address, ready, serving, terminating, node, pod));
            }
        }
        return members;
    }

    private Optional<String> sliceNode(Fields endpoint) throws UnusableItemException {
        Optional<String> node = nodeName(endpoint.text("nodeName"));
        return node.isPresent() ? node : nodeName(endpoint.object("topology").text(HOST_NAME));
    }

    EndpointSet endpoints(NamespacedName id, Fields item) throws UnusableItemException, Budget.ExhaustedException {
        List<Backend> backends = new ArrayList<>();
        for (Fields subset : item.objects("subsets")) {
            List<Member> members = new ArrayList<>();
            addMembers(id, subset, "addresses", true, members);
            addMembers(id, subset, "notReadyAddresses", false, members);
            backends.addAll(backends(members, ports(subset)));
        }
        return new EndpointSet(id, id.name(), false, backends);
    }

    private void addMembers(NamespacedName id, Fields subset, String field, boolean ready, List<Member> members)
            throws UnusableItemException {
        for (Fields entry : subset.objects(field)) {
            Optional<String> node = nodeName(entry.text("nodeName"));
            Optional<NamespacedName> pod = pod(id, entry);
            context.address(entry.text("ip"), "endpoint address")
                    .ifPresent(address -> members.add(new Member(address, ready, ready, false, node, pod)));
        }
    }

    private Optional<String> nodeName(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(context.share(text));
    }

    private Optional<NamespacedName> pod(NamespacedName id, Fields endpoint) throws UnusableItemException {
        Fields target = endpoint.object("targetRef");
        if (!target.text("kind").equals("Pod")) {
            return Optional.empty();
        }
        String namespace = target.text("namespace");
        return Optional.of(new NamespacedName(
                context.share(namespace.isEmpty() ? id.namespace() : namespace), target.text("name")));
    }

    /// A port without a number means "all", which says nothing about where traffic goes.
    private List<Port> ports(Fields fields) throws UnusableItemException {
        List<Port> ports = new ArrayList<>();
        for (Fields port : fields.objects("ports")) {
            if (port.has("port")) {
                port(port).ifPresent(ports::add);
            }
        }
        return ports;
    }

    private Optional<Port> port(Fields port) throws UnusableItemException {
        OptionalInt protocol = context.protocol(port.text("protocol"), "endpoint port protocol");
        long number = port.number("port", 0);
        if (protocol.isEmpty() || !context.isPort(number, "endpoint port")) {
            return Optional.empty();
        }
        return Optional.of(new Port(context.share(port.text("name")), protocol.getAsInt(), (int) number));
    }

    /// Every address with every port, which a few lines of JSON can make very many.
    private List<Backend> backends(List<Member> members, List<Port> ports) throws Budget.ExhaustedException {
        context.take((long) members.size() * ports.size() * ItemContext.OBJECT_COST);
        List<Backend> backends = new ArrayList<>(members.size() * ports.size());
        for (Port port : ports) {
            members.forEach(member -> backends.add(member.at(port)));
        }
        return backends;
    }
}
