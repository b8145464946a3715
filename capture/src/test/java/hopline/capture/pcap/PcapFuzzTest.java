package hopline.capture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.Cost;
import hopline.capture.Reading;
import hopline.capture.file.ReadWindow;

/// Whatever a pcap file holds, it is read as far as it goes, and what breaks it is told. Of a whole one each octet is
/// of the file's header, of a record's, or of a packet.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class PcapFuzzTest {

    private static final int FILE_HEADER = 24;
    private static final int IXIA_EXTRA = 4;

    /// AIX pads records of this link type.
    private static final int FDDI = 10;

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) {
        Reading reading =
                Cost.inProportion(octets.length, () -> Reading.of(octets, in -> new PcapReader(new ReadWindow(in))));

        long packets =
                reading.octets().stream().mapToLong(hex -> hex.length() / 2).sum();
        long headers = octets.length - FILE_HEADER - packets;
        if (reading.problem() != null || reading.interfaces().getFirst().linkType() == FDDI) {
            assertThat(packets).isLessThanOrEqualTo(octets.length);
        } else {
            assertThat(areHeaders(headers, reading.records().size())
                            || areHeaders(
                                    headers - IXIA_EXTRA, reading.records().size()))
                    .as(
                            "%d octets of headers of %d records",
                            headers, reading.records().size())
                    .isTrue();
        }
    }

    private static boolean areHeaders(long octets, int records) {
        for (RecordHeader form : RecordHeader.values()) {
            if (octets == (long) records * form.length()) {
                return true;
            }
        }
        return false;
    }
}
