package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cluster;
import hopline.flows.state.Service;
import hopline.flows.state.ServicePort;
import hopline.flows.state.Source;
import hopline.flows.state.TrafficPolicy;
import hopline.flows.state.linux.LinuxState;
import hopline.flows.state.linux.NftObject;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where nftables lead the services of the cluster on one node: from a service's address and port through the
/// chains that are for it alone, as kube-proxy writes them. Chains that no service leads to any more say nothing.
final class NftBackends {

    /// Rules and ways from them that are looked at for all services of a node.
    private static final int MAX_RULES = 1 << 20;

    private static final String KUBE_PROXY = "kube-proxy";

    /// kube-proxy's maps of what it rejects or drops, by addresses and by node ports.
    private static final Set<String> WITHOUT_ENDPOINTS = Set.of("no-endpoint-services", "no-endpoint-nodeports");

    private static final String NODE_PORTS = "service-nodeports";
    private static final Address ANY_IPV4 = Address.of("0.0.0.0");
    private static final Address ANY_IPV6 = Address.of("::");

    private static final Map<String, Integer> PROTOCOLS =
            Map.of("tcp", IpProtocol.TCP, "udp", IpProtocol.UDP, "sctp", IpProtocol.SCTP);

    /// A service's address and port, or a port of it at the node's addresses.
    ///
    /// @param vip unspecified, of the version of IP in question, for the node port
    record Front(Service service, ServicePort port, Address vip) {

        boolean isNodePort() {
            return vip.isUnspecified();
        }

        /// Whether what leads on from it may be for packets of this node and its pods alone, be it that others are
        /// refused: the policy is for what comes from outside.
        boolean hasShortCut() {
            return service.externalTrafficPolicy() == TrafficPolicy.LOCAL
                    && !service.clusterIps().contains(vip);
        }

        private int number() {
            return isNodePort() ? port.nodePort() : port.port();
        }

        /// Whether a rule is for it: it asks for no other address, port or protocol.
        boolean isFor(JsonObject rule) {
            return rule.objects("expr").stream()
                    .map(expression -> expression.object("match"))
                    .allMatch(match -> match.names().isEmpty() || fits(match));
        }

        private boolean fits(JsonObject match) {
            JsonObject left = match.object("left");
            String right = match.text("right");
            boolean isEqual = !match.text("op").equals("!=");
            return switch (field(left)) {
                case "daddr" ->
                    isEqual && AddressText.parse(right).filter(vip::equals).isPresent();
                case "dport" -> isEqual && right.equals(String.valueOf(number()));
                case "protocol", "l4proto" -> isEqual && protocol(right) == port.protocol();
                default -> true;
            };
        }
    }

    /// What is looked up as something without endpoints.
    record Refused(Front front, Source source) {

        boolean isOf(Service service, ServicePort port) {
            return front.service().equals(service) && front.port().equals(port);
        }
    }

    private final Cluster cluster;
    private final Map<String, List<NftObject>> rules = new HashMap<>();
    private final List<ProxiedBackend> found = new ArrayList<>();
    private final List<Front> fronts = new ArrayList<>();
    private final Set<Front> leading = new HashSet<>();
    private final List<Refused> refused = new ArrayList<>();
    private int considered;
    private boolean isKubeProxys;
    private boolean listsNodePorts;

    private NftBackends(Cluster cluster) {
        this.cluster = cluster;
    }

    /// By what was read of a node.
    static NftBackends of(LinuxState linux, Cluster cluster) {
        NftBackends backends = new NftBackends(cluster);
        List<NftObject> objects = linux.nftObjects();
        for (NftObject object : objects) {
            if (object.kind().equals("rule")) {
                backends.rules
                        .computeIfAbsent(chain(object, object.body().text("chain")), key -> new ArrayList<>())
                        .add(object);
            }
        }
        objects.forEach(backends::object);
        return backends;
    }

    /// Where services lead.
    List<ProxiedBackend> all() {
        return found;
    }

