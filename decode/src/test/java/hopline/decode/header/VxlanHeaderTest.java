package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class VxlanHeaderTest {

    record Case(String what, String octets, boolean hasVni, int vni) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> HEADERS = List.of(
            new Case("a network of Linux", "08000000 00000100", true, 1),
            new Case("the first network of Windows", "08000000 00100000", true, 4_096),
            new Case("the largest identifier", "08000000 ffffff00", true, 16_777_215),
            new Case("reserved bits are ignored", "ffffffff 000001ff", true, 1),
            new Case("no identifier", "00000000 00000100", false, 1));

    @ParameterizedTest
    @FieldSource("HEADERS")
    void fields(Case expected) {
        VxlanHeader header = new VxlanHeader(Octets.ofHex(expected.octets()));

        assertThat(header.hasVni()).isEqualTo(expected.hasVni());
        assertThat(header.vni()).isEqualTo(expected.vni());
    }
}
