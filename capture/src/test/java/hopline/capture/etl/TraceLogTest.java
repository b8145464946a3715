package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Captures;
import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TraceLogTest {

    private static final String PROVIDER = "01020304-0506-0708-090a-0b0c0d0e0f10";
    private static final String METADATA = "bbccf6c1-6cd1-48c4-80ff-839482e37671";

    @TempDir
    private Path folder;

    private List<LoggedEvent> read(EventBytes... events) throws IOException {
        Path file = folder.resolve("trace.etl");
        Files.write(file, TraceBytes.of().buffer(0, events).toByteArray());
        List<LoggedEvent> read = new ArrayList<>();
        try (EventReader reader = Captures.openEvents(file)) {
            for (LoggedEvent event = reader.next(TraceLogTest::isNoHeader);
                    event != null;
                    event = reader.next(TraceLogTest::isNoHeader)) {
                read.add(event);
            }
        }
        return read;
    }

    private static boolean isNoHeader(String provider, String guid, int id) {
        return !provider.startsWith("kernel") && !provider.equals(METADATA);
    }

    /// A layout as traces carry it: two numbers, one of them with a map, a list whose length the first number is, and a
    /// text.
    private static EventBytes schema() {
        int names = 112 + 4 * 24;
        Payload texts = Payload.of();
        int provider = names + texts.size();
        texts.text("Contoso-Switch");
        int task = names + texts.size();
        texts.text("PortCreated");
        int count = names + texts.size();
        texts.text("Count");
        int state = names + texts.size();
        texts.text("State");
        int ports = names + texts.size();
        texts.text("Ports");
        int name = names + texts.size();
        texts.text("Name");
        int map = names + texts.size();
        texts.text("PortState");
        Payload blob = Payload.of()
                .guid(PROVIDER)
                .guid(PROVIDER)
                .u16(7)
                .u8(1)
                .u8(0)
                .u8(4)
                .u8(0)
                .u16(0)
                .i64(0)
                .u32(0)
                .u32(provider)
                .octets(new byte[12])
                .u32(task)
                .octets(new byte[28])
                .u32(4)
                .u32(4)
                .u32(0);
        property(blob, 0, count, 4, 0, 1, 0);
        property(blob, 0, state, 8, map, 1, 0);
        property(blob, 4, ports, 6, 0, 0, 0);
        property(blob, 0, name, 1, 0, 1, 0);
        return EventBytes.classic(METADATA, 32).payload(blob.octets(texts.toByteArray()));
    }

    private static void property(Payload blob, int flags, int name, int type, int map, int count, int length) {
        blob.u32(flags)
                .u32(name)
                .u16(type)
                .u16(0)
                .u32(map)
                .u16(count)
                .u16(length)
                .u32(0);
    }

    private static EventBytes map() {
        int texts = 16 + 2 * 8;
        Payload names = Payload.of().text("PortState");
        int down = texts + names.size();
        names.text("Down");
        int up = texts + names.size();
        names.text("Up ");
        return EventBytes.classic(METADATA, 33)
                .payload(Payload.of()
                        .guid(PROVIDER)
                        .u32(texts)
                        .u32(1)
                        .u32(2)
                        .u32(0)
                        .u32(down)
                        .u32(0)
                        .u32(up)
                        .u32(1)
                        .octets(names.toByteArray()));
    }

    @Test
    void namesFieldsAndValuesAsTheTraceItselfDoes() throws IOException {
        EventBytes event = EventBytes.manifest(PROVIDER, 7)
                .version(1)
                .in(4, 5)
                .payload(Payload.of().u8(2).u32(1).u16(80).u16(443).text("web"));

        LoggedEvent read = read(event, schema(), map()).getFirst();

        assertThat(read.provider()).isEqualTo("Contoso-Switch");
        assertThat(read.name()).isEqualTo("PortCreated");
        assertThat(read.process()).isEqualTo(4);
        assertThat(read.fields())
                .isEqualTo(Map.of("Count", "2", "State", "Up", "Ports[0]", "80", "Ports[1]", "443", "Name", "web"));
    }

    @Test
    void anEventCutShortKeepsTheFieldsItHas() throws IOException {
        EventBytes event = EventBytes.manifest(PROVIDER, 7)
                .version(1)
                .payload(Payload.of().u8(2).u32(0));

        assertThat(read(event, schema(), map()).getFirst().fields()).isEqualTo(Map.of("Count", "2", "State", "Down"));
    }

    private static byte[] traceLogging() {
        Payload fields = Payload.of()
                .utf8("portId")
                .u8(22)
                .utf8("sizes")
                .u8(8 | 0x40)
                .utf8("flow")
                .u8(24 | 0x80)
                .u8(2)
                .utf8("proto")
                .u8(4)
                .utf8("address")
                .u8(8 | 0x80)
                .u8(23);
        Payload named = Payload.of().u8(0).utf8("AddingLayer").octets(fields.toByteArray());
        return Payload.of().u16(2 + named.size()).octets(named.toByteArray()).toByteArray();
    }

    @Test
    void readsTraceLoggingByTheLayoutThatEachEventBrings() throws IOException {
        byte[] name = "Contoso.Hns".getBytes(StandardCharsets.UTF_8);
        EventBytes event = EventBytes.manifest(PROVIDER, 0)
                .extended(
                        12, Payload.of().u16(3 + name.length).octets(name).u8(0).toByteArray())
                .extended(11, traceLogging())
                .payload(Payload.of()
                        .u16(8)
                        .bare("web1")
                        .u16(2)
                        .u32(60)
                        .u32(1500)
                        .u8(6)
                        .hex("0a000001"));

        LoggedEvent read = read(event).getFirst();

        assertThat(read.provider()).isEqualTo("Contoso.Hns");
        assertThat(read.name()).isEqualTo("AddingLayer");
        assertThat(read.fields())
                .isEqualTo(Map.of(
                        "portId", "web1",
                        "sizes[0]", "60",
                        "sizes[1]", "1500",
                        "flow.proto", "6",
                        "flow.address", "10.0.0.1"));
    }

    private record Beside(int type, String octets, String shown) {}

    private static final List<Beside> BESIDE = List.of(
            new Beside(
                    1, "530a1e6a 0000 0040 8000 000000000001", "related activity=6a1e0a53-0000-4000-8000-000000000001"),
            new Beside(2, "01 02 000000000005 20000000 20020000", "user=S-1-5-32-544"),
            new Beside(3, "02000000", "session=2"),
            new Beside(
                    4,
                    "07000000 03000000 530a1e6a 0000 0040 8000 000000000001",
                    "instance=7 of 3 of 6a1e0a53-0000-4000-8000-000000000001"),
            new Beside(5, "0100000000000000 00104000 78563412", "stack=0x401000 0x12345678"),
            new Beside(6, "0100000000000000 0010000000f8ffff", "stack=0xfffff80000001000"),
            new Beside(7, "0500000000000000", "pebs index=5"),
            new Beside(8, "0500000000000000 1000000000000000", "counters=0x5 0x10"),
            new Beside(9, "0500000000000000", "package key=5"),
            new Beside(10, "0500000000000000", "event key=5"),
            new Beside(13, "0500000000000100", "process start key=281474976710661"),
            new Beside(14, "530a1e6a 0000 0040 8000 000000000001", "control=6a1e0a53-0000-4000-8000-000000000001"),
            new Beside(15, "fbffffffffffffff", "clock delta=-5"),
            new Beside(
                    16,
                    ascii("6a1e0a53-0000-4000-8000-000000000001"),
                    "container=6a1e0a53-0000-4000-8000-000000000001"),
            new Beside(17, "0100000000000000 05000000 00000000", "stack key=5"),
            new Beside(18, "0100000000000000 0500000000000000", "stack key=5"),
            new Beside(99, "0a0b", "item 99=0a0b"));

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void everyItemThatSaysSomethingIsTold() {
        assertThat(BESIDE)
                .extracting(Beside::type)
                .containsAll(Arrays.stream(ExtendedItem.values())
                        .filter(item -> !item.label().isEmpty())
                        .map(ExtendedItem::number)
                        .toList());
    }

    /// Alone, and cut anywhere; the payload behind it is read all the same.
    @ParameterizedTest
    @FieldSource("BESIDE")
    void tellsWhatTheSystemNotedBesideAnEvent(Beside item) throws IOException {
        byte[] data = Payload.of().hex(item.octets()).toByteArray();

        LoggedEvent read = read(beside(item.type(), data)).getFirst();

        assertThat(read.extended()).hasToString("{" + item.shown() + "}");
        for (int length = 0; length < data.length; length++) {
            LoggedEvent cut =
                    read(beside(item.type(), Arrays.copyOf(data, length))).getFirst();
            assertThat(cut.extended()).hasSize(1);
            assertThat(cut.fields()).isEqualTo(Map.of("", "0102"));
        }
    }

    private static EventBytes beside(int type, byte[] data) {
        return EventBytes.manifest(PROVIDER, 3).extended(type, data).payload("0102");
    }

    /// A stack as deep as a claim of 65,000 octets allows is shown in part.
    @Test
    void aDeepStackIsCutShort() throws IOException {
        LoggedEvent read = read(beside(6, new byte[8 + 100 * 8])).getFirst();

        assertThat(read.extended().get("stack").split(" ")).hasSize(65).endsWith("…");
    }
}
