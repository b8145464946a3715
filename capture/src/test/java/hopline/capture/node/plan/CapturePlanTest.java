package hopline.capture.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CapturePlanTest {

    @TempDir
    Path folder;

    private CapturePlan plan(String yaml) throws Exception {
        Path file = folder.resolve("plan.yaml");
        Files.writeString(file, yaml);
        return CapturePlan.of(PlanFile.read(file));
    }

    @Test
    void isAsUsualWhenNothingIsSaid() throws Exception {
        CapturePlan plan = CapturePlan.of(Map.of());

        assertThat(plan.backend()).isEqualTo(Backend.AUTO);
        assertThat(plan.wanted().isEverything()).isTrue();
        assertThat(plan.bounds()).isEqualTo(Bounds.USUAL);
        assertThat(plan.trigger()).isEqualTo(Trigger.NONE);
    }

    @Test
    void aFileThatIsNoneIsNamed() {
        assertThatThrownBy(() -> PlanFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(PlanException.class)
                .hasMessage("--plan " + folder.resolve("none.yaml") + ": no such file");
        assertThatThrownBy(() -> PlanFile.read(folder))
                .isInstanceOf(PlanException.class)
                .hasMessage("--plan " + folder + ": a folder, where a file with a plan is expected");
    }

    @Test
    void isReadFromYaml() throws Exception {
        CapturePlan plan = plan(
                """
                backend: pktmon
                profile: vfp
                address: [10.244.1.7, 10.96.0.0/16, "fd00::1"]
                port: 80
                protocol: [tcp, udp]
                where: nics
                snap-length: 256
                max-size: 2G
                ring: yes
                duration: 10m
                until-drop: true
                pre-trigger: 30s
                probe:
                  - pod:shop/client=http://web.shop/
                  - node=dns://web.shop@10.96.0.10
                """);

        assertThat(plan.profile()).isEqualTo(Profile.VFP);
        assertThat(plan.wanted().addresses()).containsExactly("10.244.1.7", "10.96.0.0/16", "fd00::1");
        assertThat(plan.wanted().ports()).containsExactly(80);
        assertThat(plan.where()).isEqualTo(new Where(Where.Kind.NICS, List.of()));
        assertThat(plan.bounds()).isEqualTo(new Bounds(2L << 30, 0, true, Duration.ofMinutes(10), 1L << 30));
        assertThat(plan.trigger()).isEqualTo(new Trigger(true, Duration.ofSeconds(30)));
        assertThat(plan.probes())
                .containsExactly(
                        new Probe(Probe.From.POD, "shop/client", Probe.Kind.HTTP, "web.shop/", ""),
                        new Probe(Probe.From.NODE, "", Probe.Kind.DNS, "web.shop", "10.96.0.10"));
    }

    @Test
    void isTheSameAfterItWasWrittenAsText() throws Exception {
        CapturePlan plan = plan(
                """
                backend: netsh
                address: 10.0.0.1
                where: eth0,cni0
                max-size: 1000001K
                file-size: 3M
                duration: 1500ms
                probe: netns:client=tcp://10.0.0.1:80
                inside-tunnels: false
                """);

        assertThat(CapturePlan.of(plan.values())).isEqualTo(plan);
    }

    record Wrong(String yaml, String complaint) {}

    static final List<Wrong> WRONG = List.of(
            new Wrong("backend: tcpdump", "backend is auto, pktmon, netsh or pcap, not tcpdump"),
            new Wrong("port: 65536", "port is a number from 1 to 65535, not 65536"),
            new Wrong("port: http", "port is a number from 1 to 65535, not http"),
            new Wrong("address: 10.0.0.1; reboot", "address is an address or a range"),
            new Wrong("address: -w", "address is an address or a range"),
            new Wrong("where: -i", "where names no interface or pod: -i"),
            new Wrong("where: a/../../etc", "where names no interface or pod"),
            new Wrong("pod: client", "pod is NAMESPACE/NAME, not client"),
            new Wrong("max-size: much", "max-size is a size such as 512M or 2G, not much"),
            new Wrong("max-size: 1K", "max-size is at least 1M"),
            new Wrong("max-size: 999999999999T", "larger than any disk"),
            new Wrong("duration: soon", "duration is a time such as 30s"),
            new Wrong("pre-trigger: 10s", "pre-trigger needs until-drop"),
            new Wrong("probe: pod:shop/client=rm -rf", "a probe is pod:NAMESPACE/NAME=WHAT"),
            new Wrong("probe: netns:-x=ping://10.0.0.1", "a probe names its place and target in letters"),
            new Wrong("probe: node=ping://-f", "a probe names its place and target in letters"),
            new Wrong("probe: node=tcp://10.0.0.1", "a probe by TCP needs a port"),
            new Wrong("ring: perhaps", "ring is true or false, not perhaps"),
            new Wrong("speed: high", "a plan knows no speed"),
            new Wrong("backend: [pcap, netsh]", "backend has one value, not 2"),
            new Wrong("", "a plan is keys with values"),
            new Wrong("# nothing", "a plan is keys with values"),
            new Wrong("- pcap", "a plan is keys with values"),
            new Wrong("backend: {a: b}", "a value is text or a list of texts"),
            new Wrong("backend: pcap\nbackend: netsh", "not the YAML of a plan"),
            new Wrong("backend: !!java.net.URL [x]", "could not determine a constructor for the tag"),
            new Wrong("a: &a [x]\nb: [*a, *a]", "Number of aliases"),
            new Wrong("backend: [", "not the YAML of a plan"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void isRefusedWithAReason(Wrong wrong) {
        assertThatThrownBy(() -> plan(wrong.yaml()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(wrong.complaint());
    }

    @Test
    void takesWhatYamlWouldMistakeForANumberAsItIsWritten() throws Exception {
        assertThat(plan("probe: node=dns://1.10").probes().getFirst().target()).isEqualTo("1.10");
    }
}
