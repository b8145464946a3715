package hopline.capture.node.windows;

import hopline.capture.node.NodeFacts;
import hopline.capture.node.process.Command;
import hopline.capture.node.process.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which components of Packet Monitor the packets of one pod pass: its own adapter, and all that are no other
/// pod's.
///
/// HNS tells the MAC of the endpoint that has the pod's address, and Packet Monitor lists adapters by MAC.
public final class PodComponents {

    private static final Pattern ENDPOINT =
            Pattern.compile("(?im)^(\\S+)\\s+([0-9a-f]{2}(?:[-:][0-9a-f]{2}){5})\\s*(true|false)?\\s*$");
    private static final Pattern COMPONENT = Pattern.compile("(?im)^\\s*(\\d+)\\s+([0-9a-f]{2}(?:-[0-9a-f]{2}){5})\\s");

    private PodComponents() {}

    /// The numbers of the components for the pod that has `addresses`; empty when no endpoint of this node has
    /// one of them, or Packet Monitor lists no adapter for it.
    public static List<String> of(List<String> addresses, NodeFacts node, Programs programs) {
        Set<String> own = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Matcher endpoint = ENDPOINT.matcher(text(programs, endpoints())); endpoint.find(); ) {
            if (!"true".equalsIgnoreCase(endpoint.group(3))) {
                (addresses.contains(endpoint.group(1)) ? own : others).add(mac(endpoint.group(2)));
            }
        }
        boolean found = false;
        List<String> passed = new ArrayList<>();
        for (Matcher component = COMPONENT.matcher(text(programs, list(node))); component.find(); ) {
            String mac = mac(component.group(2));
            found |= own.contains(mac);
            if (own.contains(mac) || !others.contains(mac)) {
                passed.add(component.group(1));
            }
        }
        return found ? passed : List.of();
    }

    /// A line each: address, MAC, and whether it is another node's.
    private static Command endpoints() {
        return WindowsState.powershell(
                "", "Get-HnsEndpoint | ForEach-Object { \"$($_.IPAddress) $($_.MacAddress) $($_.IsRemoteEndpoint)\" }");
    }

    private static Command list(NodeFacts node) {
        boolean old = node.build() != 0 && node.build() < NodeFacts.VERSION_2004;
        return old ? Command.of("pktmon", "comp", "list") : Command.of("pktmon", "list");
    }

    private static String text(Programs programs, Command command) {
        return programs.run(command, Path.of(".")).text();
    }

    private static String mac(String text) {
        return text.replace(':', '-').toUpperCase(Locale.ROOT);
    }
}
