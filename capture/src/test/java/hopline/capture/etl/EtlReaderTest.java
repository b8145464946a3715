package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.MalformedCaptureException;
import hopline.capture.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The container, with packets that say no more than who they are.
class EtlReaderTest {

    /// A frame of one octet, `name`.
    private static EventBytes packet(int name, long time) {
        return PktMonEvents.frame(name, 1, String.format("%02x", name)).at(time);
    }

    private static EventBytes[] packets(int from, int to, long time) {
        return IntStream.range(from, to).mapToObj(i -> packet(i, time + i)).toArray(EventBytes[]::new);
    }

    @Test
    void mergesTheBuffersOfAllProcessorsByTime() {
        TraceBytes trace = TraceBytes.of()
                .buffer(0, packet(0x01, 10), packet(0x04, 40))
                .buffer(1, packet(0x02, 20), packet(0x03, 30), packet(0x06, 60))
                .compressed(0, packet(0x05, 50), packet(0x07, 70));

        assertThat(TraceReading.of(trace).octets()).containsExactly("01", "02", "03", "04", "05", "06", "07");
    }

    @Test
    void keepsTheOrderOfTheFileWithinOneTick() {
        TraceBytes trace = TraceBytes.of()
                .buffer(1, packet(0x01, 10), packet(0x02, 10))
                .buffer(0, packet(0x03, 10), packet(0x04, 10));

        assertThat(TraceReading.of(trace).octets()).containsExactly("01", "02", "03", "04");
    }

