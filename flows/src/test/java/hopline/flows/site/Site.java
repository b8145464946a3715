package hopline.flows.site;

import hopline.capture.CaptureInterface;
import hopline.capture.CapturePoint;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import hopline.decode.Address;
import hopline.decode.Dissector;
import hopline.decode.Endpoint;
import hopline.decode.Layers;
import hopline.decode.MacAddress;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Journeys;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import hopline.decode.stage.TunnelKind;
import hopline.flows.Flow;
import hopline.flows.FlowTable;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.Progress;
import hopline.flows.site.Way.Form;
import hopline.flows.site.Way.Station;
import hopline.flows.state.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/// A cluster of three nodes, what happened on it, and what its capture points recorded.
///
/// East has the pods `shop/cart` and `shop/till`, west `shop/stock-1`, `shop/stock-2` and `kube/dns-1`, north
/// `shop/offer-1`. `shop/stock` stands for both of its pods, `shop/pay` for the till, `shop/offer` and `kube/dns` for
/// one pod each. Outside there is a router, and whatever address is not of the cluster.
public final class Site {

    static final long START = 1_772_700_000_000_000_000L;

    private static final int VNI = 4210;

    /// An event is logged so long before the next packet: just after the one before.
    private static final long LOGGED_LATE_NANOS = 990_000;

    private static final long INSIDE_NODE_NANOS = 20_000;
    private static final long BETWEEN_NODES_NANOS = 150_000;
    private static final long ROUTER_MAC = 0x02_00_00_00_00_fEL;

    /// A node, a pod or somebody outside.
    ///
    /// @param node where it is; empty when outside
    /// @param point its own interface; empty for a node
    record Host(String name, Address address, String node, String point) {

        boolean isOutside() {
            return node.isEmpty();
        }
    }

    private final Style style;
    private final Map<String, Host> nodes = new LinkedHashMap<>();
    private final Map<String, Host> pods = new LinkedHashMap<>();
    private final Lists lists;
    private final List<Recording> recordings = new ArrayList<>();
    private final Map<String, Long> clocks = new HashMap<>();
    private final Map<String, Long> lost = new HashMap<>();
    private final Map<String, List<SystemEvent>> events = new HashMap<>();
    private final Set<String> uncaptured = new HashSet<>();
    private TunnelKind tunnels = TunnelKind.VXLAN;
    private long now = START;
    private int ports = 41_000;
    private int ids = 100;

    /// The cluster built that way.
    public Site(Style style) {
        this.style = style;
        this.lists = new Lists(style.isIpv6(), style == Style.WINDOWS ? "windows" : "linux");
        addNode("east", 1);
        addNode("west", 2);
        addNode("north", 3);
        addPod("shop/cart", "east", 5);
        addPod("shop/till", "east", 6);
        addPod("shop/stock-1", "west", 7);
        addPod("shop/stock-2", "west", 8);
        addPod("kube/dns-1", "west", 3);
        addPod("shop/offer-1", "north", 9);
        lists.service("shop/stock", serviceAddress(10), "TCP", 80, 8080, "shop/stock-1", "shop/stock-2");
        lists.service("shop/pay", serviceAddress(11), "TCP", 443, 8443, "shop/till");
        lists.service("shop/offer", serviceAddress(12), "TCP", 80, 9090, "shop/offer-1");
        lists.service("kube/dns", serviceAddress(13), "UDP", 53, 5353, "kube/dns-1");
    }

    private void addNode(String name, int number) {
        String address = style.isIpv6() ? "2001:db8::1" + number : "192.0.2.1" + number;
        nodes.put(name, new Host(name, Address.of(address), name, ""));
        lists.node(name, address, podRange(number));
        if (style.overlay) {
            lists.vni(name, VNI).tunnelMac(name, mac(Address.of(address)));
        }
    }

    private String podRange(int node) {
        return style.isIpv6() ? "fd60:0:0:" + node + "::/64" : "10.60." + node + ".0/24";
    }

