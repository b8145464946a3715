package hopline.decode.stage;

import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.record;
import static hopline.decode.Packets.udp;
import static hopline.decode.Packets.vxlan;
import static hopline.decode.PlainFrames.OTHER_VXLAN_PORT;
import static hopline.decode.PlainFrames.PLAIN;
import static hopline.decode.PlainFrames.TCP;
import static hopline.decode.PlainFrames.inIpv4;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.PlainFrames;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Whatever is read without layers is read as with them.
class PlainStagesTest {

    private static final CapturePoint POINT = new CapturePoint(0, "a", "eth0");

    private static final List<Field> FIELDS = Arrays.stream(Stage.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .toList();

    private final Dissector dissector = new Dissector(List.of(OTHER_VXLAN_PORT));
    private final StageReader stages = new StageReader(new StagePool());
    private final PlainStages plain = new PlainStages(dissector, stages);

    @ParameterizedTest
    @FieldSource("hopline.decode.PlainFrames#PLAIN")
    void readsWhatIsUsual(byte[] frame) {
        assertThat(readAlike(record(frame))).isNotNull();
    }

    @ParameterizedTest
    @FieldSource("hopline.decode.PlainFrames#UNUSUAL")
    void leavesWhatIsNot(byte[] frame) {
        assertThat(readAlike(record(frame))).isNull();
    }

    @Test
    void readsNothingOfAnotherLinkType() {
        assertThat(plain.read(record(TCP), LinkType.RAW, POINT, 0, 0)).isNull();
    }

    /// Each port may say what a datagram carries; what is known of ports is listed twice.
    @Test
    void readsAnyPortAlike() {
        for (int port = 0; port <= 0xffff; port++) {
            readAlike(record(inIpv4(17, udp(40_000, port, vxlan(1, TCP)))));
            readAlike(record(inIpv4(17, udp(port, 60_000, octets(24)))));
        }
    }

    @Test
    void readsAnyCutAlike() {
        for (byte[] frame : PLAIN) {
            for (int captured = 0; captured <= frame.length; captured++) {
                readAlike(record(frame, captured));
            }
        }
    }

    @Test
    void readsAnyOctetAlike() {
        for (byte[] frame : PLAIN) {
            for (int at = 0; at < frame.length; at++) {
                for (int value = 0; value <= 0xff; value++) {
                    byte[] changed = frame.clone();
                    changed[at] = (byte) value;
                    readAlike(record(changed));
                }
            }
        }
    }

    @Provide
    Arbitrary<byte[]> frames() {
        return Arbitraries.of(PLAIN);
    }

    @Property(tries = 5_000)
    void readsAnyDamageAlike(
            @ForAll("frames") byte[] frame,
            @ForAll @Size(max = 20) byte[] octets,
            @ForAll @IntRange(max = 150) int place,
            @ForAll @IntRange(max = 150) int captured) {
        byte[] changed = frame.clone();
        int at = place % changed.length;
        System.arraycopy(octets, 0, changed, at, Math.min(octets.length, changed.length - at));
        readAlike(record(changed, captured % (changed.length + 1)));
    }

    @Test
    void readsAnyLengthsAlike() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            readAlike(PlainFrames.ofAnyLengths(random));
        }
    }

    private @Nullable Stage readAlike(CaptureRecord record) {
        Stage stage = plain.read(record, LinkType.ETHERNET, POINT, 3, 17);
        if (stage != null) {
            Layers layers = new Layers();
            dissector.dissect(record, LinkType.ETHERNET, layers);
            Stage expected = stages.read(record, layers, POINT, 3, 17);
            assertThat(fields(stage)).isEqualTo(fields(expected));
            assertThat(layers.isMalformed() || layers.hasFragment() || layers.isUndecoded())
                    .isFalse();
        }
        return stage;
    }

    private static List<@Nullable Object> fields(Stage stage) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : FIELDS) {
            try {
                values.add(field.get(stage));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }
}
