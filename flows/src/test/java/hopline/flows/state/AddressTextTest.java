package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.244.1.7", "255.255.255.255", "::", "fd00::1", "fe80::1:2"})
    void readsAddresses(String text) {
        assertThat(AddressText.parse(text).map(Address::toString)).hasValue(text);
    }

    /// The first few would be looked up as names by a careless reader.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.999",
                "256.0.0.1",
                "example.com",
                "",
                "None",
                "10.0.0",
                "10.0.0.0.1",
                "10.0.0.",
                "10.0.0.+1",
                "10.0.0.١",
                "fe80::1%eth0",
                "[::1]",
                ":::",
                "1::2::3",
                "10.0.0.0000000000000000000000000000000000000001"
            })
    void refusesWhatIsNone(String text) {
        assertThat(AddressText.parse(text)).isEmpty();
    }
}
