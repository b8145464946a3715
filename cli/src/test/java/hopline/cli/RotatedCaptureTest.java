package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who captures for long begins a new file now and then: what is found in the pieces is what is found in the whole.
class RotatedCaptureTest {

    private static final String RING = "NODE_%05d_20261121073818.pcapng";

    @TempDir
    Path folder;

    /// Writes a sample's captures as pieces that are named as `form` says of `NODE` and a number, with its lists.
    ///
    /// @return how many files there are
    private int write(String sample, int records, String form) throws IOException {
        int files = 0;
        for (String node : List.of("node-a", "node-b")) {
            List<byte[]> pieces = PcapngBlocks.of(SampleCaptures.folder(sample).resolve(node + ".pcapng"))
                    .pieces(records);
            for (int i = 0; i < pieces.size(); i++) {
                Path file = folder.resolve(form.replace("NODE", node).formatted(i + 1));
                Files.write(file, pieces.get(i));
                files++;
            }
        }
        for (String list : List.of("pods", "services", "endpointslices")) {
            Files.copy(SampleCaptures.folder(sample).resolve(list + ".json"), folder.resolve(list + ".json"));
        }
        return files;
    }

    private static String whole(String sample) {
        Path captures = SampleCaptures.folder(sample);
        List<String> words = new ArrayList<>(List.of("analyze"));
        for (String file :
                List.of("node-a.pcapng", "node-b.pcapng", "pods.json", "services.json", "endpointslices.json")) {
            words.add(captures.resolve(file).toString());
        }
        return Session.of(words.toArray(String[]::new)).out();
    }

    /// All but what names files.
    private static String findings(String report) {
        return report.substring(report.indexOf("\nCluster "))
                .replaceAll("\n   records .*(?:\n              .*)*(?=\n   )", "");
    }

    @ParameterizedTest
    @CsvSource({
        "service-wrong-backend, 40, NODE_%05d_20261121073818.pcapng", // dumpcap, Wireshark, editcap
        "healthy-overlay,       99, NODE_20261121073818_%05d.pcapng", // the same, time first
        "mtu-exceeded,          40, NODE.pcap%d", // tcpdump -C
        "vxlan-vni-mismatch,    40, NODE-2026-11-21_07-38-%02d.pcap", // tcpdump -G
        "clock-offset,          40, NODE_20261121-0738%02d.pcapng",
        "retransmissions,       40, NODE.pcapng.%d", // put aside
        "healthy-overlay,        9, NODE_%05d_20261121073818.pcapng", // more than are open at a time
    })
    void whatIsFoundIsWhatIsFoundInTheWhole(String sample, int records, String form) throws IOException {
        int files = write(sample, records, form);

        String report = Session.of("analyze", folder.toString()).out();

        assertThat(findings(report)).isEqualTo(findings(whole(sample)));
        assertThat(report).contains("\nRead      " + files + " captures: ");
    }

    @Test
    void manyPiecesAreToldOfTogether() throws IOException {
        write("service-wrong-backend", 40, RING);

        assertThat(Session.of("analyze", folder.toString()).out())
                .contains(
                        """
                        Read      13 captures: 502 records of 162 packets, 4.28 s from 2026-11-21 07:38:18 UTC
                                  node-a_00001_20261121073818.pcapng to node-a_00008_20261121073818.pcapng: 8 files of node
                                  node-a, 317 records at eth0 cni0 vx0 v-client v-web-1 v-cart-1 v-dns-1
                                  node-b_00001_20261121073818.pcapng to node-b_00005_20261121073818.pcapng: 5 files of node
                                  node-b, 185 records at eth0 cni0 vx0 v-worker v-web-2 v-orders-1
                        """);
    }

    /// A broken one stands for itself, and so do few.
    @Test
    void aBrokenPieceIsToldOfAlone() throws IOException {
        write("service-wrong-backend", 40, RING);
        Path broken = folder.resolve(RING.replace("NODE", "node-a").formatted(5));
        byte[] octets = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(octets, octets.length - 7));

        assertThat(Session.of("analyze", folder.toString()).out())
                .contains("node-a_00001_20261121073818.pcapng to node-a_00004_20261121073818.pcapng: 4 files of node")
                .contains("\n          node-a_00005_20261121073818.pcapng: node node-a, 3")
                .contains("\n          node-a_00006_20261121073818.pcapng: node node-a, 40 records");
    }

    @Test
    void aConversionDeclaresEachInterfaceOnce() throws IOException {
        int files = write("service-wrong-backend", 40, RING);
        Path all = folder.resolve("all.pcapng");

        assertThat(Session.of("convert", folder.toString(), all.toString()).exitCode())
                .isZero();

        assertThat(files).isEqualTo(13);
        try (CaptureReader reader = Captures.open(all)) {
            while (reader.next() != null) {
                assertThat(reader.interfaces()).hasSizeLessThanOrEqualTo(13);
            }
            assertThat(reader.records()).isEqualTo(502);
        }
    }

    /// Of the same node hours later: what the first capture no longer saw may have come.
    @Test
    void betweenTwoCapturesOfANodeNothingIsKnown() throws IOException {
        PcapngBlocks capture =
                PcapngBlocks.of(SampleCaptures.folder("healthy-overlay").resolve("node-a.pcapng"));
        List<PcapngBlocks.Record> again = capture.records().stream()
                .map(record -> record.later(7_200_000_000_000L))
                .toList();
        Files.write(
                folder.resolve("node-a_2026-11-21_07-36.pcapng"),
                capture.only(capture.records().subList(0, 80))); // a question, not its answer
        Files.write(folder.resolve("node-a_2026-11-21_09-36.pcapng"), capture.only(again));

        assertThat(Session.of("analyze", folder.toString()).out()).startsWith("No fault found");
    }

    @Test
    void anEmptyPieceIsTold() throws IOException {
        write("service-wrong-backend", 40, "NODE.pcap%d");
        Files.createFile(folder.resolve("node-a.pcap99"));

        Session session = Session.of("analyze", folder.toString());

        assertThat(session.err().toLowerCase(Locale.ROOT))
                .contains("node-a.pcap99")
                .contains("empty");
        assertThat(session.exitCode()).isEqualTo(3);
    }
}
