package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixCipherTest {

    /// The key of the example that comes with Crypto-PAn's first implementation.
    private static final byte[] KEY = {
        21,
        34,
        23,
        (byte) 141,
        51,
        (byte) 164,
        (byte) 207,
        (byte) 128,
        19,
        10,
        91,
        22,
        73,
        (byte) 144,
        125,
        16,
        (byte) 216,
        (byte) 152,
        (byte) 143,
        (byte) 131,
        121,
        121,
        101,
        39,
        98,
        87,
        76,
        45,
        42,
        (byte) 132,
        34,
        2
    };

    @ParameterizedTest
    @CsvSource({
        "128.11.68.132, 135.242.180.132",
        "129.118.74.4, 134.136.186.123",
        "130.132.252.244, 133.68.164.234",
        "141.223.7.43, 141.167.8.160",
        "::1, 78ff:f001:9fc0:20df:8380:b1f1:704:ed",
    })
    void doesWhatCryptoPanDoes(String address, String expected) {
        PrefixCipher cipher = new PrefixCipher(KEY, (number, depth) -> false);

        assertThat(AddressOctets.address(cipher.encrypt(AddressOctets.of(Address.of(address)))))
                .isEqualTo(Address.of(expected));
    }
}
