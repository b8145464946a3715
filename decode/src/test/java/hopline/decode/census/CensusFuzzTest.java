package hopline.decode.census;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Protocol;

/// Whatever packets come one after another, fragments and segments to be put together among them, nothing occurs in
/// more records than there are, and plain packets count as their layers would.
///
/// A record is an octet for its length and so many octets of an Ethernet frame. The seeds beside the test's resources,
/// and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class CensusFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void count(byte @NotNull [] octets) {
        Census census = new Census();
        Census byLayers = new Census();
        CaptureRecord record = new CaptureRecord();
        long records = 0;
        for (int at = 0; at < octets.length; ) {
            int length = Math.min(octets[at] & 0xff, octets.length - at - 1);
            record.set(++records, 0, records, length);
            record.setOctets(octets, at + 1, length);
            census.add(record, LinkType.ETHERNET);
            byLayers.addByLayers(record, LinkType.ETHERNET);
            at += 1 + length;
        }
        Counts counts = census.counts();
        for (Protocol protocol : Census.PROTOCOLS) {
            assertThat(counts.of(protocol)).isBetween(0L, records);
        }
        assertThat(counts.malformedRecords()).isBetween(0L, records);
        assertThat(counts).isEqualTo(byLayers.counts());
    }
}
