package hopline.capture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureBytes;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.Octets;
import hopline.capture.Reading;
import hopline.capture.Reading.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PcapReaderTest {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int KUZNETSOV = 0xa1b2cd34;

    /// Written by hand, so that the builder's own mistakes show.
    @Test
    void readsAFileAsItLiesOnDisk() {
        byte[] file = Octets.ofHex(
                        """
                d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000
                00f15365 40e20100 03000000 05000000 aabbcc
                01f15365 00000000 00000000 00000000""")
                .toByteArray();

        Reading reading = Reading.of(file);

        assertThat(reading.records())
                .containsExactly(
                        new Seen(1, 0, 1_700_000_000_123_456_000L, 5, "aabbcc"),
                        new Seen(2, 0, 1_700_000_001_000_000_000L, 0, ""));
        assertThat(reading.interfaces()).containsExactly(new CaptureInterface(0, 0, "", 1, 262_144));
        assertThat(reading.problem()).isNull();
    }

    record Variant(String what, ByteOrder order, int magic, long fraction, long nanos) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Variant> VARIANTS = List.of(
            new Variant("little-endian microseconds", ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 7, 5_000_007_000L),
            new Variant("big-endian microseconds", ByteOrder.BIG_ENDIAN, MICROSECONDS, 7, 5_000_007_000L),
            new Variant("little-endian nanoseconds", ByteOrder.LITTLE_ENDIAN, NANOSECONDS, 7, 5_000_000_007L),
            new Variant("big-endian nanoseconds", ByteOrder.BIG_ENDIAN, NANOSECONDS, 7, 5_000_000_007L),
            new Variant("a fraction above one second", ByteOrder.BIG_ENDIAN, MICROSECONDS, 1_500_000, 6_500_000_000L),
            new Variant("the largest fraction", ByteOrder.BIG_ENDIAN, NANOSECONDS, 0xffff_ffffL, 9_294_967_295L));

    @ParameterizedTest
    @FieldSource("VARIANTS")
    void everyOrderAndUnit(Variant variant) {
        CaptureBytes file = CaptureBytes.in(variant.order())
                .pcapHeader(variant.magic(), 96, 276)
                .pcapRecord(5, variant.fraction(), 1_500, "0102");

        Reading reading = Reading.of(file);

        assertThat(reading.records()).containsExactly(new Seen(1, 0, variant.nanos(), 1_500, "0102"));
        assertThat(reading.interfaces()).containsExactly(new CaptureInterface(0, 0, "", 276, 96));
    }

    @Test
    void theTimeReachesTo2106() {
        CaptureBytes file =
                CaptureBytes.bigEndian().pcapHeader(MICROSECONDS, 0, 1).pcapRecord(0xffff_ffffL, 0, 0, "");

        assertThat(Reading.of(file).records()).extracting(Seen::epochNanos).containsExactly(4_294_967_295_000_000_000L);
    }

    @Test
    void readsTheLongerRecordHeadersOfOldLinux() {
        CaptureBytes file = CaptureBytes.littleEndian().pcapHeader(KUZNETSOV, 65_535, 1);
        for (int i = 0; i < 2; i++) {
            file.u32(5).u32(7).u32(2).u32(60).hex("02000000 0800 00 00").hex("a1a2");
        }

        assertThat(Reading.of(file).records())
                .containsExactly(
                        new Seen(1, 0, 5_000_007_000L, 60, "a1a2"), new Seen(2, 0, 5_000_007_000L, 60, "a1a2"));
    }

    /// A kind of pcap that its magic or its records give away; each holds `a1a2` of 60 octets at 5.000007 s, twice.
    record Kind(String what, CaptureBytes file, int linkType, long nanos) {

        static final long MICROS = 5_000_007_000L;
        static final long NANOS = 5_000_000_007L;

        static Kind of(String what, CaptureBytes header, String extra, int linkType, long nanos) {
            return of(what, header, extra, 2, 60, linkType, nanos);
        }

        static Kind of(String what, CaptureBytes file, String extra, int first, int second, int linkType, long nanos) {
            for (int i = 0; i < 2; i++) {
                file.u32(5).u32(7).u32(first).u32(second).hex(extra).hex("a1a2");
            }
            return new Kind(what, file, linkType, nanos);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static CaptureBytes version(int major, int minor, int linkType) {
        return CaptureBytes.littleEndian()
                .u32(MICROSECONDS)
                .u16(major)
                .u16(minor)
                .u32(0)
                .u32(0)
                .u32(65_535)
                .u32(linkType);
    }

    private static CaptureBytes ixia(ByteOrder order, int magic) {
        return CaptureBytes.in(order).pcapHeader(magic, 65_535, 1).u32(36);
    }

    static final List<Kind> KINDS = List.of(
            Kind.of("IXIA's hardware", ixia(ByteOrder.BIG_ENDIAN, 0x1c0001ac), "", 1, Kind.NANOS),
            Kind.of("IXIA's hardware, little-endian", ixia(ByteOrder.LITTLE_ENDIAN, 0x1c0001ac), "", 1, Kind.NANOS),
            Kind.of("IXIA's software", ixia(ByteOrder.BIG_ENDIAN, 0x1c0001ab), "", 1, Kind.MICROS),
            Kind.of("Red Hat 6.1, with the usual magic", header(), "02000000 0008 00 00", 1, Kind.MICROS),
            Kind.of(
                    "SuSE 6.3",
                    CaptureBytes.littleEndian().pcapHeader(KUZNETSOV, 65_535, 1),
                    "02000000 0008 00 0000 000000",
                    1,
                    Kind.MICROS),
            Kind.of("Nokia", header(), "01 b6 bf 9f", 1, Kind.MICROS),
            Kind.of("AIX", version(2, 2, 6), "", 60, 2, 1, Kind.NANOS),
            Kind.of("AIX, loopback", version(2, 2, 24), "", 60, 2, 0, Kind.NANOS),
            Kind.of("version 2.2, lengths swapped", version(2, 2, 1), "", 60, 2, 1, Kind.MICROS),
            Kind.of("version 2.3, lengths in order", version(2, 3, 1), "", 1, Kind.MICROS),
            Kind.of("version 2.3, lengths swapped", version(2, 3, 1), "", 60, 2, 1, Kind.MICROS),
            Kind.of("DG/UX", version(543, 0, 1), "", 60, 2, 1, Kind.MICROS));

    @ParameterizedTest
    @FieldSource("KINDS")
    void whatOthersMadeOfTheFormat(Kind kind) {
        Reading reading = Reading.of(kind.file());

        assertThat(reading.problem()).isNull();
        assertThat(reading.records())
                .containsExactly(new Seen(1, 0, kind.nanos(), 60, "a1a2"), new Seen(2, 0, kind.nanos(), 60, "a1a2"));
        assertThat(reading.interfaces()).extracting(CaptureInterface::linkType).containsExactly(kind.linkType());
    }

    /// AIX pads what it captures on FDDI with three octets.
    @Test
    void leavesOutThePaddingOfAix() {
        CaptureBytes file = version(2, 2, 15).u32(5).u32(7).u32(63).u32(5).hex("000000 a1a2");

        Reading reading = Reading.of(file);

        assertThat(reading.records()).containsExactly(new Seen(1, 0, Kind.NANOS, 60, "a1a2"));
        assertThat(reading.interfaces()).extracting(CaptureInterface::linkType).containsExactly(10);
    }

    /// USB transfers may be longer than any packet.
    @Test
    void believesLongerRecordsOfBuses() {
        CaptureBytes file = CaptureBytes.littleEndian()
                .pcapHeader(MICROSECONDS, 0, 249)
                .u32(1)
                .u32(0)
                .u32(300_000)
                .u32(300_000)
                .octets(new byte[300_000]);

        assertThat(Reading.of(file).records()).extracting(Seen::originalLength).containsExactly(300_000L);
    }

    @Test
    void theUpperBitsOfTheLinkTypeTellOfChecksums() {
        CaptureBytes file = CaptureBytes.bigEndian().pcapHeader(MICROSECONDS, 0, 0x4400_0001);

        assertThat(Reading.of(file).interfaces())
                .extracting(CaptureInterface::linkType)
                .containsExactly(1);
        assertThat(interfaceOf(file).frameCheckLength()).hasValue(8);
    }

    private static CaptureInterface interfaceOf(CaptureBytes file) {
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(file.toByteArray()))) {
            return reader.interfaces().getFirst();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Broken(String what, CaptureBytes file, int recordsBefore, String problem) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static CaptureBytes header() {
        return CaptureBytes.littleEndian().pcapHeader(MICROSECONDS, 65_535, 1);
    }

    private static CaptureBytes oneRecord() {
        return header().pcapRecord(1, 0, 4, "01020304");
    }

    static final List<Broken> BROKEN = List.of(
            new Broken(
                    "the file ends inside its header",
                    CaptureBytes.littleEndian().u32(MICROSECONDS).u16(2).u16(4),
                    0,
                    "offset 0: file ends inside the pcap header: 24 octets expected, 8 found"),
            new Broken(
                    "a version from before pcap",
                    version(1, 4, 1),
                    0,
                    "offset 4: pcap has version 1.4, 2.0 or later expected"),
            new Broken(
                    "the link type sets reserved bits",
                    CaptureBytes.littleEndian().pcapHeader(MICROSECONDS, 65_535, 0x0001_0001),
                    0,
                    "offset 20: link type 0x10001 sets reserved bits, zeros expected"),
            new Broken(
                    "the file ends inside a record's header",
                    oneRecord().u32(1).u32(0).u32(4),
                    1,
                    "offset 44: file ends inside the header of record 2: 16 octets expected, 12 found"),
            new Broken(
                    "the file ends inside a record",
                    oneRecord().u32(1).u32(0).u32(4).u32(4).hex("0102"),
                    1,
                    "offset 44: file ends inside record 2: 4 captured octets expected, 2 found"),
            new Broken(
                    "a length just beyond what is believed",
                    oneRecord().u32(1).u32(0).u32(262_145).u32(262_145),
                    1,
                    "offset 44: record 2 claims 262145 captured octets, at most 262144 expected"),
            new Broken(
                    "a length of 3 GiB",
                    oneRecord().u32(1).u32(0).u32(0xc000_0000L).u32(0xc000_0000L),
                    1,
                    "offset 44: record 2 claims 3221225472 captured octets, at most 262144 expected"),
            new Broken(
                    "a length that takes in the next record is found out there",
                    header().u32(1).u32(0).u32(24).u32(4).hex("01020304").pcapRecord(2, 0, 8, "0102030405060708"),
                    1,
                    "offset 64: file ends inside the header of record 2: 16 octets expected, 4 found"));

    @ParameterizedTest
    @FieldSource("BROKEN")
    void saysWhereTheFileBreaks(Broken broken) {
        Reading reading = Reading.of(broken.file());

        assertThat(reading.records()).hasSize(broken.recordsBefore());
        assertThat(reading.problem()).isEqualTo(broken.problem());
    }

    @Test
    void theLongestRecordIsBelievedWhateverTheSnapLength() {
        byte[] longest = new byte[262_144];
        CaptureBytes file = CaptureBytes.littleEndian()
                .pcapHeader(MICROSECONDS, 64, 1)
                .u32(1)
                .u32(0)
                .u32(longest.length)
                .u32(longest.length)
                .octets(longest);

        assertThat(Reading.of(file).records()).extracting(Seen::originalLength).containsExactly((long) longest.length);
    }

    /// What stands before the cut is read, and the cut is told unless it falls between two records.
    @Test
    void aFileCutAnywhereGivesTheRecordsBeforeTheCut() {
        byte[] whole = oneRecord().pcapRecord(2, 0, 2, "0506").toByteArray();
        List<Integer> boundaries = List.of(24, 44, 62);

        for (int length = 24; length <= whole.length; length++) {
            Reading cut = Reading.of(Arrays.copyOf(whole, length));
            int at = length;
            long complete = boundaries.stream().filter(end -> end <= at).count() - 1;
            assertThat(cut.records()).as("records of %d octets", length).hasSize((int) complete);
            assertThat(cut.problem() == null).isEqualTo(boundaries.contains(length));
        }
    }

    @Test
    void handsOutOneRecordThatIsRefilled() throws IOException {
        byte[] file = oneRecord().pcapRecord(2, 0, 9, "0506").toByteArray();

        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(file))) {
            CaptureRecord first = reader.next();
            assertThat(first.isTruncated()).isFalse();
            assertThat(reader.records()).isEqualTo(1);

            assertThat(reader.next()).isSameAs(first);
            assertThat(first.number()).isEqualTo(2);
            assertThat(first.isTruncated()).isTrue();
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
            assertThat(reader.records()).isEqualTo(2);
            assertThat(reader.format()).isEqualTo(CaptureFormat.PCAP);
            assertThat(reader.comments(0)).isEmpty();
            assertThat(reader.lostRecords()).isZero();
            assertThat(reader.skippedBlocks()).isEmpty();
        }
    }
}
