package hopline.capture.convert;

import static hopline.capture.CaptureBytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hopline.capture.CaptureBytes;
import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.CaptureSection;
import hopline.capture.Captures;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.ForwardingReader;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.Reading;
import hopline.capture.Reading.Seen;
import hopline.capture.RecordNotes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ConversionTest {

    private static final int COMMENT = 1;
    private static final int NAME = 2;

    static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    @ParameterizedTest
    @FieldSource("ORDERS")
    void aCaptureThatNamesItsNodeIsWrittenAsItWas(ByteOrder order) throws IOException {
        CaptureBytes file = EveryBlock.in(order);

        Converted converted = Converted.to(CaptureFormat.PCAPNG, file);

        assertThat(hex(converted.file())).isEqualTo(hex(file.toByteArray()));
        assertThat(converted.report().remarks()).isEmpty();
        assertThat(converted.report().records()).isEqualTo(3);
    }

    /// One byte order for a file: libpcap stops where it changes.
    @ParameterizedTest
    @FieldSource("ORDERS")
    void sectionsOfAnotherByteOrderAreTurned(ByteOrder order) throws IOException {
        ByteOrder other = ORDERS.get(1 - ORDERS.indexOf(order));
        CaptureBytes same = EveryBlock.in(order).add(withoutUnknown(order));
        CaptureBytes mixed = EveryBlock.in(order).add(withoutUnknown(other));

        Converted converted = Converted.to(CaptureFormat.PCAPNG, mixed);

        assertThat(hex(converted.file())).isEqualTo(hex(same.toByteArray()));
        assertThat(converted.report().remarks()).isEmpty();
    }

    private static CaptureBytes withoutUnknown(ByteOrder order) {
        CaptureBytes file = CaptureBytes.in(order);
        CaptureBytes options = file.body();
        options.u16(2).u16(4).u32(1).option(COMMENT, "x").u16(0).u16(0);
        return file.section(file.body().option(COMMENT, "node=b").u16(0).u16(0))
                .describe(1, 262_144, file.body())
                .packet(0, 0x1_0000_0002L, 5, "0102", options);
    }

    @Test
    void saysWhichBlocksCouldNotBeTurned() throws IOException {
        CaptureBytes big = CaptureBytes.bigEndian();
        big.section().block(0x1234, big.body().u32(1));

        Converted converted =
                Converted.to(CaptureFormat.PCAPNG, littleEndian().section().add(big));

        assertThat(converted.report().remarks()).singleElement().asString().startsWith("1 blocks of unknown content");
    }

    private static CaptureBytes capture(String interfaceName, long... micros) {
        CaptureBytes file = littleEndian().section().describe(interfaceName);
        for (long time : micros) {
            file.packet(0, time, interfaceName.equals("left") ? "01" : "02");
        }
        return file;
    }

    private static List<String> times(Converted converted) {
        return Reading.of(converted.file()).records().stream()
                .map(seen -> seen.octets() + "@" + seen.epochNanos() / 1_000)
                .toList();
    }

    @Test
    void severalCapturesAreMergedByTime() throws IOException {
        Converted converted =
                Converted.to(CaptureFormat.PCAPNG, capture("left", 1, 4, 9), capture("right", 2, 3, 10, 11));

        assertThat(times(converted)).containsExactly("01@1", "02@2", "02@3", "01@4", "01@9", "02@10", "02@11");
    }

    @Test
    void ofEqualTimesThoseOfTheFirstCaptureComeFirst() throws IOException {
        Converted converted = Converted.to(CaptureFormat.PCAPNG, capture("left", 5, 5), capture("right", 5, 5));

        assertThat(times(converted)).containsExactly("01@5", "01@5", "02@5", "02@5");
    }

    /// Sorting would need the whole file; whoever reads it sorts within a window.
    @Test
    void aCaptureWhoseTimesStepBackKeepsItsOrder() throws IOException {
        Converted converted = Converted.to(CaptureFormat.PCAPNG, capture("left", 1, 8, 2, 9), capture("right", 5, 10));

        assertThat(times(converted)).containsExactly("01@1", "02@5", "01@8", "01@2", "01@9", "02@10");
    }

    private static CaptureBytes piece(String... interfaces) {
        CaptureBytes file = littleEndian().section();
        for (String name : interfaces) {
            file.describe(name);
        }
        for (int i = 0; i < interfaces.length; i++) {
            file.packet(i, 1_000 * i, "0" + i);
        }
        return file;
    }

    private static ConversionSource pieceOf(String capture, CaptureBytes piece) throws IOException {
        return Converted.source(piece, capture + "_00001_20261121073818.pcapng", capture);
    }

    /// An interface is one, whichever piece describes it; two of one name in each piece are two, and so are those of
    /// two captures.
    @Test
    void whatThePiecesOfOneCaptureDescribeAlikeIsDeclaredOnce() throws IOException {
        Converted converted = Converted.of(
                CaptureFormat.PCAPNG,
                OptionalInt.empty(),
                List.of(
                        pieceOf("one", piece("eth0", "eth0", "cni0")),
                        pieceOf("one", piece("eth0", "eth0", "cni0", "veth9")),
                        pieceOf("two", piece("eth0"))));

        assertThat(interfaces(converted))
                .extracting(CaptureInterface::name)
                .containsExactly("eth0", "eth0", "cni0", "veth9", "eth0");
        assertThat(Reading.of(converted.file()).records())
                .extracting(seen -> seen.interfaceIndex() + " " + seen.octets())
                .containsExactly("0 00", "0 00", "4 00", "1 01", "1 01", "2 02", "2 02", "3 03");
    }

    private static CaptureReader readToTheEnd(byte[] file) throws IOException {
        CaptureReader reader = Captures.open(new ByteArrayInputStream(file));
        while (reader.next() != null) {
            // to the end
        }
        return reader;
    }

    private static CaptureSection section(Converted converted) throws IOException {
        return readToTheEnd(converted.file()).sections().getFirst();
    }

    private static List<CaptureInterface> interfaces(Converted converted) throws IOException {
        return readToTheEnd(converted.file()).interfaces();
    }

    private static CaptureBytes noted(String node, String os, String application) {
        CaptureBytes file = littleEndian();
        file.section(file.body()
                        .option(COMMENT, "node=" + node)
                        .option(COMMENT, "the same everywhere")
                        .option(2, "one machine")
                        .option(3, os)
                        .option(4, application))
                .describe("eth0")
                .packet(0, 1, "01");
        return file;
    }

    @Test
    void whatSectionsSayDifferentlyIsSaidByTheirInterfaces() throws IOException {
        Converted converted = Converted.to(
                CaptureFormat.PCAPNG, noted("win-a", "Windows", "pktmon"), noted("linux-b", "Linux", "tcpdump"));

        CaptureSection section = section(converted);
        List<CaptureInterface> interfaces = interfaces(converted);
        assertThat(section.comments()).containsExactly("the same everywhere");
        assertThat(section.hardware()).contains("one machine");
        assertThat(section.os()).isEmpty();
        assertThat(interfaces)
                .extracting(CaptureInterface::os)
                .containsExactly(Optional.of("Windows"), Optional.of("Linux"));
        assertThat(interfaces)
                .extracting(CaptureInterface::comments)
                .containsExactly(
                        List.of("node=win-a", "application=pktmon"), List.of("node=linux-b", "application=tcpdump"));
    }

    @Test
    void capturesOfOneNodeShareItsComment() throws IOException {
        Converted converted = Converted.to(
                CaptureFormat.PCAPNG, noted("win-a", "Windows", "pktmon"), noted("win-a", "Windows", "pktmon"));

        assertThat(section(converted).comments()).containsExactly("node=win-a", "the same everywhere");
        assertThat(interfaces(converted).getLast().comments()).isEmpty();
    }

    @Test
    void aCaptureThatNamesNoNodeIsNamedAfterItsFile() throws IOException {
        Converted converted = Converted.to(CaptureFormat.PCAPNG, capture("left", 1));

        assertThat(section(converted).comments()).containsExactly("node=a");
    }

    @Test
    void theUserNamesTheNode() throws IOException {
        ConversionSource source = new ConversionSource(
                "a.pcapng",
                "a",
                Optional.of("win-b"),
                Captures.open(new ByteArrayInputStream(noted("win-a", "", "").toByteArray())));

        Converted converted = Converted.of(CaptureFormat.PCAPNG, OptionalInt.empty(), List.of(source));

        assertThat(section(converted).comments()).containsExactly("node=win-b", "the same everywhere");
    }

    /// A pcap file has no name for its interface but its own.
    @Test
    void thePcapFilesOfANodeNameTheirInterfaces() throws IOException {
        CaptureBytes pcap = littleEndian().pcapHeader(0xa1b23c4d, 96, 1).pcapRecord(1, 1, 60, "01");
        ConversionSource source = new ConversionSource(
                "win-a_eth0.pcap",
                "win-a_eth0",
                Optional.of("win-a"),
                Captures.open(new ByteArrayInputStream(pcap.toByteArray())));

        Converted converted = Converted.of(CaptureFormat.PCAPNG, OptionalInt.empty(), List.of(source));

        Reading reading = Reading.of(converted.file());
        assertThat(reading.records()).containsExactly(new Seen(1, 0, 1_000_000_001, 60, "01"));
        assertThat(reading.interfaces()).containsExactly(new CaptureInterface(0, 0, "eth0", 1, 96));
    }

    /// libpcap opens no pcapng whose interfaces differ in it.
    @Test
    void interfacesAreGivenOneSnapLength() throws IOException {
        CaptureBytes file = littleEndian().section();
        file.describe(1, 96, file.body()).describe(1, 0, file.body()).packet(0, 1, "01");

        Converted converted = Converted.unnamed(CaptureFormat.PCAPNG, file);

        List<CaptureInterface> interfaces = interfaces(converted);
        assertThat(interfaces).extracting(CaptureInterface::snapLength).containsExactly(262_144L, 262_144L);
        assertThat(interfaces)
                .extracting(CaptureInterface::comments)
                .containsExactly(List.of("snaplen=96"), List.of("snaplen=0"));
    }

    /// Statistics and interfaces without records are kept too, and statistics find their interface.
    @Test
    void statisticsFollowTheirInterface() throws IOException {
        CaptureBytes left = capture("left", 1);
        CaptureBytes right = capture("right", 2);
        CaptureBytes drops = right.body().u32(0).u32(0).u32(0);
        drops.u16(5).u16(8).i64(7);
        right.block(5, drops).describe("silent");

        Converted converted = Converted.to(CaptureFormat.PCAPNG, left, right);

        CaptureBytes statistics = littleEndian();
        CaptureBytes expected = statistics.body().u32(1).u32(0).u32(0);
        expected.u16(5).u16(8).i64(7);
        assertThat(hex(converted.file()))
                .contains(hex(statistics.block(5, expected).toByteArray()));
        assertThat(Reading.of(converted.file()).lostRecords()).isEqualTo(7);
        assertThat(Reading.of(converted.file()).interfaces())
                .extracting(CaptureInterface::name)
                .containsExactly("left", "right", "silent");
    }

    private static String hex(byte[] octets) {
        return java.util.HexFormat.of().formatHex(octets);
    }

    /// The obsolete Packet Block becomes what replaced it; its drops become an option.
    @Test
    void anObsoletePacketBlockKeepsItsDrops() throws IOException {
        CaptureBytes file = littleEndian().section().describe("eth0");
        file.block(
                2,
                file.body()
                        .u16(0)
                        .u16(3)
                        .u32(0)
                        .u32(9)
                        .u32(2)
                        .u32(60)
                        .hex("0102 0000")
                        .option(COMMENT, "old"));

        Converted converted = Converted.unnamed(CaptureFormat.PCAPNG, file);

        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(converted.file()))) {
            CaptureRecord record = reader.next();
            assertThat(record.notes().comments()).containsExactly("old");
            assertThat(record.notes().dropCount()).hasValue(3);
            assertThat(record.epochNanos()).isEqualTo(9_000);
        }
    }

    /// A Simple Packet Block states no time; among others in a merged file it must have one.
    @Test
    void recordsWithoutATimeAreToldWhenTheyAreGivenOne() throws IOException {
        CaptureBytes simple = littleEndian().section().describe("right");
        simple.packet(0, 5, "05").block(3, simple.body().u32(1).hex("06"));

        Converted converted = Converted.to(CaptureFormat.PCAPNG, capture("left", 1), simple);

        assertThat(times(converted)).containsExactly("01@1", "05@5", "06@5");
        assertThat(converted.report().remarks())
                .containsExactly("1 records without a time of their own were given that of the record before them");
    }

    /// As a reader of traces hands out a record: with times in nanoseconds and facts that no option states.
    private static final class Trace extends ForwardingReader {

        private final RecordNotes notes = new RecordNotes();
        private final long epochNanos;

        Trace(CaptureReader inner, long epochNanos) {
            super(inner);
            this.epochNanos = epochNanos;
        }

        @Override
        public CaptureFormat format() {
            return CaptureFormat.ETL;
        }

        @Override
        public @Nullable CaptureRecord next() throws IOException {
            CaptureRecord record = super.next();
            if (record != null) {
                record.set(record.number(), 0, epochNanos, 60);
                notes.set(new OptionBuffer(ByteOrder.BIG_ENDIAN).u64(CaptureOptions.RECORD_PACKET_ID, 13));
                notes.setFacts(new EventFacts().from("pktmon").put(Fact.REASON, 902));
                record.setNotes(notes);
            }
            return record;
        }

        @Override
        public List<CaptureInterface> interfaces() {
            OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                    .text(NAME, "tcpip.sys")
                    .u8(9, 7);
            return List.of(new CaptureInterface(0, 0, "tcpip.sys", 1, 0, options.toOptions()));
        }

        @Override
        public long lostRecords() {
            return 7;
        }

        @Override
        public java.util.Map<String, Long> skippedBlocks() {
            return java.util.Map.of("event without a packet", 55L);
        }
    }

    private static ConversionSource traceOf(String name, String session) throws IOException {
        CaptureReader inner = Captures.open(
                new ByteArrayInputStream(noted("win-a", "Windows", session).toByteArray()));
        return new ConversionSource(name, name, Optional.empty(), new Trace(inner, 1_500_000_700L));
    }

    /// One place in the files of one tracing; what two tracings saw there stays told apart.
    @Test
    void aPlaceIsDeclaredOnceForEachTracingOfIt() throws IOException {
        Converted one = Converted.of(
                CaptureFormat.PCAPNG, OptionalInt.empty(), List.of(traceOf("1", "pktmon"), traceOf("2", "pktmon")));
        Converted two = Converted.of(
                CaptureFormat.PCAPNG, OptionalInt.empty(), List.of(traceOf("1", "pktmon"), traceOf("2", "netsh")));

        assertThat(interfaces(one)).hasSize(1);
        assertThat(interfaces(two))
                .extracting(CaptureInterface::comments)
                .containsExactly(List.of("application=pktmon"), List.of("application=netsh"));
    }

    private static Converted traced(long epochNanos) throws IOException {
        CaptureReader inner =
                Captures.open(new ByteArrayInputStream(capture("left", 1).toByteArray()));
        return Converted.of(
                CaptureFormat.PCAPNG,
                OptionalInt.empty(),
                List.of(new ConversionSource("t.etl", "t", Optional.empty(), new Trace(inner, epochNanos))));
    }

    /// A machine whose battery is empty; pcapng counts from 1970 on.
    @Test
    void saysThatATraceIsOlderThanPcapngCanTell() throws IOException {
        Converted converted = traced(-1);

        assertThat(Reading.of(converted.file()).records())
                .extracting(Seen::epochNanos)
                .containsExactly(0L);
        assertThat(converted.report().remarks()).contains("1 times before 1970 were moved to there");
    }

    @Test
    void factsAndLossesOfATraceAreReadBack() throws IOException {
        Converted converted = traced(1_500_000_700L);

        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(converted.file()))) {
            CaptureRecord record = reader.next();
            assertThat(record.epochNanos()).isEqualTo(1_500_000_700L);
            assertThat(record.ticks()).isEqualTo(15_000_007L);
            assertThat(record.notes().packetId()).hasValue(13);
            assertThat(record.notes().comments()).containsExactly("dropped: reason 902", "pktmon: reason=902");
            assertThat(record.notes().facts().number(Fact.REASON, 0)).isEqualTo(902);
            assertThat(reader.next()).isNull();
            assertThat(reader.lostRecords()).isEqualTo(7);
        }
        assertThat(converted.report().remarks())
                .containsExactly("left out, having no octets of a packet: event without a packet (55)");
    }

    @Test
    void aBrokenCaptureIsConvertedAsFarAsItCanBeRead() throws IOException {
        CaptureBytes broken = capture("left", 1, 2).u32(6).u32(40);

        Converted converted = Converted.to(CaptureFormat.PCAPNG, broken, capture("right", 3));

        assertThat(times(converted)).containsExactly("01@1", "01@2", "02@3");
        assertThat(converted.report().problems()).containsOnlyKeys("a");
        assertThat(converted.report().problems().get("a")).contains("file ends inside");
    }

    @Test
    void whatBreaksAtOnceGivesAnEmptyCapture() throws IOException {
        CaptureBytes broken = littleEndian().u32(0x0A0D0D0A).u32(28).u32(0x55555555);

        Converted converted = Converted.to(CaptureFormat.PCAPNG, broken);

        assertThat(Reading.of(converted.file()).problem()).isNull();
        assertThat(Reading.of(converted.file()).records()).isEmpty();
        assertThat(converted.report().problems()).containsOnlyKeys("a");
    }

    @Test
    void pcapHoldsRecordsAndTimes() throws IOException {
        CaptureBytes file = littleEndian().section();
        file.describe(1, 96, file.body().option(9, new byte[] {9}).option(13, new byte[] {4}))
                .packet(0, 5_000_000_007L, 60, "0102", file.body());

        Converted converted = Converted.unnamed(CaptureFormat.PCAP, file);

        CaptureBytes expected =
                littleEndian().pcapHeader(0xa1b23c4d, 96, 0x2400_0001).pcapRecord(5, 7, 60, "0102");
        assertThat(hex(converted.file())).isEqualTo(hex(expected.toByteArray()));
        assertThat(converted.report().remarks()).isEmpty();
    }

    @Test
    void microsecondsStayMicroseconds() throws IOException {
        Converted converted = Converted.unnamed(CaptureFormat.PCAP, capture("left", 5_000_007));

        CaptureBytes expected =
                littleEndian().pcapHeader(0xa1b2c3d4, 262_144, 1).pcapRecord(5, 7, 1, "01");
        assertThat(hex(converted.file())).isEqualTo(hex(expected.toByteArray()));
        assertThat(converted.report().remarks())
                .containsExactly("pcap cannot hold, and so it was left out: interface names (1); pcapng keeps it");
    }

    @Test
    void whatPcapCannotHoldIsTold() throws IOException {
        Converted converted = Converted.to(CaptureFormat.PCAP, EveryBlock.in(ByteOrder.BIG_ENDIAN));

        assertThat(converted.report().remarks())
                .containsExactly(
                        "pcap cannot hold, and so it was left out: Custom Blocks (2), Decryption Secrets Blocks (1),"
                                + " Interface Statistics Blocks (1), Name Resolution Blocks (1), Systemd Journal Export"
                                + " Blocks (1), block of type 0x1234s (1), comments (5), custom options (4), directions"
                                + " and other flags (1), drop counts (1), hashes (1), interface names (1), interface"
                                + " options (18), interfaces to tell records apart by (2), packet ids (1), processes (1), queues (1), section options (8),"
                                + " verdicts (2); pcapng keeps it",
                        "1 records without a time of their own were given that of the record before them");
    }

    private static CaptureBytes mixed() {
        CaptureBytes file = littleEndian().section();
        return file.describe(1, 0, file.body())
                .describe(101, 0, file.body())
                .describe(113, 0, file.body())
                .packet(0, 1, "01")
                .packet(1, 2, "02")
                .packet(0, 3, "03");
    }

    @Test
    void pcapRefusesTwoLinkTypes() {
        assertThatThrownBy(() -> Converted.to(CaptureFormat.PCAP, mixed()))
                .isInstanceOf(MixedLinkTypesException.class)
                .hasMessage("a pcap file holds one link type, and the records are ETHERNET and RAW");
    }

    @Test
    void oneLinkTypeCanBePickedOut() throws IOException {
        Converted raw = Converted.to(CaptureFormat.PCAP, OptionalInt.of(101), mixed());
        Converted ethernet = Converted.to(CaptureFormat.PCAPNG, OptionalInt.of(1), mixed());

        assertThat(Reading.of(raw.file()).octets()).containsExactly("02");
        assertThat(Reading.of(raw.file()).interfaces())
                .extracting(CaptureInterface::linkType)
                .containsExactly(101);
        assertThat(Reading.of(ethernet.file()).octets()).containsExactly("01", "03");
        assertThat(Reading.of(ethernet.file()).interfaces()).hasSize(1);
        assertThat(Conversion.linkTypes(Captures.open(new ByteArrayInputStream(mixed().toByteArray()))))
                .containsExactly(1, 101);
    }

    @Test
    void saysWhoCannotOpenSeveralLinkTypes() throws IOException {
        assertThat(Converted.to(CaptureFormat.PCAPNG, mixed()).report().remarks())
                .singleElement()
                .asString()
                .startsWith("the result holds several link types (ETHERNET, RAW, LINUX_SLL)");
    }

    /// Times that a pcap file cannot state, and records longer than others believe.
    @Test
    void pcapHoldsWhatDoesNotFitAtItsEnds() throws IOException {
        CaptureBytes file = littleEndian().section();
        CaptureBytes offset = file.body();
        offset.u16(14).u16(8).i64(-10);
        file.describe(220, 0, offset).packet(0, 1_000_000, "01").packet(0, 4_400_000_000_000_000L, "02");
        CaptureBytes body =
                file.body().u32(0).u32(0).u32(20_000_000).u32(300_000).u32(300_000);
        file.block(6, body.octets(new byte[300_000]));

        Converted converted = Converted.unnamed(CaptureFormat.PCAP, file);

        assertThat(Reading.of(converted.file()).records())
                .extracting(Seen::epochNanos)
                .containsExactly(0L, 4_294_967_295_000_000_000L, 10_000_000_000L);
        assertThat(converted.report().remarks())
                .containsExactly(
                        "2 times before 1970 or after 2106 were moved to there",
                        "1 records were cut to 262,144 octets");
    }

    @Test
    void aCaptureWithoutRecordsGivesOne() throws IOException {
        CaptureBytes empty = littleEndian().section();

        assertThat(Reading.of(Converted.to(CaptureFormat.PCAP, empty).file()).problem())
                .isNull();
        assertThat(Reading.of(Converted.to(CaptureFormat.PCAPNG, empty).file()).problem())
                .isNull();
        assertThat(Reading.of(Converted.to(CaptureFormat.PCAPNG, empty, empty).file())
                        .problem())
                .isNull();
    }

    /// Several times what is collected before it is written.
    @Test
    void aLargeCaptureIsWrittenAsItWas() throws IOException {
        CaptureBytes file = littleEndian().section();
        file.describe(1, 0, file.body());
        for (int i = 0; i < 150_000; i++) {
            file.packet(0, i, "01020304050607080910".substring(0, 2 * (i % 11)));
        }

        byte[] written = Converted.unnamed(CaptureFormat.PCAPNG, file).file();

        assertThat(written).hasSizeGreaterThan(5 << 20);
        assertThat(Octets.wrap(written)).isEqualTo(Octets.wrap(file.toByteArray()));
    }

    /// A disk that is full after some octets; large files are written on a thread of their own.
    @Test
    void tellsThatItCouldNotWrite() throws IOException {
        for (int records : new int[] {1, 150_000}) {
            List<ConversionSource> sources = List.of(Converted.source(capture("left", new long[records]), "a", "a"));

            assertThatThrownBy(() -> Conversion.run(
                            sources, CaptureFormat.PCAPNG, new FullDisk(), OptionalInt.empty(), done -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space left");
        }
    }

    private static final class FullDisk extends OutputStream {

        @Override
        public void write(int octet) throws IOException {
            throw new IOException("no space left");
        }
    }

    @Test
    void progressIsTold() throws IOException {
        List<Long> told = new ArrayList<>();

        Conversion.run(
                List.of(Converted.source(capture("left", new long[40_000]), "a", "a")),
                CaptureFormat.PCAP,
                OutputStream.nullOutputStream(),
                OptionalInt.empty(),
                told::add);

        assertThat(told).containsExactly(16_384L, 32_768L);
    }
}