    @Test
    void aCircularFileMayBeginInTheMiddle() {
        TraceBytes trace = TraceBytes.of()
                .mode(TraceBytes.MODE_CIRCULAR)
                .buffer(0, packet(0x05, 500), packet(0x06, 600))
                .buffer(0, packet(0x01, 100), packet(0x02, 200))
                .buffer(0, packet(0x03, 300), packet(0x04, 400));

        assertThat(TraceReading.of(trace).octets()).containsExactly("01", "02", "03", "04", "05", "06");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void readsBothWordSizes(int pointers) {
        HeaderKind kind = pointers == 4 ? HeaderKind.EVENT32 : HeaderKind.EVENT64;
        EventBytes event = EventBytes.of(kind)
                .provider(PktMonEvents.PROVIDER)
                .id(160)
                .at(5)
                .payload("0100000000000000 0100 0100 0300 0100 0700 0100 0000 00000000 00000000 0100 0100 aa");

        TraceReading reading = TraceReading.of(
                TraceBytes.of().pointers(pointers).session("long enough").buffer(0, event));

        assertThat(reading.octets()).containsExactly("aa");
        assertThat(reading.facts().session()).isEqualTo("long enough");
    }

    record Case(String what, EventBytes event, String counted) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static final String GUID = "01020304-0506-0708-090a-0b0c0d0e0f10";

    static final List<Case> KINDS = List.of(
            new Case("SYSTEM, 32 bits", EventBytes.of(HeaderKind.SYSTEM32).id(7), "kernel-group-0/7"),
            new Case("SYSTEM, 64 bits", EventBytes.kernel(15, 46), "kernel-group-15/46"),
            new Case("COMPACT, 32 bits", EventBytes.of(HeaderKind.COMPACT32).id(8), "kernel-group-0/8"),
            new Case("COMPACT, 64 bits", EventBytes.of(HeaderKind.COMPACT64).id(9), "kernel-group-0/9"),
            new Case("PERFINFO, 32 bits", EventBytes.of(HeaderKind.PERFINFO32).id(4), "kernel-group-0/4"),
            new Case(
                    "PERFINFO, 64 bits",
                    EventBytes.of(HeaderKind.PERFINFO64).id(3).payload("0102"),
                    "kernel-group-0/3"),
            new Case(
                    "two counters",
                    EventBytes.kernel(1, 2).counters(0x200).payload("00".repeat(16)),
                    "kernel-group-1/2"),
            new Case(
                    "FULL, 32 bits",
                    EventBytes.of(HeaderKind.FULL32).provider(GUID).id(13).payload("cc"),
                    GUID + "/13"),
            new Case("FULL, 64 bits", EventBytes.classic(GUID, 12).payload("aabb"), GUID + "/12"),
            new Case(
                    "INSTANCE, 32 bits",
                    EventBytes.of(HeaderKind.INSTANCE32).provider(GUID).id(6),
                    GUID + "/6"),
            new Case(
                    "INSTANCE, 64 bits",
                    EventBytes.of(HeaderKind.INSTANCE64).provider(GUID).id(5),
                    GUID + "/5"),
            new Case("WPP with everything", EventBytes.message(GUID, 10, 0x2b).payload("00"), GUID + "/10"),
            new Case("WPP with nothing", EventBytes.message(GUID, 11, 0), "00000000-0000-0000-0000-000000000000/11"),
            new Case(
                    "EVENT, 32 bits",
                    EventBytes.of(HeaderKind.EVENT32).provider(GUID).id(4712),
                    GUID + "/4712"),
            new Case("EVENT, 64 bits", EventBytes.manifest(GUID, 4711), GUID + "/4711"),
            new Case("TraceLogging", SelfDescribed.traceLogging(GUID, "Started", Map.of("port", "7")), GUID + "/0"));

    /// And what follows it is found.
    @ParameterizedTest
    @FieldSource("KINDS")
    void countsEventsOfEveryKind(Case kind) {
        TraceReading reading =
                TraceReading.of(TraceBytes.of().buffer(0, kind.event().at(1), packet(0xee, 2)));

        assertThat(reading.facts().events()).containsEntry(kind.counted(), 1L);
        assertThat(reading.octets()).containsExactly("ee");
        assertThat(reading.problem()).isEmpty();
    }

    /// @param octets what the item holds; its contents differ from the packet's, so that nothing is mixed up
    record Item(ExtendedItem item, int octets) {}

    static final List<Item> ITEMS = List.of(
            new Item(ExtendedItem.RELATED_ACTIVITY, 16),
            new Item(ExtendedItem.USER, 28),
            new Item(ExtendedItem.TERMINAL_SESSION, 4),
            new Item(ExtendedItem.INSTANCE, 24),
            new Item(ExtendedItem.STACK_TRACE32, 8 + 3 * 4),
            new Item(ExtendedItem.STACK_TRACE64, 8 + 5 * 8),
            new Item(ExtendedItem.PEBS_INDEX, 8),
            new Item(ExtendedItem.COUNTERS, 16),
            new Item(ExtendedItem.PACKAGE_KEY, 8),
            new Item(ExtendedItem.EVENT_KEY, 8),
            new Item(ExtendedItem.SCHEMA, 11),
            new Item(ExtendedItem.PROVIDER_TRAITS, 9),
            new Item(ExtendedItem.PROCESS_START_KEY, 8),
            new Item(ExtendedItem.CONTROL, 16),
            new Item(ExtendedItem.CLOCK_DELTA, 8),
            new Item(ExtendedItem.CONTAINER, 36),
            new Item(ExtendedItem.STACK_KEY32, 16),
            new Item(ExtendedItem.STACK_KEY64, 16));

    @Test
    void thereIsARowForEachExtendedItem() {
        assertThat(ITEMS).extracting(Item::item).containsExactly(ExtendedItem.values());
    }

    /// Alone, and before another one.
    @ParameterizedTest
    @FieldSource("ITEMS")
    void findsThePayloadBehindExtendedItems(Item item) {
        byte[] data = new byte[item.octets()];
        Arrays.fill(data, (byte) 0x41);
        EventBytes alone = packet(0x5a, 9).extended(item.item().number(), data);
        EventBytes first = packet(0x5b, 10).extended(item.item().number(), data).extended(16, new byte[36]);

        TraceReading reading = TraceReading.of(TraceBytes.of().buffer(0, alone, first, packet(0x5c, 11)));

        assertThat(reading.octets()).containsExactly("5a", "5b", "5c");
        assertThat(reading.problem()).isEmpty();
    }

    @Test
    void aPacketKeepsWhatTheSystemNotedBesideIt() {
        byte[] container = "6a1e0a53-0000-4000-8000-000000000001".getBytes(StandardCharsets.US_ASCII);
        EventBytes event = packet(0x5a, 9).extended(3, new byte[] {2, 0, 0, 0}).extended(16, container);

        TraceReading reading = TraceReading.of(TraceBytes.of().buffer(0, event, packet(0x5b, 10)));

        assertThat(reading.packets().getFirst().comments())
                .containsExactly("session 2", "container 6a1e0a53-0000-4000-8000-000000000001");
        assertThat(reading.packets().getLast().comments()).isEmpty();
    }

    @Test
    void tellsWhatTheSystemLost() {
        TraceReading reading =
                TraceReading.of(TraceBytes.of().lost(12, 3).flags(2).buffer(0, packet(1, 1)));

        assertThat(reading.facts().lostEvents()).isEqualTo(12);
        assertThat(reading.facts().lostBuffers()).isEqualTo(3);
        assertThat(reading.facts().remarks()).containsExactly("1 buffers say that events before them were lost");
    }

    /// Room that was set aside and never used is no damage.
    @Test
    void aSessionThatWasNeverStoppedEndsInEmptySpace() {
        TraceReading reading = TraceReading.of(
                TraceBytes.of().neverStopped().buffer(0, packet(0x01, 1)).octets(new byte[3 * 4096]));

        assertThat(reading.octets()).containsExactly("01");
        assertThat(reading.problem()).isEmpty();
        assertThat(reading.facts().remarks().getFirst()).startsWith("the session was never stopped in order");
    }

    @Test
    void goesOnBehindADamagedBuffer() {
        byte[] damage = new byte[2 * 4096];
        Arrays.fill(damage, (byte) 0x77);
        TraceReading reading = TraceReading.of(
                TraceBytes.of().buffer(0, packet(0x01, 1)).octets(damage).buffer(0, packet(0x02, 2)));

        assertThat(reading.octets()).containsExactly("01", "02");
        assertThat(reading.problem()).isEqualTo("offset 8192: damaged buffer of 8192 octets before the next buffer");
    }

    /// What fills a buffer behind its events is damage before its stated end.
    @ParameterizedTest
    @ValueSource(bytes = {0, -1})
    void aBufferThatIsBlankBeforeItsEndIsDamaged(byte blank) {
        byte[] trace = TraceBytes.of()
                .buffer(0, packet(0x01, 1), packet(0x02, 2), packet(0x03, 3))
                .buffer(0, packet(0x04, 4))
                .toByteArray();
        int event = packet(0x01, 1).toByteArray().length + 7 & -8;
        int second = 4096 + BufferHeader.LENGTH + event;
        Arrays.fill(trace, second, second + event, blank);

        TraceReading reading = TraceReading.of(trace);

        assertThat(reading.octets()).containsExactly("01", "04");
        assertThat(reading.problem())
                .isEqualTo("offset 4096: buffer holds " + event + " octets of events, " + 3 * event + " expected");
    }

    /// What a buffer claims to become is bounded before anything of it is decompressed: 64 MiB are believed, and it
    /// ends where its octets do; one octet more is no buffer.
    @Test
    void aCompressedBufferMayClaimSixtyFourMebibytesAndNoMore() {
        TraceReading believed = claiming(BufferHeader.MAX_USED);
        assertThat(believed.octets()).containsExactly("01", "07", "02");
        assertThat(believed.problem()).isEqualTo("offset 8192: buffer holds 115 octets of events, 67108864 expected");

        TraceReading refused = claiming(BufferHeader.MAX_USED + 1);
        assertThat(refused.octets()).containsExactly("01");
        assertThat(refused.problem()).startsWith("offset 8192: ");
    }

    /// A compressed buffer of one packet, between two others, that claims to become so many octets.
    private static TraceReading claiming(int used) {
        byte[] area = packet(0x07, 2).toByteArray();
        byte[] buffer = TraceBytes.bufferOf(0, area, true);
        ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).putInt(BufferHeader.OFFSET, BufferHeader.LENGTH + used);
        return TraceReading.of(
                TraceBytes.of().buffer(0, packet(0x01, 1)).octets(buffer).buffer(0, packet(0x02, 3)));
    }