    /// What is looked up or asked for, be it that it leads nowhere.
    List<Front> fronts() {
        return fronts;
    }

    /// What kube-proxy refuses as services without endpoints, and nothing translates before.
    List<Refused> refused() {
        return refused.stream()
                .filter(entry ->
                        !leading.contains(entry.front()) || entry.front().hasShortCut())
                .toList();
    }

    /// Whether kube-proxy's own table translates services, and all of it was looked at: what others translate is not
    /// all that there is.
    boolean isKubeProxys() {
        return isKubeProxys && considered < MAX_RULES;
    }

    /// Whether what is not looked up as a node port is none.
    boolean listsNodePorts() {
        return listsNodePorts;
    }

    private static String chain(NftObject of, String name) {
        return of.table() + " " + name;
    }

    private void object(NftObject object) {
        switch (object.kind()) {
            case "map" -> {
                String name = object.body().text("name");
                if (WITHOUT_ENDPOINTS.contains(name)) {
                    refuse(object);
                } else {
                    listsNodePorts |= name.equals(NODE_PORTS);
                    entries(object, object.body().get("elem"));
                }
            }
            case "rule" -> {
                for (JsonObject expression : object.body().objects("expr")) {
                    entries(object, expression.object("vmap").object("data").get("set"));
                }
                direct(object);
            }
            default -> {}
        }
    }

    /// A rule that asks for a service's address and port itself. Its addresses towards the outside may be a node's
    /// as well, and others translate them in their own way.
    private void direct(NftObject rule) {
        Optional<Address> vip = Optional.empty();
        int port = -1;
        int protocol = -1;
        for (JsonObject expression : rule.body().objects("expr")) {
            JsonObject match = expression.object("match");
            JsonObject left = match.object("left");
            switch (field(left)) {
                case "daddr" -> vip = AddressText.parse(match.text("right"));
                case "dport" -> {
                    port = match.number("right").orElse(-1);
                    protocol =
                            Math.max(protocol, protocol(left.object("payload").text("protocol")));
                }
                case "protocol", "l4proto" -> protocol = protocol(match.text("right"));
                default -> {}
            }
        }
        Optional<Address> inside =
                vip.filter(address -> cluster.clusterIp(address, StateView.NOW).isPresent());
        for (Front front : fronts(inside, protocol, port)) {
            if (front.isFor(rule.body()) && follow(front, List.of(rule))) {
                fronts.add(front);
            }
        }
    }

    /// The entries of a map from address, protocol and port, or kube-proxy's from protocol and node port, to a chain.
    private void entries(NftObject in, JsonValue elements) {
        for (Entry entry : read(in, elements)) {
            String target = target(entry.verdict());
            if (!target.isEmpty()) {
                for (Front front : entry.fronts()) {
                    fronts.add(front);
                    boolean leads = follow(front, rules(in, target));
                    isKubeProxys |= leads && in.body().text("table").equals(KUBE_PROXY);
                }
            }
        }
    }

    /// The entries of a map of services that have no endpoints.
    private void refuse(NftObject map) {
        isKubeProxys |= map.body().text("table").equals(KUBE_PROXY);
        for (Entry entry : read(map, map.body().get("elem"))) {
            Source source = new Source(map.source().file(), entry.verdict().line());
            entry.fronts().forEach(front -> refused.add(new Refused(front, source)));
        }
    }

    private record Entry(List<Front> fronts, JsonValue verdict) {}

    private List<Entry> read(NftObject in, JsonValue elements) {
        List<Entry> entries = new ArrayList<>();
        for (JsonValue element : elements.elements()) {
            List<JsonValue> pair = element.elements();
            List<JsonValue> key =
                    pair.size() == 2 ? plain(pair.getFirst()).get("concat").elements() : List.of();
            List<Front> fronts = fronts(in, key.stream().map(JsonValue::text).toList());
            if (!fronts.isEmpty()) {
                entries.add(new Entry(fronts, pair.get(1)));
            }
        }
        return entries;
    }

