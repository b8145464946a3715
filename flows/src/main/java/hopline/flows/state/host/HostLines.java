package hopline.flows.state.host;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import hopline.flows.state.text.Digits;
import hopline.flows.state.text.MacText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads tables whose rows tell by their shape what they are, so that neither headings nor their language
/// matter: routes, neighbours, sockets, processes, services, interfaces, builds.
public final class HostLines {

    private static final String IP = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String MAC = "(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}";

    private static final Pattern NET_ROUTE =
            Pattern.compile("^\\s*(\\d{1,6})\\s+([0-9A-Fa-f.:]+/\\d{1,3})\\s+([0-9A-Fa-f.:]+)\\s+\\d+\\b.*$");
    private static final Pattern ROUTE_PRINT =
            Pattern.compile("^\\s*(" + IP + ")\\s+(" + IP + ")\\s+(\\S+(?: \\S+)?)\\s+(" + IP + ")\\s+\\d+\\s*$");
    private static final Pattern ROUTE_PRINT_IPV6 =
            Pattern.compile("^\\s*(\\d{1,6})\\s+\\d{1,6}\\s+([0-9A-Fa-f:]+/\\d{1,3})\\s+(\\S+(?: \\S+)?)\\s*$");
    private static final Pattern IP_ROUTE = Pattern.compile("^(default|[0-9A-Fa-f.:]+(?:/\\d{1,3})?)"
            + "(?:\\s+via\\s+(\\S+))?(?:\\s+dev\\s+(\\S+))(?!\\s+lladdr )(?:\\s.*)?$");
    /// A route with several next hops, which follow in lines of their own.
    private static final Pattern IP_ROUTES = Pattern.compile("^(default(?=\\s)|[0-9A-Fa-f.:]+/\\d{1,3}(?=\\s+[a-z]))"
            + "(?:\\s+(?:nhid|proto|src|metric|scope|table)\\s+\\S+)*\\s*$");
    private static final Pattern IP_NEXT_HOP =
            Pattern.compile("^\\s+nexthop\\s+via\\s+(\\S+)\\s+dev\\s+(\\S+)(?:\\s.*)?$");
    /// Not the table of HNS endpoints, which has whether they are remote in the place of a state.
    private static final Pattern ARP = Pattern.compile(
            "^\\s*(?:\\d+\\s+)?(" + IP + ")\\s+(" + MAC + ")\\s+(?!True\\b|False\\b)(\\p{L}+)(?:\\s+\\S+)?\\s*$");
    private static final Pattern NO_NEIGHBOUR = Pattern.compile("\\s(?:FAILED|INCOMPLETE)\\s*$");
    private static final Pattern IP_NEIGHBOUR =
            Pattern.compile("^(\\S+) dev \\S+ lladdr (" + MAC + ")(?: \\w+)* ([A-Z]+)\\s*$");
    private static final Pattern NET_INTERFACE = Pattern.compile(
            "^(\\d{1,6})\\s+(\\S.*?)\\s+IPv([46])\\s+(\\d{1,10})\\s+\\d+\\s+\\w+\\s+\\w+(?:\\s+\\w+)?\\s*$");
    private static final Pattern NETSH_INTERFACE = Pattern.compile(
            "(?i)^\\s*(\\d{1,6})\\s+\\d{1,6}\\s+(\\d{3,10})\\s+(?:(?:dis)?connected|verbunden|getrennt|connect\\S+|conectado)\\s+(\\S.*?)\\s*$");
    private static final Pattern IP_LINK = Pattern.compile("^\\d+: ([^:@\\s]+)[^:]*: <[^>]*> mtu (\\d{2,6}) .*$");
    private static final Pattern TASK =
            Pattern.compile("^(\\S.*?\\.exe)\\s+\\d+\\s+(?:Console|Services|RDP\\S*)\\s+\\d+\\s.*$");
    private static final Pattern GET_PROCESS = Pattern.compile(
            "^\\s*\\d+\\s+\\d+\\s+\\d+\\s+\\d+\\s+(?:[\\d.,]+\\s+)?\\d+\\s+\\d+\\s+([A-Za-z][\\w.-]*)\\s*$");
    private static final Pattern COMMAND = Pattern.compile(
            "(?i)(?:^|[\\s\"'/\\\\])(kube-proxy|kubelet|flanneld|containerd|dockerd|calico-node)(?:\\.exe)?[\"']?\\s+(-{1,2}[a-z].*)$");
    private static final Pattern PAUSE_IMAGE = Pattern.compile(
            "(?:--pod-infra-container-image[= ]|\\bsandbox_image\\s*=\\s*)\\\\?[\"']?([^\\s\"'\\\\,]+)");
    private static final Pattern SERVICE =
            Pattern.compile("(?i)^(Running|Stopped|Paused|StartPending|StopPending)\\s+([A-Za-z][\\w.-]*)\\s+\\S.*$");
    private static final Pattern SC_NAME = Pattern.compile("^SERVICE_NAME:\\s*(\\S+)\\s*$");
    private static final Pattern SC_STATE = Pattern.compile("^\\s+STAT(?:E|US)\\s*:\\s*(\\d)\\s+\\w+.*$");
    private static final Pattern BUILD =
            Pattern.compile("(?:^|\\D)10\\.0\\.(\\d{5}\\.\\d{1,6})\\b|OS Build (\\d{5}\\.\\d{1,6})");
    private static final Pattern ROUGH = Pattern.compile("up to (\\d{1,6}) allocations of 64 contiguous TCP ports");
    private static final Pattern RESERVED = Pattern.compile(
            "Successfully reserved (\\d{1,6}) ranges of 64 ports|Couldn't reserve more than (\\d{1,6}) ranges of 64 ports");
    private static final Pattern BINARY =
            Pattern.compile("(?i)^(?:-a-*|-rw?\\S*|\\d{2}/\\d{2}/\\d{4})\\s.*?\\s([\\w.-]+\\.exe)\\s*$");
    private static final Pattern DNS_ANSWER = Pattern.compile(
            "^(\\S+\\.\\S+)\\s+(?:A|AAAA)\\s+\\d+\\s+(?:Answer|Question|Authority|Additional)\\s+(\\S+)\\s*$");
    private static final Pattern TCP_ROW = Pattern.compile(
            "^\\s*(?:TCP|tcp6?)\\s+(?:\\d+\\s+\\d+\\s+)?(\\S+:\\d+)\\s+(\\S+:[\\d*]+)\\s+([A-Z_]+|[A-Z]+\\w*).*$");
    private static final Pattern NET_TCP = Pattern.compile("^(\\S+)\\s+(\\d{1,5})\\s+(\\S+)\\s+(\\d{1,5})\\s+"
            + "(Listen|Established|TimeWait|CloseWait|SynSent|SynReceived|Bound|FinWait\\d|LastAck)\\b.*$");
    private static final Pattern HNS_THREADS = Pattern.compile("(?i)hns.*threads?\\s*[:=]\\s*(\\d{1,7})");
    private static final int MAX_INDEX = 9;

