package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import hopline.decode.Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    record Case(String cidr, String address, boolean contains) {}

    static final List<Case> RANGES = List.of(
            new Case("10.244.1.0/24", "10.244.1.0", true),
            new Case("10.244.1.0/24", "10.244.1.255", true),
            new Case("10.244.1.0/24", "10.244.2.0", false),
            new Case("0.0.0.0/0", "255.255.255.255", true),
            new Case("0.0.0.0/0", "::", false),
            new Case("10.0.0.1/32", "10.0.0.1", true),
            new Case("10.0.0.1/32", "10.0.0.2", false),
            new Case("fd00:10::/64", "fd00:10::ffff:ffff:ffff:ffff", true),
            new Case("fd00:10::/64", "fd00:10:0:1::", false),
            new Case("fd00::8000:0:0:0/65", "fd00::7fff:0:0:0", false),
            new Case("fd00::8000:0:0:0/65", "fd00::ffff:0:0:0", true),
            new Case("::/0", "fd00::1", true),
            new Case("::/0", "10.0.0.1", false),
            new Case("fd00::1/128", "fd00::1", true));

    @ParameterizedTest
    @FieldSource("RANGES")
    void contains(Case expected) {
        Cidr cidr = Cidr.parse(expected.cidr()).orElseThrow();

        assertThat(cidr.contains(Address.of(expected.address()))).isEqualTo(expected.contains());
        assertThat(cidr).hasToString(expected.cidr());
    }

    @Test
    void forgetsTheBitsBehindThePrefix() {
        assertThat(Cidr.parse("10.244.1.77/24")).hasValue(new Cidr(Address.of("10.244.1.0"), 24));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "fd00::/129",
                "a/8",
                "10.0.0.0/8/8"
            })
    void refusesWhatIsNoRange(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void refusesALengthOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cidr(Address.of("10.0.0.0"), 33))
                .withMessage("prefix length 33 of 10.0.0.0");
    }
}
