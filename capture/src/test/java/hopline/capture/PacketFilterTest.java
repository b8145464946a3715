package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Filters as libpcap understands them.
class PacketFilterTest {

    private static final int RAW = 101;

    private static final String ETHERNET_HEADER = "020000000002 020000000001 0800";
    private static final String DNS_QUESTION =
            "45 00 001e 0000 0000 40 11 0000 0a2a010b 0a2b000a" + "b875 0035 000a 0000 abcd";
    private static final String SYN =
            "45 00 0028 0000 0000 40 06 0000 0a2a010b 0a2b500f" + "b688 0050 00000001 00000000 5002 ffff 0000 0000";

    @BeforeAll
    static void needLibpcap() throws IOException {
        try {
            PacketFilter.of("ip");
        } catch (MissingLibraryException e) {
            abort("libpcap is not installed on this machine");
        }
    }

    private static CaptureRecord record(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, octets.length);
        record.setOctets(octets, 0, octets.length);
        return record;
    }

    private record Case(String expression, int linkType, String hex, boolean passes) {}

    private static final List<Case> CASES = List.of(
            new Case("udp port 53", LinkType.ETHERNET, ETHERNET_HEADER + DNS_QUESTION, true),
            new Case("udp port 53", LinkType.ETHERNET, ETHERNET_HEADER + SYN, false),
            new Case("udp port 53", RAW, DNS_QUESTION, true),
            new Case("udp port 53", RAW, SYN, false),
            new Case("net 10.43.0.0/16 and not host 10.43.0.10", RAW, SYN, true),
            new Case("net 10.43.0.0/16 and not host 10.43.0.10", RAW, DNS_QUESTION, false),
            new Case("tcp[tcpflags] & tcp-syn != 0", LinkType.ETHERNET, ETHERNET_HEADER + SYN, true),
            new Case("greater 50", LinkType.ETHERNET, ETHERNET_HEADER + SYN, true),
            new Case("greater 50", LinkType.ETHERNET, ETHERNET_HEADER + DNS_QUESTION, false),
            new Case("", LinkType.ETHERNET, ETHERNET_HEADER + SYN, true));

    @ParameterizedTest
    @FieldSource("CASES")
    void recordsPassAsTheExpressionSays(Case test) throws IOException {
        assertThat(PacketFilter.of(test.expression()).matches(record(test.hex()), test.linkType()))
                .isEqualTo(test.passes());
    }

    @Test
    void anExpressionOfNoLinkTypeIsRefusedInLibpcapsWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketFilter.of("udp prot 53"))
                .withMessageContaining("syntax error");
    }

    @Test
    void anExpressionOfAnotherLinkTypeIsAnErrorWhereItIsUsed() throws IOException {
        PacketFilter ofWireless = PacketFilter.of("wlan type mgt");
        assertThatIOException()
                .isThrownBy(() -> ofWireless.matches(record(ETHERNET_HEADER + SYN), LinkType.ETHERNET))
                .withMessageContaining("link type ETHERNET");
    }

    @Test
    void recordsThatPassKeepTheirNumbers() throws IOException {
        CaptureBytes file = CaptureBytes.littleEndian()
                .u32(0xa1b2c3d4L)
                .u16(2)
                .u16(4)
                .u32(0)
                .u32(0)
                .u32(65_535)
                .u32(RAW);
        for (String packet : List.of(SYN, DNS_QUESTION, SYN, DNS_QUESTION)) {
            byte[] octets = HexFormat.of().parseHex(packet.replace(" ", ""));
            file.u32(1).u32(0).u32(octets.length).u32(octets.length).octets(octets);
        }
        List<Long> numbers = new ArrayList<>();
        try (CaptureReader reader =
                PacketFilter.of("udp").reading(Captures.open(new ByteArrayInputStream(file.toByteArray())))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                numbers.add(record.number());
            }
            assertThat(reader.records()).isEqualTo(2);
        }
        assertThat(numbers).containsExactly(2L, 4L);
    }
}