    private final String file;
    private final HostState state;
    private String service = "";

    /// Of the route whose next hops follow; empty when none does.
    private String several = "";

    private final FirewallLines firewall;

    /// What each looks at, the commonest first.
    private final List<Predicate<Line>> rows = List.of(
            this::netRoute,
            this::routePrint,
            this::neighbour,
            this::ipRoute,
            this::netInterface,
            this::link,
            this::pauseImage,
            this::process,
            this::service,
            this::socket,
            this::firewall,
            this::dnsAnswer,
            this::ports,
            this::build);

    /// @param plain without the bars of a table in Markdown
    private record Line(String text, String plain, int number) {}

    /// Reads into `state` what `file` holds.
    public HostLines(String file, HostState state) {
        this.file = file;
        this.state = state;
        this.firewall = new FirewallLines(file, state);
    }

    /// Takes a line when it is a row of one of the tables.
    public boolean line(String text, int number) {
        String plain = text.startsWith("|") ? text.replace('|', ' ') : text;
        Line line = new Line(text, plain, number);
        for (Predicate<Line> row : rows) {
            if (row.test(line)) {
                return true;
            }
        }
        return false;
    }

    private Source at(Line line) {
        return new Source(file, line.number());
    }

    private boolean netRoute(Line line) {
        Matcher row = NET_ROUTE.matcher(line.plain());
        return row.matches() && route(row.group(2), row.group(3), row.group(1), line);
    }

