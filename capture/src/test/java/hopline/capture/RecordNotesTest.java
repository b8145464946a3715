package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.RecordNotes.Direction;
import hopline.capture.RecordNotes.Hash;
import hopline.capture.RecordNotes.Reception;
import hopline.capture.RecordNotes.Verdict;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecordNotesTest {

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    private static RecordNotes notes(CaptureBytes options) {
        RecordNotes notes = new RecordNotes();
        byte[] array = options.toByteArray();
        ByteOrder order = Octets.wrap(array).u16(0) == 0xfffe ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        notes.set(array, 2, array.length, order);
        return notes;
    }

    /// Options behind two octets that give their order away.
    private static CaptureBytes options(ByteOrder order) {
        return CaptureBytes.in(order).u16(0xfffe);
    }

    @ParameterizedTest
    @FieldSource("ORDERS")
    void tellWhatTheOptionsSay(ByteOrder order) {
        CaptureBytes options = options(order);
        options.u16(2).u16(4).u32(0x8100_008bL);
        options.u16(3).u16(5).hex("02 01020304").hex("000000");
        options.u16(4).u16(8).i64(5);
        options.u16(5).u16(8).i64(-2);
        options.u16(6).u16(4).u32(3);
        options.u16(7).u16(9).hex("02").i64(1).hex("000000");
        options.u16(7).u16(3).hex("00 0909 00");
        options.u16(8).u16(8).u32(4).u32(88);
        options.u16(1).u16(4).hex("6f6e6500").u16(1).u16(4).hex("74776f21");
        options.u16(2989).u16(6).u32(32_473).hex("0102 0000");

        RecordNotes notes = notes(options);

        assertThat(notes.direction()).isEqualTo(Direction.UNKNOWN); // both bits are set
        assertThat(notes.reception()).isEqualTo(Reception.MULTICAST);
        assertThat(notes.frameCheckLength()).isEqualTo(4);
        assertThat(notes.linkErrors()).isEqualTo(0x8100);
        assertThat(notes.hashes()).containsExactly(new Hash(2, Octets.ofHex("01020304")));
        assertThat(notes.dropCount()).hasValue(5);
        assertThat(notes.packetId()).hasValue(-2);
        assertThat(notes.queue()).hasValue(3);
        assertThat(notes.verdicts())
                .containsExactly(
                        new Verdict(2, Octets.ofHex("0000000000000001")), new Verdict(0, Octets.ofHex("0909")));
        assertThat(notes.process()).hasValue(4);
        assertThat(notes.thread()).hasValue(88);
        assertThat(notes.comments()).containsExactly("one", "two!");
        assertThat(notes.custom()).containsExactly(new CustomOption(2989, 32_473, Octets.ofHex("0102")));
        assertThat(notes.facts()).isNull();
    }

    record Flags(long flags, Direction direction, Reception reception) {}

    static final List<Flags> FLAGS = List.of(
            new Flags(0, Direction.UNKNOWN, Reception.UNKNOWN),
            new Flags(1, Direction.INBOUND, Reception.UNKNOWN),
            new Flags(2, Direction.OUTBOUND, Reception.UNKNOWN),
            new Flags(1 | 1 << 2, Direction.INBOUND, Reception.UNICAST),
            new Flags(1 | 2 << 2, Direction.INBOUND, Reception.MULTICAST),
            new Flags(1 | 3 << 2, Direction.INBOUND, Reception.BROADCAST),
            new Flags(1 | 4 << 2, Direction.INBOUND, Reception.PROMISCUOUS),
            new Flags(1 | 5 << 2, Direction.INBOUND, Reception.UNKNOWN));

    @ParameterizedTest
    @FieldSource("FLAGS")
    void tellTheDirection(Flags expected) {
        RecordNotes notes = notes(options(ByteOrder.BIG_ENDIAN).u16(2).u16(4).u32(expected.flags()));

        assertThat(notes.direction()).isEqualTo(expected.direction());
        assertThat(notes.reception()).isEqualTo(expected.reception());
    }

    @Test
    void tellNothingOfOptionsOfAWrongLength() {
        CaptureBytes options = options(ByteOrder.LITTLE_ENDIAN);
        for (int code = 2; code <= 8; code++) {
            options.u16(code).u16(0);
        }

        RecordNotes notes = notes(options.u16(2988).u16(2).hex("01020000"));

        assertThat(notes.flags()).isZero();
        assertThat(notes.packetId()).isEmpty();
        assertThat(notes.dropCount()).isEmpty();
        assertThat(notes.queue()).isEmpty();
        assertThat(notes.process()).isEmpty();
        assertThat(notes.verdicts()).isEmpty();
        assertThat(notes.hashes()).isEmpty();
        assertThat(notes.custom()).isEmpty();
    }

    /// The option says 40 octets, and the block has 4.
    @Test
    void endWhereAnOptionReachesBeyondItsBlock() {
        CaptureBytes options = options(ByteOrder.LITTLE_ENDIAN);
        options.u16(1).u16(3).hex("61626300").u16(1).u16(40).hex("64656600");

        assertThat(notes(options).comments()).containsExactly("abc");
        assertThat(notes(options).options().comments()).containsExactly("abc");
    }

    @Test
    void ofAnInterfaceAreTypedToo() {
        OptionBuffer options = new OptionBuffer(ByteOrder.BIG_ENDIAN)
                .text(CaptureOptions.INTERFACE_DESCRIPTION, "Hyper-V")
                .octets(CaptureOptions.INTERFACE_FILTER, new byte[] {0, 't', 'c', 'p'})
                .octets(CaptureOptions.INTERFACE_MAC, Octets.ofHex("00155d010203"))
                .octets(CaptureOptions.INTERFACE_EUI, Octets.ofHex("0102030405060708"))
                .octets(CaptureOptions.INTERFACE_IPV4, Octets.ofHex("0a000001ffffff00"))
                .octets(CaptureOptions.INTERFACE_IPV6, new byte[17])
                .octets(CaptureOptions.INTERFACE_IPV6, new byte[3])
                .u64(CaptureOptions.INTERFACE_SPEED, 10_000_000_000L)
                .u64(CaptureOptions.INTERFACE_TRANSMIT_SPEED, 1)
                .u64(CaptureOptions.INTERFACE_RECEIVE_SPEED, 2)
                .u32(CaptureOptions.INTERFACE_TIME_ZONE, 3_600)
                .u8(CaptureOptions.INTERFACE_FCS_LENGTH, 4)
                .text(CaptureOptions.INTERFACE_OS, "Windows")
                .text(CaptureOptions.INTERFACE_HARDWARE, "a card")
                .texts(CaptureOptions.COMMENT, List.of("one", "two"))
                .custom(CaptureOptions.CUSTOM_TEXT, 32_473, new byte[] {65});

        CaptureInterface at = new CaptureInterface(0, 0, "x", 1, 0, options.toOptions());

        assertThat(at.description()).contains("Hyper-V");
        assertThat(at.filter()).contains("tcp");
        assertThat(at.mac()).contains(Octets.ofHex("00155d010203"));
        assertThat(at.eui()).contains(Octets.ofHex("0102030405060708"));
        assertThat(at.ipv4()).containsExactly(Octets.ofHex("0a000001ffffff00"));
        assertThat(at.ipv6()).hasSize(1);
        assertThat(at.speed()).hasValue(10_000_000_000L);
        assertThat(at.transmitSpeed()).hasValue(1);
        assertThat(at.receiveSpeed()).hasValue(2);
        assertThat(at.timeZone()).hasValue(3_600);
        assertThat(at.frameCheckLength()).hasValue(4);
        assertThat(at.os()).contains("Windows");
        assertThat(at.hardware()).contains("a card");
        assertThat(at.comments()).containsExactly("one", "two");
        assertThat(at.options().custom()).containsExactly(new CustomOption(2988, 32_473, Octets.ofHex("41")));
    }

    /// In the middle of a character of three octets.
    @Test
    void textThatIsTooLongIsCutBetweenCharacters() {
        String text = "€".repeat(22_000);

        CaptureOptions options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                .text(CaptureOptions.COMMENT, text)
                .toOptions();

        assertThat(options.comments()).containsExactly("€".repeat(21_845));
    }
}
