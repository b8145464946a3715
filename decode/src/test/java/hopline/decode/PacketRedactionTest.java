package hopline.decode;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.Ipv4Header;
import hopline.decode.redact.AddressPseudonyms;
import hopline.decode.redact.NamePseudonyms;
import hopline.decode.redact.PacketRedaction;
import hopline.decode.redact.RedactionKey;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Packets in every framing and tunnel, redacted: the same layers at the same places, and nothing of what they were.
class PacketRedactionTest {

    private static final RedactionKey KEY = RedactionKey.of("test");

    private final AddressPseudonyms addresses = new AddressPseudonyms(KEY, false);
    private final NamePseudonyms names = new NamePseudonyms(KEY);
    private final PacketRedaction redaction = new PacketRedaction(KEY, addresses, names, false, List.of());

    static Stream<Tunnelled.Case> all() {
        return Stream.of(Tunnelled.FRAMINGS, Tunnelled.TUNNELS, Tunnelled.LINKS).flatMap(List::stream);
    }

    /// Without samples of flows (sFlow), of whose datagrams nothing stays.
    static Stream<Tunnelled.Case> allButSamples() {
        return all().filter(packet -> !packet.layers().matches(".* udp (ethernet|ipv4|ipv6) .*"));
    }

    @ParameterizedTest
    @MethodSource("allButSamples")
    void layersStayWhatAndWhereTheyAre(Tunnelled.Case packet) {
        byte[] redacted = redact(packet.record(), packet.linkType());

        assertThat(text(redacted, packet.linkType())).isEqualTo(packet.layers());
    }

    /// The addresses of every case, inside and outside of tunnels.
    @ParameterizedTest
    @MethodSource("all")
    void noAddressIsLeft(Tunnelled.Case packet) {
        String redacted = HexFormat.of().formatHex(redact(packet.record(), packet.linkType()));

        assertThat(redacted)
                .doesNotContain(
                        "c0000201", "c0000202", "20010db8", "0a000001", "0a000002", "fd000000000000000000000000000001");
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsCutShortOrBrokenIsRedactedAsFarAsItGoes(Tunnelled.Case packet) {
        for (int captured = 0; captured < packet.record().length; captured++) {
            byte[] cut = java.util.Arrays.copyOf(packet.record(), captured);
            assertThat(redact(cut, packet.linkType())).hasSize(captured);
        }
    }

    @Test
    void aTunnelIsTheSameInsideAndOut() {
        byte[] inner = ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40_000, 80, octets(9))));
        byte[] outer = ethernet(IPV4, ipv4("10.0.0.2", "10.0.0.1", 17, udp(4_789, 4_789, vxlan(7, inner))));

        Layers layers = layers(redact(outer, LinkType.ETHERNET), LinkType.ETHERNET);

        Ipv4Header outside = new Ipv4Header(layers.octets(1));
        Ipv4Header inside = new Ipv4Header(layers.octets(layers.network()));
        assertThat(inside.source()).isEqualTo(outside.destination());
        assertThat(Address.ofIpv4(inside.source())).isEqualTo(addresses.address(Address.of("10.0.0.1")));
    }

    @Test
    void aQuestionKeepsItsLengthAndTheDomainOfTheCluster() {
        byte[] frame = ethernet(
                IPV4, ipv4("10.0.0.1", "10.0.0.2", 17, udp(40_000, 53, dnsQuery(7, "db.shop.svc.cluster.local", 1))));

        Layers layers = layers(redact(frame, LinkType.ETHERNET), LinkType.ETHERNET);

        assertThat(new DnsMessage(layers.octets(layers.dns()))
                        .question()
                        .orElseThrow()
                        .name())
                .isEqualTo(names.name("db") + "." + names.name("shop") + ".svc.cluster.local");
    }

    private String asked(String name) {
        byte[] frame = ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", 17, udp(40_000, 53, dnsQuery(7, name, 12))));
        Layers layers = layers(redact(frame, LinkType.ETHERNET), LinkType.ETHERNET);
        return new DnsMessage(layers.octets(layers.dns()))
                .question()
                .orElseThrow()
                .name();
    }

    /// As many digits as before, so that the message stays as long as it is.
    @Test
    void theNameOfAnAddressBecomesThatOfAnother() {
        String made = asked("11.1.42.10.in-addr.arpa");
        String alone = addresses.ofSameDigits(Address.of("10.42.1.11")).toString();

        assertThat(made)
                .matches("[1-9]\\d\\.\\d\\.[1-9]\\d\\.10\\.in-addr\\.arpa")
                .doesNotStartWith("11.1.42.");
        assertThat(asked("1.42.10.in-addr.arpa")).isEqualTo(made.substring(3));
        assertThat(asked("_dns._udp.11.1.42.10.IN-ADDR.arpa")).endsWith(made.replace("in-addr", "IN-ADDR"));
        assertThat(asked("10-42-1-11.default.pod.cluster.local"))
                .isEqualTo(alone.replace('.', '-') + ".default.pod.cluster.local");
        assertThat(asked("1.0.0.127.in-addr.arpa")).isEqualTo("1.0.0.127.in-addr.arpa");
    }

    @Test
    void theNameOfANetworkIsTheEndOfItsAddressesNames() {
        String made = asked("7" + ".0".repeat(28) + ".0.d.f.ip6.arpa");

        assertThat(made).matches("([0-9a-f]\\.){32}ip6\\.arpa").doesNotStartWith("7.0.0.0");
        assertThat(asked("0.0.0.0.d.f.ip6.arpa")).isEqualTo(made.substring(made.length() - 20));
    }

    @Test
    void payloadsThatAreAlikeStayAlikeAndOthersDiffer() {
        byte[] one = redact(frame(octets(40)), LinkType.ETHERNET);
        byte[] same = redact(frame(octets(40)), LinkType.ETHERNET);
        byte[] different = octets(40);
        different[3] = 99;
        byte[] other = redact(frame(different), LinkType.ETHERNET);

        int payload = one.length - 40;
        assertThat(one).isEqualTo(same);
        assertThat(java.util.Arrays.copyOfRange(one, payload, payload + 8))
                .isNotEqualTo(java.util.Arrays.copyOfRange(other, payload, payload + 8));
        assertThat(java.util.Arrays.copyOfRange(one, payload + 8, one.length)).containsOnly(0);
    }

    private static byte[] frame(byte[] payload) {
        return ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", 17, udp(40_000, 9_000, payload)));
    }

    private byte[] redact(byte[] packet, int linkType) {
        return redaction.redact(record(packet), linkType);
    }

    private static CaptureRecord record(byte[] packet) {
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, packet.length);
        record.setOctets(packet, 0, packet.length);
        return record;
    }

    private static Layers layers(byte[] packet, int linkType) {
        Layers layers = new Layers();
        new Dissector().dissect(record(packet), linkType, layers);
        return layers;
    }

    private static String text(byte[] packet, int linkType) {
        return DissectorTest.text(layers(packet, linkType));
    }
}
