package hopline.cli.filter;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.header.TcpHeader;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.Party;
import hopline.flows.state.Cidr;
import hopline.flows.state.NamespacedName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every kind of filter there is. Their names and forms are those of Hubble, the flow viewer of Cilium.
///
/// To add one: a line in [#KINDS].
public final class Filters {

    /// In the order of the help.
    public static final List<FilterKind> KINDS = kinds();

    private static final Map<String, Integer> FLAGS = Map.of(
            "fin",
            TcpHeader.FIN,
            "syn",
            TcpHeader.SYN,
            "rst",
            TcpHeader.RST,
            "psh",
            TcpHeader.PSH,
            "ack",
            TcpHeader.ACK);

    private static final int MAX_PORT = 65_535;

    private Filters() {}

    private static List<FilterKind> kinds() {
        List<FilterKind> kinds = new ArrayList<>();
        kinds.addAll(ofParties(
                "pod",
                "[NS/]NAME",
                "pods whose name begins so: NAME in the namespace default, NS/NAME, NS/"
                        + " for a whole namespace, /NAME in any",
                Filters::pod));
        kinds.addAll(ofParties("service", "[NS/]NAME", "services, in the same forms", Filters::service));
        kinds.addAll(ofParties("namespace", "NS", "pods and services of the namespace", Filters::namespace));
        kinds.addAll(ofParties("label", "KEY[=VALUE]", "pods with the label", Filters::label));
        kinds.addAll(ofEndpoints("ip", "ADDRESS[/N]", "an address or range, before or after translation", Filters::ip));
        kinds.addAll(ofEndpoints("port", "PORT", "a port, before or after translation", Filters::port));
        kinds.add(new FilterKind(
                "protocol", "tcp|udp|icmp|icmpv6|sctp|arp|dns", "of the protocol; or its number", Filters::protocol));
        kinds.add(new FilterKind("verdict", verdicts("|"), "of flows that ended so", Filters::verdict));
        kinds.add(
                new FilterKind("flow", "ID", "the flow, such as f3, as analyze and flows number them", Filters::flow));
        kinds.add(new FilterKind("node-name", "NAME", "seen on the node; * stands for any letters", Filters::node));
        kinds.add(
                new FilterKind("point", "NAME", "seen at the capture point; * stands for any letters", Filters::point));
        kinds.add(new FilterKind("ip-version", "v4|v6", "of that version of IP", Filters::ipVersion));
        kinds.add(
                new FilterKind("tcp-flags", "FLAG,…", "with all of these: fin, syn, rst, psh, ack", Filters::tcpFlags));
        kinds.add(new FilterKind(
                "since",
                "TIME",
                "not over before: RFC 3339, or 3m for so long before the captures end" + " (ns, us, ms, s, m, h, d)",
                Filters::since));
        kinds.add(new FilterKind("until", "TIME", "begun by then, in the same forms", Filters::until));
        return List.copyOf(kinds);
    }

    private static List<FilterKind> ofParties(
            String what, String argument, String text, Function<String, Predicate<Party>> maker) {
        return sided(what, argument, text, value -> {
            Predicate<Party> wanted = maker.apply(value);
            return side -> subject -> subject.hasParty(side, wanted);
        });
    }

    private static List<FilterKind> ofEndpoints(
            String what, String argument, String text, Function<String, Predicate<Endpoint>> maker) {
        return sided(what, argument, text, value -> {
            Predicate<Endpoint> wanted = maker.apply(value);
            return side -> subject -> subject.hasEndpoint(side, wanted);
        });
    }

    /// Three kinds of one: `--from-X`, `--to-X`, and `--X` for either.
    private static List<FilterKind> sided(
            String what, String argument, String text, Function<String, Function<Side, Predicate<Subject>>> maker) {
        return List.of(
                new FilterKind("from-" + what, argument, "from " + text, value -> maker.apply(value)
                        .apply(Side.FROM)),
                new FilterKind("to-" + what, argument, "to the same", value -> maker.apply(value)
                        .apply(Side.TO)),
                new FilterKind(what, argument, "from or to the same", value -> {
                    Function<Side, Predicate<Subject>> at = maker.apply(value);
                    return at.apply(Side.FROM).or(at.apply(Side.TO));
                }));
    }

    private static Predicate<Party> pod(String pattern) {
        Predicate<NamespacedName> wanted = name(pattern);
        return party -> party.pod().filter(pod -> wanted.test(pod.id())).isPresent();
    }

    private static Predicate<Party> service(String pattern) {
        Predicate<NamespacedName> wanted = name(pattern);
        return party ->
                party.addressed().filter(service -> wanted.test(service.id())).isPresent();
    }

    /// `NAME`, `NS/NAME`, `NS/` or `/NAME`, of which the name is a beginning.
    static Predicate<NamespacedName> name(String pattern) {
        int slash = pattern.indexOf('/');
        String namespace = slash < 0 ? "default" : pattern.substring(0, slash);
        String beginning = pattern.substring(slash + 1);
        if (pattern.isEmpty() || pattern.equals("/") || beginning.contains("/")) {
            throw new IllegalArgumentException("takes NAME, NS/NAME, NS/ or /NAME, not '" + pattern + "'");
        }
        return id -> (namespace.isEmpty() || id.namespace().equals(namespace))
                && id.name().startsWith(beginning);
    }

