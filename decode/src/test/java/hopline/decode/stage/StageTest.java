package hopline.decode.stage;

import static hopline.decode.Packets.octets;
import static hopline.decode.stage.Scene.stage;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.header.TcpHeader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StageTest {

    private static final Sketch PACKET = Sketch.tcp("10.0.0.1:4000", "10.0.0.2:80");

    record Tuples(String what, Sketch one, Sketch other, boolean sameSource, boolean sameDestination) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Tuples> TUPLES = List.of(
            new Tuples("the same", PACKET, PACKET.routed().data(5), true, true),
            new Tuples("another source address", PACKET, PACKET.from("10.0.0.9:4000"), false, true),
            new Tuples("another source port", PACKET, PACKET.from("10.0.0.1:4001"), false, true),
            new Tuples("another destination address", PACKET, PACKET.to("10.0.0.9:80"), true, false),
            new Tuples("another destination port", PACKET, PACKET.to("10.0.0.2:81"), true, false),
            new Tuples(
                    "IPv6 addresses that differ in their upper half",
                    Sketch.tcp("[fd00::1]:1", "[fd00::2]:2"),
                    Sketch.tcp("[fd00:1::1]:1", "[fd00:1::2]:2"),
                    false,
                    false));

    @ParameterizedTest
    @FieldSource("TUPLES")
    void comparesAddressesAndPorts(Tuples pair) {
        Stage one = stage(pair.one());
        Stage other = stage(pair.other());

        assertThat(one.sameSource(other)).isEqualTo(pair.sameSource());
        assertThat(one.sameDestination(other)).isEqualTo(pair.sameDestination());
        assertThat(one.sameTuple(other)).isEqualTo(pair.sameSource() && pair.sameDestination());
        assertThat(one.tupleHash() == other.tupleHash()).isEqualTo(one.sameTuple(other));
    }

    /// What every record sets; the rest must not be left from the packet that a pooled stage was of before.
    private static final Set<String> SET_FOR_EACH_RECORD = Set.of("file", "record", "epochNanos", "length");

    @Test
    void aClearedStageIsAsANewOne() throws IllegalAccessException {
        Stage fresh = new Stage();
        Stage used = new Stage();
        List<Field> fields = Arrays.stream(Stage.class.getDeclaredFields())
                .filter(field -> field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !SET_FOR_EACH_RECORD.contains(field.getName()))
                .toList();
        for (Field field : fields) {
            if (field.getType() == boolean.class) {
                field.setBoolean(used, true);
            } else if (field.getType() == char.class) {
                field.setChar(used, (char) 77);
            } else if (field.getType() == byte.class) {
                field.setByte(used, (byte) 77);
            } else if (field.getType() == short.class) {
                field.setShort(used, (short) 77);
            } else if (field.getType() == int.class) {
                field.setInt(used, 77);
            } else {
                field.setLong(used, 77);
            }
        }

        used.clear();

        for (Field field : fields) {
            assertThat(field.get(used)).as(field.getName()).isEqualTo(field.get(fresh));
        }
    }

    @Test
    void portsThatAreNotKnownDifferFromNone() {
        Sketch fragment =
                Sketch.udp("10.0.0.1:5000", "10.0.0.2:6000", octets(8)).identification(9);
        Stage known = stage(fragment.fragment(0, true));
        Stage unknown = stage(fragment.fragment(8, false));

        assertThat(known.sameTuple(unknown)).isTrue();
        assertThat(unknown.sameTuple(known)).isTrue();
    }

    @Test
    void anotherProtocolIsAnotherTuple() {
        assertThat(stage(PACKET).sameTuple(stage(Sketch.udp("10.0.0.1:4000", "10.0.0.2:80", octets(1)))))
                .isFalse();
    }

    @Test
    void bothDirectionsAreOneConversation() {
        Stage forward = stage(PACKET);
        Stage reverse = stage(Sketch.tcp("10.0.0.2:80", "10.0.0.1:4000"));

        assertThat(forward.conversationHash()).isEqualTo(reverse.conversationHash());
        assertThat(forward.tupleHash()).isNotEqualTo(reverse.tupleHash());
        assertThat(forward.conversationHash())
                .isNotEqualTo(stage(PACKET.from("10.0.0.1:4001")).conversationHash());
    }

    @Test
    void aTupleAloneMakesAStage() {
        Stage quoted = Stage.ofTuple(IpProtocol.TCP, Address.of("10.0.0.1"), 4_000, Address.of("10.0.0.2"), 80);

        assertThat(quoted.sameTuple(stage(PACKET))).isTrue();
        assertThat(quoted.sameTuple(stage(PACKET.from("10.0.0.1:4001")))).isFalse();
        assertThat(quoted.tupleHash()).isEqualTo(stage(PACKET).tupleHash());
        assertThat(quoted.source()).hasToString("10.0.0.1:4000");
        assertThat(quoted.destination()).hasToString("10.0.0.2:80");
    }

    record Flags(int flags, boolean syn, boolean synAck, int phantoms) {}

    static final List<Flags> FLAGS = List.of(
            new Flags(TcpHeader.SYN, true, false, 1),
            new Flags(TcpHeader.SYN | TcpHeader.ACK, false, true, 1),
            new Flags(TcpHeader.SYN | TcpHeader.RST, false, false, 1),
            new Flags(0xc0 | TcpHeader.SYN, true, false, 1),
            new Flags(TcpHeader.ACK, false, false, 0),
            new Flags(TcpHeader.ACK | TcpHeader.FIN, false, false, 1),
            new Flags(TcpHeader.RST, false, false, 0));

    @ParameterizedTest
    @FieldSource("FLAGS")
    void tellsWhatASegmentDoes(Flags expected) {
        Stage stage = stage(PACKET.flags(expected.flags()).data(10));

        assertThat(stage.flags()).isEqualTo(expected.flags());
        assertThat(stage.isSyn()).isEqualTo(expected.syn());
        assertThat(stage.isSynAck()).isEqualTo(expected.synAck());
        assertThat(stage.sequenceEnd() - stage.sequence() - 10).isEqualTo(expected.phantoms());
        assertThat(stage.hasFlag(TcpHeader.RST)).isEqualTo((expected.flags() & TcpHeader.RST) != 0);
    }

    @Test
    void aDatagramHasNoFlags() {
        assertThat(stage(Sketch.ping("10.0.0.1", "10.0.0.2", 1, 1)).hasFlag(8)).isFalse();
        assertThat(stage(Sketch.ping("10.0.0.1", "10.0.0.2", 1, 1)).flags()).isEqualTo(8);
    }
}
