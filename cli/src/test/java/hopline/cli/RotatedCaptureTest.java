package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    @TempDir
    Path folder;

    /// The capture in pieces of so many records, each a whole file that begins with all interfaces.
    private static List<byte[]> pieces(Path capture, int records) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        List<ByteArrayOutputStream> pieces = new ArrayList<>();
        int count = 0;
        while (file.hasRemaining()) {
            int type = file.getInt(file.position());
            byte[] block = new byte[file.getInt(file.position() + 4)];
            file.get(block);
            if (type == SECTION_HEADER || type == INTERFACE_DESCRIPTION) {
                head.writeBytes(block);
                continue;
            }
            if (type == ENHANCED_PACKET && count++ % records == 0) {
                ByteArrayOutputStream piece = new ByteArrayOutputStream();
                piece.writeBytes(head.toByteArray());
                pieces.add(piece);
            }
            if (!pieces.isEmpty()) {
                pieces.getLast().writeBytes(block);
            }
        }
        return pieces.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    /// Writes a sample's captures as pieces that are named as `form` says of `NODE` and a number, with its lists.
    ///
    /// @return how many files there are
    private int write(String sample, int records, String form) throws IOException {
        int files = 0;
        for (String node : List.of("node-a", "node-b")) {
            List<byte[]> pieces = pieces(SampleCaptures.folder(sample).resolve(node + ".pcapng"), records);
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
        Path capture = SampleCaptures.folder("healthy-overlay").resolve("node-a.pcapng");
        byte[] early = pieces(capture, 60).getFirst();
        Files.write(folder.resolve("node-a_2026-11-21_07-36.pcapng"), early);
        Files.write(
                folder.resolve("node-a_2026-11-21_09-36.pcapng"),
                later(pieces(capture, 1_000).getFirst()));

        assertThat(Session.of("analyze", folder.toString()).out()).startsWith("No fault found");
    }

    /// The same with all times two hours later.
    private static byte[] later(byte[] capture) {
        ByteBuffer file = ByteBuffer.wrap(capture.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < capture.length; at += file.getInt(at + 4)) {
            if (file.getInt(at) == ENHANCED_PACKET) {
                long ticks = (long) file.getInt(at + 12) << 32 | Integer.toUnsignedLong(file.getInt(at + 16));
                long moved = ticks + 7_200_000_000_000L;
                file.putInt(at + 12, (int) (moved >>> 32)).putInt(at + 16, (int) moved);
            }
        }
        return file.array();
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
