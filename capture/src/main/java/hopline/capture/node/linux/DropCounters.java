package hopline.capture.node.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the kernel counts as dropped in this network namespace: by each interface, by IP, by TCP.
public final class DropCounters {

    private static final Path DEVICES = Path.of("/proc/net/dev");
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/snmp"), Path.of("/proc/net/netstat"));
    private static final List<String> WATCHED = List.of(
            "Ip.InDiscards",
            "Ip.OutDiscards",
            "Ip.OutNoRoutes",
            "Ip.InAddrErrors",
            "Ip.FragFails",
            "Ip.ReasmFails",
            "IpExt.InNoRoutes",
            "TcpExt.ListenDrops",
            "TcpExt.ListenOverflows",
            "TcpExt.TCPBacklogDrop",
            "TcpExt.IPReversePathFilter",
            "Udp.RcvbufErrors",
            "Udp.InErrors");
    private static final int RECEIVE_DROPS = 3;
    private static final int TRANSMIT_DROPS = 11;

    private DropCounters() {}

    /// Whether this system, a Linux, has them.
    public static boolean areThere() {
        return Files.isReadable(DEVICES);
    }

    /// The counts by what they count.
    public static Map<String, Long> now() throws IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (Files.exists(DEVICES)) {
            devices(Files.readAllLines(DEVICES), counts);
        }
        for (Path table : TABLES) {
            if (Files.exists(table)) {
                table(Files.readAllLines(table), counts);
            }
        }
        return counts;
    }

    /// Adds those of the lines of `/proc/net/dev`.
    static void devices(List<String> lines, Map<String, Long> counts) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            String[] columns = line.substring(colon + 1).strip().split("\\s+", -1);
            if (colon > 0 && columns.length > TRANSMIT_DROPS) {
                String name = line.substring(0, colon).strip();
                counts.put(name + " received", Long.parseLong(columns[RECEIVE_DROPS]));
                counts.put(name + " to send", Long.parseLong(columns[TRANSMIT_DROPS]));
            }
        }
    }

    /// Adds those of a table whose names and numbers stand in pairs of lines, each after the same word.
    static void table(List<String> lines, Map<String, Long> counts) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split("\\s+", -1);
            String[] numbers = lines.get(i + 1).split("\\s+", -1);
            for (int at = 1; at < Math.min(names.length, numbers.length); at++) {
                String name = names[0].replace(":", ".") + names[at];
                if (WATCHED.contains(name)) {
                    counts.put(name, Long.parseLong(numbers[at]));
                }
            }
        }
    }

    /// What was dropped between two moments, as `v-client received 3`; empty when nothing was.
    public static Optional<String> difference(Map<String, Long> before, Map<String, Long> now) {
        return now.entrySet().stream()
                .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
                .map(entry -> entry.getKey() + ", " + (entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
                .findFirst();
    }
}