    @Test
    void refusesWhatLacksItsLogfileHeader() {
        byte[] trace = TraceBytes.of().buffer(0, packet(1, 1)).toByteArray();

        assertThat(Reading.of(Arrays.copyOfRange(trace, 4096, trace.length)).problem())
                .isEqualTo("not a capture: neither pcap, pcapng nor ETL");
    }

    @Test
    void opensWhatIsCompressedAsAWholeOrComesFromAPipe(@TempDir Path folder) throws IOException {
        byte[] trace = TraceBytes.of().compressed(3, packets(1, 100, 0)).toByteArray();
        Path file = folder.resolve("trace");
        Files.write(file, gzip(trace));

        try (CaptureReader reader = Captures.open(file)) {
            assertThat(reader.format()).isEqualTo(CaptureFormat.ETL);
            assertThat(TraceReading.of(reader).packets()).hasSize(99);
        }
    }

    /// Compressed and not, so long that they are read in several parts.
    private static byte[] severalBuffers() {
        EventBytes[] large = LongStream.range(0, 120)
                .mapToObj(i -> PktMonEvents.frame(i, 1, String.format("%02x", i).repeat(1000))
                        .at(1000 + i))
                .toArray(EventBytes[]::new);
        return TraceBytes.of()
                .bufferSize(1024)
                .buffer(0, packets(1, 20, 0))
                .compressed(1, large)
                .compressed(0, packets(20, 40, 0))
                .buffer(1, packet(0xf0, 5000))
                .toByteArray();
    }

