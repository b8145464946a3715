package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class Ipv6HeaderTest {

    @Test
    void fields() {
        Ipv6Header header = new Ipv6Header(
                Octets.ofHex("6fff1234 fff0 11 40 fd000000000000010000000000000002 ff0200000000000000000000800000fb"));

        assertThat(header.version()).isEqualTo(6);
        assertThat(header.flowLabel()).isEqualTo(0xf1234);
        assertThat(header.payloadLength()).isEqualTo(0xfff0);
        assertThat(header.nextHeader()).isEqualTo(17);
        assertThat(header.hopLimit()).isEqualTo(64);
        assertThat(header.sourceHigh()).isEqualTo(0xfd00_0000_0000_0001L);
        assertThat(header.sourceLow()).isEqualTo(2);
        assertThat(header.destinationHigh()).isEqualTo(0xff02_0000_0000_0000L);
        assertThat(header.destinationLow()).isEqualTo(0x8000_00fbL);
    }

    record Case(String what, int kind, String octets, int next, int length) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> EXTENSIONS = List.of(
            new Case("the shortest options", Ipv6ExtensionHeader.HOP_BY_HOP, "3a00 0502 0000 0100", 58, 8),
            new Case("options of 16 octets", Ipv6ExtensionHeader.DESTINATION_OPTIONS, "0601 010c 0000 0000", 6, 16),
            new Case("the longest routing header", Ipv6ExtensionHeader.ROUTING, "06ff 0000 0000 0000", 6, 2_048),
            new Case("a fragment's length is fixed", Ipv6ExtensionHeader.FRAGMENT, "11ff 0001 0000 002a", 17, 8),
            new Case(
                    "authentication counts in words", Ipv6ExtensionHeader.AUTHENTICATION, "0604 0000 0000 0100", 6, 24),
            new Case("the shortest authentication", Ipv6ExtensionHeader.AUTHENTICATION, "0600 0000 0000 0100", 6, 8));

    @ParameterizedTest
    @FieldSource("EXTENSIONS")
    void extensionHeaders(Case expected) {
        Ipv6ExtensionHeader header = new Ipv6ExtensionHeader(expected.kind(), Octets.ofHex(expected.octets()));

        assertThat(header.nextHeader()).isEqualTo(expected.next());
        assertThat(header.headerLength()).isEqualTo(expected.length());
    }

    record Fragment(String what, String octets, int offset, boolean more, int id) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Fragment> FRAGMENTS = List.of(
            new Fragment("first", "1100 0001 0000002a", 0, true, 42),
            new Fragment("middle", "1100 05a9 0000002a", 1_448, true, 42),
            new Fragment("last", "1100 05a8 deadbeef", 1_448, false, 0xdead_beef),
            new Fragment("reserved bits are ignored", "1100 0006 0000002a", 0, false, 42));

    @ParameterizedTest
    @FieldSource("FRAGMENTS")
    void fragmentHeaders(Fragment expected) {
        Ipv6ExtensionHeader header =
                new Ipv6ExtensionHeader(Ipv6ExtensionHeader.FRAGMENT, Octets.ofHex(expected.octets()));

        assertThat(header.fragmentOffset()).isEqualTo(expected.offset());
        assertThat(header.moreFragments()).isEqualTo(expected.more());
        assertThat(header.identification()).isEqualTo(expected.id());
    }

    /// The IANA registry of IPv6 extension header types, those that are encrypted or experiments left out.
    @Test
    void knowsExtensionsByTheirNumbers() {
        assertThat(IntStream.range(0, 256).filter(Ipv6ExtensionHeader::isExtension))
                .containsExactly(0, 43, 44, 51, 60, 135, 139, 140);
    }
}
