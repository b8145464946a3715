package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class CommunityIdTest {

    @ParameterizedTest
    @CsvFileSource(resources = "community-id.csv", useHeadersInDisplayName = true)
    void isAsTheSpecificationsBaselineSays(
            int protocol,
            String source,
            int sourcePort,
            String destination,
            int port,
            String expected,
            String withSeedOne,
            String inHexadecimal) {
        Address from = Address.of(source);
        Address to = Address.of(destination);

        assertThat(CommunityId.of(protocol, from, sourcePort, to, port)).isEqualTo("1:" + expected);
        assertThat(CommunityId.digest(0, protocol, from, sourcePort, to, port))
                .asHexString()
                .isEqualToIgnoringCase(inHexadecimal);
        assertThat(CommunityId.digest(1, protocol, from, sourcePort, to, port))
                .asBase64Encoded()
                .isEqualTo(withSeedOne);
    }

    /// More published values: of the specification's text, and what others that implement it compare with.
    @ParameterizedTest
    @CsvSource({
        "6, 1.2.3.4, 1122, 5.6.7.8, 3344, 1:wCb3OG7yAFWelaUydu0D+125CLM=",
        "6, 5.6.7.8, 3344, 1.2.3.4, 1122, 1:wCb3OG7yAFWelaUydu0D+125CLM=",
        "17, 1.2.3.4, 1122, 5.6.7.8, 3344, 1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg=",
        "132, 1.2.3.4, 1122, 5.6.7.8, 3344, 1:EKt4MsxuyaE6mL+hmrEkQ9csDD8=",
        "1, 1.2.3.4, 8, 5.6.7.8, 0, 1:crodRHL2FEsHjbv3UkRrfbs4bZ0=",
        "132, 192.168.170.8, 7, 192.168.170.56, 80, 1:jQgCxbku+pNGw8WPbEc/TS/uTpQ=",
    })
    void isAsPublished(int protocol, String source, int sourcePort, String destination, int port, String expected) {
        assertThat(CommunityId.of(protocol, Address.of(source), sourcePort, Address.of(destination), port))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 10.60.1.5, 41000, 10.97.0.10, 80",
        "17, fd60::5, 53, fd60::7, 53",
        "47, 10.0.0.2, 0, 10.0.0.1, 0",
    })
    void isTheSameForBothDirections(int protocol, String source, int sourcePort, String destination, int port) {
        Address a = Address.of(source);
        Address b = Address.of(destination);

        assertThat(CommunityId.of(protocol, a, sourcePort, b, port))
                .isEqualTo(CommunityId.of(protocol, b, port, a, sourcePort))
                .startsWith("1:")
                .isNotEqualTo(CommunityId.of(protocol, a, sourcePort, Address.of("203.0.113.1"), port));
    }

    /// A ping and its answer are one conversation, an unreachable message is its own.
    @ParameterizedTest
    @CsvSource({"1, 8, 0, true", "1, 13, 14, true", "1, 3, 3, false", "58, 128, 129, true", "58, 1, 1, false"})
    void icmpTypesHaveCounterparts(int protocol, int type, int answer, boolean same) {
        Address a = Address.of(protocol == 1 ? "10.0.0.1" : "fd00::1");
        Address b = Address.of(protocol == 1 ? "10.0.0.2" : "fd00::2");

        String there = CommunityId.of(protocol, a, type, b, 0);
        String back = CommunityId.of(protocol, b, answer, a, 0);

        assertThat(there.equals(back)).isEqualTo(same);
    }
}
