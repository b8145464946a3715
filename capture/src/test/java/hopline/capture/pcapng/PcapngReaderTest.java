package hopline.capture.pcapng;

import static hopline.capture.CaptureBytes.bigEndian;
import static hopline.capture.CaptureBytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import hopline.capture.CaptureBytes;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.Octets;
import hopline.capture.Reading;
import hopline.capture.Reading.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PcapngReaderTest {

    private static final int NAME = 2;
    private static final int DESCRIPTION = 3;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;

    /// Written by hand, so that the builder's own mistakes show.
    @Test
    void readsAFileAsItLiesOnDisk() {
        byte[] file = Octets.ofHex(
                        """
                0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000
                01000000 20000000 0100 0000 00000400 0200 0400 65746830 0000 0000 20000000
                06000000 24000000 00000000 d31c0600 40420f00 03000000 05000000 aabbcc00 24000000""")
                .toByteArray();

        Reading reading = Reading.of(file);

        long micros = 0x61cd3L << 32 | 1_000_000;
        assertThat(reading.records()).containsExactly(new Seen(1, 0, micros * 1_000, 5, "aabbcc"));
        assertThat(reading.interfaces()).containsExactly(new CaptureInterface(0, 0, "eth0", 1, 262_144));
        assertThat(reading.problem()).isNull();
    }

    private static CaptureBytes inOrder(ByteOrder order) {
        CaptureBytes file = CaptureBytes.in(order);
        return file.section(file.body().option(1, "node=a"))
                .describe(113, 96, file.body().option(NAME, "any").option(TIME_RESOLUTION, new byte[] {9}))
                .describe("eth1")
                .packet(0, 0x1_0000_0002L, 900, "0102 0304 05", file.body())
                .block(5, file.body().u32(1).u32(0).u32(0).u16(5).u16(8).i64(3))
                .packet(1, 9, "06");
    }

    static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    @ParameterizedTest
    @FieldSource("ORDERS")
    void readsTheSameInEitherByteOrder(ByteOrder order) throws IOException {
        Reading reading = Reading.of(inOrder(order));

        assertThat(reading.interfaces())
                .containsExactly(new CaptureInterface(0, 0, "any", 113, 96), new CaptureInterface(1, 0, "eth1", 1, 0));
        assertThat(reading.records())
                .containsExactly(new Seen(1, 0, 0x1_0000_0002L, 900, "0102030405"), new Seen(2, 1, 9_000, 1, "06"));
        assertThat(reading.lostRecords()).isEqualTo(3);
        assertThat(reading.problem()).isNull();
        assertThat(comments(inOrder(order), 0)).containsExactly("node=a");
    }

    /// Both sections describe an interface 0 of their own, and either order may follow the other.
    @ParameterizedTest
    @FieldSource("ORDERS")
    void eachSectionStartsItsInterfacesAnew(ByteOrder firstOrder) throws IOException {
        ByteOrder otherOrder = ORDERS.get(1 - ORDERS.indexOf(firstOrder));
        CaptureBytes first = CaptureBytes.in(firstOrder);
        first.section(first.body().option(1, "first").option(1, "and more"))
                .describe("a")
                .packet(0, 1, "01");
        CaptureBytes second = CaptureBytes.in(otherOrder);
        second.section(second.body().option(1, "second")).describe("b").packet(0, 2, "02");
        CaptureBytes file = littleEndian().add(first).add(second).add(first);

        Reading reading = Reading.of(file);

        assertThat(reading.problem()).isNull();
        assertThat(reading.interfaces())
                .containsExactly(
                        new CaptureInterface(0, 0, "a", 1, 0),
                        new CaptureInterface(1, 1, "b", 1, 0),
                        new CaptureInterface(2, 2, "a", 1, 0));
        assertThat(reading.records())
                .containsExactly(
                        new Seen(1, 0, 1_000, 1, "01"), new Seen(2, 1, 2_000, 1, "02"), new Seen(3, 2, 1_000, 1, "01"));
        assertThat(comments(file, 0)).containsExactly("first", "and more");
        assertThat(comments(file, 1)).containsExactly("second");
    }

    private static List<String> comments(CaptureBytes file, int section) throws IOException {
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(file.toByteArray()))) {
            while (reader.next() != null) {
                assertThat(reader.comments(0)).isNotEmpty();
            }
            return List.copyOf(reader.comments(section));
        }
    }

    record Resolution(String what, UnaryOperator<CaptureBytes> options, long ticks, long nanos) {

        static Resolution of(int resolution, long ticks, long nanos) {
            String what = resolution < 0x80 ? "10^-" + resolution : "2^-" + (resolution & 0x7f);
            return new Resolution(what, o -> o.option(TIME_RESOLUTION, new byte[] {(byte) resolution}), ticks, nanos);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Resolution> RESOLUTIONS = List.of(
            new Resolution("microseconds unless told otherwise", o -> o, 1_500_000, 1_500_000_000),
            Resolution.of(0, 2, 2_000_000_000),
            Resolution.of(3, 1_500, 1_500_000_000),
            Resolution.of(6, 1_500_000, 1_500_000_000),
            Resolution.of(7, 15_000_000, 1_500_000_000),
            Resolution.of(9, 1_500_000_001, 1_500_000_001),
            Resolution.of(12, 1_500_000_001_999L, 1_500_000_001),
            Resolution.of(0x80, 2, 2_000_000_000),
            Resolution.of(0x80 | 10, 1_536, 1_500_000_000),
            Resolution.of(0x80 | 32, 3L << 31, 1_500_000_000),
            Resolution.of(0x80 | 63, 3L << 62, 1_500_000_000),
            new Resolution("an empty option says nothing", o -> o.option(TIME_RESOLUTION, new byte[0]), 7, 7_000),
            new Resolution(
                    "an offset in seconds", o -> o.u16(TIME_OFFSET).u16(8).i64(-2), 500_000, -1_500_000_000),
            new Resolution(
                    "an offset of a wrong length says nothing",
                    o -> o.u16(TIME_OFFSET).u16(4).u32(2),
                    7,
                    7_000),
            new Resolution(
                    "an option behind the end of options says nothing",
                    o -> o.u16(0).u16(0).option(TIME_RESOLUTION, new byte[] {9}),
                    7,
                    7_000));

    @ParameterizedTest
    @FieldSource("RESOLUTIONS")
    void countsTimeAsTheInterfaceSays(Resolution expected) {
        for (ByteOrder order : ORDERS) {
            CaptureBytes file = CaptureBytes.in(order);
            file.section().describe(1, 0, expected.options().apply(file.body()));
            file.packet(0, expected.ticks(), "01");

            assertThat(Reading.of(file).records()).extracting(Seen::epochNanos).containsExactly(expected.nanos());
        }
    }

    record Named(String what, UnaryOperator<CaptureBytes> options, String name) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Named> NAMES = List.of(
            new Named("no name", o -> o, ""),
            new Named("a name", o -> o.option(NAME, "eth0"), "eth0"),
            new Named(
                    "a name that needs padding",
                    o -> o.option(NAME, "vEthernet").option(1, "x"),
                    "vEthernet"),
            new Named("a name beyond ASCII", o -> o.option(NAME, "Drahtlosgerät"), "Drahtlosgerät"),
            new Named("a name with a NUL", o -> o.option(NAME, "lo\0junk"), "lo"),
            new Named("a description alone", o -> o.option(DESCRIPTION, "Ethernet 2"), "Ethernet 2"),
            new Named(
                    "the name comes before the description",
                    o -> o.option(DESCRIPTION, "Ethernet 2").option(NAME, "{GUID}"),
                    "{GUID}"),
            new Named(
                    "an option that reaches beyond its block",
                    o -> o.u16(NAME).u16(400).hex("65746830"),
                    ""));

    @ParameterizedTest
    @FieldSource("NAMES")
    void namesTheInterface(Named expected) {
        CaptureBytes file = littleEndian();
        file.section().describe(1, 0, expected.options().apply(file.body())).packet(0, 0, "01");

        Reading reading = Reading.of(file);

        assertThat(reading.interfaces()).extracting(CaptureInterface::name).containsExactly(expected.name());
        assertThat(reading.problem()).isNull();
    }

    /// A Simple Packet Block says only how long the packet was: the rest is told by interface 0 and the block's length.
    record Simple(String what, long snapLength, long originalLength, String inFile, String captured) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Simple> SIMPLE_PACKETS = List.of(
            new Simple("no snap length", 0, 5, "0102030405000000", "0102030405"),
            new Simple("a snap length that was not reached", 64, 5, "0102030405000000", "0102030405"),
            new Simple("cut at the snap length", 3, 900, "01020300", "010203"),
            new Simple("an original length that lies", 0, 0xffff_ffffL, "01020304", "01020304"),
            new Simple("nothing captured", 0, 0, "", ""));

    @ParameterizedTest
    @FieldSource("SIMPLE_PACKETS")
    void readsSimplePackets(Simple expected) {
        CaptureBytes file = bigEndian();
        file.section()
                .describe(1, expected.snapLength(), file.body())
                .packet(0, 77, "ff")
                .block(3, file.body().u32(expected.originalLength()).hex(expected.inFile()));

        assertThat(Reading.of(file).records().get(1))
                .as("with the time of the record before it")
                .isEqualTo(new Seen(2, 0, 77_000, expected.originalLength(), expected.captured()));
    }

    @Test
    void readsTheBlockThatEnhancedPacketsReplaced() {
        CaptureBytes file = littleEndian();
        file.section().describe("a").describe("b");
        for (int drops : new int[] {2, 0xffff, 3}) {
            file.block(
                    2,
                    file.body().u16(1).u16(drops).u32(0).u32(5).u32(2).u32(60).hex("a1a2"));
        }

        Reading reading = Reading.of(file);

        assertThat(reading.records()).hasSize(3).allSatisfy(seen -> {
            assertThat(seen.interfaceIndex()).isEqualTo(1);
            assertThat(seen.epochNanos()).isEqualTo(5_000);
            assertThat(seen.originalLength()).isEqualTo(60);
            assertThat(seen.octets()).isEqualTo("a1a2");
        });
        assertThat(reading.lostRecords()).as("65535 means unknown").isEqualTo(5);
    }

    record Drops(String what, UnaryOperator<CaptureBytes> blocks, long lost) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static CaptureBytes statistics(CaptureBytes file, int interfaceId, CaptureBytes options) {
        return file.block(5, file.body().u32(interfaceId).u32(0).u32(0).add(options));
    }

    private static CaptureBytes drops(CaptureBytes file, int code, long count) {
        return file.body().u16(code).u16(8).i64(count);
    }

    static final List<Drops> DROPS = List.of(
            new Drops("none stated", f -> f, 0),
            new Drops("by the interface", f -> statistics(f, 0, drops(f, 5, 7)), 7),
            new Drops("by the operating system", f -> statistics(f, 0, drops(f, 7, 7)), 7),
            new Drops("by both", f -> statistics(f, 0, drops(f, 5, 7).add(drops(f, 7, 1))), 8),
            new Drops("received packets are not drops", f -> statistics(f, 0, drops(f, 4, 7)), 0),
            new Drops(
                    "later statistics replace earlier ones of their interface",
                    f -> statistics(statistics(f, 0, drops(f, 5, 7)), 0, drops(f, 5, 9)),
                    9),
            new Drops("interfaces add up", f -> statistics(statistics(f, 0, drops(f, 5, 7)), 1, drops(f, 5, 9)), 16),
            new Drops("a count that lies", f -> statistics(f, 0, drops(f, 5, -1)), 0),
            new Drops(
                    "a count of a wrong length", f -> statistics(f, 0, f.body().option(5, new byte[4])), 0),
            new Drops(
                    "counted packet by packet",
                    f -> f.packet(0, 0, 1, "01", drops(f, 4, 2)).packet(0, 0, 1, "01", drops(f, 4, 3)),
                    5),
            new Drops(
                    "counted twice are lost once",
                    f -> statistics(f.packet(0, 0, 1, "01", drops(f, 4, 2)), 0, drops(f, 5, 6)),
                    6));

    @ParameterizedTest
    @FieldSource("DROPS")
    void countsWhatTheSystemLost(Drops expected) {
        for (ByteOrder order : ORDERS) {
            CaptureBytes file = expected.blocks()
                    .apply(CaptureBytes.in(order).section().describe("a").describe("b"));

            Reading reading = Reading.of(file);

            assertThat(reading.problem()).isNull();
            assertThat(reading.lostRecords()).isEqualTo(expected.lost());
        }
    }

    @Test
    void skipsAndCountsBlocksThatHoldNoPacket() {
        CaptureBytes file = littleEndian();
        file.section()
                .describe("a")
                .block(4, file.body().u32(0))
                .block(10, file.body().u32(0).u32(0))
                .block(0x1234, file.body())
                .block(0x1234, file.body().u32(7))
                .packet(0, 0, "01");

        Reading reading = Reading.of(file);

        assertThat(reading.octets()).containsExactly("01");
        assertThat(reading.skippedBlocks())
                .containsOnly(
                        entry("Name Resolution Block", 1L),
                        entry("Decryption Secrets Block", 1L),
                        entry("block of type 0x1234", 2L));
    }

    /// As Wireshark numbers frames, so that a record's number finds it there.
    @Test
    void numbersCustomJournalAndEventBlocksWithTheRecords() {
        CaptureBytes file = littleEndian();
        file.section()
                .describe("a")
                .block(0xBAD, file.body().u32(32_473))
                .packet(0, 0, "01")
                .block(0x40000BAD, file.body().u32(32_473))
                .block(9, file.body().octets(new byte[] {'A', '=', '1', '\n'}))
                .block(0x204, file.body().hex("00010203"))
                .block(0x216, file.body().hex("00010203"))
                .block(0x221, file.body().hex("00010203"))
                .block(0x201, file.body().hex("00010203"))
                .packet(0, 0, "02");

        Reading reading = Reading.of(file);

        assertThat(reading.records()).extracting(Seen::number).containsExactly(2L, 8L);
        assertThat(reading.skippedBlocks())
                .containsOnly(
                        entry("Custom Block", 2L),
                        entry("Systemd Journal Export Block", 1L),
                        entry("Sysdig Event Block", 3L),
                        entry("block of type 0x201", 1L));
    }

    /// Early writers left the padding out of the length.
    @Test
    void aLengthThatIsNoMultipleOfFourIsRoundedUp() {
        CaptureBytes file = littleEndian().section().describe("a");
        file.u32(6).u32(34).u32(0).u32(0).u32(0).u32(2).u32(2).hex("0102 0000").u32(34);
        file.packet(0, 0, "03");

        Reading reading = Reading.of(file);

        assertThat(reading.octets()).containsExactly("0102", "03");
        assertThat(reading.problem()).isNull();
    }

    record Broken(String what, UnaryOperator<CaptureBytes> rest, String problem) {

        @Override
        public String toString() {
            return what;
        }
    }

    /// What follows a section of 28 octets, an interface of 28 and a record of 36: it starts at offset 92.
    static final List<Broken> BROKEN = List.of(
            new Broken(
                    "lengths that disagree",
                    f -> f.u32(4).u32(16).u32(0).u32(20),
                    "offset 92: block length 16 is closed by 20"),
            new Broken(
                    "a length of nothing",
                    f -> f.u32(4).u32(0).u32(0),
                    "offset 92: Name Resolution Block has length 0, 12 to 16908288 expected"),
            new Broken(
                    "a length below the block's own fields",
                    f -> f.u32(4).u32(11).u32(11),
                    "offset 92: Name Resolution Block has length 11, 12 to 16908288 expected"),
            new Broken(
                    "a length beyond the limit",
                    f -> f.u32(4).u32(16_908_289).u32(0),
                    "offset 92: Name Resolution Block has length 16908289, 12 to 16908288 expected"),
            new Broken(
                    "a length of 3 GiB",
                    f -> f.u32(6).u32(0xc000_0000L).u32(0),
                    "offset 92: Enhanced Packet Block has length 3221225472, 12 to 16908288 expected"),
            new Broken(
                    "a length within the limit that the file does not have",
                    f -> f.u32(6).u32(16_000_000).u32(0),
                    "offset 92: file ends inside an Enhanced Packet Block: 16000000 octets expected, 12 found"),
            new Broken(
                    "a captured length beyond its block",
                    f -> f.block(6, f.body().u32(0).u32(0).u32(0).u32(5).u32(5).u32(0)),
                    "offset 92: record 2 claims 5 captured octets, its block has room for 4"),
            new Broken(
                    "a captured length of 3 GiB",
                    f -> f.block(
                            6, f.body().u32(0).u32(0).u32(0).u32(0xc000_0000L).u32(5)),
                    "offset 92: record 2 claims 3221225472 captured octets, its block has room for 0"),
            new Broken(
                    "an interface that is not described",
                    f -> f.packet(1, 0, "01"),
                    "offset 92: Enhanced Packet Block names interface 1, 1 described so far in its section"),
            new Broken(
                    "an interface of the section before",
                    f -> f.section().packet(0, 0, "01"),
                    "offset 120: Enhanced Packet Block names interface 0, 0 described so far in its section"),
            new Broken(
                    "a simple packet without an interface",
                    f -> f.section().block(3, f.body().u32(0)),
                    "offset 120: Simple Packet Block names interface 0, 0 described so far in its section"),
            new Broken(
                    "statistics of an interface that is not described",
                    f -> f.block(5, f.body().u32(0xffff_ffffL).u32(0).u32(0)),
                    "offset 92: Interface Statistics Block names interface 4294967295, 1 described so far in its section"),
            new Broken(
                    "a packet too short for its own fields",
                    f -> f.block(6, f.body().u32(0).u32(0).u32(0).u32(0)),
                    "offset 92: Enhanced Packet Block has a body of 16 octets, at least 20 expected"),
            new Broken(
                    "an interface too short for its own fields",
                    f -> f.block(1, f.body().u32(1)),
                    "offset 92: Interface Description Block has a body of 4 octets, at least 8 expected"),
            new Broken(
                    "a section too short for its own fields",
                    f -> f.block(0x0A0D0D0A, f.body().u32(0x1A2B3C4D).u16(1).u16(0)),
                    "offset 92: Section Header Block has a body of 8 octets, at least 16 expected"),
            new Broken(
                    "a section of a later version",
                    f -> f.block(
                            0x0A0D0D0A, f.body().u32(0x1A2B3C4D).u16(2).u16(0).i64(-1)),
                    "offset 92: section has version 2.0, 1.0 or 1.2 expected"),
            new Broken(
                    "a section in no known byte order",
                    f -> f.block(
                            0x0A0D0D0A, f.body().u32(0x2B1A4D3C).u16(1).u16(0).i64(-1)),
                    "offset 92: section header has byte-order magic 0x2b1a4d3c, 0x1a2b3c4d expected in either order"));

    @ParameterizedTest
    @FieldSource("BROKEN")
    void saysWhereTheFileBreaks(Broken broken) {
        CaptureBytes file =
                broken.rest().apply(littleEndian().section().describe("eth0").packet(0, 0, "01"));

        Reading reading = Reading.of(file);

        assertThat(reading.octets()).as("what stands before it").containsExactly("01");
        assertThat(reading.problem()).isEqualTo(broken.problem());
    }

    /// A block of which a file has so many that keeping what each says would take all memory.
    record Excess(String what, UnaryOperator<CaptureBytes> block, int times, String problem) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Excess> EXCESSES = List.of(
            new Excess(
                    "interfaces",
                    f -> f.describe(1, 0, f.body()),
                    65_536,
                    "offset 1310792: file describes interface 65537, at most 65536 expected"),
            new Excess(
                    "sections",
                    CaptureBytes::section,
                    65_536,
                    "offset 1835072: file describes section 65537, at most 65536 expected"),
            new Excess(
                    "options",
                    f -> f.describe(1, 0, f.body().octets(new byte[12 << 20])),
                    3,
                    "offset 25165956: sections and interfaces have 37748744 octets of options, at most 33554432 expected"));

    @ParameterizedTest
    @FieldSource("EXCESSES")
    void readsAsFarAsWhatMustBeKeptIsBounded(Excess excess) {
        CaptureBytes file = littleEndian().section().describe("eth0").packet(0, 0, "01");
        for (int i = 0; i < excess.times(); i++) {
            excess.block().apply(file);
        }

        Reading reading = Reading.of(file);

        assertThat(reading.octets()).as("what stands before it").containsExactly("01");
        assertThat(reading.problem()).isEqualTo(excess.problem());
    }

    @Test
    void blocksOfTooManyTypesAreCountedTogether() {
        CaptureBytes file = littleEndian().section().describe("a");
        for (int type = 0x10000; type < 0x10000 + 1_100; type++) {
            file.block(type, file.body());
        }
        file.block(0x10000, file.body());

        assertThat(Reading.of(file).skippedBlocks())
                .hasSize(1_025)
                .contains(entry("block of type 0x10000", 2L), entry("blocks of other types", 76L));
    }

    @Test
    void version1Dot2Means1Dot0() {
        CaptureBytes file = littleEndian();
        file.block(0x0A0D0D0A, file.body().u32(0x1A2B3C4D).u16(1).u16(2).i64(-1))
                .describe("a")
                .packet(0, 0, "01");

        assertThat(Reading.of(file).octets()).containsExactly("01");
    }

    @Test
    void readsABlockOfSixteenMebibytes() {
        byte[] large = new byte[16 << 20];
        CaptureBytes file = littleEndian().section().describe("a");
        file.block(
                6,
                file.body()
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(large.length)
                        .u32(large.length)
                        .octets(large));

        Reading reading = Reading.of(file);

        assertThat(reading.problem()).isNull();
        assertThat(reading.records()).extracting(Seen::originalLength).containsExactly((long) large.length);
    }

    /// What stands before the cut is read, and the cut is told unless it falls between two blocks.
    @ParameterizedTest
    @FieldSource("ORDERS")
    void aFileCutAnywhereGivesTheRecordsBeforeTheCut(ByteOrder order) {
        byte[] whole = inOrder(order).toByteArray();
        List<Seen> records = Reading.of(whole).records();
        List<Integer> boundaries = boundaries(whole, order);
        assertThat(boundaries).hasSize(6).endsWith(whole.length);

        for (int length = 4; length <= whole.length; length++) {
            Reading cut = Reading.of(Arrays.copyOf(whole, length));
            assertThat(cut.records()).isEqualTo(records.subList(0, cut.records().size()));
            assertThat(cut.problem() == null)
                    .as("whole when cut to %d octets", length)
                    .isEqualTo(boundaries.contains(length));
        }
        assertThat(Reading.of(Arrays.copyOf(whole, whole.length - 1)).records()).hasSize(1);
    }

    /// Where each block ends.
    private static List<Integer> boundaries(byte[] file, ByteOrder order) {
        ByteBuffer blocks = ByteBuffer.wrap(file).order(order);
        List<Integer> ends = new ArrayList<>();
        for (int at = 0; at < file.length; ) {
            at += blocks.getInt(at + 4);
            ends.add(at);
        }
        return ends;
    }
}