    private void addPod(String name, String node, int number) {
        int at = new ArrayList<>(nodes.keySet()).indexOf(node) + 1;
        String address = style.isIpv6() ? "fd60:0:0:" + at + "::" + number : "10.60." + at + "." + number;
        String point = style.podPoint(name.substring(name.indexOf('/') + 1));
        pods.put(name, new Host(name, Address.of(address), node, point));
        lists.pod(name, node, address);
    }

    private String serviceAddress(int number) {
        return style.isIpv6() ? "fd97::" + number : "10.97.0." + number;
    }

    /// What the API server says of the cluster; may be changed.
    public Lists lists() {
        return lists;
    }

    public Style style() {
        return style;
    }

    /// `node point`, of the node's way out.
    public String uplink(String node) {
        return node + " " + style.uplink;
    }

    /// `node point`, of the pod's own interface.
    public String at(String pod) {
        Host host = host(pod);
        return host.node() + " " + host.point();
    }

    /// The address of a node, a pod or a service, as text.
    public String address(String name) {
        return lists.hasService(name)
                ? lists.endpoint(name).address().toString()
                : host(name).address().toString();
    }

    /// An address with a port, as text.
    public String endpoint(String name, int port) {
        return new Endpoint(Address.of(address(name)), port).toString();
    }

