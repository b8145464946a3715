package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class Ipv4HeaderTest {

    @Test
    void fields() {
        Ipv4Header header = new Ipv4Header(Octets.ofHex("46b8 fffe 1c46 4000 40 06 b1e6 ac100a63 ff100a0c 01010100"));

        assertThat(header.version()).isEqualTo(4);
        assertThat(header.headerLength()).isEqualTo(24);
        assertThat(header.typeOfService()).isEqualTo(0xb8);
        assertThat(header.totalLength()).isEqualTo(65_534);
        assertThat(header.identification()).isEqualTo(0x1c46);
        assertThat(header.timeToLive()).isEqualTo(64);
        assertThat(header.protocol()).isEqualTo(6);
        assertThat(header.checksum()).isEqualTo(0xb1e6);
        assertThat(header.source()).isEqualTo(0xac10_0a63);
        assertThat(header.destination()).isEqualTo(0xff10_0a0c);
    }

    record Case(String what, String flagsAndOffset, boolean dont, boolean more, boolean fragment, int offset) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> FRAGMENTS = List.of(
            new Case("whole", "0000", false, false, false, 0),
            new Case("must stay whole", "4000", true, false, false, 0),
            new Case("first", "2000", false, true, true, 0),
            new Case("middle", "20b9", false, true, true, 1_480),
            new Case("last", "0172", false, false, true, 2_960),
            new Case("the largest offset", "1fff", false, false, true, 65_528),
            new Case("the reserved bit is ignored", "8000", false, false, false, 0));

    @ParameterizedTest
    @FieldSource("FRAGMENTS")
    void fragments(Case expected) {
        Ipv4Header header = new Ipv4Header(
                Octets.ofHex("4500 0014 0001" + expected.flagsAndOffset() + "40 11 0000 0a000001 0a000002"));

        assertThat(header.dontFragment()).isEqualTo(expected.dont());
        assertThat(header.moreFragments()).isEqualTo(expected.more());
        assertThat(header.isFragment()).isEqualTo(expected.fragment());
        assertThat(header.fragmentOffset()).isEqualTo(expected.offset());
    }

    record Length(String first, int version, int length) {}

    static final List<Length> LENGTHS = List.of(
            new Length("45", 4, 20),
            new Length("4f", 4, 60),
            new Length("44", 4, 16), // lies, and the dissector must say so
            new Length("40", 4, 0),
            new Length("65", 6, 20));

    @ParameterizedTest
    @FieldSource("LENGTHS")
    void statesItsVersionAndLength(Length expected) {
        Ipv4Header header = new Ipv4Header(Octets.ofHex(expected.first() + "00".repeat(19)));

        assertThat(header.version()).isEqualTo(expected.version());
        assertThat(header.headerLength()).isEqualTo(expected.length());
    }
}
