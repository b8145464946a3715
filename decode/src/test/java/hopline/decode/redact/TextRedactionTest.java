package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRedactionTest {

    private final RedactionKey key = RedactionKey.of("test");
    private final AddressPseudonyms addresses = new AddressPseudonyms(key, false);
    private final NamePseudonyms names = new NamePseudonyms(key);
    private final TextRedaction text = new TextRedaction(addresses, names);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T10:22:05.123456Z took 12ms, 3 packets, 0x80070490",
                "\"protocol\": \"TCP\", \"port\": 8080,",
                "kube-system/kube-dns via eth0 mask 255.255.255.0",
                "node",
            })
    void whatNamesNobodyStays(String line) {
        assertThat(text.redact(line)).isEqualTo(line);
    }

    @Test
    void addressesBecomeWhatTheyBecomeInPackets() {
        String made = addresses.address(Address.of("10.42.1.11")).toString();

        assertThat(text.redact("tcp 10.42.1.11:8080")).isEqualTo("tcp " + made + ":8080");
        assertThat(text.redact("[fd00::7]:53")).isEqualTo("[" + addresses.address(Address.of("fd00::7")) + "]:53");
        assertThat(text.redact("00-15-5D-01-02-03")).matches("[0-9A-F]{2}(-[0-9A-F]{2}){5}");
        assertThat(text.redact("{\\\"mac\\\":\\\"66:a5:cc:c1:86:97\\\"}")).doesNotContain("66:a5:cc:c1:86:97");
    }

    @Test
    void networksStayNetworksHoweverTheyAreWritten() {
        String network = addresses.network(Address.of("10.244.1.0"), 24).toString();

        assertThat(text.redact("10.244.1.0/24")).isEqualTo(network + "/24");
        assertThat(text.redact("10.244.1.0 255.255.255.0")).isEqualTo(network + " 255.255.255.0");
        assertThat(text.redact("10.244.1.0-10.244.1.255")).isEqualTo(network + "-" + network.replaceFirst("0$", "255"));
    }

    @Test
    void namesKeepTheirFormAndWhatTheyHaveInCommon() {
        String one = text.redact("payments-7d9c5f-x2x4z");
        String two = text.redact("payments-7d9c5f-k8k9q");

        assertThat(one).hasSize("payments-7d9c5f-x2x4z".length()).doesNotContain("payments");
        assertThat(one.substring(0, 15)).isEqualTo(two.substring(0, 15));
        assertThat(one).isNotEqualTo(two);
        assertThat(text.redact("PAYMENTS")).isEqualTo(text.redact("payments").toUpperCase(java.util.Locale.ROOT));
    }

    @Test
    void aWordIsANameOnceSomethingIsNamedSo() {
        assertThat(text.redact("the anybody")).isEqualTo("the anybody");

        text.learn("anybody");

        assertThat(text.redact("the anybody")).isNotEqualTo("the anybody").startsWith("the ");
    }

    @Test
    void identifiersKeepTheirForm() {
        assertThat(text.redact("4FD72AB0-2C35-4AE7-AC9A-F893495BD5EF"))
                .matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
                .isNotEqualTo("4FD72AB0-2C35-4AE7-AC9A-F893495BD5EF");
    }

    @Test
    void columnsStayAligned() {
        assertThat(text.redact("10.42.1.11        ready").indexOf("ready")).isEqualTo(18);
    }
}