    private static Predicate<Party> namespace(String namespace) {
        return party ->
                party.pod().filter(pod -> pod.namespace().equals(namespace)).isPresent()
                        || party.addressed()
                                .filter(service -> service.id().namespace().equals(namespace))
                                .isPresent();
    }

    private static Predicate<Party> label(String label) {
        int equals = label.indexOf('=');
        String key = equals < 0 ? label : label.substring(0, equals);
        String value = label.substring(equals + 1);
        return party -> party.pod()
                .filter(pod -> pod.labels().containsKey(key)
                        && (equals < 0 || value.equals(pod.labels().get(key))))
                .isPresent();
    }

    private static Predicate<Endpoint> ip(String text) {
        Cidr range = AddressRange.parse(text);
        return endpoint -> range.contains(endpoint.address());
    }

    private static Predicate<Endpoint> port(String text) {
        int port = number(text, MAX_PORT);
        return endpoint -> endpoint.port() == port;
    }

    private static int number(String text, int most) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("takes a number from 0 to " + most + ", not '" + text + "'");
    }

    private static Predicate<Subject> protocol(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "tcp" -> ofProtocol(IpProtocol.TCP);
            case "udp" -> ofProtocol(IpProtocol.UDP);
            case "icmp" -> ofProtocol(IpProtocol.ICMP);
            case "icmpv6" -> ofProtocol(IpProtocol.ICMPV6);
            case "sctp" -> ofProtocol(IpProtocol.SCTP);
            case "arp" -> ofProtocol(Stage.ARP);
            case "dns" -> subject -> subject.hasStage(stage -> stage.detail() instanceof StageDetail.Dns);
            default -> {
                if (!wanted.matches("\\d+")) {
                    throw new IllegalArgumentException(
                            "takes tcp, udp, icmp, icmpv6, sctp, arp, dns or a number, not '" + name + "'");
                }
                yield ofProtocol(number(wanted, 255));
            }
        };
    }

    private static Predicate<Subject> ofProtocol(int protocol) {
        return subject -> subject.hasStage(stage -> stage.protocol() == protocol);
    }

    private static String verdicts(String separator) {
        return Arrays.stream(Verdict.values()).map(Verdict::label).collect(Collectors.joining(separator));
    }

    private static Predicate<Subject> verdict(String label) {
        Verdict wanted = Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("takes " + verdicts(", ") + ", not '" + label + "'"));
        return subject ->
                subject.flow().filter(flow -> flow.verdict() == wanted).isPresent();
    }

    private static Predicate<Subject> flow(String id) {
        if (!id.matches("f\\d+")) {
            throw new IllegalArgumentException("takes a flow's id such as f3, not '" + id + "'");
        }
        return subject -> subject.flow().filter(flow -> flow.id().equals(id)).isPresent();
    }

    /// A filter by the names of nodes, for whoever has an option of another name for it.
    public static Predicate<Subject> node(String pattern) {
        Predicate<String> wanted = NamePattern.of(pattern);
        return subject -> subject.hasStage(stage -> wanted.test(stage.point().node()));
    }

    private static Predicate<Subject> point(String pattern) {
        Predicate<String> wanted = NamePattern.of(pattern);
        return subject -> subject.hasStage(stage -> wanted.test(stage.point().name()));
    }

    private static Predicate<Subject> ipVersion(String version) {
        boolean ipv4 =
                switch (version) {
                    case "v4", "4" -> true;
                    case "v6", "6" -> false;
                    default -> throw new IllegalArgumentException("takes v4 or v6, not '" + version + "'");
                };
        return subject ->
                subject.hasStage(stage -> stage.isIp() && stage.sourceAddress().isIpv4() == ipv4);
    }

    private static Predicate<Subject> tcpFlags(String list) {
        int flags = Stream.of(list.toLowerCase(Locale.ROOT).split(",", -1))
                .mapToInt(flag -> {
                    if (!FLAGS.containsKey(flag)) {
                        throw new IllegalArgumentException(
                                "takes fin, syn, rst, psh, ack with commas, not '" + list + "'");
                    }
                    return FLAGS.get(flag);
                })
                .reduce(0, (a, b) -> a | b);
        return subject -> subject.hasStage(stage -> stage.isTcp() && (stage.flags() & flags) == flags);
    }

    /// Whether nothing lies between two times, as `--since` and `--until` take them.
    ///
    /// @param capturesEndNanos when the captures end, nanoseconds since 1970
    public static boolean isInverted(String since, String until, long capturesEndNanos) {
        return PointInTime.parse(until).nanos(capturesEndNanos)
                < PointInTime.parse(since).nanos(capturesEndNanos);
    }

    private static Predicate<Subject> since(String text) {
        PointInTime time = PointInTime.parse(text);
        return subject -> subject.endNanos() >= time.nanos(subject.capturesEndNanos());
    }

    private static Predicate<Subject> until(String text) {
        PointInTime time = PointInTime.parse(text);
        return subject -> subject.startNanos() <= time.nanos(subject.capturesEndNanos());
    }
}
