package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.EventReader;
import hopline.capture.LoggedEvent;
import hopline.capture.etl.SelfDescribed.Field;
import hopline.capture.event.EventLayout;
import hopline.capture.event.SystemEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every event kind of every published layout, read without and with a layout in the trace, and with fields
/// that a newer build appends.
class EventDecoderTest {

    private static final String VFP = VfpEventBytes.PROVIDER;
    private static final String SWITCH = "67dc0d66-3695-47c0-9642-33f76f7bd7ad";

    @TempDir
    private Path scratch;

    /// One event of one provider.
    record Kind(String provider, EventSchema layout) {

        @Override
        public String toString() {
            return layout.providerName() + "/" + layout.id() + " " + layout.name();
        }
    }

    static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (EventMeaning meaning : EventDecoder.meanings()) {
            EventDecoder.table(meaning.provider()).ifPresent(table -> new TreeSet<>(table.described())
                    .forEach(id -> kinds.add(new Kind(
                            meaning.provider().toString(), table.schema(id).orElseThrow()))));
        }
        return kinds;
    }

    private static Set<Integer> ids(int... firstAndLast) {
        Set<Integer> ids = new TreeSet<>();
        for (int i = 0; i < firstAndLast.length; i += 2) {
            IntStream.rangeClosed(firstAndLast[i], firstAndLast[i + 1]).forEach(ids::add);
        }
        return ids;
    }

    private static EventTable table(String provider) {
        return EventDecoder.table(Guid.of(provider)).orElseThrow();
    }

    /// What is published of the two providers that tell of packets, by number.
    @Test
    void everyPublishedEventIsEitherDecodedOrKeptRaw() {
        Set<Integer> vfp =
                ids(1, 2, 51, 57, 101, 119, 151, 156, 201, 208, 251, 255, 301, 340, 351, 364, 400, 404, 451, 451);
        assertThat(table(VFP).described()).isEqualTo(vfp);
        assertThat(table(VFP).keptRaw()).containsExactlyInAnyOrder(600, 604, 608);
        Set<Integer> vmSwitch = ids(1, 26, 28, 200);
        vmSwitch.remove(173);
        assertThat(table(SWITCH).described()).isEqualTo(vmSwitch);
        assertThat(table(SWITCH).keptRaw()).containsExactly(173);
    }

    /// The lists the layouts were taken from, where they are at hand.
    @ParameterizedTest
    @MethodSource("publishedLists")
    void theTablesAgreeWithTheListsTheyWereTakenFrom(String provider, String file) throws IOException {
        Path list = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "..", "tables", file);
        Assumptions.assumeTrue(Files.exists(list), "no list at hand: " + file);
        EventTable table = table(provider);
        int compared = 0;
        for (String line : Files.readAllLines(list)) {
            String[] columns = line.split("\t", -1);
            if (line.startsWith("# enums")) {
                break;
            }
            if (columns[0].matches("\\d+")) {
                int id = Integer.parseInt(columns[0]);
                List<String> names = Stream.of(columns[2].split(", "))
                        .filter(field -> !field.startsWith("??") && field.indexOf(':') > 0)
                        .map(field -> field.substring(0, field.indexOf(':')))
                        .toList();
                List<String> ours = table.schema(id)
                        .map(layout -> layout.properties().stream()
                                .map(EventSchema.Property::name)
                                .toList())
                        .orElse(List.of());
                assertThat(ours).as("fields of %d", id).startsWith(names.toArray(String[]::new));
                assertThat(table.name(id)).isEqualTo(columns[1]);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    static List<Arguments> publishedLists() {
        return List.of(Arguments.of(VFP, "vfpext_events.txt"), Arguments.of(SWITCH, "vmswitch_events.txt"));
    }

    private List<LoggedEvent> read(EventBytes... events) throws IOException {
        Path file = scratch.resolve("made.etl");
        Files.write(file, TraceBytes.of().buffer(0, events).toByteArray());
        List<LoggedEvent> read = new ArrayList<>();
        try (EventReader reader = Captures.openEvents(file)) {
            for (LoggedEvent event = reader.next((provider, guid, id) -> true);
                    event != null;
                    event = reader.next((provider, guid, id) -> true)) {
                read.add(event);
            }
        }
        return read;
    }

    private LoggedEvent only(String provider, EventBytes... events) throws IOException {
        String name = EventDecoder.meanings().stream()
                .filter(meaning -> meaning.provider().equals(Guid.of(provider)))
                .findFirst()
                .orElseThrow()
                .providerName();
        return read(events).stream()
                .filter(event -> event.provider().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static EventBytes event(Kind kind, byte[] octets) {
        return EventBytes.manifest(kind.provider(), kind.layout().id())
                .at(5)
                .payload(Payload.of().octets(octets));
    }

    /// What a number stands for is shown by its name.
    private static Map<String, String> mapped(Kind kind, Map<String, String> fields) {
        EventTable table = table(kind.provider());
        Map<String, String> shown = new LinkedHashMap<>(fields);
        for (EventSchema.Property property : kind.layout().properties()) {
            String value = shown.get(property.name());
            if (!property.mapName().isEmpty() && value.matches("\\d+")) {
                String text = table.text(property.mapName(), Long.parseLong(value));
                shown.put(property.name(), text.isEmpty() ? value : text);
            }
        }
        return shown;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isReadAsItIsPublished(Kind kind) throws IOException {
        EventPayload payload = EventPayload.of(kind.layout());

        LoggedEvent read = only(kind.provider(), event(kind, payload.octets()));

        assertThat(read.layout()).isEqualTo(EventLayout.PUBLISHED);
        assertThat(read.name()).isEqualTo(kind.layout().name());
        assertThat(read.fields()).isEqualTo(mapped(kind, payload.fields()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatANewerBuildAppendsIsPassedOver(Kind kind) throws IOException {
        EventPayload payload = EventPayload.of(kind.layout());
        byte[] longer =
                Payload.of().octets(payload.octets()).hex("fffefdfcfbfaf9f8").toByteArray();

        assertThat(only(kind.provider(), event(kind, longer)).fields()).isEqualTo(mapped(kind, payload.fields()));
    }

    /// The trace's own layout calls the fields otherwise, and it is believed.
    @ParameterizedTest
    @MethodSource("kinds")
    void theTracesOwnLayoutComesFirst(Kind kind) throws IOException {
        List<Field> fields = kind.layout().properties().stream()
                .map(property -> new Field(
                        "Own" + property.name(),
                        property.inType(),
                        property.outType(),
                        property.length(),
                        (property.flags() & EventSchema.LENGTH_IS_PROPERTY) != 0 ? property.length() : -1))
                .toList();
        EventPayload payload = EventPayload.of(kind.layout());
        Map<String, String> expected = new LinkedHashMap<>();
        payload.fields().forEach((name, value) -> expected.put("Own" + name, value));

        LoggedEvent read = only(
                kind.provider(),
                SelfDescribed.layout(
                                kind.provider(),
                                kind.layout().providerName(),
                                kind.layout().id(),
                                "task",
                                fields)
                        .at(1),
                event(kind, payload.octets()));

        assertThat(read.layout()).isEqualTo(EventLayout.CARRIED);
        assertThat(read.fields()).isEqualTo(expected);
    }

    /// Each event must be told, or be one of those that are passed over on purpose; none may break the reader.
    @ParameterizedTest
    @MethodSource("kinds")
    void meansSomethingOrIsLeftOutOnPurpose(Kind kind) {
        EventMeaning meaning = EventDecoder.meanings().stream()
                .filter(known -> known.provider().equals(kind.layout().provider()))
                .findFirst()
                .orElseThrow();
        EventPayload payload = EventPayload.of(kind.layout());

        List<SystemEvent> heard = heard(event(kind, payload.octets()));

        assertThat(heard).hasSize(meaning.wants(kind.layout().id()) ? 1 : 0);
        assertThat(heard).allSatisfy(event -> assertThat(event.matter().text()).isNotBlank());
    }

    private static List<SystemEvent> heard(EventBytes... events) {
        return HeardTrace.of(TraceBytes.of().buffer(0, events)).events();
    }

    /// Some layouts do not say that a number is an address or a port: the published ones help.
    @Test
    void howAFieldIsShownIsTakenFromThePublishedLayoutWhereTheTraceIsSilent() {
        List<Field> silent = table(VFP).schema(152).orElseThrow().properties().stream()
                .map(property -> Field.of(property.name(), property.inType()))
                .toList();
        EventBytes rewrite = VfpEventBytes.rewrite(
                new VfpEventBytes.Port(31, 0), new VfpEventBytes.Ends("10.244.1.10:49720", "10.244.2.20:8080"));

        assertThat(heard(SelfDescribed.layout(VFP, "vfp", 152, "t", silent).at(1), rewrite.at(2)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.layout()).isEqualTo(EventLayout.CARRIED);
                    assertThat(event.matter().text())
                            .isEqualTo("port 31 outbound: rewritten to 10.244.1.10:49720 → 10.244.2.20:8080");
                });
    }

    @Test
    void anEventWithoutAnyLayoutIsKeptRawAndCounted() throws IOException {
        EventBytes unified = EventBytes.manifest(VFP, 600).at(3).payload("0102030405060708");

        assertThat(only(VFP, unified).fields()).containsExactly(Map.entry("", "0102030405060708"));
        assertThat(heard(EventBytes.manifest(VFP, 600).at(3).payload("01020304")))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.layout()).isEqualTo(EventLayout.UNKNOWN);
                    assertThat(event.matter().text()).isEqualTo("4 octets without a known layout");
                });
    }

    /// An event cut at every octet is read as far as it goes.
    @Test
    void anEventThatEndsEarlyIsReadAsFarAsItGoes() {
        byte[] whole = EventPayload.of(table(VFP).schema(101).orElseThrow()).octets();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(heard(EventBytes.manifest(VFP, 101)
                            .at(2)
                            .payload(Payload.of().octets(cut))))
                    .as("cut to %d octets", length)
                    .singleElement()
                    .satisfies(event -> assertThat(event.matter().text()).isNotBlank());
        }
    }

    @Test
    void textsOfSelfDescribedEventsComeWithTheEvent() throws IOException {
        String hns = "0c885e0d-6eb6-476c-a048-2457eed3a5c1";
        LoggedEvent read = only(
                hns,
                SelfDescribed.traceLogging(hns, "CreateEndpoint", Map.of("name", "pod-1"))
                        .at(1));

        assertThat(read.layout()).isEqualTo(EventLayout.CARRIED);
        assertThat(read.name()).isEqualTo("CreateEndpoint");
        assertThat(read.fields()).containsExactly(Map.entry("name", "pod-1"));
    }

    /// Nobody listens: the reader hands out packets only.
    @Test
    void whoDoesNotListenIsToldNothing() throws IOException {
        byte[] trace = TraceBytes.of()
                .buffer(0, EventBytes.manifest(VFP, 155).at(1).payload("1f00000000"))
                .toByteArray();
        try (CaptureReader reader = Captures.open(new ByteArrayInputStream(trace))) {
            assertThat(reader.next()).isNull();
            assertThat(reader.skippedBlocks()).containsEntry("event without a packet", 2L);
        }
    }
}