    /// A port of the node that others look up leads to pods of theirs.
    private List<Front> fronts(NftObject in, List<String> key) {
        if (key.size() == 3) {
            return fronts(AddressText.parse(key.getFirst()), protocol(key.get(1)), port(key.get(2)));
        }
        if (key.size() != 2 || !in.body().text("table").equals(KUBE_PROXY)) {
            return List.of();
        }
        Address any = in.body().text("family").equals("ip6") ? ANY_IPV6 : ANY_IPV4;
        return cluster.nodePort(port(key.get(1)), protocol(key.getFirst()), StateView.NOW).stream()
                .map(target -> new Front(target.service(), target.port(), any))
                .toList();
    }

    /// An element that has a counter or a time-out stands in an object of its own.
    private static JsonObject plain(JsonValue element) {
        JsonObject object = element.object().orElseGet(() -> new JsonObject(element.line()));
        return object.has("elem") ? object.object("elem").object("val") : object;
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    }

    private static int protocol(String name) {
        return PROTOCOLS.getOrDefault(name, -1);
    }

    private static String field(JsonObject left) {
        String field = left.object("payload").text("field");
        return field.isEmpty() ? left.object("meta").text("key") : field;
    }

    private static String target(JsonValue verdict) {
        JsonObject object = verdict.object().orElseGet(() -> new JsonObject(verdict.line()));
        return object.object(object.has("goto") ? "goto" : "jump").text("target");
    }

    private List<Front> fronts(Optional<Address> vip, int protocol, int port) {
        Optional<Service> service = vip.flatMap(address -> cluster.service(address, StateView.NOW));
        return service.stream()
                .flatMap(of -> of.ports().stream()
                        .filter(at -> at.port() == port && at.protocol() == protocol)
                        .map(at -> new Front(of, at, vip.get())))
                .toList();
    }

    private List<NftObject> rules(NftObject in, String target) {
        return rules.getOrDefault(chain(in, target), List.of());
    }

    /// Whether that leads anywhere.
    private boolean follow(Front front, List<NftObject> first) {
        int before = found.size();
        Set<String> seen = new HashSet<>();
        Deque<NftObject> open = new ArrayDeque<>(first);
        while (!open.isEmpty() && considered++ < MAX_RULES) {
            NftObject rule = open.pop();
            if (front.isFor(rule.body())) {
                for (JsonObject expression : rule.body().objects("expr")) {
                    translation(front, rule, expression.object("dnat"));
                    List<String> targets = targets(expression);
                    considered += targets.size();
                    for (String target : targets) {
                        if (seen.add(target)) {
                            open.addAll(rules(rule, target));
                        }
                    }
                }
            }
        }
        boolean leads = found.size() > before;
        if (leads) {
            leading.add(front);
        }
        return leads;
    }

    /// To a link's address a node leads what it answers itself, as a cache of DNS does.
    private void translation(Front front, NftObject rule, JsonObject dnat) {
        int port = dnat.number("port").orElse(front.number());
        AddressText.parse(dnat.text("addr"))
                .filter(to -> !to.isLinkLocal())
                .ifPresent(to -> found.add(new ProxiedBackend(
                        front.service(), List.of(front.port()), new Endpoint(to, port), rule.source())));
    }

    /// The chains that an expression leads to, be it by chance; what is looked up by the packet's headers is not
    /// for this service alone.
    private static List<String> targets(JsonObject expression) {
        List<String> targets = new ArrayList<>();
        targets.add(target(expression));
        JsonObject lookup = expression.object("vmap");
        List<String> key = lookup.object("key").names();
        if (key.contains("numgen") || key.contains("jhash") || key.contains("symhash")) {
            for (JsonValue entry : lookup.object("data").get("set").elements()) {
                List<JsonValue> pair = entry.elements();
                targets.add(pair.size() == 2 ? target(pair.get(1)) : "");
            }
        }
        targets.removeIf(String::isEmpty);
        return targets;
    }
}
