package hopline.decode.census;

import static hopline.decode.census.Frames.ARP;
import static hopline.decode.census.Frames.IPV4;
import static hopline.decode.census.Frames.MORE_FRAGMENTS;
import static hopline.decode.census.Frames.TCP;
import static hopline.decode.census.Frames.UDP;
import static hopline.decode.census.Frames.arp;
import static hopline.decode.census.Frames.ethernet;
import static hopline.decode.census.Frames.ipv4;
import static hopline.decode.census.Frames.ipv4Fragment;
import static hopline.decode.census.Frames.record;
import static hopline.decode.census.Frames.tcp;
import static hopline.decode.census.Frames.udp;
import static hopline.decode.census.Frames.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A VXLAN datagram of 8 + 8 + 14 + 20 + 20 + 50 octets, in fragments.
class TunnelFragmentsTest {

    private static final byte[] DATAGRAM =
            udp(50_000, 4789, vxlan(7, ethernet(IPV4, ipv4(TCP, tcp(1, 2, 0, 0, new byte[50])))));

    private final Dissector dissector = new Dissector();
    private final Layers layers = new Layers();
    private final TunnelFragments fragments = new TunnelFragments(dissector);

    private static CaptureRecord piece(int id, int start, int end) {
        int more = end < DATAGRAM.length ? MORE_FRAGMENTS : 0;
        return record(
                ethernet(IPV4, ipv4Fragment(UDP, id, more | start / 8, Arrays.copyOfRange(DATAGRAM, start, end))));
    }

    private @Nullable CaptureRecord take(CaptureRecord record) {
        dissector.dissect(record, LinkType.ETHERNET, layers);
        return fragments.take(record, LinkType.ETHERNET, layers);
    }

    private boolean isInside() {
        return layers.tunnel() >= 0 && layers.transport() >= 0 && layers.protocol(layers.transport()) == Protocol.TCP;
    }

    @Test
    void theFirstFragmentTellsAllAndTheRestIsPassedOver() {
        CaptureRecord first = piece(1, 0, 80);

        assertThat(take(first)).isSameAs(first);
        assertThat(isInside()).isTrue();
        assertThat(take(piece(1, 80, 96))).isNull();
        assertThat(take(piece(1, 96, DATAGRAM.length))).isNull();
    }

    @Test
    void whereHeadersAreInTheSecondTheLastOneBringsThePacket() {
        assertThat(take(piece(1, 0, 32))).isNotNull();
        assertThat(isInside()).isFalse();
        assertThat(take(piece(1, 32, 64))).isNotNull();
        assertThat(isInside()).isFalse();

        CaptureRecord whole = take(piece(1, 64, DATAGRAM.length));

        assertThat(whole).isNotNull();
        assertThat(isInside()).isTrue();
        assertThat(layers.isTruncated()).isFalse();
        assertThat(layers.hasFragment()).isFalse();
    }

    @Test
    void inAnyOrderThePacketIsToldOnce() {
        assertThat(take(piece(1, 96, DATAGRAM.length))).isNotNull();
        assertThat(isInside()).isFalse();
        assertThat(take(piece(1, 0, 96))).isNotNull();
        assertThat(isInside()).isTrue();
    }

    @Test
    void copiesAtAnotherInterfaceAreFragmentsOfTheirOwn() {
        take(piece(1, 0, 80));
        CaptureRecord elsewhere = piece(1, 80, DATAGRAM.length);
        elsewhere.set(9, 1, 0, elsewhere.capturedLength());

        assertThat(take(elsewhere)).isSameAs(elsewhere);
    }

    @Test
    void fragmentsWithoutATunnelStayWhatTheyAre() {
        byte[] plain = udp(1, 2, new byte[40]);
        CaptureRecord first = record(ethernet(IPV4, ipv4Fragment(UDP, 1, MORE_FRAGMENTS, Arrays.copyOf(plain, 24))));
        CaptureRecord last = record(ethernet(IPV4, ipv4Fragment(UDP, 1, 3, Arrays.copyOfRange(plain, 24, 48))));

        assertThat(take(first)).isSameAs(first);
        assertThat(take(last)).isSameAs(last);
        assertThat(layers.isFragment()).isTrue();
        assertThat(layers.fragmentOffset()).isEqualTo(24);
    }

    @Test
    void fragmentsThatGoThroughATunnelStayWhatTheyAre() {
        byte[] plain = udp(1, 2, new byte[40]);
        CaptureRecord first = record(tunnelled(ipv4Fragment(UDP, 1, MORE_FRAGMENTS, Arrays.copyOf(plain, 24))));
        CaptureRecord last = record(tunnelled(ipv4Fragment(UDP, 1, 3, Arrays.copyOfRange(plain, 24, 48))));

        assertThat(take(first)).isSameAs(first);
        assertThat(take(last)).isSameAs(last);
        assertThat(layers.fragmentOffset()).isEqualTo(24);
    }

    private static byte[] tunnelled(byte[] packet) {
        return ethernet(IPV4, ipv4(UDP, udp(50_000, 4789, vxlan(7, ethernet(IPV4, packet)))));
    }

    @Test
    void whatIsRememberedIsBounded() {
        CaptureRecord first = piece(1, 0, 80);
        take(first);
        for (int id = 2; id <= TunnelFragments.MAX_TOLD + 1; id++) {
            take(piece(id, 0, 80));
        }

        assertThat(take(piece(1, 80, DATAGRAM.length))).isNotNull();
        assertThat(take(piece(2, 80, DATAGRAM.length))).isNull();
    }

    @Test
    void otherRecordsAreNoFragments() {
        dissector.dissect(record(ethernet(ARP, arp())), LinkType.ETHERNET, layers);

        assertThat(layers.hasFragment()).isFalse();
    }
}
