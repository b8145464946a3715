package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Records that end behind their link header: nothing that follows tells how long that is.
class LinkRedactionTest {

    private static final RedactionKey KEY = RedactionKey.of("test");
    private static final String MACS = "021122334455" + "0266778899aa";

    private static String redacted(int linkType, String octets, boolean keepPayload) {
        AddressPseudonyms addresses = new AddressPseudonyms(KEY, false);
        PacketRedaction redaction =
                new PacketRedaction(KEY, addresses, new NamePseudonyms(KEY), keepPayload, List.of());
        byte[] captured = HexFormat.of().parseHex(octets);
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, captured.length);
        record.setOctets(captured, 0, captured.length);
        return HexFormat.of().formatHex(redaction.redact(record, linkType));
    }

    @ParameterizedTest
    @CsvSource({
        LinkType.FDDI + ",51" + MACS,
        LinkType.IEEE802_5 + ",1040" + MACS,
        LinkType.IPOIB + ",fe80000000000000021122fffe334455" + "00000000" + "fe80000000000000026677fffe8899aa"
                + "00000000" + "08000000"
    })
    void holdNoAddressOfTheOriginalWhetherPayloadStaysOrNot(int linkType, String octets) {
        for (boolean keepPayload : new boolean[] {true, false}) {
            assertThat(redacted(linkType, octets, keepPayload))
                    .hasSize(octets.length())
                    .doesNotContain("334455", "8899aa");
        }
    }

    @ParameterizedTest
    @CsvSource({LinkType.FDDI + ",51" + MACS, LinkType.IEEE802_5 + ",1040" + MACS})
    void haveTheSamePseudonymsWhetherPayloadStaysOrNot(int linkType, String octets) {
        assertThat(redacted(linkType, octets, false)).isEqualTo(redacted(linkType, octets, true));
    }
}
