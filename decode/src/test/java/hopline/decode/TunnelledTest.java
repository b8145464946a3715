package hopline.decode;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.ipv4;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.record;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What framings, link types and tunnels lead to, whole and cut short.
class TunnelledTest {

    private static final byte[] PLAIN = ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40_000, 80, octets(9)));

    static Stream<Tunnelled.Case> all() {
        return Stream.of(Tunnelled.FRAMINGS, Tunnelled.TUNNELS, Tunnelled.LINKS).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("all")
    void layersOutermostFirst(Tunnelled.Case expected) {
        assertThat(DissectorTest.text(dissect(record(expected.record()), expected.linkType())))
                .isEqualTo(expected.layers());
    }

    /// At every octet: what remains is as it was, and what is missing is missed.
    @ParameterizedTest
    @MethodSource("all")
    void aSnapLengthRemovesLayersAndSaysSo(Tunnelled.Case whole) {
        Layers all = dissect(record(whole.record()), whole.linkType());
        for (int captured = 0; captured < whole.record().length; captured++) {
            Layers cut = dissect(record(whole.record(), captured), whole.linkType());
            int same = 0;
            while (same < cut.count() && same < all.count() && cut.protocol(same) == all.protocol(same)) {
                assertThat(cut.start(same)).isEqualTo(all.start(same));
                same++;
            }
            assertThat(cut.count() - same)
                    .as("layers at " + captured + " that are not there in the whole record")
                    .isLessThanOrEqualTo(1);
            for (int i = 0; i < cut.count(); i++) {
                assertThat(cut.end(i)).isBetween(cut.start(i), 3 + captured);
            }
        }
    }

    private static Layers dissect(CaptureRecord record, int linkType) {
        Layers layers = new Layers();
        new Dissector().dissect(record, linkType, layers);
        return layers;
    }

    record Nesting(String what, UnaryOperator<byte[]> tunnel, int linkType) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Nesting> NESTINGS = List.of(
            new Nesting("IP in IP", inner -> ipv4("10.0.0.1", "10.0.0.2", 4, inner), LinkType.RAW),
            new Nesting("GRE", inner -> ipv4("10.0.0.1", "10.0.0.2", 47, hex("0000 0800"), inner), LinkType.RAW),
            new Nesting(
                    "Geneve",
                    inner -> ipv4("10.0.0.1", "10.0.0.2", 17, udp(1, 6081, hex("0000 0800 00000100"), inner)),
                    LinkType.RAW),
            new Nesting(
                    "a pseudowire",
                    inner -> inner[0] == 0x45
                            ? ethernet(0x8847, hex("00010140"), ethernet(IPV4, inner))
                            : ethernet(0x8847, hex("00010140 00000000"), inner),
                    LinkType.ETHERNET));

    @ParameterizedTest
    @FieldSource("NESTINGS")
    void eightAreFollowedAndNoMore(Nesting nesting) {
        byte[] packet = PLAIN;
        for (int i = 0; i < Dissector.MAX_TUNNELS; i++) {
            packet = nesting.tunnel().apply(packet);
        }

        Layers eight = dissect(record(packet), nesting.linkType());
        Layers nine = dissect(record(nesting.tunnel().apply(packet)), nesting.linkType());

        assertThat(eight.isMalformed()).isFalse();
        assertThat(eight.protocol(eight.count() - 1)).isEqualTo(Protocol.TCP);
        assertThat(nine.isMalformed()).isTrue();
        assertThat(nine.tunnels()).isEqualTo(Dissector.MAX_TUNNELS);
        assertThat(nine.protocol(nine.count() - 1)).isNotEqualTo(Protocol.TCP);
    }

    /// Whatever leads in circles without a tunnel ends with the layers that can be noted.
    @Test
    void framingsInFramingsEnd() {
        byte[] snaps = octets(0);
        for (int i = 0; i < 5_000; i++) {
            snaps = join(hex("aaaa03 000000 8100 0001 0500"), snaps.length > 60_000 ? octets(0) : snaps);
        }

        Layers layers = dissect(record(snaps), LinkType.ATM_RFC1483);

        assertThat(layers.count()).isLessThanOrEqualTo(Layers.MAX_LAYERS);
    }

    @Test
    void tellsTheEndsOfTheInnermostTunnel() {
        byte[] inner = ipv4("10.1.0.1", "10.1.0.2", 47, hex("0000 0800"), PLAIN);
        Layers layers = dissect(record(ipv4("10.0.0.1", "10.0.0.2", 4, inner)), LinkType.RAW);

        assertThat(layers.protocol(layers.tunnel())).isEqualTo(Protocol.GRE);
        assertThat(layers.outerNetwork()).isEqualTo(1);
        assertThat(layers.network()).isEqualTo(3);
        assertThat(layers.link()).isEqualTo(-1);
        assertThat(layers.tunnels()).isEqualTo(2);
    }

    @Test
    void tellsTheInterfaceThatARecordNames() {
        byte[] cooked = hex("0800 0000 89abcdef 0001 00 06 020000000001 0000");

        Layers layers = dissect(record(join(cooked, PLAIN)), LinkType.LINUX_SLL2);
        Layers without = dissect(record(PLAIN), LinkType.RAW);

        assertThat(layers.hasInterfaceIndex()).isTrue();
        assertThat(layers.interfaceIndex()).isEqualTo(0x89abcdef);
        assertThat(without.hasInterfaceIndex()).isFalse();
    }
}
