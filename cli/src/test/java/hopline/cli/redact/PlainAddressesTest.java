package hopline.cli.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.redact.Redaction;
import hopline.decode.redact.RedactionKey;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#93.184.216.34 x",
                "d=\"93.184.216.34\"",
                "hôte93.184.216.34.6443",
                "v93.184.216.34",
                "93.184.216.34.",
                "93.184.216.34/24",
            })
    void whateverStandsBesideItAnAddressIsSeen(String text) {
        assertThat(PlainAddresses.in(text)).containsExactly(Address.of("93.184.216.34"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.3.6.1.4.1.311.21", "10.0.20348.3091", "12:34:56.789", "2026.11.22.10", "999.1.1.1", "std::x"})
    void otherNumbersAreNone(String text) {
        assertThat(PlainAddresses.in(text)).isEmpty();
    }

    @Test
    void othersAreSeen() {
        assertThat(PlainAddresses.in("éfd00::7 and fe80::1:2")).hasSize(2);
        assertThat(PlainAddresses.macsIn("00:15:5d:01:02:03 00-15-5D-01-02-03")).containsOnly(0x00155d_010203L);
    }

    @Test
    void whatARedactionDoesNotTellOfIsPrivateNevertheless() {
        Redaction redaction = new Redaction(RedactionKey.of("test"), false, false, Set.of());
        PrivateData data = new PrivateData(redaction.addresses());
        redaction.listen(data);

        data.text("93.184.216.34 is known, 127.0.0.1 is everybody's");

        assertThat(data.found().get(PrivateData.Kind.ADDRESS)).containsOnlyKeys("93.184.216.34");
    }
}
