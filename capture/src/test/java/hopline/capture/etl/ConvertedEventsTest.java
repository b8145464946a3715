package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.convert.Conversion;
import hopline.capture.convert.ConversionReport;
import hopline.capture.convert.ConversionSource;
import hopline.capture.event.Action;
import hopline.capture.event.EventFields;
import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.SystemEvent;
import hopline.capture.event.Tuple;
import hopline.capture.event.VfpRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What a trace says beside packets outlives its conversion to pcapng.
class ConvertedEventsTest {

    private static final SwitchPort PORT = new SwitchPort(31, true, "6D3C", "client");
    private static final Tuple ONE = new Tuple(6, "10.244.1.10", 49_720, "10.96.0.50", 80);
    private static final Tuple OTHER = new Tuple(Tuple.UNTOLD, "fd00::1", Tuple.UNTOLD, "fd00::2", Tuple.UNTOLD);

    static final List<Matter> MATTERS = List.of(
            new Matter.RuleMatched(PORT, new VfpRule("LB_DSR", "OUT", "LB=1", VfpRule.NAT), ONE, 0xC000_009AL),
            new Matter.NoRuleMatched(PORT, "LB_DSR", OTHER),
            new Matter.FlowMatched(PORT, "LB_DSR", "DNAT", ONE),
            new Matter.FlowDecided(PORT, ONE, 0),
            new Matter.Rewritten(PORT, OTHER),
            new Matter.MacsRewritten(PORT, "00-15-5d-0a-00-01", "00-15-5d-0a-01-0a"),
            new Matter.Encapsulated(PORT, "10.20.0.11", "10.20.0.12", "VXLAN", 4096),
            new Matter.Decapsulated(new SwitchPort(7, false, "", "")),
            new Matter.Dropped(Matter.Dropper.GUARD, "nic", Optional.of(PORT), Optional.of(ONE), "MAC\nguard"),
            new Matter.Dropped(Matter.Dropper.STACK, "", Optional.empty(), Optional.empty(), ""),
            new Matter.Session(true, ONE, OTHER),
            new Matter.PortsExhausted("nat-1", 17, Optional.empty()),
            new Matter.PortsExhausted("nat-1", Tuple.UNTOLD, Optional.of(ONE)),
            new Matter.PortsExhausted("nat-1", 6, Optional.of(new Tuple(6, "", 49_720, "10.0.0.1", 80))),
            new Matter.Operation(Action.REMOVED, "load balancer", "10.96.0.70", List.of("a", "b"), "0x1", true),
            new Matter.Raw(12));

    private static SystemEvent event(Matter matter) {
        Map<String, String> extended = Map.of("container", "c-1", "related activity", "a-1\nb=c");
        return new SystemEvent(
                1_767_225_601_000_000_123L, "made", 101, "Made", EventLayout.CARRIED, 3, extended, matter);
    }

    @ParameterizedTest
    @FieldSource("MATTERS")
    void everyKindIsHadAgainFromItsFields(Matter matter) {
        assertThat(EventFields.read(EventFields.of(event(matter)))).hasValue(event(matter));
    }

    @Test
    void everyKindIsAmongTheExamples() {
        Set<Class<?>> shown = MATTERS.stream().<Class<?>>map(Matter::getClass).collect(Collectors.toSet());

        assertThat(shown).containsAll(kinds(Matter.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ConvertedEventsTest::kinds)
                : Stream.of(type);
    }

    /// Anybody may have written them.
    @ParameterizedTest
    @FieldSource("MATTERS")
    void fieldsThatAreNoneMakeNoEvent(Matter matter) {
        Map<String, String> fields = EventFields.of(event(matter));
        for (String name : List.of("TIME", "ID", "LAYOUT", "PROCESSOR", "MATTER")) {
            Map<String, String> broken = new HashMap<>(fields);
            broken.put(name, "-x");
            assertThat(EventFields.read(broken)).as(name).isEmpty();
            broken.remove(name);
            assertThat(EventFields.read(broken)).as("without " + name).isEmpty();
        }
    }

    private static List<SystemEvent> heard(Path file) throws IOException {
        List<SystemEvent> events = new ArrayList<>();
        try (CaptureReader reader = Captures.open(file)) {
            reader.hear(events::add);
            while (reader.next() != null) {
                continue;
            }
        }
        return events;
    }

    private static ConversionReport convert(CaptureFormat format, Path to, Path... from) throws IOException {
        List<ConversionSource> sources = new ArrayList<>();
        for (Path source : from) {
            sources.add(new ConversionSource(source.toString(), "n", Optional.empty(), Captures.open(source)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionReport report = Conversion.run(sources, format, out, OptionalInt.empty(), records -> {});
        for (ConversionSource source : sources) {
            source.reader().close();
        }
        Files.write(to, out.toByteArray());
        return report;
    }

    @Test
    void aTraceTellsTheSameWhenItIsPcapng(@TempDir Path folder) throws IOException {
        Path trace = Files.write(folder.resolve("n.etl"), OverlayTraces.policyBlocked());
        Path once = folder.resolve("once.pcapng");
        Path twice = folder.resolve("twice.pcapng");
        convert(CaptureFormat.PCAPNG, once, trace);
        convert(CaptureFormat.PCAPNG, twice, once);

        assertThat(heard(trace)).hasSizeGreaterThan(20);
        assertThat(heard(once)).isEqualTo(heard(trace));
        assertThat(heard(twice)).isEqualTo(heard(trace));
    }

    /// pcap has no room for them, and of two nodes nobody could tell whose they are.
    @Test
    void whatIsNotKeptIsCounted(@TempDir Path folder) throws IOException {
        Path trace = Files.write(folder.resolve("n.etl"), OverlayTraces.policyBlocked());

        assertThat(convert(CaptureFormat.PCAPNG, folder.resolve("o"), trace).remarks())
                .contains("left out, having no octets of a packet: event without a packet (9)");
        assertThat(convert(CaptureFormat.PCAP, folder.resolve("o"), trace).remarks())
                .contains("left out, having no octets of a packet: event without a packet (38)");
        assertThat(convert(CaptureFormat.PCAPNG, folder.resolve("o"), trace, trace)
                        .remarks())
                .contains("left out, having no octets of a packet: event without a packet (76)");
    }
}
