package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A copy of a healthy folder, in which one thing after the other can be changed.
public record StateFolder(Path folder) {

    static final String BRIDGE = "l2bridge-healthy";
    /// The sample of an overlay with a Linux node.
    public static final String OVERLAY = "overlay-healthy";

    /// The node of the overlay with an address of IPv6 as well.
    static final Change IPV6_NODE = new Change(
            "cluster/nodes.json",
            "\"address\": \"10.20.0.11\"",
            "\"address\": \"10.20.0.11\" }, { \"type\": \"InternalIP\", \"address\": \"fd00:20::11\"");

    /// Routes of IPv6 without the one that leads everywhere.
    static final String IPV6_ROUTES = "12      fd00:20::/64         ::               256 25 ActiveStore\n"
            + "12      fe80::/64            ::               256 25 ActiveStore\n";

    private static final Path SAMPLES =
            Path.of(System.getProperty("hopline.home")).resolve("sample-captures/node-state");

    /// @param from what is replaced, every time it occurs; `+` alone means that `to` is added at the end
    record Change(String file, String from, String to) {}

    /// Copies the sample of that name into `folder`.
    public static StateFolder copyOf(String sample, Path folder) throws IOException {
        Path from = SAMPLES.resolve(sample);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return new StateFolder(folder);
    }

    StateFolder with(List<Change> changes) throws IOException {
        for (Change change : changes) {
            change(change);
        }
        return this;
    }

    /// In the encoding that the file has; what is added to a file that is not there makes it.
    private void change(Change change) throws IOException {
        Path file = folder.resolve(change.file());
        byte[] octets = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        boolean isWide = octets.length > 1 && octets[0] == (byte) 0xff && octets[1] == (byte) 0xfe;
        Charset charset = isWide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        String text = new String(octets, charset);
        assertThat(change.from().equals("+") || text.contains(change.from()))
                .as(change.toString())
                .isTrue();
        String changed = change.from().equals("+") ? text + change.to() : text.replace(change.from(), change.to());
        Files.createDirectories(file.getParent());
        Files.write(file, changed.getBytes(charset));
    }

    List<StateFinding> check() {
        StateFinder finder = new StateFinder();
        finder.add(folder.toString());
        CollectedState state = StateReader.read(finder);
        assertThat(state.problems()).isEmpty();
        return StateRules.check(state);
    }

    /// The end of a load balancer of the new form.
    static String dsr(String vip, int flags) {
        return "    \"Flags\": " + flags
                + ",\n    \"SchemaVersion\": {\n      \"Major\": 2,\n      \"Minor\": 0\n    },\n"
                + "    \"FrontendVIPs\": [\n      \"" + vip + "\"";
    }

    /// A port of VFP that translates one service only.
    static String dsrPort(String port, String vip, String backend) {
        return "Policy for port : \n" + port + "\nITEM LIST\n===========\n\n    LAYER : LB_DSR\n"
                + "        Friendly name : LB_DSR\n        Priority : 40\n        GROUP : LB_DSR_IPv4_OUT\n"
                + "            Priority : 100\n            Direction : OUT\n        RULE : \n"
                + "            Friendly name : LB_DSR_1_10.20.0.11_" + vip + "_53_53_17\n            Priority : 100\n"
                + "            Type : lbnat\n            Conditions:\n                Protocols : 17\n"
                + "                Destination IP : " + vip + "\n                Destination ports : 53\n"
                + "            Rule Data:\n                DIP Range(s) :\n                    { " + backend
                + " : 53 }\n\nCommand list-rule succeeded!\n";
    }

    /// A pod that runs, with its command.
    static String pod(String name, String node, String address, boolean hostNetwork, String command) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"kube-system\"},\"spec\":{\"nodeName\":\"" + node + "\",\"hostNetwork\":"
                + hostNetwork + ",\"containers\":[{\"name\":\"c\",\"command\":[\"" + command
                + "\"]}]},\"status\":{\"phase\":\"Running\",\"podIP\":\"" + address + "\"}}\n";
    }

    /// In the old form.
    static String remoteEndpoint(String address, String id) {
        return "\n{\"ID\":\"" + id + "\",\"Name\":\"Ethernet\",\"IPAddress\":\"" + address
                + "\",\"MacAddress\":\"02-11-0A-F4-02-4D\",\"VirtualNetwork\":\"5A3F0001-1001-4A01-9B01-00ABCDEF0001\","
                + "\"IsRemoteEndpoint\":true,\"State\":1,\"Policies\":[]}\n";
    }
}
