package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Captures;
import hopline.cli.packet.KeptRecord;
import hopline.cli.packet.RecordSpool;
import hopline.decode.stage.Stage;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Records that are at hand after they were read.
class RecordSpoolTest {

    private static final int LINKTYPE_USER_0 = 147;

    /// Records of these lengths, each filled with its number; some fill the spool's buffer.
    private static byte[] pcap(int... lengths) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(words(0xa1b2_c3d4, 2 | 4 << 16, 0, 0, 1 << 20, LINKTYPE_USER_0));
        for (int i = 0; i < lengths.length; i++) {
            byte[] octets = new byte[lengths[i]];
            Arrays.fill(octets, (byte) (i + 1));
            out.writeBytes(words(i, 0, octets.length, octets.length + 3));
            out.writeBytes(octets);
        }
        return out.toByteArray();
    }

    private static byte[] words(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    @Test
    void eachRecordIsAsItWasRead() throws IOException {
        byte[] file = pcap(10, 262_144, 0, 200_000, 1, 262_143);
        List<CaptureInput> inputs = List.of(
                new CaptureInput("x.pcap", Optional.empty(), () -> Captures.open(new ByteArrayInputStream(file))));
        List<String> seen = new ArrayList<>();
        try (RecordSpool spool = new RecordSpool()) {
            List<CaptureInput> kept = spool.keeping(inputs);
            for (int reading = 0; reading < 2; reading++) { // what is read again is not kept twice
                Analyzer.forEachPacket(kept, AnalysisOptions.defaults(), Progress.NONE, packet -> {
                    seen.add(describe(spool, packet.first()));
                    return true;
                });
            }
        }
        assertThat(seen).hasSize(12);
        assertThat(seen.subList(0, 6))
                .containsExactly(
                        "1: 10 of 13 octets 01, link type 147",
                        "2: 262144 of 262147 octets 02, link type 147",
                        "3: 0 of 3 octets, link type 147",
                        "4: 200000 of 200003 octets 04, link type 147",
                        "5: 1 of 4 octets 05, link type 147",
                        "6: 262143 of 262146 octets 06, link type 147");
        assertThat(seen.subList(6, 12)).isEqualTo(seen.subList(0, 6));
    }

    private static String describe(RecordSpool spool, Stage stage) {
        try {
            KeptRecord kept = spool.record(stage);
            byte[] octets = kept.record().octets().toByteArray();
            byte[] same = new byte[octets.length];
            Arrays.fill(same, (byte) stage.record());
            assertThat(Arrays.equals(octets, same))
                    .as("octets of record " + stage.record())
                    .isTrue();
            return stage.record() + ": " + octets.length + " of "
                    + kept.record().originalLength() + " octets"
                    + (octets.length == 0 ? "" : String.format(" %02x", octets[0])) + ", link type " + kept.linkType();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
