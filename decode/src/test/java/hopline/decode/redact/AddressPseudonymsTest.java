package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPseudonymsTest {

    private final AddressPseudonyms pseudonyms = new AddressPseudonyms(RedactionKey.of("test"), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "224.0.0.251",
                "255.255.255.0",
                "255.255.255.255",
                "169.254.169.254",
                "168.63.129.16",
                "::",
                "::1",
                "ff02::1"
            })
    void addressesThatAreEverybodysStay(String address) {
        assertThat(pseudonyms.address(Address.of(address))).isEqualTo(Address.of(address));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.",
        "192.168.7.9, 192.168.",
        "169.254.3.4, 169.254.",
        "fe80::1234, fe80:",
        "64:ff9b::a01:203, 64:ff9b::",
    })
    void whatKindOfAddressItIsStillShows(String address, String beginning) {
        assertThat(pseudonyms.address(Address.of(address)).toString())
                .startsWith(beginning)
                .isNotEqualTo(address);
    }

    @Test
    void noPublicAddressBecomesAPrivateOne() {
        for (int i = 0; i < 2_000; i++) {
            Address address = Address.ofIpv4(0x08000000 + i * 7_919_000);
            boolean wasPrivate = address.toString().matches("10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*");
            assertThat(pseudonyms
                            .address(address)
                            .toString()
                            .matches("10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"))
                    .as(address.toString())
                    .isEqualTo(wasPrivate);
        }
    }

    @Test
    void addressesOfOneSubnetStayInOneAndEachItsOwn() {
        Set<Long> subnets = new HashSet<>();
        Set<Long> hosts = new HashSet<>();
        for (int host = 0; host < 256; host++) {
            long made = pseudonyms.address(Address.ofIpv4(0x0a2a0100 + host)).low();
            subnets.add(made >>> 8);
            hosts.add(made);
        }
        assertThat(subnets).hasSize(1);
        assertThat(hosts).hasSize(256);
    }

    @Test
    void whatAnIpv6AddressEmbedsBecomesWhatItBecomesAlone() {
        long alone = pseudonyms.address(Address.of("10.1.2.3")).low();

        assertThat(pseudonyms.address(new Address(0, 0xffff_0a01_0203L)))
                .isEqualTo(new Address(0, 0xffff_0000_0000L | alone));
        assertThat(pseudonyms.address(new Address(0, 0x1234_5678_9abcL)).low()).isNotEqualTo(0x1234_5678_9abcL);
    }

    @Test
    void aNetworkKeepsItsZeros() {
        Address network = pseudonyms.network(Address.of("10.42.1.0"), 24);

        assertThat(network.toString()).endsWith(".0");
        assertThat(pseudonyms.address(Address.of("10.42.1.77")).low() >>> 8).isEqualTo(network.low() >>> 8);
    }

    @Test
    void macAddressesKeepWhetherTheyAreLocalAndGroupsStay() {
        assertThat(pseudonyms.mac(0x00155d_010203L)).isNotEqualTo(0x00155d_010203L);
        assertThat(pseudonyms.mac(0x00155d_010203L) >>> 40 & 3).isZero();
        assertThat(pseudonyms.mac(0x02155d_010203L) >>> 40 & 3).isEqualTo(2);
        assertThat(pseudonyms.mac(0x01005e_0000fbL)).isEqualTo(0x01005e_0000fbL);
        assertThat(pseudonyms.mac(0xffffff_ffffffL)).isEqualTo(0xffffff_ffffffL);
        assertThat(new AddressPseudonyms(RedactionKey.of("test"), true).mac(0x00155d_010203L) >>> 24)
                .isEqualTo(0x00155d);
    }
}
