package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TcpHeaderTest {

    @Test
    void fields() {
        TcpHeader header = new TcpHeader(Octets.ofHex("c001 0050 fffffffe 80000001 50 d2 fff0 1234 0000"));

        assertThat(header.sourcePort()).isEqualTo(49_153);
        assertThat(header.destinationPort()).isEqualTo(80);
        assertThat(header.sequenceNumber()).isEqualTo(-2);
        assertThat(header.acknowledgmentNumber()).isEqualTo(0x8000_0001);
        assertThat(header.headerLength()).isEqualTo(20);
        assertThat(header.flags()).isEqualTo(0xc0 | TcpHeader.ACK | TcpHeader.SYN);
        assertThat(header.window()).isEqualTo(65_520);
        assertThat(header.checksum()).isEqualTo(0x1234);
    }

    /// Options end where the header says it ends, or the capture.
    record Case(String what, int words, String options, int maximumSegmentSize, long timestamps) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> OPTIONS = List.of(
            new Case("none", 5, "", 0, 0),
            new Case(
                    "a SYN of Linux",
                    10,
                    "020405b4 0402 080a 11223344 00000000 01 030307",
                    1_460,
                    0x1122_3344_0000_0000L),
            new Case("a SYN of Windows", 8, "020405b4 01 030308 01 01 0402", 1_460, 0),
            new Case("timestamps as nearly always", 8, "0101 080a 11223344 55667788", 0, 0x1122_3344_5566_7788L),
            new Case("timestamps elsewhere", 8, "080a 11223344 55667788 0101", 0, 0x1122_3344_5566_7788L),
            new Case(
                    "timestamps behind others",
                    9,
                    "020405b4 080a 11223344 55667788 0101",
                    1_460,
                    0x1122_3344_5566_7788L),
            new Case("behind the end of options", 7, "00 010101 020405b4", 0, 0),
            new Case("behind the header's end", 5, "020405b4", 0, 0),
            new Case("cut inside the option", 6, "0204", 0, 0),
            new Case("timestamps cut where they usually are", 8, "0101 080a 11223344", 0, 0),
            new Case("reaching beyond the header", 6, "0101 0204 05b4", 0, 0),
            new Case("a length of 0", 7, "0500 0000 020405b4", 0, 0),
            new Case("a length of 1", 7, "0501 0000 020405b4", 0, 0),
            new Case("a known kind of another length is passed over", 8, "0203 05 01 020405b4 01010101", 1_460, 0),
            new Case("an unknown kind is passed over", 8, "fd04 f989 020405b4 01010101", 1_460, 0),
            new Case("a kind without a length at the very end", 6, "010101 02", 0, 0),
            new Case("a header that states less than its fixed fields", 4, "020405b4", 0, 0));

    @ParameterizedTest
    @FieldSource("OPTIONS")
    void options(Case expected) {
        TcpHeader header = new TcpHeader(Octets.ofHex("c001 0050 00000001 00000000 "
                + Integer.toHexString(expected.words()) + "0 02 fff0 0000 0000 " + expected.options()));

        assertThat(header.maximumSegmentSize()).isEqualTo(expected.maximumSegmentSize());
        assertThat(header.timestamps()).isEqualTo(expected.timestamps());
    }

    @Test
    void aDatagramHeader() {
        UdpHeader header = new UdpHeader(Octets.ofHex("d431 12b5 fff8 abcd"));

        assertThat(header.sourcePort()).isEqualTo(54_321);
        assertThat(header.destinationPort()).isEqualTo(VxlanHeader.UDP_PORT);
        assertThat(header.statedLength()).isEqualTo(65_528);
        assertThat(header.checksum()).isEqualTo(0xabcd);
    }
}
