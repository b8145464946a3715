package hopline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    record Text(String written, String canonical) {}

    /// IPv6 as RFC 5952 §4 writes it.
    static final List<Text> TEXTS = List.of(
            new Text("10.0.0.1", "10.0.0.1"),
            new Text("255.255.255.255", "255.255.255.255"),
            new Text("0.0.0.0", "0.0.0.0"),
            new Text("2001:0db8::0001", "2001:db8::1"),
            new Text("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
            new Text("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            new Text("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
            new Text("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            new Text("2001:DB8::AAAA", "2001:db8::aaaa"),
            new Text("fe80::", "fe80::"),
            new Text("::1", "::1"),
            new Text("0:0:0:0:0:0:0:0", "::"),
            new Text("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            new Text("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"),
            new Text("0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"));

    @ParameterizedTest
    @FieldSource("TEXTS")
    void isWrittenInOneWay(Text expected) {
        assertThat(Address.of(expected.written())).hasToString(expected.canonical());
        assertThat(Address.of(expected.canonical())).isEqualTo(Address.of(expected.written()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.1.2",
                "1e1.0.0.1",
                "-1.0.0.0",
                "localhost",
                ":",
                "1:2",
                "fd00::g",
                "fe80::1%eth0",
                "[::1]",
                "::1::",
                "12345::"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.of(text))
                .withMessage("not an IP address: " + text);
    }

    record Nature(String address, boolean multicast, boolean linkLocal, boolean unspecified) {}

    static final List<Nature> NATURES = List.of(
            new Nature("10.0.0.1", false, false, false),
            new Nature("223.255.255.255", false, false, false),
            new Nature("224.0.0.0", true, false, false),
            new Nature("239.255.255.255", true, false, false),
            new Nature("240.0.0.0", false, false, false),
            new Nature("255.255.255.255", true, false, false),
            new Nature("169.253.255.255", false, false, false),
            new Nature("169.254.0.1", false, true, false),
            new Nature("0.0.0.0", false, false, true),
            new Nature("::", false, false, true),
            new Nature("::1", false, false, false),
            new Nature("fd00::1", false, false, false),
            new Nature("ff02::fb", true, false, false),
            new Nature("fe80::1", false, true, false),
            new Nature("febf::1", false, true, false),
            new Nature("fec0::1", false, false, false));

    @ParameterizedTest
    @FieldSource("NATURES")
    void tellsItsNature(Nature expected) {
        Address address = Address.of(expected.address());

        assertThat(address.isMulticast()).as("multicast").isEqualTo(expected.multicast());
        assertThat(address.isLinkLocal()).as("link-local").isEqualTo(expected.linkLocal());
        assertThat(address.isUnspecified()).as("unspecified").isEqualTo(expected.unspecified());
    }

    @ParameterizedTest
    @CsvSource({
        "10.255.0.1, true",
        "11.0.0.1, false",
        "172.15.255.255, false",
        "172.16.0.1, true",
        "172.31.255.255, true",
        "172.32.0.1, false",
        "192.168.4.4, true",
        "192.169.0.1, false",
        "100.63.255.255, false",
        "100.64.0.1, true",
        "100.127.255.255, true",
        "100.128.0.1, false",
        "203.0.113.80, false",
        "fc00::1, true",
        "fdff::1, true",
        "fe00::1, false",
        "2001:db8::1, false"
    })
    void privateAddressesStayWithinAnOrganisation(String address, boolean isPrivate) {
        assertThat(Address.of(address).isPrivate()).isEqualTo(isPrivate);
    }

    @Test
    void ordersIpv4BeforeIpv6AndThenByNumber() {
        List<Address> ordered = Stream.of("9.0.0.0", "10.0.0.1", "200.0.0.1", "::", "::1", "1::", "fe80::1")
                .map(Address::of)
                .toList();

        assertThat(ordered.reversed().stream().sorted()).isEqualTo(ordered);
    }

    @Test
    void keepsThe32BitsOfIpv4Unsigned() {
        assertThat(Address.ofIpv4(0xc0a80001)).isEqualTo(Address.of("192.168.0.1"));
        assertThat(Address.ofIpv4(0xc0a80001).isIpv4()).isTrue();
        assertThat(Address.of("::c0a8:1").isIpv4()).isFalse();
    }

    @Property
    void itsTextGivesItBack(@ForAll int ipv4, @ForAll long high, @ForAll long low) {
        assertThat(Address.of(Address.ofIpv4(ipv4).toString())).isEqualTo(Address.ofIpv4(ipv4));

        Address ipv6 = new Address(high == Address.IPV4 ? 0 : high, low);
        boolean readAsIpv4 = ipv6.high() == 0 && low >>> 32 == 0xffff; // ::ffff:0:0/96, IPv4 in IPv6 clothes
        assertThat(Address.of(ipv6.toString())).isEqualTo(readAsIpv4 ? Address.ofIpv4((int) low) : ipv6);
    }

    @Test
    void anEndpointBracketsIpv6() {
        assertThat(new Endpoint(Address.of("10.0.0.1"), 80)).hasToString("10.0.0.1:80");
        assertThat(new Endpoint(Address.of("fd00::1"), 80)).hasToString("[fd00::1]:80");
        assertThat(new Endpoint(Address.of("fd00::1"), Endpoint.NO_PORT)).hasToString("fd00::1");
        assertThat(new Endpoint(Address.of("10.0.0.1"), 0)).hasToString("10.0.0.1:0");
    }

    @Test
    void endpointsAreOrderedByAddressThenPort() {
        List<Endpoint> ordered = List.of(
                new Endpoint(Address.of("10.0.0.1"), Endpoint.NO_PORT),
                new Endpoint(Address.of("10.0.0.1"), 80),
                new Endpoint(Address.of("10.0.0.1"), 443),
                new Endpoint(Address.of("10.0.0.2"), 1));

        assertThat(ordered.reversed().stream().sorted()).isEqualTo(ordered);
    }

    record Mac(long address, String text, boolean group) {}

    static final List<Mac> MACS = List.of(
            new Mac(0x02005e100001L, "02:00:5e:10:00:01", false),
            new Mac(MacAddress.BROADCAST, "ff:ff:ff:ff:ff:ff", true),
            new Mac(0x01005e0000fbL, "01:00:5e:00:00:fb", true),
            new Mac(0x3333000000fbL, "33:33:00:00:00:fb", true),
            new Mac(0, "00:00:00:00:00:00", false));

    @ParameterizedTest
    @FieldSource("MACS")
    void writesLinkLayerAddresses(Mac expected) {
        assertThat(MacAddress.text(expected.address())).isEqualTo(expected.text());
        assertThat(MacAddress.isGroup(expected.address())).isEqualTo(expected.group());
    }

    @Test
    void namesProtocols() {
        assertThat(IpProtocol.name(6)).isEqualTo("TCP");
        assertThat(IpProtocol.name(200)).isEqualTo("IP protocol 200");
        assertThat(Stream.of(6, 17, 132, 1, 58, 47).filter(IpProtocol::hasPorts))
                .containsExactly(6, 17, 132);
    }
}