    static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        boolean bare = text.indexOf('[') < 0 && (colon < 0 || text.indexOf(':') != colon);
        if (bare) {
            return new Endpoint(Address.of(text), Endpoint.NO_PORT);
        }
        String address = text.substring(0, colon).replace("[", "").replace("]", "");
        return new Endpoint(Address.of(address), Integer.parseInt(text.substring(colon + 1)));
    }

    static long mac(Address address) {
        return 0x02_00_00_00_00_00L | (address.low() ^ address.low() >>> 24 ^ address.high() << 8) & 0xffff_ffffL;
    }

    Host host(String name) {
        Host host = pods.getOrDefault(name, nodes.get(name));
        return host != null ? host : new Host(name, Address.of(name), "", "");
    }

    /// A conversation over TCP.
    ///
    /// @param from a pod
    /// @param to a service, a pod or node with a port such as `shop/cart:99`, or an endpoint outside
    public Conversation connect(String from, String to) {
        return converse(from, to, null);
    }

    /// A conversation with the pod `backend` that the service `to` stands for.
    public Conversation connect(String from, String to, String backend) {
        return converse(from, to, backend);
    }

    /// A conversation between a client that uses `port`, and a server.
    public Conversation connect(int port, String from, String to, String backend) {
        int next = ports;
        ports = port - 1;
        Conversation conversation = converse(from, to, backend);
        ports = next;
        return conversation;
    }

    private Conversation converse(String from, String to, String backend) {
        Host initiator = host(from);
        Endpoint client = new Endpoint(initiator.address(), ++ports);
        Endpoint target = lists.hasService(to) ? lists.endpoint(to) : named(to);
        Host responder = backend != null ? host(backend) : owner(target.address());
        Endpoint dip = backend != null ? new Endpoint(responder.address(), lists.targetPort(to)) : target;
        return new Conversation(this, client, target, dip, new Ways(this, initiator, client, responder, target, dip));
    }

    /// A name may stand for the address.
    private Endpoint named(String to) {
        int colon = to.lastIndexOf(':');
        String name = colon < 0 ? to : to.substring(0, colon);
        if (pods.containsKey(name) || nodes.containsKey(name)) {
            return new Endpoint(
                    host(name).address(), colon < 0 ? Endpoint.NO_PORT : Integer.parseInt(to.substring(colon + 1)));
        }
        return endpoint(to);
    }

    private Host owner(Address address) {
        for (Host pod : pods.values()) {
            if (pod.address().equals(address)) {
                return pod;
            }
        }
        for (Host node : nodes.values()) {
            if (node.address().equals(address)) {
                return node;
            }
        }
        return new Host(address.toString(), address, "", "");
    }

    /// The ways between two hosts.
    record Ways(Site site, Host initiator, Endpoint client, Host responder, Endpoint target, Endpoint dip) {

        private Style style() {
            return site.style;
        }

        private long mac(Host host) {
            return Site.mac(host.address());
        }

        private long mac(String node) {
            return mac(site.nodes.get(node));
        }

        private boolean isTranslated() {
            return !target.equals(dip);
        }

        private Endpoint translated() {
            return isTranslated() ? dip : null;
        }

        private boolean isLocal() {
            return initiator.node().equals(responder.node());
        }

        private boolean isHairpin() {
            return initiator.equals(responder);
        }

        /// The node speaks for its pod: to whoever is outside, and to the pod itself.
        private Endpoint masqueraded() {
            boolean outward = responder.isOutside() && !initiator.isOutside();
            return outward || isHairpin()
                    ? new Endpoint(site.nodes.get(initiator.node()).address(), client.port())
                    : null;
        }

        Endpoint clientAsSeen() {
            Endpoint masqueraded = masqueraded();
            return masqueraded != null ? masqueraded : client;
        }

        Way there() {
            return way(
                    initiator,
                    responder,
                    new Way.Form(null, null, 0, 0, 0, null),
                    new Way.Form(masqueraded(), translated(), 0, 0, 0, null));
        }

        Way back() {
            Endpoint restored = masqueraded() == null ? null : client;
            return way(
                    responder,
                    initiator,
                    new Way.Form(null, null, 0, 0, 0, null),
                    new Way.Form(isTranslated() ? target : null, restored, 0, 0, 0, null));
        }

        /// `sent` is how a packet looks before the initiator's node has translated it, `done` how after.
        private Way way(Host from, Host to, Form sent, Form done) {
            if (from.isOutside()) {
                return inward(from, to, sent, done);
            }
            if (to.isOutside()) {
                List<Station> stations = new ArrayList<>(leaving(from, sent));
                stations.add(station(from.node(), style().uplink, form(done, hop(), mac(from.node()), ROUTER_MAC)));
                return new Way(stations);
            }
            return isLocal() ? local(from, to, sent, done) : remote(from, to, sent, done);
        }

        private int hop() {
            return style().routes ? 1 : 0;
        }

        private List<Station> leaving(Host from, Form form) {
            List<Station> stations = new ArrayList<>();
            Form at = form(form, 0, mac(from), mac(from.node()));
            if (!from.point().isEmpty()) {
                stations.add(station(from.node(), from.point(), at));
                addBridge(stations, from.node(), at);
            }
            return stations;
        }

        private void addBridge(List<Station> stations, String node, Form form) {
            if (style().hasBridge()) {
                stations.add(station(node, style().bridge, form));
            }
        }

        private List<Station> arriving(Host to, Form form) {
            List<Station> stations = new ArrayList<>();
            if (!to.point().isEmpty()) {
                addBridge(stations, to.node(), form);
                stations.add(station(to.node(), to.point(), form));
            }
            return stations;
        }

        private Way inward(Host from, Host to, Form sent, Form done) {
            List<Station> stations = new ArrayList<>();
            stations.add(station(to.node(), style().uplink, form(sent, 9, ROUTER_MAC, mac(to.node()))));
            stations.addAll(arriving(to, form(done, 9 + hop(), mac(to.node()), mac(to))));
            return new Way(stations);
        }

        private Way local(Host from, Host to, Form sent, Form done) {
            boolean bridged = style().hasBridge() && done.destination() == null && done.source() == null;
            if (bridged) {
                Form form = form(sent, 0, mac(from), mac(to));
                return new Way(List.of(
                        station(from.node(), from.point(), form),
                        station(from.node(), style().bridge, form),
                        station(to.node(), to.point(), form)));
            }
            List<Station> stations = new ArrayList<>(leaving(from, sent));
            stations.addAll(arriving(to, form(done, hop(), mac(to.node()), mac(to))));
            return new Way(stations);
        }

        /// The initiator's node translates: before the tunnel there, behind it on the way back.
        private Way remote(Host from, Host to, Form sent, Form done) {
            Form between = from.equals(initiator) ? done : sent;
            List<Station> stations = new ArrayList<>(leaving(from, sent));
            Form wire = form(between, hop(), mac(from.node()), mac(to.node()));
            Form onWire = tunnelled(wire, from, to);
            addDevice(stations, from.node(), wire, onWire);
            stations.add(station(from.node(), style().uplink, onWire));
            stations.add(station(to.node(), style().uplink, onWire));
            addDevice(stations, to.node(), wire, onWire);
            stations.addAll(arriving(to, form(done, 2 * hop(), mac(to.node()), mac(to))));
            return new Way(stations);
        }

        private void addDevice(List<Station> stations, String node, Form form, Form onWire) {
            if (style().hasDevice() && onWire.tunnel() != null) {
                stations.add(station(node, style().device, form));
            }
        }

        private Form tunnelled(Form form, Host from, Host to) {
            boolean inOverlay =
                    style().overlay && !from.point().isEmpty() && !to.point().isEmpty();
            Tunnel tunnel = !inOverlay
                    ? null
                    : new Tunnel(
                            site.tunnels,
                            site.nodes.get(from.node()).address(),
                            site.nodes.get(to.node()).address(),
                            site.tunnelPort(),
                            VNI);
            return new Form(
                    form.source(), form.destination(), form.hops(), form.sourceMac(), form.destinationMac(), tunnel);
        }

        private static Form form(Form translated, int hops, long sourceMac, long destinationMac) {
            return new Form(translated.source(), translated.destination(), hops, sourceMac, destinationMac, null);
        }

        private static Station station(String node, String point, Form form) {
            return new Station(node, point, form);
        }
    }

    /// From now on packets between the nodes' pods are carried in tunnels of that kind.
    public Site tunnels(TunnelKind kind) {
        tunnels = kind;
        return this;
    }

    private int tunnelPort() {
        return switch (tunnels) {
            case GENEVE -> 6081;
            default -> style == Style.OVERLAY ? 8472 : 4789;
        };
    }

    int nextId() {
        return ++ids & 0xffff;
    }

    /// Nanoseconds since 1970.
    public long now() {
        return now;
    }

    /// Nothing happens for so long.
    public Site pause(double seconds) {
        now += (long) (seconds * 1e9);
        return this;
    }

    /// A packet takes its way; the next one is a little later.
    void carry(Packet sent, Way way) {
        long at = now;
        String node = "";
        for (Station station : way.stations()) {
            at += node.isEmpty() ? 0 : node.equals(station.node()) ? INSIDE_NODE_NANOS : BETWEEN_NODES_NANOS;
            node = station.node();
            record(node, station.point(), at, station.form().of(sent).frame());
        }
        now += 1_000_000;
    }

    private void record(String node, String point, long nanos, ByteBuffer frame) {
        byte[] octets = new byte[frame.remaining()];
        frame.get(octets);
        recordings.add(new Recording(node, point, nanos, recordings.size(), octets, octets.length));
    }

    /// `asker` asks for the link-layer address of `target`, seen at those places; by ARP or neighbour discovery.
    public Site asks(String asker, String target, String... places) {
        return resolve(Address.of(asker), Address.of(target), true, places);
    }

    /// `asker` is told the link-layer address of `target`, seen at those places.
    public Site isTold(String asker, String target, String... places) {
        return resolve(Address.of(asker), Address.of(target), false, places);
    }

    /// `asker` is told by ARP that somebody with that MAC has `target`.
    public Site isToldBy(long mac, String asker, String target, String place) {
        ByteBuffer frame = arp(Address.of(asker), Address.of(target), false, mac);
        int space = place.indexOf(' ');
        record(place.substring(0, space), place.substring(space + 1), now, frame);
        now += 1_000_000;
        return this;
    }

    /// Somebody with that MAC announces by ARP that it has `address`.
    public Site announces(long mac, String address, String place) {
        Address own = Address.of(address);
        ByteBuffer frame = arp(own, own, true, mac);
        int space = place.indexOf(' ');
        record(place.substring(0, space), place.substring(space + 1), now, frame);
        now += 1_000_000;
        return this;
    }

    /// The MAC of the router.
    public static long routerMac() {
        return ROUTER_MAC;
    }

    /// The MAC of a node or a pod.
    public long macOf(String name) {
        return mac(host(name).address());
    }

    private Site resolve(Address asker, Address target, boolean request, String... places) {
        ByteBuffer frame = asker.isIpv4() ? arp(asker, target, request) : neighbor(asker, target, request);
        long at = now;
        for (String place : places) {
            int space = place.indexOf(' ');
            record(place.substring(0, space), place.substring(space + 1), at, frame.duplicate());
            at += INSIDE_NODE_NANOS;
        }
        now += 1_000_000;
        return this;
    }

    private static ByteBuffer arp(Address asker, Address target, boolean request) {
        return arp(asker, target, request, mac(request ? asker : target));
    }

    private static ByteBuffer arp(Address asker, Address target, boolean request, long mac) {
        ByteBuffer arp = ByteBuffer.allocate(28)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) (request ? 1 : 2));
        Address sender = request ? asker : target;
        Address receiver = request ? target : asker;
        Packet.putMac(arp, mac);
        arp.putInt((int) sender.low());
        Packet.putMac(arp, request ? 0 : mac(receiver));
        arp.putInt((int) receiver.low());
        return Packet.ethernet(mac, request ? MacAddress.BROADCAST : mac(receiver), 0x0806, arp.flip());
    }

    private static ByteBuffer neighbor(Address asker, Address target, boolean request) {
        Address group = Address.of("ff02::1:ff00:" + Long.toHexString(target.low() & 0xffff));
        Endpoint from = new Endpoint(request ? asker : target, Endpoint.NO_PORT);
        Endpoint to = new Endpoint(request ? group : asker, Endpoint.NO_PORT);
        Packet packet = new Packet(
                from,
                to,
                255,
                0,
                new Body.Neighbor(request, target),
                mac(from.address()),
                request ? 0x33_33_ff_00_00_00L | target.low() & 0xffff : mac(to.address()),
                null);
        return packet.frame();
    }

    /// Everybody speaks with everybody, and all is well: shows what the network is like.
    public Site healthyTraffic() {
        connect("shop/cart", "shop/stock", "shop/stock-1").whole();
        connect("shop/cart", "shop/stock", "shop/stock-2").whole();
        connect("shop/till", "shop/offer", "shop/offer-1").whole();
        connect("shop/stock-1", "shop/pay", "shop/till").whole();
        connect("shop/stock-2", "shop/cart:7000").whole();
        connect("shop/offer-1", "shop/stock", "shop/stock-1").whole();
        connect("shop/cart", "shop/pay", "shop/till").whole();
        connect("shop/cart", "shop/till:7000").whole();
        connect("shop/stock-1", outside(443)).whole();
        connect("shop/cart", outside(443)).whole();
        connect("shop/offer-1", outside(443)).whole();
        connect("shop/cart", "shop/stock-1").ping().pong();
        connect("shop/till", "kube/dns", "kube/dns-1")
                .query(7, "stock.shop.svc.cluster.local")
                .answer(7, "stock.shop.svc.cluster.local", 0);
        return this;
    }

    /// Traffic that stays on that node.
    public Site healthyTrafficWithin(String node) {
        List<String> here = pods.values().stream()
                .filter(pod -> pod.node().equals(node))
                .map(Host::name)
                .toList();
        connect(here.get(0), here.get(1) + ":7000").whole();
        return this;
    }

    /// The cluster built that way, in use.
    public static Site busy(Style style) {
        return new Site(style).healthyTraffic().pause(1);
    }

    /// Some time later the cluster is still in use, and the captures end: what the analysis makes of it.
    public Report later() {
        return pause(3).healthyTraffic().analyze();
    }

    /// An endpoint that is not of the cluster.
    public String outside(int port) {
        return style.isIpv6() ? "[2001:db8:80::80]:" + port : "203.0.113.80:" + port;
    }

    /// That node was not captured.
    public Site withoutCaptureOf(String node) {
        uncaptured.add(node);
        return this;
    }

    /// At that `node point` nothing was captured.
    public Site withoutPoint(String place) {
        uncaptured.add(place);
        return this;
    }

    /// A node's clock is ahead by so much.
    public Site clock(String node, double seconds) {
        clocks.put(node, (long) (seconds * 1e9));
        return this;
    }

    /// The file of a node says that so many packets were not captured.
    public Site lost(String node, long packets) {
        lost.put(node, packets);
        return this;
    }

    /// What the capture points recorded so far.
    public List<Recording> recordings() {
        return List.copyOf(recordings);
    }

    /// Changes what was recorded.
    public Site changeRecordings(UnaryOperator<List<Recording>> change) {
        List<Recording> changed = change.apply(new ArrayList<>(recordings));
        recordings.clear();
        recordings.addAll(changed);
        return this;
    }

    /// The files of the captured nodes, by name.
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String node : nodes.keySet()) {
            List<Recording> here = recordings.stream()
                    .filter(recording -> recording.node().equals(node) && isCaptured(recording))
                    .map(recording -> recording.later(clocks.getOrDefault(node, 0L)))
                    .toList();
            if (!here.isEmpty()) {
                List<String> points =
                        here.stream().map(Recording::point).distinct().sorted().toList();
                files.put(node + ".pcapng", Recording.pcapng(node, points, here, lost.getOrDefault(node, 0L)));
            }
        }
        return files;
    }

    private boolean isCaptured(Recording recording) {
        return !uncaptured.contains(recording.node())
                && !uncaptured.contains(recording.node() + " " + recording.point());
    }

    /// The packets recorded so far, each with its stages; one clock for all nodes.
    public List<Journey> journeys() {
        Map<String, CapturePoint> points = new HashMap<>();
        StageReader reader = new StageReader(new StagePool());
        List<Stage> stages = new ArrayList<>();
        inOrder().files().forEach((name, file) -> {
            String node = name.substring(0, name.indexOf('.'));
            read(file, (record, at) -> {
                Layers layers = new Layers();
                new Dissector(Set.of()).dissect(record, 1, layers);
                CapturePoint point =
                        points.computeIfAbsent(node + " " + at, place -> new CapturePoint(points.size(), node, at));
                stages.add(reader.read(record, layers, point, 0, 0));
            });
        });
        stages.sort(Comparator.comparingLong(Stage::epochNanos));
        List<Journey> all = new ArrayList<>();
        Journeys journeys = new Journeys(journey -> {
            journey.keep();
            all.add(journey);
        });
        stages.forEach(journeys::add);
        journeys.finish();
        return all;
    }

    private static void read(byte[] file, BiConsumer<CaptureRecord, String> visitor) {
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(file))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                CaptureInterface at = reader.interfaces().get(record.interfaceIndex());
                visitor.accept(record, at.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The conversations recorded so far, in the order they were found.
    public List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        FlowTable table = new FlowTable(flows::add);
        journeys().stream().filter(journey -> journey.first().isIp()).forEach(table::add);
        table.finish();
        flows.sort(Comparator.comparingLong(Flow::number));
        return flows;
    }

    /// A pod sends a datagram to each of so many addresses outside.
    public Site scan(String pod, int targets) {
        Endpoint from = new Endpoint(host(pod).address(), 40_000);
        for (int i = 0; i < targets; i++) {
            datagramAt(pod, from, stranger(i));
        }
        return this;
    }

    /// Each of so many addresses outside sends a datagram to a pod.
    public Site visited(String pod, int visitors) {
        Endpoint to = new Endpoint(host(pod).address(), 9);
        for (int i = 0; i < visitors; i++) {
            datagramAt(pod, stranger(i), to);
        }
        return this;
    }

    private static Endpoint stranger(int number) {
        return new Endpoint(Address.ofIpv4(0xc600_0000 + number), 9);
    }

    private void datagramAt(String pod, Endpoint from, Endpoint to) {
        Host host = host(pod);
        Body body = new Body.Udp(new byte[8]);
        record(
                host.node(),
                host.point(),
                now,
                Packet.of(from, to, nextId(), body).frame());
        now += 10_000;
    }

    /// Whatever pods say to each other on a good day.
    public Site chatter(Random random, int conversations) {
        List<String> all = List.copyOf(pods.keySet());
        for (int i = 0; i < conversations; i++) {
            String from = all.get(random.nextInt(all.size()));
            String to = all.get(random.nextInt(all.size()));
            switch (random.nextInt(7)) {
                case 0 ->
                    connect(from, "shop/stock", "shop/stock-" + (1 + random.nextInt(2)))
                            .whole();
                case 1 -> connect(from, "shop/pay", "shop/till").whole();
                case 2 -> connect(from, outside(443)).whole();
                case 3 -> {
                    int id = random.nextInt(1 << 16);
                    connect(from, "kube/dns", "kube/dns-1")
                            .query(id, "a.example")
                            .answer(id, "a.example", 0);
                }
                case 4 ->
                    connect(from, to.equals(from) ? outside(443) : to + ":7000").whole();
                case 5 -> connect(from, to.equals(from) ? pinged() : to).ping().pong();
                default -> connect(from, outside(123)).datagram(48).reply(48);
            }
            pause(random.nextDouble() / 10);
        }
        return this;
    }

    /// In an overlay, what a node sends to pods takes ways of its own.
    private String pinged() {
        return style.overlay ? endpoint(outside(1)).address().toString() : "east";
    }

    /// Every point of which something was recorded, as `node point`.
    public List<String> places() {
        return recordings.stream()
                .map(recording -> recording.node() + " " + recording.point())
                .distinct()
                .sorted()
                .toList();
    }

    /// In the order of their times, as one program captures several interfaces.
    public Site inOrder() {
        recordings.sort(Comparator.comparingLong(Recording::nanos).thenComparingLong(Recording::order));
        return this;
    }

    /// One input for each file.
    public static List<CaptureInput> inputs(Map<String, byte[]> files) {
        List<CaptureInput> inputs = new ArrayList<>();
        files.forEach((name, file) -> inputs.add(
                new CaptureInput(name, Optional.empty(), () -> Captures.open(new ByteArrayInputStream(file)))));
        return inputs;
    }

    /// What the whole analysis makes of it.
    public Report analyze() {
        inOrder();
        return analyze(heard(inputs(files())), lists.cluster());
    }

    /// The system of that node logs something beside packets, read by its published layout.
    public Site logs(String node, Matter matter) {
        long late = now - LOGGED_LATE_NANOS;
        events.computeIfAbsent(node, n -> new ArrayList<>())
                .add(new SystemEvent(late, "made", 1, "made", EventLayout.PUBLISHED, 0, matter));
        return this;
    }

    /// The same by a clock that is ahead by so many seconds.
    public Site logsAhead(String node, double seconds, Matter matter) {
        now += (long) (seconds * 1e9);
        logs(node, matter);
        now -= (long) (seconds * 1e9);
        return this;
    }

    private List<CaptureInput> heard(List<CaptureInput> inputs) {
        return inputs.stream()
                .map(input -> {
                    List<SystemEvent> here = events.getOrDefault(input.baseName(), List.of());
                    return new CaptureInput(
                            input.name(),
                            input.node(),
                            () -> new HeardReader(input.opener().open(), here));
                })
                .toList();
    }

    /// The same without lists of the cluster.
    public Report analyzeWithoutLists() {
        inOrder();
        return analyze(inputs(files()), Cluster.EMPTY);
    }

    /// What the analysis makes of these inputs.
    public static Report analyze(List<CaptureInput> inputs, Cluster cluster) {
        Analysis analysis = Analyzer.analyze(inputs, cluster, AnalysisOptions.defaults(), Progress.NONE);
        return new Report(analysis);
    }
}
