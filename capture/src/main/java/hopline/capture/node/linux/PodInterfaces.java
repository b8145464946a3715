package hopline.capture.node.linux;

import hopline.capture.node.process.Command;
import hopline.capture.node.process.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which interfaces the packets of one pod pass: its own on the node's side, and all that is no other
/// pod's.
public final class PodInterfaces {

    private static final Pattern NEIGHBOUR = Pattern.compile("^\\S+ dev (\\S+) lladdr ([0-9a-f:]{17})\\b");
    private static final Pattern ROUTE = Pattern.compile("^\\S+ (?:via \\S+ )?dev (\\S+)");
    private static final Pattern LINK = Pattern.compile("^\\d+: ([^:@\\s]+)");
    private static final Pattern ADDRESS = Pattern.compile("^\\d+: (\\S+)\\s+inet ");

    private final Programs programs;

    private PodInterfaces(Programs programs) {
        this.programs = programs;
    }

    /// Of the pod that has `addresses`; empty when none of this node's leads to it.
    public static List<String> of(List<String> addresses, Programs programs) {
        return new PodInterfaces(programs).of(addresses);
    }

    private List<String> of(List<String> addresses) {
        Set<String> veths = new HashSet<>(matches(LINK, "ip", "-oneline", "link", "show", "type", "veth"));
        Set<String> own = new HashSet<>();
        for (String address : addresses) {
            device(address).filter(veths::contains).ifPresent(own::add);
        }
        if (own.isEmpty()) {
            return List.of();
        }
        Set<String> addressed = new HashSet<>(matches(ADDRESS, "ip", "-oneline", "-4", "address", "show"));
        Set<String> enslaved = new HashSet<>();
        for (String text : lines("ip", "-oneline", "link", "show", "type", "veth")) {
            Matcher link = LINK.matcher(text);
            if (link.find() && text.contains(" master ")) {
                enslaved.add(link.group(1));
            }
        }
        List<String> passed = new ArrayList<>();
        for (String name : matches(LINK, "ip", "-oneline", "link", "show", "up")) {
            boolean isAPods = veths.contains(name) && (enslaved.contains(name) || !addressed.contains(name));
            if (!name.equals("lo") && (own.contains(name) || !isAPods)) {
                passed.add(name);
            }
        }
        return passed;
    }

    /// Where packets to that address go: the interface of its route, or on a bridge the port that its MAC
    /// is behind.
    private Optional<String> device(String address) {
        Optional<String> routed =
                matches(ROUTE, "ip", "route", "get", address).stream().findFirst();
        for (String text : lines("ip", "neighbour", "show", "to", address)) {
            Matcher neighbour = NEIGHBOUR.matcher(text);
            if (neighbour.find()) {
                Pattern entry = Pattern.compile("^" + neighbour.group(2) + " dev (\\S+) ");
                Optional<String> port = matches(entry, "bridge", "fdb", "show", "br", neighbour.group(1)).stream()
                        .findFirst();
                if (port.isPresent()) {
                    return port;
                }
            }
        }
        return routed;
    }

    private List<String> matches(Pattern pattern, String... words) {
        return lines(words).stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private List<String> lines(String... words) {
        return programs.run(Command.of(words), Path.of(".")).text().lines().toList();
    }
}