    private boolean route(String prefix, String nextHop, String device, Line line) {
        Optional<Cidr> range = Cidr.parse(prefix);
        if (range.isEmpty()) {
            return false;
        }
        Optional<Address> via = AddressText.parse(nextHop).filter(hop -> !hop.isUnspecified());
        state.add(new HostRoute(range.get(), via, device, at(line)));
        return true;
    }

    private boolean routePrint(Line line) {
        Matcher row = ROUTE_PRINT.matcher(line.plain());
        if (row.matches()) {
            OptionalInt length = maskLength(row.group(2));
            return length.isPresent()
                    && route(row.group(1) + "/" + length.getAsInt(), row.group(3), row.group(4), line);
        }
        Matcher six = ROUTE_PRINT_IPV6.matcher(line.plain());
        return six.matches() && route(six.group(2), six.group(3), six.group(1), line);
    }

    private static OptionalInt maskLength(String mask) {
        Optional<Address> bits = AddressText.parse(mask);
        if (bits.isEmpty()) {
            return OptionalInt.empty();
        }
        int value = (int) bits.get().low();
        int length = Integer.numberOfLeadingZeros(~value);
        return value == (length == 0 ? 0 : -1 << (Integer.SIZE - length))
                ? OptionalInt.of(length)
                : OptionalInt.empty();
    }

    private boolean ipRoute(Line line) {
        Matcher hop = IP_NEXT_HOP.matcher(line.text());
        if (!several.isEmpty() && hop.matches()) {
            return linuxRoute(several, hop.group(1), hop.group(2), line);
        }
        Matcher many = IP_ROUTES.matcher(line.text());
        several = many.matches() ? many.group(1) : "";
        return many.matches() || oneRoute(line);
    }

    private boolean oneRoute(Line line) {
        Matcher row = IP_ROUTE.matcher(line.text());
        if (!row.matches()
                || Digits.only(row.group(1), MAX_INDEX)
                || NO_NEIGHBOUR.matcher(line.text()).find()) {
            return false;
        }
        return linuxRoute(row.group(1), row.group(2) == null ? "" : row.group(2), row.group(3), line);
    }

    private boolean linuxRoute(String prefix, String via, String device, Line line) {
        if (prefix.equals("default")) {
            return route(via.contains(":") ? "::/0" : "0.0.0.0/0", via, device, line);
        }
        String host = prefix.contains(":") ? "/128" : "/32";
        return route(prefix.contains("/") ? prefix : prefix + host, via, device, line);
    }

    private boolean neighbour(Line line) {
        Matcher arp = ARP.matcher(line.plain());
        Matcher linux = IP_NEIGHBOUR.matcher(line.text());
        Matcher row = arp.matches() ? arp : linux.matches() ? linux : null;
        if (row == null) {
            return false;
        }
        Optional<Address> address = AddressText.parse(row.group(1));
        OptionalLong mac = MacText.parse(row.group(2));
        if (address.isPresent() && mac.isPresent()) {
            state.add(new Neighbour(address.get(), mac.getAsLong(), row.group(3), at(line)));
        }
        return address.isPresent();
    }

    private boolean netInterface(Line line) {
        Matcher row = NET_INTERFACE.matcher(line.plain());
        if (row.matches()) {
            mtu(row.group(2), row.group(4), line);
            return true;
        }
        Matcher netsh = NETSH_INTERFACE.matcher(line.plain());
        if (netsh.matches()) {
            mtu(netsh.group(3), netsh.group(2), line);
        }
        return netsh.matches();
    }

    private boolean link(Line line) {
        Matcher row = IP_LINK.matcher(line.text());
        if (row.matches()) {
            mtu(row.group(1), row.group(2), line);
        }
        return row.matches();
    }

    private void mtu(String name, String text, Line line) {
        long octets = Long.parseLong(text);
        state.add(new HostInterface(
                0,
                name,
                OptionalLong.empty(),
                List.of(),
                List.of(),
                List.of(),
                octets <= 0xffff ? OptionalInt.of((int) octets) : OptionalInt.empty(),
                at(line)));
    }

