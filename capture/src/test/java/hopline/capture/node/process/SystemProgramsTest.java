package hopline.capture.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SystemProgramsTest {

    @TempDir
    Path folder;

    private final Programs programs = new SystemPrograms();

    @Test
    void keepsWhatIsPrinted() throws Exception {
        Result result = programs.run(Command.into("state/said.txt", "printf", "one\\ntwo"), folder);

        assertThat(result.succeeded()).isTrue();
        assertThat(folder.resolve("state/said.txt")).hasContent("one\ntwo");
        assertThat(result.text()).isEqualTo("one\ntwo\n");
    }

    @Test
    void handsArgumentsOnAsTheyAre() {
        Result result = programs.run(Command.of("printf", "%s", "$(reboot) `x` ; * > y"), folder);

        assertThat(result.text().strip()).isEqualTo("$(reboot) `x` ; * > y");
    }

    @Test
    void tellsWhenThereIsNoSuchProgram() {
        Result result = programs.run(Command.of("no-such-program"), folder);

        assertThat(result.exitCode()).isEqualTo(Result.NOT_RUN);
        assertThat(result.reason()).isEqualTo("no-such-program is not installed or may not be run");
    }

    @Test
    void endsWhatTakesTooLong() {
        Result result = programs.run(Command.of("sleep", "60").within(Duration.ofMillis(50)), folder);

        assertThat(result.exitCode()).isEqualTo(Result.ENDED);
    }

    @Test
    void tellsTheExitCodeAndTheFirstLineOfAFailure() {
        Result result = programs.run(Command.of("ls", "/no/such/folder"), folder);

        assertThat(result.reason()).startsWith("ls ended with exit code 2: ls: ");
    }

    @Test
    void takesKeysOutThatSpanLines() throws Exception {
        Files.writeString(
                folder.resolve("in"),
                """
                before
                -----BEGIN RSA PRIVATE KEY-----
                MIIEowIBAAKCAQEA
                -----END RSA PRIVATE KEY-----
                after
                """);

        Result result =
                programs.run(Command.into("out", "cat", folder.resolve("in").toString()), folder);

        assertThat(folder.resolve("out"))
                .content()
                .startsWith("before\n")
                .endsWith("after\n")
                .doesNotContain("MIIE");
        assertThat(result.removed()).isEqualTo(1);
    }

    @Test
    void keepsOfKubernetesObjectsWhatAnAnalysisUses() throws Exception {
        Files.writeString(
                folder.resolve("pods.json"),
                """
                {"kind":"List","items":[{"kind":"Pod",
                  "metadata":{"name":"web-1","annotations":{
                     "kubectl.kubernetes.io/last-applied-configuration":"PLANTED-1",
                     "flannel.alpha.coreos.com/backend-data":"{\\"VNI\\":4096}"},
                     "managedFields":[{"manager":"PLANTED-2"}]},
                  "spec":{"nodeName":"win-a","containers":[{"name":"web","command":["x","PLANTED-3"],"args":["PLANTED-4"],
                     "env":[{"name":"A","value":"PLANTED-5"}],"envFrom":[{"secretRef":{"name":"PLANTED-6"}}],
                     "ports":[{"containerPort":8080}]}]},
                  "status":{"podIP":"10.42.1.21","message":"pull of https://u:PLANTED-7@registry/web failed, token=PLANTED-8",
                     "conditions":[{"type":"Ready","message":"not yet"}]}}]}
                """);
        Command command = new Command(
                List.of("cat", folder.resolve("pods.json").toString()),
                "kubernetes/pods.json",
                Duration.ofSeconds(10),
                Command.Content.KUBERNETES);

        Result result = programs.run(command, folder);

        assertThat(folder.resolve("kubernetes/pods.json"))
                .content()
                .contains("web-1", "win-a", "10.42.1.21", "8080", "backend-data", "registry/web failed", "not yet")
                .doesNotContain("PLANTED");
        assertThat(result.text()).doesNotContain("PLANTED");
    }

    @Test
    void keepsWhatPrecedesDamage() throws Exception {
        Files.writeString(folder.resolve("pods.json"), "{\"kind\":\"PodList\",\"items\":[{\"env\":[\"PLANTED");
        Command command = new Command(
                List.of("cat", folder.resolve("pods.json").toString()),
                "pods.json.kept",
                Duration.ofSeconds(10),
                Command.Content.KUBERNETES);

        programs.run(command, folder);

        assertThat(folder.resolve("pods.json.kept"))
                .content()
                .contains("PodList")
                .doesNotContain("PLANTED");
    }
}
