package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ArpHeaderTest {

    private static final String ADDRESSES = "020000000001 c0a80001 020000000002 c0a80002";

    @Test
    void fields() {
        ArpHeader header = new ArpHeader(Octets.ofHex("0001 0800 06 04 0002" + ADDRESSES));

        assertThat(header.isIpv4OverEthernet()).isTrue();
        assertThat(header.operation()).isEqualTo(ArpHeader.REPLY);
        assertThat(header.senderHardware()).isEqualTo(0x0200_0000_0001L);
        assertThat(header.senderProtocol()).isEqualTo(0xc0a8_0001);
        assertThat(header.targetHardware()).isEqualTo(0x0200_0000_0002L);
        assertThat(header.targetProtocol()).isEqualTo(0xc0a8_0002);
    }

    record Case(String what, String fixed) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> OTHERS = List.of(
            new Case("Frame Relay", "000f 0800 06 04 0001"),
            new Case("AppleTalk", "0001 809b 06 04 0001"),
            new Case("hardware addresses of eight octets", "0001 0800 08 04 0001"),
            new Case("protocol addresses of sixteen octets", "0001 0800 06 10 0001"));

    @ParameterizedTest
    @FieldSource("OTHERS")
    void otherAddressesCarryNoMeaning(Case other) {
        assertThat(new ArpHeader(Octets.ofHex(other.fixed() + ADDRESSES)).isIpv4OverEthernet())
                .isFalse();
    }
}
