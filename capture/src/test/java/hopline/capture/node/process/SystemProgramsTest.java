package hopline.capture.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    record Secret(String line, String clean) {}

    static final List<Secret> SECRETS = List.of(
            new Secret("Authorization: Bearer abcdef0123456789", "Authorization: Bearer [removed]"),
            new Secret("token: eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJr.c2ln", "token: [removed]"),
            new Secret("x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJr.c2ln y", "x [removed] y"),
            new Secret("DB_PASSWORD=hunter2 next", "DB_PASSWORD=[removed] next"),
            new Secret("\"clientSecret\": \"a b\",", "\"clientSecret\": \"[removed]\","),
            new Secret("{\"password\":\"a\\\"b\",\"n\":1}", "{\"password\":\"[removed]\",\"n\":1}"),
            new Secret("{\"password\":83620174}", "{\"password\":0}"),
            new Secret("\"{\\\"password\\\":\\\"a\\\"}\"", "\"{\\\"password\\\":\\\"[removed]\\\"}\""),
            new Secret("[\"DB_PASSWORD=hunter2\",\"--token=a\"]", "[\"DB_PASSWORD=[removed]\",\"--token=[removed]\"]"),
            new Secret("[\"--token\",\"a\",\"-v\"]", "[\"--token\",\"[removed]\",\"-v\"]"),
            new Secret("password='a b' next", "password='[removed]' next"),
            new Secret(
                    "\"crt\":\"-----BEGIN CERTIFICATE-----\\nMIIE\\n-----END CERTIFICATE-----\",",
                    "\"crt\":\"[removed]\","),
            new Secret("a disaster: none", "a disaster: none"),
            new Secret("https://blob/x?sas=abc&sv=1", "https://blob/x?sas=[removed]"),
            new Secret("\"id\" : \"1:ov7a5/KCZKqgZvQFL71bjn/Sas=\",", "\"id\" : \"1:ov7a5/KCZKqgZvQFL71bjn/Sas=\","),
            new Secret("\"id\" : \"1:sasa5qKCZKqgZvQFL71bjnqS12=\",", "\"id\" : \"1:sasa5qKCZKqgZvQFL71bjnqS12=\","),
            new Secret("kubelet --bootstrap-token s3cr3t --v 2", "kubelet --bootstrap-token [removed] --v 2"),
            new Secret("client-key-data: LS0tLS1CRUdJTg==", "client-key-data: [removed]"),
            new Secret("http://user:pass@10.0.0.1/", "http://user:[removed]@10.0.0.1/"),
            new Secret("default via 10.0.0.1 dev eth0", "default via 10.0.0.1 dev eth0"));

    @ParameterizedTest
    @FieldSource("SECRETS")
    void takesSecretsOut(Secret secret) {
        assertThat(new Secrets().clean(secret.line())).isEqualTo(secret.clean());
    }

    @Test
    void whatWasTakenOutIsNoSecret() {
        for (Secret secret : SECRETS) {
            Secrets again = new Secrets();

            assertThat(again.clean(secret.clean())).isEqualTo(secret.clean());
            assertThat(again.removed()).isZero();
        }
    }

    /// Such as would be tried anew at each of its words.
    @ParameterizedTest
    @ValueSource(
            strings = {"a-", "--", "eyJaaaaaaaa", "token", "://a:", "password=\"", "-----BEGIN CERTIFICATE-----", "\\"})
    @Timeout(60)
    void noLineTakesLong(String part) {
        assertThat(new Secrets().clean(part.repeat((1 << 20) / part.length()) + "\"]"))
                .endsWith("]");
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