    @Test
    void aFileCutAnywhereGivesWhatPrecedesTheCutAndSaysSo() {
        byte[] trace = severalBuffers();
        List<String> all = new ArrayList<>(TraceReading.of(trace).octets());
        int before = -1;
        for (int cut = 1024; cut < trace.length; cut += 23) {
            TraceReading reading = TraceReading.of(Arrays.copyOf(trace, cut));

            assertThat(all).containsAll(reading.octets());
            assertThat(reading.packets().size()).isGreaterThanOrEqualTo(before);
            before = reading.packets().size();
        }
        assertThat(before).isEqualTo(all.size());
        assertThat(TraceReading.of(Arrays.copyOf(trace, trace.length - 1)).problem())
                .startsWith("offset " + (trace.length - 1024) + ": file ends inside a buffer: 1024 octets expected");
    }

    /// A sample capture, cut at every octet.
    @Test
    void aSampleCutAnywhereGivesWhatPrecedesTheCutAndSaysSo() {
        byte[] trace = SampleTraces.server2022();
        List<String> all = TraceReading.of(trace).octets();
        for (int cut = 1024 + 1; cut < trace.length; cut++) {
            TraceReading reading = TraceReading.of(Arrays.copyOf(trace, cut));

            assertThat(all).containsAll(reading.octets());
            assertThat(reading.problem()).as("cut at %d", cut).isEqualTo(expectedProblem(trace, cut));
        }
    }

    /// Where one buffer ends and the next would begin, only the header shows that there was more.
    private static String expectedProblem(byte[] trace, int cut) {
        int at = 0;
        int size = EventData.i32(trace, 0);
        int buffers = 1;
        while (at + size < cut) {
            at += size;
            size = EventData.i32(trace, at);
            buffers++;
        }
        if (at + size == cut) {
            return "offset " + cut + ": file ends early: 4 buffers expected, " + buffers + " found";
        }
        String where = "offset " + at + ": ";
        return cut - at < BufferHeader.LENGTH
                ? where + "buffer header is broken"
                : where + "file ends inside a buffer: " + size + " octets expected, " + (cut - at) + " found";
    }

    @Test
    void saysThatTheStreamAroundItBrokeOff() throws IOException {
        byte[] zipped = gzip(severalBuffers());

        try (CaptureReader reader =
                Captures.open(new ByteArrayInputStream(Arrays.copyOf(zipped, zipped.length - 20)))) {
            assertThatThrownBy(() -> {
                        while (reader.next() != null) {
                            assertThat(reader.records()).isLessThan(1000);
                        }
                    })
                    .isInstanceOf(MalformedCaptureException.class);
        }
    }

    /// Each claims to begin when all others do.
    @Test
    void opensNoMoreBuffersAtOnceThanItIsAllowed() {
        TraceBytes trace = TraceBytes.of().bufferSize(512);
        int buffers = 2 * MergedEvents.MAX_OPEN;
        for (int i = 0; i < buffers; i++) {
            trace.buffer(i & 3, packet(1, 1), packet(2, 1_000_000));
        }

        assertThat(TraceReading.of(trace).packets()).hasSize(2 * buffers);
    }

    @Test
    void aTraceWithoutPacketsSaysWhy() {
        EventBytes listed = PktMonEvents.component(1, 2, "a.sys", "A").at(1);
        EventBytes filter = EventBytes.manifest(PktMonEvents.PROVIDER, 100)
                .payload(Payload.of().u16(1).text("f").octets(new byte[30]));

        assertThat(remark(EventBytes.manifest(GUID, 1)))
                .startsWith("no packet: neither the packet monitor nor NDIS packet capture was traced");
        assertThat(remark(EventBytes.message(GUID, 1, 2))).contains("software trace messages");
        assertThat(remark(listed)).endsWith("it may have counted only");
        assertThat(remark(listed, filter)).endsWith("its filters may have matched none");
    }

    @Test
    void aDamagedTraceWithoutPacketsGivesNoReason() {
        byte[] trace = TraceBytes.of()
                .buffer(0, PktMonEvents.component(1, 2, "a.sys", "A").at(1))
                .buffer(0, packet(0x01, 2))
                .toByteArray();
        trace[2 * 4096 + BufferHeader.LENGTH + 3] = 0;

        TraceReading reading = TraceReading.of(trace);

        assertThat(reading.packets()).isEmpty();
        assertThat(reading.problem()).startsWith("offset 8192: buffer has an event of unknown kind");
        assertThat(reading.facts().remarks()).isEmpty();
    }

    private static String remark(EventBytes... events) {
        TraceReading reading = TraceReading.of(TraceBytes.of().buffer(0, events));
        assertThat(reading.packets()).isEmpty();
        return String.join("", reading.facts().remarks());
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
