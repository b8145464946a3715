package hopline.decode.census;

import static hopline.decode.census.Frames.ARP;
import static hopline.decode.census.Frames.ICMP;
import static hopline.decode.census.Frames.IPV4;
import static hopline.decode.census.Frames.IPV6;
import static hopline.decode.census.Frames.IPV6_FRAGMENT;
import static hopline.decode.census.Frames.MORE_FRAGMENTS;
import static hopline.decode.census.Frames.SERVICE_VLAN;
import static hopline.decode.census.Frames.TCP;
import static hopline.decode.census.Frames.UDP;
import static hopline.decode.census.Frames.VLAN;
import static hopline.decode.census.Frames.arp;
import static hopline.decode.census.Frames.dns;
import static hopline.decode.census.Frames.ethernet;
import static hopline.decode.census.Frames.hex;
import static hopline.decode.census.Frames.ipv4;
import static hopline.decode.census.Frames.ipv4Fragment;
import static hopline.decode.census.Frames.ipv6;
import static hopline.decode.census.Frames.ipv6Fragment;
import static hopline.decode.census.Frames.join;
import static hopline.decode.census.Frames.portUnreachable;
import static hopline.decode.census.Frames.record;
import static hopline.decode.census.Frames.tag;
import static hopline.decode.census.Frames.tcp;
import static hopline.decode.census.Frames.udp;
import static hopline.decode.census.Frames.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Protocol;
import hopline.decode.header.TcpHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The protocols expected here are what Wireshark's `frame.protocols` names for packets of the same make.
class CensusTest {

    private static final byte[] QUERY = dns("0100");
    private static final byte[] ANSWER = dns("8180");
    private static final byte[] NO_SUCH_NAME = dns("8183");

    private final Census census = new Census();

    private void add(byte[]... frames) {
        for (byte[] frame : frames) {
            census.add(record(frame), LinkType.ETHERNET);
        }
    }

    private long records(Protocol protocol) {
        return census.counts().of(protocol);
    }

