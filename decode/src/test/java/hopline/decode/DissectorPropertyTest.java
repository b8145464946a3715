package hopline.decode;

import static hopline.decode.Packets.ARP;
import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.VLAN;
import static hopline.decode.Packets.arp;
import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.extension;
import static hopline.decode.Packets.fragment;
import static hopline.decode.Packets.icmp;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.ipv4Fragment;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.record;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vlan;
import static hopline.decode.Packets.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/// Whatever a record holds, it is dissected and read into a stage without an exception, and without a look at what
/// lies beside it.
class DissectorPropertyTest {

    private static final CapturePoint POINT = new CapturePoint(0, "a", "eth0");

    private static final byte[] TCP = ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(1, 80, octets(20))));
    private static final byte[] TCP6 = ethernet(IPV6, ipv6("fd00::1", "fd00::2", 6, tcp(1, 80, octets(20))));

    private static final List<byte[]> VALID = List.of(
            TCP,
            TCP6,
            ethernet(ARP, arp(1, "020000000001", "10.0.0.1", "000000000000", "10.0.0.2")),
            ethernet(VLAN, vlan(1, VLAN, vlan(2, IPV4, ipv4("10.0.0.1", "10.0.0.2", 132, octets(20))))),
            ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", 17, udp(1, 53, dnsQuery(1, "a.example", 1)))),
            ethernet(IPV4, ipv4("10.0.0.1", "10.0.0.2", 17, udp(1, 4789, vxlan(1, TCP6)))),
            ethernet(IPV6, ipv6("fd00::1", "fd00::2", 0, extension(17, udp(1, 8472, vxlan(1, TCP))))),
            ethernet(IPV6, ipv6("fd00::1", "fd00::2", 44, fragment(60, 0, true, 7, extension(6, tcp(1, 2))))),
            ethernet(IPV6, ipv6("fd00::1", "fd00::2", 44, fragment(6, 1_448, false, 7, octets(20)))),
            ethernet(IPV4, ipv4Fragment("10.0.0.1", "10.0.0.2", 17, 9, 8, false, octets(20))),
            ethernet(
                    IPV4,
                    ipv4(
                            "10.0.0.2",
                            "10.0.0.1",
                            1,
                            icmp(3, 4, "00000582", ipv4("10.0.0.1", "10.0.0.2", 6, tcp(1, 2))))),
            ethernet(
                    IPV6,
                    ipv6(
                            "fd00::2",
                            "fd00::1",
                            58,
                            icmp(2, 0, "00000514", ipv6("fd00::1", "fd00::2", 58, icmp(128, 0, "00010002"))))),
            ethernet(IPV6, ipv6("fd00::2", "ff02::1:ff00:1", 58, icmp(135, 0, "00000000", octets(16)))));

    @Provide
    Arbitrary<byte[]> valid() {
        return Arbitraries.of(VALID);
    }

    @Property(tries = 2_000)
    void anyOctetsAreDissected(
            @ForAll @Size(max = 200) byte[] octets,
            @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long originalLength) {
        assertSound(record(octets), originalLength);
    }

    @Property(tries = 2_000)
    void anyOctetsInsideAPacketAreDissected(
            @ForAll("valid") byte[] frame,
            @ForAll @Size(max = 30) byte[] octets,
            @ForAll @IntRange(max = 200) int place,
            @ForAll boolean cut) {
        byte[] changed = frame.clone();
        int at = place % changed.length;
        System.arraycopy(octets, 0, changed, at, Math.min(octets.length, changed.length - at));
        CaptureRecord record = record(changed, cut ? (at + changed.length) / 2 : changed.length);

        assertSound(record, changed.length);
    }

    @Property(tries = 1_000)
    void anOriginalLengthMayBeAnything(
            @ForAll("valid") byte[] frame, @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long originalLength) {
        assertSound(record(frame), originalLength);
        assertSound(record(frame), originalLength % (frame.length + 1));
    }

    /// Every cut of every packet: the layers that remain are as they were, and a missing one is missed.
    @Property(tries = 1_000)
    void aSnapLengthRemovesLayersAndSaysSo(@ForAll("valid") byte[] frame, @ForAll @IntRange(max = 200) int length) {
        int captured = length % (frame.length + 1);
        Layers whole = dissect(record(frame));
        Layers cut = dissect(record(frame, captured));

        assertThat(whole.isMalformed() || whole.isTruncated()).isFalse();
        assertThat(cut.isMalformed()).isFalse();
        for (int i = 0; i < cut.count(); i++) {
            assertThat(cut.protocol(i)).isEqualTo(whole.protocol(i));
            assertThat(cut.start(i)).isEqualTo(whole.start(i));
            assertThat(cut.statedEnd(i)).isEqualTo(whole.statedEnd(i));
        }
        if (cut.count() < whole.count()) {
            assertThat(cut.isTruncated()).isTrue();
        }
    }

    @Property(tries = 500)
    void whatLiesBesideARecordDoesNotMatter(
            @ForAll("valid") byte[] frame, @ForAll @IntRange(max = 200) int length, @ForAll byte beside) {
        int captured = length % (frame.length + 1);
        byte[] array = join(new byte[] {beside}, frame, new byte[] {beside, beside});
        Arrays.fill(array, 1 + captured, array.length, beside);
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, frame.length);
        record.setOctets(array, 1, captured);

        Stage stage = stage(record, dissect(record));
        CaptureRecord usual = record(frame, captured);

        assertThat(stage).usingRecursiveComparison().usingOverriddenEquals().isEqualTo(stage(usual, dissect(usual)));
    }

    private static void assertSound(CaptureRecord record, long originalLength) {
        record.set(1, 0, 0, originalLength);
        Layers layers = dissect(record);
        int end = record.offset() + record.capturedLength();
        for (int i = 0; i < layers.count(); i++) {
            assertThat(layers.start(i)).isBetween(record.offset(), end);
            assertThat(layers.end(i)).isBetween(layers.start(i), end);
        }

        Stage stage = stage(record, layers);

        assertThat(stage.payloadLength()).isNotNegative();
        assertThat(stage.length()).isNotNegative();
    }

    private static Layers dissect(CaptureRecord record) {
        Layers layers = new Layers();
        new Dissector().dissect(record, LinkType.ETHERNET, layers);
        return layers;
    }

    private static Stage stage(CaptureRecord record, Layers layers) {
        return new StageReader(new StagePool()).read(record, layers, POINT, 0, 0);
    }
}
