package hopline.bench;

import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The healthy overlay of the sample captures, whose nodes have many services more: none of them is the one that is
/// asked for, so that every rule is compared with each packet.
final class BusyNodes {

    private static final String SAMPLE = "sample-captures/node-state/overlay-healthy";
    private static final String FIRST_RULE = "        RULE :";

    private BusyNodes() {}

    /// Reads them from a copy that is deleted again.
    ///
    /// @param rules that each node has beside those of the sample
    static CollectedState read(int rules) throws IOException {
        Path folder = Files.createTempDirectory("hopline-bench");
        try {
            copy(folder);
            add(folder.resolve("win-a/vfpOutput.txt"), rules);
            Files.writeString(folder.resolve("linux-a/iptables-save.txt"), iptables(rules));
            StateFinder finder = new StateFinder();
            finder.add(folder.toString());
            return StateReader.read(finder);
        } finally {
            delete(folder);
        }
    }

    private static void copy(Path folder) throws IOException {
        Path from = Path.of(System.getProperty("hopline.home", "")).resolve(SAMPLE);
        for (Path file : files(from)) {
            Path to = folder.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file :
                files(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
        }
    }

    private static String vip(int index) {
        return "10.97." + (index >> 8) + "." + (index & 0xff);
    }

    private static String rules(int count, String separator, IntFunction<String> rule) {
        return IntStream.range(0, count).mapToObj(rule).collect(Collectors.joining(separator));
    }

    /// At the head of the group that translates what pods send to services.
    private static void add(Path file, int rules) throws IOException {
        String text = Files.readString(file);
        int at = text.indexOf(FIRST_RULE, text.indexOf("GROUP : LB_DSR_IPv4_OUT"));
        if (at < 0) {
            throw new IOException(file + " has no group LB_DSR_IPv4_OUT any more");
        }
        Files.writeString(file, text.substring(0, at) + rules(rules, "", BusyNodes::vfpRule) + text.substring(at));
    }

    private static String vfpRule(int index) {
        return """
                        RULE :\s
                            Friendly name : LB_DSR_%05X_10.20.0.11_%s_80_8080_6
                            Priority : 100
                            Flags : 1 terminating\s
                            Type : lbnat
                            Conditions:
                                Protocols : 6
                                Destination IP : %s
                                Destination ports : 80
                            Flow TTL: 240
                            Rule Data:
                                Modifying destination IP
                                Modifying destination port
                                Creating a flow pair
                                Count of DIP Ranges: 1
                                DIP Range(s) :
                                    { 10.244.1.21 : 8080 }
                            FlagsEx : 0
                """
                .formatted(index, vip(index), vip(index));
    }

    private static String iptables(int rules) {
        return """
                *nat
                :PREROUTING ACCEPT [0:0]
                :KUBE-SERVICES - [0:0]
                :KUBE-SVC-WEB - [0:0]
                :KUBE-SEP-WEB1 - [0:0]
                -A PREROUTING -j KUBE-SERVICES
                %s
                -A KUBE-SERVICES -d 10.102.220.146/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-WEB
                -A KUBE-SVC-WEB -j KUBE-SEP-WEB1
                -A KUBE-SEP-WEB1 -p tcp -m tcp -j DNAT --to-destination 10.244.1.21:80
                COMMIT
                """
                .formatted(rules(
                        rules,
                        "\n",
                        index -> "-A KUBE-SERVICES -d " + vip(index) + "/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-WEB"));
    }
}
