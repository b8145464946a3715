package hopline.capture.erf;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import hopline.capture.Reading;
import hopline.capture.Reading.Seen;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Records made by hand, each of Ethernet with a type that is known and 1.5 s after 2023-11-14 22:13:20 UTC.
class ErfReaderTest {

    private static final String TIME = "00000080 01f15365";
    private static final String FRAME = "020000000001 020000000002 0806 0001";

    /// 34 octets long: header, padding, frame of 16; on the wire 4 octets of check sequence more.
    private static final String FIRST = TIME + "02 04 0022 0003 0014 0000" + FRAME;

    private static byte[] octets(String... hex) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String part : hex) {
            all.writeBytes(HexFormat.of().parseHex(part.replace(" ", "")));
        }
        return all.toByteArray();
    }

    private static Reading read(String... hex) {
        return Reading.of(octets(hex));
    }

    @Test
    void eachPortIsAnInterface() {
        Reading reading = read(FIRST, TIME + "02 05 0022 0000 0014 ffff" + FRAME, FIRST);

        String frame = FRAME.replace(" ", "");
        assertThat(reading.records())
                .containsExactly(
                        new Seen(1, 0, 1_700_000_001_500_000_000L, 20, frame),
                        new Seen(2, 1, 1_700_000_001_500_000_000L, 20, frame),
                        new Seen(3, 0, 1_700_000_001_500_000_000L, 20, frame));
        assertThat(reading.interfaces()).extracting(at -> at.name()).containsExactly("port 0", "port 1");
        assertThat(reading.lostRecords()).isEqualTo(6);
        assertThat(reading.problem()).isNull();
    }

    @Test
    void whatPadsARecordIsNoPartOfIt() {
        Reading reading = read(TIME + "02 04 0028 0000 0010 0000" + FRAME + "eeeeeeeeeeee");

        assertThat(reading.records()).extracting(Seen::octets).containsExactly(FRAME.replace(" ", ""));
    }

    /// Two extensions, the first of which says that another follows; a colour where others count losses.
    @Test
    void extensionHeadersArePassedOver() {
        Reading reading = read(FIRST, TIME + "8b 04 0032 1234 0014 8300000000000001 0300000000000002 0000" + FRAME);

        assertThat(reading.records()).extracting(Seen::octets).containsOnly(FRAME.replace(" ", ""));
        assertThat(reading.records()).hasSize(2);
        assertThat(reading.lostRecords()).isEqualTo(3);
    }

    @Test
    void ipWithoutALinkIsAnInterfaceOfItsOwnAndOtherTypesAreCounted() {
        Reading reading = read(FIRST, TIME + "16 04 0014 0000 0004 45000004", TIME + "30 00 0010 0000 0000");

        assertThat(reading.interfaces()).extracting(at -> at.linkType()).containsExactly(1, 228);
        assertThat(reading.records()).hasSize(2);
        assertThat(reading.skippedBlocks()).containsExactly(Map.entry("ERF type 48", 1L));
    }

    @Test
    void aLengthBelowThatOfTheHeaderIsRefused() {
        Reading reading = read(FIRST, FIRST, TIME + "02 04 000f 0000 0014 0000" + FRAME);

        assertThat(reading.records()).hasSize(2);
        assertThat(reading.problem()).contains("68", "claims 15 octets, at least 16 expected");
    }

    @Test
    void headersThatDoNotEndWithinTheirRecordAreRefused() {
        Reading reading = read(FIRST, TIME + "82 04 0018 0000 0014 8000000000000000");

        assertThat(reading.problem()).contains("headers of record 2 do not end within its 24 octets");
    }

    /// Cut at every octet behind the first record: what precedes the cut is read, and the cut is told.
    @Test
    void aFileThatEndsEarlyGivesItsWholeRecords() {
        byte[] file = octets(FIRST, FIRST);
        for (int length = 35; length < file.length; length++) {
            Reading reading = Reading.of(Arrays.copyOf(file, length));

            assertThat(reading.records()).hasSize(1);
            assertThat(reading.problem()).contains("file ends inside");
        }
    }

    @Test
    void isKnownByItsFirstRecords() {
        assertThat(ErfReader.isErf(Octets.wrap(octets(FIRST, FIRST)))).isTrue();
        assertThat(ErfReader.isErf(Octets.wrap(octets(FIRST)))).isTrue();
        assertThat(ErfReader.isErf(Octets.wrap(octets(FIRST, "00".repeat(40))))).isFalse();
        assertThat(ErfReader.isErf(Octets.wrap(octets(FIRST.replace("0806", "0007")))))
                .isFalse();
        assertThat(ErfReader.isErf(Octets.wrap(new byte[512]))).isFalse();
        assertThat(ErfReader.isErf(Octets.wrap(new byte[0]))).isFalse();
    }
}
