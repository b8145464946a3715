package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import hopline.capture.UnrecognizedContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ClusterReaderTest {

    private static final String POD =
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "web-1", "namespace": "shop"}, "status": {"podIP": "10.244.1.7"}}""";
    private static final String BARE_POD =
            """
            {"metadata": {"name": "web-1", "namespace": "shop"}, "spec": {"containers": []},
             "status": {"podIP": "10.244.1.7"}}""";
    private static final String CONFIG_MAP =
            """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"items": "x"}}""";

    record Form(String what, byte[] content) {
        Form(String what, String json) {
            this(what, json.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Form> FORMS = List.of(
            new Form("kubectl's list, which says what it is at its end", Lists.list(POD)),
            new Form(
                    "the API's list, whose items do not say what they are",
                    "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": [" + BARE_POD + "]}"),
            new Form(
                    "the API's list with sorted keys",
                    "{\"apiVersion\": \"v1\", \"items\": [" + BARE_POD + "], \"kind\": \"PodList\"}"),
            new Form("a list that lost its kind", "{\"items\": [" + BARE_POD + "]}"),
            new Form("a list of several kinds", Lists.list(CONFIG_MAP + "," + POD)),
            new Form("a single object", POD),
            new Form("an array of objects", "[" + CONFIG_MAP + "," + POD + "]"),
            new Form("documents back to back", CONFIG_MAP + "\n" + POD),
            new Form("lists back to back", Lists.list("") + Lists.list(POD)),
            new Form("a byte order mark", "\ufeff" + Lists.list(POD)),
            new Form("PowerShell's UTF-16", ("\ufeff" + Lists.list(POD)).getBytes(StandardCharsets.UTF_16LE)),
            new Form("UTF-16 the other way round", ("\ufeff" + Lists.list(POD)).getBytes(StandardCharsets.UTF_16BE)),
            new Form("gzip", Lists.gzip(Lists.list(POD))),
            new Form("UTF-16 without a mark", Lists.list(POD).getBytes(StandardCharsets.UTF_16LE)),
            new Form("gzip of UTF-16", Lists.gzip(("\ufeff" + Lists.list(POD)).getBytes(StandardCharsets.UTF_16LE))),
            new Form("white space around", " \r\n\t" + Lists.list(POD) + "\n\n"),
            new Form(
                    "a repeated field, whose last value counts",
                    Lists.list(podWith("'status': {'podIP': '10.9.9.9'}"))),
            new Form("fields nobody knows", Lists.list(podWith("'future': [{'deep': {'er': [1.5e300, null, true]}}]"))),
            new Form("null for what is absent", Lists.list(podWith("'spec': null, 'items': null"))));

    @ParameterizedTest
    @FieldSource("FORMS")
    void readsEveryForm(Form form) throws IOException {
        ClusterFile file = Lists.read(form.content());

        assertThat(file.problem()).isEmpty();
        assertThat(file.skipped()).isEmpty();
        assertThat(file.snapshots()).singleElement().satisfies(snapshot -> assertThat(snapshot.pods())
                .singleElement()
                .satisfies(pod -> {
                    assertThat(pod.id()).hasToString("shop/web-1");
                    assertThat(pod.addresses()).containsExactly(Lists.ip("10.244.1.7"));
                }));
    }

    record Refusal(byte[] content, String message) {
        Refusal(String content, String message) {
            this(content.getBytes(StandardCharsets.UTF_8), message);
        }

        @Override
        public String toString() {
            return message;
        }
    }

    static final List<Refusal> REFUSALS = List.of(
            new Refusal("", "empty"),
            new Refusal(" \n\t ", "empty"),
            new Refusal(" ".repeat(2000), "empty"),
            new Refusal("\ufeff\r\n".getBytes(StandardCharsets.UTF_16LE), "empty"),
            new Refusal(Lists.gzip(""), "empty"),
            new Refusal("<!DOCTYPE html><p>Sign in", "an HTML page, not a Kubernetes list"),
            new Refusal("<html>", "an HTML page, not a Kubernetes list"),
            new Refusal("error: You must be logged in to the server", "text, not a Kubernetes list"),
            new Refusal("<?xml version=\"1.0\"?>", "an XML document, not a Kubernetes list"),
            new Refusal(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, "a JPEG image, not a Kubernetes list"),
            new Refusal(new byte[] {0x0a, 0x0d, 0x0d, 0x0a}, "a capture, not a Kubernetes list"),
            new Refusal(new byte[] {1, 2, 3}, "binary data, not a Kubernetes list"),
            new Refusal(
                    new byte[] {'P', 'K', 3, 4}, "a zip archive inside another file, which is not opened: unpack it"),
            new Refusal("{}", "JSON, not a Kubernetes list"),
            new Refusal("[1, 2]", "JSON, not a Kubernetes list"),
            new Refusal("{\"kind\": 7}", "JSON of kind 7, nothing of which is used here"),
            new Refusal("{\"kind\": \"<script>\"}", "JSON, not a Kubernetes list"),
            new Refusal(
                    "{\"kind\": \"ConfigMapList\", \"items\": []}",
                    "JSON of kind ConfigMapList, nothing of which is used here"),
            new Refusal(CONFIG_MAP, "JSON of kind ConfigMap, nothing of which is used here"),
            new Refusal(Lists.list(CONFIG_MAP), "JSON of kind List of ConfigMap, nothing of which is used here"),
            new Refusal(
                    Lists.list(
                            """
                            {"apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": "s"}}"""),
                    "JSON of kind List of Service, nothing of which is used here"),
            new Refusal(
                    "{", "JSON, not a Kubernetes list, which breaks off: line 1, column 2: file ends inside the JSON"),
            new Refusal(
                    "[section]",
                    "JSON, not a Kubernetes list, which breaks off: line 1, column 2: unrecognized token 'section': was"
                            + " expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"));

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void saysWhatAFileIsInstead(Refusal refusal) {
        assertThatThrownBy(() -> Lists.read(refusal.content()))
                .isInstanceOf(UnrecognizedContentException.class)
                .hasMessage(refusal.message());
    }

    @Test
    void acceptsAnEmptyList() throws IOException {
        ClusterFile file = Lists.read(Lists.list(""));

        assertThat(file.snapshots()).isEmpty();
        assertThat(Cluster.of(List.of(file)).isEmpty()).isTrue();
    }

    @Test
    void countsKindsItDoesNotUse() throws IOException {
        ClusterFile file = Lists.read(Lists.list(CONFIG_MAP + "," + POD + "," + CONFIG_MAP));

        assertThat(file.unusedKinds()).containsExactly(entry("ConfigMap", 2));
    }

    @Test
    void takesTheCollectionTimeFromTheListElseFromTheName() throws IOException {
        byte[] stamped = Lists.listAt("2026-03-01T10:00:00Z", POD).getBytes(StandardCharsets.UTF_8);
        byte[] bare = Lists.list(POD).getBytes(StandardCharsets.UTF_8);

        assertThat(collectedAt("pods-2026-03-01T11-00-00Z.json", stamped)).isEqualTo(Lists.at("10:00:00"));
        assertThat(collectedAt("pods-2026-03-01T11-00-00Z.json", bare)).isEqualTo(Lists.at("11:00:00"));
        assertThat(Lists.read(bare).snapshots().getFirst().collectedAt()).isEmpty();
    }

    @Test
    void readsAFileByItsPath(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("pods-2026-03-01T11-00-00Z.json");
        Files.writeString(path, Lists.list(POD));

        ClusterFile file = new ClusterReader().read(path);

        assertThat(file.name()).isEqualTo("pods-2026-03-01T11-00-00Z.json");
        assertThat(file.snapshots().getFirst().collectedAt()).hasValue(Lists.at("11:00:00"));
    }

    private static long collectedAt(String name, byte[] content) throws IOException {
        return Lists.read(name, content).snapshots().getFirst().collectedAt().orElseThrow();
    }

    /// The pod with further fields, in single quotes, before its status.
    private static String podWith(String fields) {
        return POD.replace("\"status\":", fields.replace('\'', '"') + ", \"status\":");
    }

    /// The bound is 1 GiB for everybody; what precedes it is used.
    @Test
    void aFileLongerThanItsBoundIsReadNoFurther() throws IOException {
        String pods = String.join(",", Collections.nCopies(4000, POD));
        ClusterReader reader = new ClusterReader(new Budget(1 << 20), 100_000);
        ClusterFile file = reader.read("pods.json", new ByteArrayInputStream(Lists.gzip(Lists.list(pods))));
        assertThat(file.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("100000"));
        assertThat(file.snapshots()).isNotEmpty();
    }
}
