package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.Source;
import hopline.flows.state.collection.CollectedState;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import hopline.flows.state.linux.IptablesRule;
import hopline.flows.state.linux.LinuxState;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A file that was cut says what it has, and nothing of what it lacks.
class CutStateTest {

    private static final List<String> SAMPLES = List.of(StateFolder.BRIDGE, StateFolder.OVERLAY);

    /// @param after the text ends after the last but one of these
    record Cut(String file, String after) {
        @Override
        public String toString() {
            return file + " after " + after;
        }
    }

    static final List<Cut> CUTS = List.of(
            new Cut("win-a/endpoint.txt", "\"MacAddress\""),
            new Cut("win-a/endpoint.txt", "\"State\""),
            new Cut("win-a/policy.txt", "\"ExternalPort\":"),
            new Cut("win-a/policy.txt", "{"),
            new Cut("win-a/network.txt", "{"),
            new Cut("win-a/network.txt", "["),
            new Cut("cluster/endpointslices.json", "\"addresses\": ["),
            new Cut("cluster/pods.json", "\"phase\": \"Run"),
            new Cut("win-a/vfpOutput.txt", "Destination IP : 10."),
            new Cut("win-a/vfpOutput.txt", "RULE :"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("CUTS")
    void whatIsMissingIsNotHeldAgainstTheNode(Cut cut) throws IOException {
        for (String sample : SAMPLES) {
            Path copy = Files.createDirectory(folder.resolve(sample));
            StateFolder.copyOf(sample, copy);
            cut(copy.resolve(cut.file()), cut.after());
            CollectedState state = read(new StateFolder(copy));
            assertThat(state.problems()).singleElement().asString().contains(cut.file() + ": line ");
            assertThat(StateRules.check(state)).noneMatch(StateFinding::certain);
        }
    }

    private static void cut(Path file, String after) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        Charset charset = octets[0] == (byte) 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        String whole = new String(octets, charset);
        int at = whole.lastIndexOf(after, whole.lastIndexOf(after) - 1);
        assertThat(at).isPositive();
        Files.write(file, whole.substring(0, at + after.length()).getBytes(charset));
    }

    /// Nothing but COMMIT closes a table of iptables; the rule that the text ends in is none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*nat\n",
                ":KUBE-SERVICES - [0:0]\n",
                "--dport 53 -j KUBE-SVC-DNST\n",
                "--to-destination 10.244.2.21:8",
                "*filter\n",
                ":FORWARD DROP [0:0]\n",
                "-j KUBE-FORWARD\nCOMM"
            })
    void aTableWithoutItsEndIsCut(String after) throws IOException {
        StateFolder copy = StateFolder.copyOf(StateFolder.OVERLAY, folder);
        Path file = folder.resolve("linux-a/iptables-save.txt");
        String whole = Files.readString(file).replace(":FORWARD ACCEPT", ":FORWARD DROP");
        Files.writeString(file, whole.substring(0, whole.lastIndexOf(after) + after.length()));
        CollectedState state = read(copy);
        assertThat(state.problems())
                .singleElement()
                .asString()
                .contains("iptables-save.txt: line ", "the text ends inside a table of iptables-save");
        assertThat(StateRules.check(state)).isEmpty();
    }

    /// Rules that somebody picked out of tables, and whole tables with more text behind them.
    @Test
    void rulesWithoutTablesAndTablesWithTheirEndAreWhole() throws IOException {
        StateFolder copy = StateFolder.copyOf(StateFolder.OVERLAY, folder);
        Path file = folder.resolve("linux-a/iptables-save.txt");
        String whole = Files.readString(file);
        int rules = read(copy).node("linux-a").orElseThrow().linux().rules().size();
        Files.writeString(file, whole + "net.ipv4.ip_forward = 1\n");
        assertThat(read(copy).problems()).isEmpty();
        Files.writeString(
                file, whole.lines().filter(line -> line.startsWith("-A")).collect(Collectors.joining("\n")));
        assertThat(read(copy).problems()).isEmpty();
        assertThat(read(copy).node("linux-a").orElseThrow().linux().rules()).hasSize(rules);
    }

    /// A file of something else says nothing of them.
    @Test
    void rulesAreWholeThoughAnotherFileOfTheNodeIsCut() throws IOException {
        StateFolder copy = StateFolder.copyOf(StateFolder.OVERLAY, folder);
        Path other = folder.resolve("linux-a/settings.txt");
        Files.writeString(other, "net.ipv4.ip_forward = 1\n[{\"ifname\": \"eth0\", \"addr_info\": [");
        assertThat(read(copy).problems()).isNotEmpty();
        assertThat(read(copy).node("linux-a").orElseThrow().linux().lacksRules())
                .isFalse();
    }

    /// What is beyond the bound may be what is asked for.
    @Test
    void rulesBeyondTheBoundAreNotHeldAgainstTheNode() {
        LinuxState state = new LinuxState();
        IptablesRule rule = new IptablesRule(false, "nat", "KUBE-SERVICES", "-A KUBE-SERVICES", new Source("a", 1));
        for (int i = 0; i < 500_000; i++) {
            state.add(rule);
        }
        assertThat(state.lacksRules()).isFalse();
        state.add(rule);
        assertThat(state.lacksRules()).isTrue();
    }

    private static CollectedState read(StateFolder copy) {
        StateFinder finder = new StateFinder();
        finder.add(copy.folder().toString());
        return StateReader.read(finder);
    }

    /// A rule that blocks, without what it blocks, would block everything.
    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aRuleThatIsCutIsNone(String sample) throws IOException {
        StateFolder copy = StateFolder.copyOf(sample, folder);
        Files.writeString(
                folder.resolve("win-a/vfpOutput.txt"),
                "Policy for port : \n5A3F0515-1515-4F15-A015-00ABCDEF0515\nITEM LIST\n===\n"
                        + "LAYER : ACL_ENDPOINT_LAYER\nGROUP : ACL_GROUP_IPv4_OUT\nRULE : \nFriendly name : a\n"
                        + "Type : block\nConditions:\nProtocols : 17\nDestination ports : 5353\nRULE : \n"
                        + "Friendly name : b\nPriority : 1\nType : block\nConditions:\n",
                StandardCharsets.UTF_8);
        assertThat(read(copy).node("win-a").orElseThrow().vfp().rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.name()).isEqualTo("a"));
    }
}
