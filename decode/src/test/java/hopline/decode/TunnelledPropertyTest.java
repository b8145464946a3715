package hopline.decode;

import static hopline.decode.Packets.record;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.decode.census.Census;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/// Whatever is broken in whatever framing or tunnel, it is dissected, read into a stage and counted without an
/// exception, and no layer reaches beyond the record.
class TunnelledPropertyTest {

    private static final CapturePoint POINT = new CapturePoint(0, "a", "eth0");

    private static final List<Tunnelled.Case> CASES = Stream.of(Tunnelled.FRAMINGS, Tunnelled.TUNNELS, Tunnelled.LINKS)
            .flatMap(List::stream)
            .toList();

    @Provide
    Arbitrary<Tunnelled.Case> valid() {
        return Arbitraries.of(CASES);
    }

    @Property(tries = 3_000)
    void anyOctetsOfAnyLinkTypeAreDissected(
            @ForAll @IntRange(max = 300) int linkType,
            @ForAll @Size(max = 120) byte[] octets,
            @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long originalLength) {
        assertSound(linkType, record(octets), originalLength);
    }

    @Property(tries = 4_000)
    void anyOctetsInsideAPacketAreDissected(
            @ForAll("valid") Tunnelled.Case valid,
            @ForAll @Size(max = 12) byte[] octets,
            @ForAll @IntRange(max = 200) int place,
            @ForAll @IntRange(max = 400) int captured,
            @ForAll @IntRange(max = 400) int originalLength) {
        byte[] changed = valid.record().clone();
        int at = place % changed.length;
        System.arraycopy(octets, 0, changed, at, Math.min(octets.length, changed.length - at));
        assertSound(valid.linkType(), record(changed, Math.min(captured, changed.length)), originalLength);
    }

    private static void assertSound(int linkType, CaptureRecord record, long originalLength) {
        record.set(1, 0, 0, originalLength);
        Layers layers = new Layers();
        new Dissector().dissect(record, linkType, layers);
        int end = record.offset() + record.capturedLength();
        for (int i = 0; i < layers.count(); i++) {
            assertThat(layers.start(i)).isBetween(record.offset(), end);
            assertThat(layers.end(i)).isBetween(layers.start(i), end);
            assertThat(layers.statedEnd(i)).isGreaterThanOrEqualTo(layers.start(i));
        }
        assertThat(layers.tunnels()).isBetween(0, Dissector.MAX_TUNNELS);

        Stage stage = new StageReader(new StagePool()).read(record, layers, POINT, 0, 0);
        new Census().add(record, linkType);

        assertThat(stage.payloadLength()).isNotNegative();
        assertThat(stage.length()).isNotNegative();
    }
}