    /// Of one record, the labels of the protocols that it counts for.
    private static String protocols(CaptureRecord record, int linkType) {
        Census one = new Census();
        one.add(record, linkType);
        return one.counts().recordsOf().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getKey().label())
                .collect(Collectors.joining(" "));
    }

    record Case(String what, byte[] frame, String protocols) {
        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> RECORDS = List.of(
            new Case("ARP", ethernet(ARP, arp()), "ethernet arp"),
            new Case("a DNS query", ethernet(IPV4, ipv4(UDP, udp(40000, 53, QUERY))), "ethernet ipv4 udp dns"),
            new Case(
                    "multicast DNS is not DNS", ethernet(IPV4, ipv4(UDP, udp(5353, 5353, QUERY))), "ethernet ipv4 udp"),
            new Case("IPv6", ethernet(IPV6, ipv6(TCP, tcp(1, 2, 0, 0, new byte[0]))), "ethernet ipv6 tcp"),
            new Case("DHCP", ethernet(IPV4, ipv4(UDP, udp(68, 67, new byte[240]))), "ethernet ipv4 udp dhcp"),
            new Case("a tag", ethernet(VLAN, tag(ARP, arp())), "ethernet vlan arp"),
            new Case("a service tag alone", ethernet(SERVICE_VLAN, tag(ARP, arp())), "ethernet arp"),
            new Case("a tag in a service tag", ethernet(SERVICE_VLAN, tag(VLAN, tag(ARP, arp()))), "ethernet vlan arp"),
            new Case(
                    "what a VXLAN tunnel carries",
                    ethernet(IPV4, ipv4(UDP, udp(50000, 4789, vxlan(7, ethernet(ARP, arp()))))),
                    "ethernet arp ipv4 udp vxlan"),
            new Case(
                    "what an ICMP error quotes, its DNS included",
                    ethernet(IPV4, ipv4(ICMP, portUnreachable(ipv4(UDP, udp(40000, 53, QUERY))))),
                    "ethernet ipv4 udp icmp dns"),
            new Case(
                    "a quoted TCP header of eight octets",
                    ethernet(IPV4, ipv4(ICMP, portUnreachable(ipv4(TCP, hex("9c40 01bb 00000001"))))),
                    "ethernet ipv4 tcp icmp"),
            new Case(
                    "a quoted later fragment has no transport header",
                    ethernet(IPV4, ipv4(ICMP, portUnreachable(ipv4Fragment(UDP, 1, 3, udp(40000, 53, QUERY))))),
                    "ethernet ipv4 icmp"),
            new Case(
                    "an incomplete datagram carries nothing yet",
                    ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, udp(40000, 53, QUERY))),
                    "ethernet ipv4"),
            new Case(
                    "an IPv6 fragment that is a datagram of its own",
                    ethernet(IPV6, ipv6(IPV6_FRAGMENT, ipv6Fragment(UDP, 0, udp(40000, 53, QUERY)))),
                    "ethernet ipv6 udp dns"),
            new Case(
                    "DNS over TCP",
                    ethernet(IPV4, ipv4(TCP, tcp(40000, 53, 1, TcpHeader.ACK, join(hex("0013"), QUERY)))),
                    "ethernet ipv4 tcp dns"),
            new Case("a runt", hex("020000000002"), "ethernet"),
            new Case("an unknown ether type", ethernet(0x1234, new byte[10]), "ethernet"));

    @ParameterizedTest
    @FieldSource("RECORDS")
    void countsEveryProtocolOfARecordOnce(Case expected) {
        assertThat(protocols(record(expected.frame()), LinkType.ETHERNET)).isEqualTo(expected.protocols());
    }

    @Test
    void aProtocolCountsOnceHoweverOftenARecordHoldsIt() {
        byte[] inner = ethernet(IPV4, ipv4(UDP, udp(1, 2, new byte[4])));

        add(ethernet(IPV4, ipv4(UDP, udp(50000, 8472, vxlan(7, inner)))));

        assertThat(Map.of("ipv4", records(Protocol.IPV4), "udp", records(Protocol.UDP)))
                .isEqualTo(Map.of("ipv4", 1L, "udp", 1L));
    }

    @Test
    void aHeaderCutByTheSnapLengthStillOccurs() {
        byte[] frame = ethernet(IPV4, ipv4(TCP, tcp(1, 2, 0, 0, new byte[100])));

        CaptureRecord cut = record(Arrays.copyOf(frame, 40), frame.length);

        assertThat(protocols(cut, LinkType.ETHERNET)).isEqualTo("ethernet ipv4 tcp");
    }

    @Test
    void recordsOfALinkTypeThatIsNotDecodedAreCountedAsSuch() {
        census.add(record(new byte[20]), 147);

        assertThat(census.counts().undecodedRecords()).containsExactly(Map.entry(147, 1L));
        assertThat(records(Protocol.ETHERNET)).isZero();
    }

    @Test
    void serviceTagsAreCountedApart() {
        add(ethernet(SERVICE_VLAN, tag(ARP, arp())), ethernet(VLAN, tag(ARP, arp())));

        assertThat(census.counts().serviceTaggedRecords()).isEqualTo(1);
        assertThat(records(Protocol.VLAN)).isEqualTo(1);
    }

    // A datagram of 24 + 3 octets: the second piece ends inside the DNS question.

    private static final byte[] DATAGRAM = udp(40000, 53, ANSWER);
    private static final byte[] FIRST = Arrays.copyOf(DATAGRAM, 24);
    private static final byte[] SECOND = Arrays.copyOfRange(DATAGRAM, 24, DATAGRAM.length);

    @Test
    void aDatagramCountsInTheRecordThatCompletesIt() {
        add(ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, FIRST)));
        assertThat(records(Protocol.UDP)).isZero();

        add(ethernet(IPV4, ipv4Fragment(UDP, 1, 3, SECOND)));

        assertThat(records(Protocol.UDP)).isEqualTo(1);
        assertThat(records(Protocol.DNS)).isEqualTo(1);
        assertThat(records(Protocol.IPV4)).isEqualTo(2);
        assertThat(census.counts().dnsResponseCodes()).containsExactly(Map.entry(0, 1L));
        assertThat(census.counts().udpConversations()).isEqualTo(1);
    }

    @Test
    void fragmentsMayArriveInAnyOrderAndTwice() {
        byte[] second = ethernet(IPV4, ipv4Fragment(UDP, 1, 3, SECOND));

        add(second, second, ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, FIRST)));

        assertThat(records(Protocol.DNS)).isEqualTo(1);
    }

    @Test
    void fragmentsOfDifferentDatagramsAreKeptApart() {
        add(
                ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, FIRST)),
                ethernet(IPV4, ipv4Fragment(UDP, 2, 3, SECOND)));

        assertThat(records(Protocol.UDP)).isZero();
    }

    @Test
    void ipv6FragmentsAreCompletedToo() {
        add(
                ethernet(IPV6, ipv6(IPV6_FRAGMENT, ipv6Fragment(UDP, 1, FIRST))),
                ethernet(IPV6, ipv6(IPV6_FRAGMENT, ipv6Fragment(UDP, 24, SECOND))));

        assertThat(records(Protocol.DNS)).isEqualTo(1);
        assertThat(records(Protocol.IPV6)).isEqualTo(2);
    }

    @Test
    void aTunnelMayBeFragmentedOutsideAndInside() {
        byte[] inner = ethernet(IPV4, ipv4Fragment(UDP, 1, 3, SECOND));
        byte[] outer = udp(50000, 4789, vxlan(7, inner));
        add(
                ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, FIRST)),
                ethernet(IPV4, ipv4Fragment(UDP, 9, MORE_FRAGMENTS, Arrays.copyOf(outer, 32))));
        assertThat(records(Protocol.VXLAN)).isZero();

        add(ethernet(IPV4, ipv4Fragment(UDP, 9, 4, Arrays.copyOfRange(outer, 32, outer.length))));

        assertThat(records(Protocol.VXLAN)).isEqualTo(1);
        assertThat(records(Protocol.DNS)).isEqualTo(1);
    }

    @Test
    void aFirstFragmentCutByTheSnapLengthShowsWhatItCarries() {
        byte[] frame = ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, join(DATAGRAM, new byte[5])));

        CaptureRecord cut = record(Arrays.copyOf(frame, frame.length - 5), frame.length);

        assertThat(protocols(cut, LinkType.ETHERNET)).isEqualTo("ethernet ipv4 udp dns");
    }

    @Test
    void vnisAndResponseCodesAreCountedByValue() {
        byte[] answer = ethernet(IPV4, ipv4(UDP, udp(53, 40000, ANSWER)));
        byte[] refusal = ethernet(IPV4, ipv4(UDP, udp(53, 40000, NO_SUCH_NAME)));
        add(
                ethernet(IPV4, ipv4(UDP, udp(50000, 4789, vxlan(4096, answer)))),
                ethernet(IPV4, ipv4(UDP, udp(50000, 4789, vxlan(4096, refusal)))),
                ethernet(IPV4, ipv4(UDP, udp(50000, 4789, vxlan(1, refusal)))));

        assertThat(census.counts().vnis()).containsExactly(Map.entry(1, 1L), Map.entry(4096, 2L));
        assertThat(census.counts().dnsResponseCodes()).containsExactly(Map.entry(0, 1L), Map.entry(3, 2L));
    }

    @Test
    void aVniCountsInAQuotedPacketAndWithoutItsFlag() {
        byte[] inner = ethernet(ARP, arp());
        byte[] flagless = join(hex("00000000 00000700"), inner);
        add(ethernet(IPV4, ipv4(ICMP, portUnreachable(ipv4(UDP, udp(50000, 4789, vxlan(7, inner)))))));
        add(ethernet(IPV4, ipv4(UDP, udp(50000, 4789, flagless))));

        assertThat(census.counts().vnis()).containsExactly(Map.entry(7, 2L));
    }

    @Test
    void headersThatAreNotWholeAreNoConversations() {
        byte[] segment = tcp(1, 2, 0, 0, new byte[0]);
        segment[12] = 0x60; // six words, of which five are there
        add(ethernet(IPV4, ipv4(TCP, segment)));
        byte[] datagram = udp(1, 2, new byte[4]);
        datagram[5] = 7; // less than the header itself
        add(ethernet(IPV4, ipv4(UDP, datagram)));

        assertThat(records(Protocol.TCP)).isEqualTo(1);
        assertThat(records(Protocol.UDP)).isEqualTo(1);
        assertThat(census.counts().tcpConversations()).isZero();
        assertThat(census.counts().udpConversations()).isZero();
    }

    @Test
    void aResponseCodeIsToldByFourOctets() {
        add(ethernet(IPV4, ipv4(UDP, udp(53, 40000, Arrays.copyOf(NO_SUCH_NAME, 4)))));
        add(ethernet(IPV4, ipv4(UDP, udp(53, 40000, Arrays.copyOf(NO_SUCH_NAME, 3)))));

        assertThat(records(Protocol.DNS)).isEqualTo(2);
        assertThat(census.counts().dnsResponseCodes()).containsExactly(Map.entry(3, 1L));
    }

    /// By `zlib`'s raw deflate: an IPv4 packet with a UDP header in it.
    @Test
    void whatIsCompressedCountsAsIfItWereNot() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(ipv4(UDP, udp(40000, 53, QUERY)));
        deflater.finish();
        byte[] compressed = new byte[200];
        compressed = Arrays.copyOf(compressed, deflater.deflate(compressed));
        deflater.end();
        int ipInIp = 4;

        add(ethernet(IPV4, ipv4(108, join(new byte[] {(byte) ipInIp, 0, 0, 2}, compressed))));
        add(ethernet(IPV4, ipv4(108, hex("04000002 ffff"))));

        assertThat(records(Protocol.DNS)).isEqualTo(1);
        assertThat(census.counts().udpConversations()).isEqualTo(1);
    }

    @Test
    void quotedPacketsAreNoConversations() {
        add(ethernet(IPV4, ipv4(ICMP, portUnreachable(ipv4(UDP, udp(40000, 53, ANSWER))))));

        assertThat(census.counts().udpConversations()).isZero();
        assertThat(census.counts().dnsResponseCodes()).as("as its protocol").containsExactly(Map.entry(0, 1L));
    }

    @Test
    void dnsOnAnotherPortIsKnownByItsLooks() {
        add(
                ethernet(IPV4, ipv4(UDP, udp(50000, 9953, QUERY))),
                ethernet(IPV4, ipv4(UDP, udp(9953, 50000, NO_SUCH_NAME))));

        assertThat(records(Protocol.DNS)).isEqualTo(2);
        assertThat(census.counts().dnsResponseCodes()).containsExactly(Map.entry(3, 1L));
    }

    @Test
    void otherWaysToNameThingsAreNoDnsThoughTheyLookLikeIt() {
        add(
                ethernet(IPV4, ipv4(UDP, udp(5353, 5353, QUERY))),
                ethernet(IPV4, ipv4(UDP, udp(50000, 5355, QUERY))),
                ethernet(IPV4, ipv4(UDP, udp(137, 137, QUERY))),
                ethernet(IPV4, ipv4(UDP, udp(50000, 9953, ANSWER))));

        assertThat(records(Protocol.DNS))
                .as("an answer that answers nothing, either")
                .isZero();
    }

    @Test
    void aTcpHeaderTooShortToBeOneIsNoConversation() {
        byte[] segment = tcp(40000, 80, 1, TcpHeader.ACK, new byte[0]);
        segment[12] = 0x40;

        add(ethernet(IPV4, ipv4(TCP, segment)));

        assertThat(records(Protocol.TCP)).isEqualTo(1);
        assertThat(census.counts().tcpConversations()).isZero();
    }

    @Test
    void aServiceTagIsKnownBehindAnyHeader() {
        byte[] tagged = tag(IPV4, ipv4(UDP, udp(1, 2, new byte[0])));
        Census cooked = new Census();
        cooked.add(record(join(hex("0000 0001 0006 020000000001 0000 88a8"), tagged)), LinkType.LINUX_SLL);
        cooked.add(record(join(hex("88a8 0000 89abcdef 0001 00 06 020000000001 0000"), tagged)), LinkType.LINUX_SLL2);
        cooked.add(record(join(hex("8100 0000 00000002 0001 00 06 020000000001 0000"), tagged)), LinkType.LINUX_SLL2);

        assertThat(cooked.counts().serviceTaggedRecords()).isEqualTo(2);
        assertThat(cooked.counts().of(Protocol.VLAN)).isEqualTo(1);
        assertThat(cooked.counts().of(Protocol.UDP)).isEqualTo(3);
    }

    @Test
    void incompleteDatagramsBeyondTheBoundAreGivenUpAndSaidSo() {
        for (int id = 0; id <= Datagrams.MAX_DATAGRAMS; id++) {
            add(ethernet(IPV4, ipv4Fragment(UDP, id, MORE_FRAGMENTS, FIRST)));
        }

        add(ethernet(IPV4, ipv4Fragment(UDP, 0, 3, SECOND)));

        assertThat(records(Protocol.UDP)).isZero();
        assertThat(census.counts().limits()).singleElement().asString().startsWith("2 incomplete fragmented datagrams");
    }

    @Test
    void moreVnisThanCanBeToldApartAreSaidSo() {
        for (int vni = 0; vni <= Census.MAX_VNIS; vni++) {
            add(ethernet(IPV4, ipv4(UDP, udp(50000, 4789, vxlan(vni, ethernet(ARP, arp()))))));
        }

        assertThat(census.counts().vnis()).hasSize(Census.MAX_VNIS);
        assertThat(records(Protocol.VXLAN)).isEqualTo(Census.MAX_VNIS + 1);
        assertThat(census.counts().limits()).singleElement().asString().contains("65536 that are told apart");
    }
}
