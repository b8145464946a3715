package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import hopline.capture.UnrecognizedContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Lists of which not everything can be used.
class PartialListTest {

    private static final String POD =
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "web-1", "namespace": "shop"}, "status": {"podIP": "10.244.1.7"}}""";

    record Fault(String item, String reason) {}

    static final List<Fault> FAULTS = List.of(
            new Fault("7", "items of no known kind"),
            new Fault("{\"kind\": \"Pod\"}", "Pod: metadata.name is missing"),
            new Fault("{\"kind\": \"Pod\", \"metadata\": []}", "Pod: metadata is a list, not an object"),
            new Fault("{\"kind\": \"Pod\", \"metadata\": {\"name\": 5}}", "Pod: metadata.name is a number, not text"),
            new Fault(
                    "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\", \"labels\": {\"x\": {}}}}",
                    "Pod: metadata.labels{} is an object, not text"),
            new Fault(
                    "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"status\": {\"podIPs\": \"10.0.0.1\"}}",
                    "Pod: status.podIPs is text, not a list"),
            new Fault(
                    "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"hostNetwork\": \"true\"}}",
                    "Pod: spec.hostNetwork is text, not true or false"),
            new Fault(
                    "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"status\": {\"podIP\": \"1.2.3.999\"}}",
                    "pod address is no IP address"),
            new Fault(
                    "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"status\": {\"startTime\": \"soon\"}}",
                    "pod start time is no time"),
            new Fault(
                    "{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"ports\": [{\"port\": 0}]}}",
                    "service port is no port from 1 to 65535"),
            new Fault(
                    "{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"ports\": [{\"port\": 8.5}]}}",
                    "Service: spec.ports[].port is not a whole number within reason"),
            new Fault(
                    "{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"},"
                            + " \"spec\": {\"ports\": [{\"port\": 99999999999999999999}]}}",
                    "Service: spec.ports[].port is not a whole number within reason"),
            new Fault(
                    "{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"},"
                            + " \"spec\": {\"ports\": [{\"port\": 80, \"protocol\": \"QUIC\"}]}}",
                    "service port protocol is none of TCP, UDP, SCTP"),
            new Fault(
                    "{\"kind\": \"EndpointSlice\", \"metadata\": {\"name\": \"a\"}}",
                    "EndpointSlice: metadata.labels names no service"),
            new Fault(
                    "{\"kind\": \"Node\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"podCIDR\": \"10.0.0.0/99\"}}",
                    "pod CIDR is no range of addresses"));

    @ParameterizedTest
    @FieldSource("FAULTS")
    void countsWhatItCannotUseAndKeepsTheRest(Fault fault) throws IOException {
        ClusterFile file = Lists.read(Lists.list(fault.item() + "," + POD + "," + fault.item()));

        assertThat(file.counts().pods()).isBetween(1, 3);
        assertThat(file.snapshots().getFirst().pods()).extracting(Pod::name).contains("web-1");
        if (file.unusedKinds().isEmpty()) {
            assertThat(file.skipped()).singleElement().satisfies(skipped -> {
                assertThat(skipped.reason()).isEqualTo(fault.reason());
                assertThat(skipped.count()).isEqualTo(2);
            });
        } else {
            assertThat(file.unusedKinds()).containsExactly(entry(fault.reason(), 2));
        }
    }

    @Test
    void namesTheFirstItemOfEachComplaint() throws IOException {
        ClusterFile file = Lists.read(Lists.list("{\"kind\": \"Pod\"}," + POD.replace("10.244.1.7", "x")));

        assertThat(file.skipped())
                .containsExactly(
                        new Skipped("Pod: metadata.name is missing", "item 1", 1),
                        new Skipped("pod address is no IP address", "shop/web-1", 1));
    }

    @Test
    void keepsWhatPrecedesTheEndOfACutFile() throws IOException {
        ClusterFile file = Lists.read("{\"kind\": \"PodList\",\n \"items\": [" + POD + ",\n" + POD.substring(0, 60));

        assertThat(file.counts().pods()).isEqualTo(1);
        assertThat(file.problem()).hasValue("line 5, column 25: file ends inside the JSON");
    }

    @Test
    void keepsWhatPrecedesBrokenJson() throws IOException {
        ClusterFile file = Lists.read(Lists.list(POD) + "\noops");

        assertThat(file.counts().pods()).isEqualTo(1);
        assertThat(file.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("line 3, column 1: unrecognized token 'oops'"));
    }

    @Test
    void keepsWhatADamagedArchiveGave() throws IOException {
        String items = String.join(",", Collections.nCopies(5000, POD));
        byte[] whole = Lists.gzip(Lists.list(items));

        ClusterFile file = Lists.read(Arrays.copyOf(whole, whole.length * 3 / 4));

        assertThat(file.counts().pods()).isGreaterThan(1000);
        assertThat(file.problem()).hasValue("cannot be read to its end: unexpected end of ZLIB input stream");
    }

    @Test
    void refusesAnArchiveThatGivesNothing() {
        assertThatThrownBy(() -> Lists.read(Arrays.copyOf(Lists.gzip(Lists.list(POD)), 5)))
                .isInstanceOf(UnrecognizedContentException.class)
                .hasMessageStartingWith("compressed data that is damaged");
    }

    @Test
    void stopsWhereJsonIsNestedTooDeeply() throws IOException {
        ClusterFile file = Lists.read(Lists.list(POD + ",{\"x\":" + "[".repeat(300)));

        assertThat(file.counts().pods()).isEqualTo(1);
        assertThat(file.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .endsWith("document nesting depth (201) exceeds the maximum allowed (200)"));
    }

    /// A gibibyte of blanks behind a list: what precedes the bound is kept.
    @Test
    void stopsAtAGibibyte() throws IOException {
        InputStream list = new ByteArrayInputStream(Lists.list(POD).getBytes(StandardCharsets.UTF_8));

        ClusterFile file = new ClusterReader()
                .read("pods.json", new SequenceInputStream(list, new Blanks(ClusterReader.MAX_DOCUMENT_LENGTH)));

        assertThat(file.counts().pods()).isEqualTo(1);
        assertThat(file.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("exceeds the maximum allowed (1073741824"));
    }

    /// So many blanks.
    private static final class Blanks extends InputStream {

        private long left;

        Blanks(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] octets, int offset, int length) {
            int count = (int) Math.min(length, left);
            Arrays.fill(octets, offset, offset + count, (byte) ' ');
            left -= count;
            return count == 0 ? -1 : count;
        }
    }

    @Test
    void stopsWhereMoreIsToBeKeptThanAllowed() throws IOException {
        String items = String.join(",", Collections.nCopies(5000, POD));
        ClusterReader reader = new ClusterReader(new Budget(1 << 20));

        ClusterFile file = reader.read(
                "pods.json", new ByteArrayInputStream(Lists.list(items).getBytes(StandardCharsets.UTF_8)));

        assertThat(file.counts().pods()).isBetween(1000, 4000);
        assertThat(file.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .endsWith(": more node state than fits in memory: 1 MiB are allowed"));
    }

    /// A hundred ports at a hundred addresses are ten thousand places in the index.
    @Test
    void countsWhatAFewLinesMultiplyTo() throws IOException {
        StringBuilder addresses = new StringBuilder("\"10.0.0.0\"");
        StringBuilder ports = new StringBuilder("{\"port\": 1}");
        for (int i = 1; i < 100; i++) {
            addresses.append(",\"10.0.0.").append(i).append('"');
            ports.append(",{\"port\": ").append(i + 1).append('}');
        }
        String service = "{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"externalIPs\": ["
                + addresses + "], \"ports\": [" + ports + "]}}";
        ClusterReader reader = new ClusterReader(new Budget(1 << 20));

        ClusterFile file = reader.read(
                "services.json", new ByteArrayInputStream(Lists.list(service).getBytes(StandardCharsets.UTF_8)));

        assertThat(file.counts().services()).isZero();
        assertThat(file.problem()).isPresent();
    }

    @Test
    void skipsAnItemLargerThanAnyObject() throws IOException {
        String label = "\"k\": \"" + "x".repeat(1 << 20) + "\"";
        String labels = String.join(",", Collections.nCopies(5, label));
        String giant = POD.replace("\"name\":", "\"labels\": {" + labels + "}, \"name\":");

        ClusterFile file = Lists.read(Lists.list(giant + "," + POD));

        assertThat(file.counts().pods()).isEqualTo(1);
        assertThat(file.skipped())
                .containsExactly(new Skipped("Pod: it is larger than any object can be", "item 1", 1));
    }
}
