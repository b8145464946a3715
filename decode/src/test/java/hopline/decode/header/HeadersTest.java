package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import hopline.capture.Octets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What all headers have in common: a door that lets nothing in that is too short.
class HeadersTest {

    record Case(String header, int length, Function<Octets, Header> make) {

        @Override
        public String toString() {
            return header;
        }
    }

    static final List<Case> HEADERS = List.of(
            new Case("Ethernet header", 14, EthernetHeader::new),
            new Case("VLAN tag", 4, VlanTag::new),
            new Case("ARP header", 28, ArpHeader::new),
            new Case("IPv4 header", 20, Ipv4Header::new),
            new Case("IPv6 header", 40, Ipv6Header::new),
            new Case("IPv6 extension header", 8, octets -> new Ipv6ExtensionHeader(0, octets)),
            new Case("TCP header", 20, TcpHeader::new),
            new Case("UDP header", 8, UdpHeader::new),
            new Case("ICMP header", 8, octets -> new IcmpHeader(4, octets)),
            new Case("VXLAN header", 8, VxlanHeader::new));

    @ParameterizedTest
    @FieldSource("HEADERS")
    void needsItsFixedFields(Case header) {
        Octets enough = Octets.wrap(new byte[header.length()]);

        assertThat(header.make().apply(enough).octets()).isEqualTo(enough);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header.make().apply(enough.from(1)))
                .withMessage("%s needs %d octets, has %d", header.header(), header.length(), header.length() - 1);
    }
}
