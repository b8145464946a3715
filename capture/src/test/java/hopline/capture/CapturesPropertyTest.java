package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Reading.Seen;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What holds of reading any file: it is read or refused, never anything else ([Reading] sees to that), and what
/// comes before damage is not touched by it.
class CapturesPropertyTest {

    /// One record to be written into a file.
    record Written(int interfaceId, long micros, String hex) {}

    @Provide
    Arbitrary<List<Written>> records() {
        Arbitrary<String> octets =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(HexFormat.of()::formatHex);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs().between(0, 4_000_000_000_000_000L),
                        octets)
                .as(Written::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .withoutEdgeCases(); // there are more of them than tries
    }

    private static byte[] pcapng(ByteOrder order, List<Written> records) {
        CaptureBytes file = CaptureBytes.in(order);
        file.section(file.body().option(1, "node=a")).describe("eth0").describe("eth1");
        records.forEach(record -> file.packet(record.interfaceId(), record.micros(), record.hex()));
        file.block(5, file.body().u32(1).u32(0).u32(0).u16(5).u16(8).i64(3));
        return file.toByteArray();
    }

    private static byte[] pcap(ByteOrder order, List<Written> records) {
        CaptureBytes file = CaptureBytes.in(order).pcapHeader(0xa1b2c3d4, 65_535, 1);
        records.forEach(record -> file.pcapRecord(
                record.micros() / 1_000_000,
                record.micros() % 1_000_000,
                record.hex().length() / 2,
                record.hex()));
        return file.toByteArray();
    }

    @Property(tries = 300)
    void pcapngGivesBackWhatWasWrittenInEitherByteOrder(@ForAll("records") List<Written> records) {
        Reading little = Reading.of(pcapng(ByteOrder.LITTLE_ENDIAN, records));
        Reading big = Reading.of(pcapng(ByteOrder.BIG_ENDIAN, records));

        assertThat(little.problem()).isNull();
        assertThat(little).isEqualTo(big);
        assertThat(little.records())
                .extracting(Seen::octets)
                .isEqualTo(records.stream().map(Written::hex).toList());
        assertThat(little.records())
                .extracting(Seen::epochNanos)
                .isEqualTo(
                        records.stream().map(record -> record.micros() * 1_000).toList());
    }

    @Property(tries = 300)
    void pcapGivesBackWhatWasWrittenInEitherByteOrder(@ForAll("records") List<Written> records) {
        Reading little = Reading.of(pcap(ByteOrder.LITTLE_ENDIAN, records));

        assertThat(little.problem()).isNull();
        assertThat(little).isEqualTo(Reading.of(pcap(ByteOrder.BIG_ENDIAN, records)));
        assertThat(little.records())
                .extracting(Seen::octets)
                .isEqualTo(records.stream().map(Written::hex).toList());
    }

    @Property(tries = 300)
    void changingAnOctetLeavesTheRecordsBeforeIt(
            @ForAll("records") List<Written> records, @ForAll int place, @ForAll byte value, @ForAll boolean ng) {
        byte[] whole = ng ? pcapng(ByteOrder.LITTLE_ENDIAN, records) : pcap(ByteOrder.LITTLE_ENDIAN, records);
        byte[] changed = whole.clone();
        int at = Math.floorMod(place, whole.length);
        changed[at] = value;
        List<Seen> before = Reading.of(Arrays.copyOf(whole, at)).records();
        boolean inFileHeader = at < (ng ? 40 + 28 + 28 : 24); // which says how to read all that follows

        Reading reading = Reading.of(changed);

        assertThat(reading.records()).hasSizeLessThanOrEqualTo(whole.length / 16);
        if (!inFileHeader) {
            assertThat(reading.records()).hasSizeGreaterThanOrEqualTo(before.size());
            assertThat(reading.records().subList(0, before.size())).isEqualTo(before);
        }
    }

    @Property(tries = 500)
    void anyOctetsAreReadOrRefused(@ForAll @Size(max = 300) byte[] octets) {
        assertThat(Reading.of(octets).records()).hasSizeLessThanOrEqualTo(octets.length);
    }

    static final List<String> BEGINNINGS = List.of(
            "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000",
            "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c",
            "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000 01000000 14000000 0100 0000 00000400 14000000",
            "d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000",
            "a1b23c4d 0002 0004 00000000 00000000 00040000 00000001",
            "34cdb2a1 0200 0400 00000000 00000000 00000400 01000000",
            "1f8b 0800 0000 0000 00ff",
            "1f8b");

    @Property(tries = 1_000)
    void anyOctetsBehindAMagicNumberAreReadOrRefused(
            @ForAll @IntRange(max = 7) int beginning, @ForAll @Size(max = 200) byte[] rest) {
        CaptureBytes file =
                CaptureBytes.littleEndian().hex(BEGINNINGS.get(beginning)).octets(rest);

        assertThat(Reading.of(file).records()).hasSizeLessThanOrEqualTo(rest.length);
    }

    /// Blocks whose lengths are true and whose contents are anything.
    @Property(tries = 1_000)
    void anyBlocksAreReadOrRefused(
            @ForAll @Size(max = 8) List<@IntRange(max = 12) Integer> types,
            @ForAll @Size(max = 64) byte[] content,
            @ForAll boolean bigEndian) {
        CaptureBytes file = bigEndian ? CaptureBytes.bigEndian() : CaptureBytes.littleEndian();
        file.section().describe("eth0");
        types.forEach(type -> file.block(type, file.body().octets(content)));

        assertThat(Reading.of(file).records()).hasSizeLessThanOrEqualTo(types.size());
    }
}
