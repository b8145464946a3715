package hopline.decode.census;

import static hopline.decode.census.Frames.ARP;
import static hopline.decode.census.Frames.arp;
import static hopline.decode.census.Frames.ethernet;
import static hopline.decode.census.Frames.hex;
import static hopline.decode.census.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.decode.Protocol;
import hopline.decode.census.CaptureFacts.Readability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Hand-made pcap files: header, then records with their seconds, microseconds, captured and original lengths.
class CaptureSurveyTest {

    private static final byte[] HEADER = hex("d4c3b2a1 0200 0400 00000000 00000000 2a000000 01000000");
    private static final byte[] FRAME = ethernet(ARP, arp()); // 42 octets

    /// At 10.000005 s.
    private static final byte[] EARLIER = join(hex("0a000000 05000000 2a000000 2a000000"), FRAME);

    /// At 11 s; it had 64 octets on the wire.
    private static final byte[] CUT = join(hex("0b000000 00000000 2a000000 40000000"), FRAME);

    private static CaptureFacts survey(byte[]... parts) throws IOException {
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(join(parts)))) {
            return CaptureSurvey.of(reader, records -> {});
        }
    }

    @Test
    void tellsWhatACaptureHolds() throws IOException {
        CaptureFacts facts = survey(HEADER, CUT, EARLIER);

        assertThat(facts.readable()).isEqualTo(Readability.WHOLE);
        assertThat(facts.records()).isEqualTo(2);
        assertThat(facts.octets()).isEqualTo(42 + 64);
        assertThat(facts.firstNanos()).isEqualTo(10_000_005_000L);
        assertThat(facts.lastNanos()).isEqualTo(11_000_000_000L);
        assertThat(facts.truncatedRecords()).isEqualTo(1);
        assertThat(facts.leastLeft()).isEqualTo(42);
        assertThat(facts.mostLeft()).isEqualTo(42);
        assertThat(facts.interfaces())
                .singleElement()
                .extracting(InterfaceFacts::records)
                .isEqualTo(2L);
        assertThat(facts.counts().of(Protocol.ARP)).isEqualTo(2);
    }

    @Test
    void tellsHowFineTheStampsAre() throws IOException {
        assertThat(survey(HEADER, EARLIER).resolutionNanos()).isEqualTo(1_000);
        assertThat(survey(HEADER, CUT).resolutionNanos()).isEqualTo(1_000_000);
    }

    @Test
    void readsABrokenCaptureAsFarAsItGoes() throws IOException {
        CaptureFacts facts = survey(HEADER, EARLIER, Arrays.copyOf(CUT, 30));

        assertThat(facts.readable()).isEqualTo(Readability.PARTLY);
        assertThat(facts.problem())
                .contains("offset 82: file ends inside record 2: 42 captured octets expected, 14 found");
        assertThat(facts.records()).isEqualTo(1);
    }

    @Test
    void aCaptureWithoutRecordsIsWholeAndHasNoTime() throws IOException {
        CaptureFacts facts = survey(HEADER);

        assertThat(facts.readable()).isEqualTo(Readability.WHOLE);
        assertThat(facts.isTimed()).isFalse();
    }

    @Test
    void tellsHowFarItHasCome() throws IOException {
        byte[][] parts = new byte[20_001][];
        Arrays.fill(parts, EARLIER);
        parts[0] = HEADER;
        AtomicLong told = new AtomicLong();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(join(parts)))) {
            CaptureSurvey.of(reader, told::set);
        }

        assertThat(told).hasValue(1 << 14);
    }
}
