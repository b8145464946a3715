package hopline.capture.convert;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureBytes;
import hopline.capture.CaptureFormat;
import hopline.capture.Octets;
import hopline.capture.Reading;
import hopline.capture.Reading.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConversionPropertyTest {

    /// A record before it is written.
    record Made(long ticks, byte[] octets, int more, String comment) {

        void writeTo(CaptureBytes file) {
            CaptureBytes options = file.body();
            if (!comment.isEmpty()) {
                options.option(1, comment).u16(0).u16(0);
            }
            String hex = Octets.wrap(octets).toString();
            file.packet(0, ticks, octets.length + (long) more, hex, options);
        }
    }

    @Provide
    Arbitrary<List<Made>> records() {
        Arbitrary<Long> ticks = Arbitraries.longs().between(0, 4_000_000_000_000_000L);
        Arbitrary<byte[]> octets = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        Arbitrary<Integer> more = Arbitraries.integers().between(0, 2_000);
        Arbitrary<String> comment = Arbitraries.strings().ascii().ofMaxLength(10);
        return Combinators.combine(ticks, octets, more, comment)
                .as(Made::new)
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Integer> resolutions() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0x80, 0xc0));
    }

    private static CaptureBytes file(ByteOrder order, int resolution, List<Made> records) {
        CaptureBytes file = CaptureBytes.in(order);
        file.section()
                .describe(
                        1,
                        0,
                        file.body()
                                .option(9, new byte[] {(byte) resolution})
                                .u16(0)
                                .u16(0));
        records.forEach(record -> record.writeTo(file));
        return file;
    }

    /// Whatever the resolution, even those finer than what a record's time can hold.
    @Property(tries = 300)
    void oneCaptureIsWrittenAsItWas(
            @ForAll("records") List<Made> records, @ForAll("resolutions") int resolution, @ForAll boolean big)
            throws IOException {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        CaptureBytes file = file(order, resolution, records);

        Converted converted = Converted.unnamed(CaptureFormat.PCAPNG, file);

        assertThat(Octets.wrap(converted.file())).isEqualTo(Octets.wrap(file.toByteArray()));
    }

    @Property(tries = 300)
    void pcapHoldsEveryRecordAndTime(@ForAll("records") List<Made> records) throws IOException {
        CaptureBytes file = file(ByteOrder.LITTLE_ENDIAN, 9, records);

        Converted converted = Converted.unnamed(CaptureFormat.PCAP, file);

        assertThat(Reading.of(converted.file()).records())
                .isEqualTo(Reading.of(file).records());
    }

    @Property(tries = 300)
    void mergingKeepsEachCapturesOrderAndSortsWhatIsSorted(
            @ForAll("records") List<Made> left, @ForAll("records") List<Made> right) throws IOException {
        CaptureBytes first = file(ByteOrder.LITTLE_ENDIAN, 6, sorted(left));
        CaptureBytes second = file(ByteOrder.LITTLE_ENDIAN, 6, right);

        List<Seen> merged = Reading.of(
                        Converted.unnamed(CaptureFormat.PCAPNG, first, second).file())
                .records();

        assertThat(ofInterface(merged, 0)).isEqualTo(contents(Reading.of(first).records()));
        assertThat(ofInterface(merged, 1)).isEqualTo(contents(Reading.of(second).records()));

        List<Seen> bothSorted = Reading.of(
                        Converted.unnamed(CaptureFormat.PCAPNG, first, file(ByteOrder.BIG_ENDIAN, 6, sorted(right)))
                                .file())
                .records();
        assertThat(bothSorted).extracting(Seen::epochNanos).isSorted();
    }

    private static List<Made> sorted(List<Made> records) {
        return records.stream().sorted(Comparator.comparingLong(Made::ticks)).toList();
    }

    private static List<String> ofInterface(List<Seen> records, int index) {
        return contents(records.stream()
                .filter(record -> record.interfaceIndex() == index)
                .toList());
    }

    private static List<String> contents(List<Seen> records) {
        return records.stream()
                .map(record -> record.epochNanos() + " " + record.originalLength() + " " + record.octets())
                .toList();
    }

    /// Cut anywhere, a capture gives a readable one with the records before the cut.
    @Property(tries = 100)
    void whatIsCutIsConvertedUpToTheCut(@ForAll("records") List<Made> records, @ForAll int cut) throws IOException {
        byte[] whole = file(ByteOrder.BIG_ENDIAN, 6, records).toByteArray();
        int length = 28 + Math.floorMod(cut, whole.length - 27);
        CaptureBytes part = CaptureBytes.bigEndian().octets(java.util.Arrays.copyOf(whole, length));

        Converted converted = Converted.unnamed(CaptureFormat.PCAPNG, part);

        List<Seen> readable = new ArrayList<>(Reading.of(part).records());
        assertThat(Reading.of(converted.file()).records()).isEqualTo(readable);
        assertThat(Reading.of(converted.file()).problem()).isNull();
        assertThat(Stream.ofNullable(Reading.of(part).problem()).toList())
                .isEqualTo(List.copyOf(converted.report().problems().values()));
    }
}
