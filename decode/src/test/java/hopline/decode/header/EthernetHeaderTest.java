package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EthernetHeaderTest {

    record Case(String octets, long destination, long source, int etherType) {}

    static final List<Case> HEADERS = List.of(
            new Case("ffffffffffff 02005e100001 0806", 0xffff_ffff_ffffL, 0x0200_5e10_0001L, 0x0806),
            new Case("800000000001 fe0000000002 86dd 60", 0x8000_0000_0001L, 0xfe00_0000_0002L, 0x86dd),
            new Case("0180c2000000 02005e100001 0026", 0x0180_c200_0000L, 0x0200_5e10_0001L, 0x26));

    @ParameterizedTest
    @FieldSource("HEADERS")
    void fields(Case expected) {
        EthernetHeader header = new EthernetHeader(Octets.ofHex(expected.octets()));

        assertThat(header.destination()).isEqualTo(expected.destination());
        assertThat(header.source()).isEqualTo(expected.source());
        assertThat(header.etherType()).isEqualTo(expected.etherType());
    }

    record Tag(String octets, int vlanId, int priority, int etherType) {}

    static final List<Tag> TAGS = List.of(
            new Tag("0064 0800", 100, 0, 0x0800),
            new Tag("e064 0800", 100, 7, 0x0800),
            new Tag("ffff 86dd", 4095, 7, 0x86dd),
            new Tag("1000 8100", 0, 0, 0x8100)); // drop-eligible, which is neither

    @ParameterizedTest
    @FieldSource("TAGS")
    void vlanTags(Tag expected) {
        VlanTag tag = new VlanTag(Octets.ofHex(expected.octets()));

        assertThat(tag.vlanId()).isEqualTo(expected.vlanId());
        assertThat(tag.priority()).isEqualTo(expected.priority());
        assertThat(tag.etherType()).isEqualTo(expected.etherType());
    }
}