    /// In a command line of the kubelet, which is also one of a process, or in containerd's configuration.
    private boolean pauseImage(Line line) {
        Matcher image = PAUSE_IMAGE.matcher(line.text());
        if (!image.find()) {
            return false;
        }
        state.add(new HostReading(HostReading.PAUSE_IMAGE, image.group(1), at(line)));
        return !COMMAND.matcher(line.text()).find();
    }

    private boolean process(Line line) {
        Matcher command = COMMAND.matcher(line.text());
        if (command.find()) {
            add(command.group(1), command.group(2), false, true, line);
            return true;
        }
        Matcher task = TASK.matcher(line.text());
        Matcher listed = GET_PROCESS.matcher(line.text());
        if (task.matches() || listed.matches()) {
            add(task.matches() ? task.group(1) : listed.group(1), "", false, true, line);
            return true;
        }
        return false;
    }

    private void add(String name, String command, boolean isService, boolean isRunning, Line line) {
        String bare = name.toLowerCase(Locale.ROOT).replaceFirst("\\.exe$", "");
        state.add(new HostProcess(bare, command, isService, isRunning, at(line)));
    }

    private boolean service(Line line) {
        Matcher row = SERVICE.matcher(line.text());
        if (row.matches()) {
            add(row.group(2), "", true, row.group(1).equalsIgnoreCase("Running"), line);
            return true;
        }
        Matcher name = SC_NAME.matcher(line.text());
        if (name.matches()) {
            service = name.group(1);
            return true;
        }
        Matcher running = SC_STATE.matcher(line.text());
        if (running.matches() && !service.isEmpty()) {
            add(service, "", true, running.group(1).equals("4"), line);
            service = "";
            return true;
        }
        return false;
    }

    private boolean socket(Line line) {
        Matcher netstat = TCP_ROW.matcher(line.text());
        if (netstat.matches()) {
            state.add(new HostSocket(netstat.group(1), netstat.group(2), netstat.group(3), at(line)));
            return true;
        }
        Matcher row = NET_TCP.matcher(line.text());
        if (row.matches()) {
            state.add(new HostSocket(
                    row.group(1) + ":" + row.group(2), row.group(3) + ":" + row.group(4), row.group(5), at(line)));
        }
        return row.matches();
    }

    private boolean firewall(Line line) {
        return firewall.line(line.text(), line.number());
    }

    private boolean dnsAnswer(Line line) {
        Matcher row = DNS_ANSWER.matcher(line.text());
        if (row.matches()) {
            state.add(new HostReading(HostReading.DNS_ANSWER, row.group(1) + " = " + row.group(2), at(line)));
        }
        return row.matches();
    }

    private boolean ports(Line line) {
        Matcher rough = ROUGH.matcher(line.text());
        Matcher reserved = RESERVED.matcher(line.text());
        Matcher threads = HNS_THREADS.matcher(line.text());
        if (line.text().contains("Running out of ephemeral ports")) {
            state.add(new HostReading(HostReading.FREE_PORT_RANGES, "0", at(line)));
        } else if (rough.find()) {
            state.add(new HostReading(HostReading.FREE_PORT_RANGES, rough.group(1), at(line)));
        } else if (reserved.find()) {
            // The test stops at what it asked for: all of them says nothing about how many more there are.
            if (reserved.group(2) != null) {
                state.add(new HostReading(HostReading.FREE_PORT_RANGES, reserved.group(2), at(line)));
            }
        } else if (threads.find()) {
            state.add(new HostReading(HostReading.HNS_THREADS, threads.group(1), at(line)));
        } else {
            return false;
        }
        return true;
    }

    private boolean build(Line line) {
        Matcher binary = BINARY.matcher(line.text());
        if (binary.matches()) {
            state.add(new HostReading(HostReading.BINARY, binary.group(1).toLowerCase(Locale.ROOT), at(line)));
            return true;
        }
        Matcher build = BUILD.matcher(line.text());
        boolean aboutWindows = line.text().contains("Version")
                || line.text().contains("Build")
                || line.text().contains("Windows");
        if (!aboutWindows || !build.find()) {
            return false;
        }
        state.add(
                new HostReading(HostReading.BUILD, build.group(1) == null ? build.group(2) : build.group(1), at(line)));
        return true;
    }
}
