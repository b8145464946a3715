package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.RecordNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Traces that Windows wrote, of builds 7600 to 29559.
class RealTracesTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.testdata", "no-test-data"), "etl");
    private static final long NANOS_PER_MICROSECOND = 1000;

    @BeforeEach
    void needsDevelopmentData() {
        assumeTrue(Files.isDirectory(FOLDER), "no development data beside this checkout");
    }

    /// What a converter must give: time in microseconds, both lengths, octets.
    record Frame(long micros, long originalLength, String octets) {}

    @Test
    void givesExactlyThePacketsThatMicrosoftsOwnConverterGives() throws IOException {
        List<Frame> theirs = frames("demikernel-ws2022-PktMon.cap");

        assertThat(theirs).hasSize(114);
        assertThat(frames("demikernel-ws2022-PktMon.etl")).isEqualTo(theirs);
    }

    private static List<Frame> frames(String name) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (CaptureReader reader = Captures.open(FOLDER.resolve(name))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                frames.add(new Frame(
                        record.epochNanos() / NANOS_PER_MICROSECOND,
                        record.originalLength(),
                        record.octets().toString()));
            }
        }
        return frames;
    }

    /// 38 packets, seen at three components on average.
    @Test
    void tellsTheAppearancesOfAPacketByItsGroup() throws IOException {
        Map<Long, List<Long>> appearances = new HashMap<>();
        try (CaptureReader reader = Captures.open(FOLDER.resolve("demikernel-ws2022-PktMon.etl"))) {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                RecordNotes notes = Objects.requireNonNull(record.notes());
                EventFacts facts = Objects.requireNonNull(notes.facts());
                appearances
                        .computeIfAbsent(notes.packetId().orElseThrow(), id -> new ArrayList<>())
                        .add(facts.number(Fact.APPEARANCE, 0));
            }
        }

        assertThat(appearances).hasSize(38);
        assertThat(appearances.values().stream().mapToInt(List::size).sum()).isEqualTo(38 * 3);
        assertThat(appearances.values())
                .allSatisfy(
                        counted -> assertThat(counted).isSorted().startsWith(1L).doesNotHaveDuplicates());
    }

    record Case(String file, int build, long events, long lost) {

        @Override
        public String toString() {
            return file;
        }
    }

    static final List<Case> TRACES = List.of(
            new Case("demikernel-ws2022-PktMon.etl", 20348, 467, 0),
            new Case("airbus-cert_etl-parser-AMSITrace.etl", 18362, 21, 3),
            new Case("airbus-cert_etl-parser-ShutdownPerfDiagLogger.etl", 18362, 17_078, 0),
            new Case("airbus-cert_etl-parser-lxcore_kernel.etl", 19041, 4, 0),
            new Case("microsoft_Tx-HTTP_Server.etl", 7601, 2042, 0),
            new Case("microsoft_Tx-CrossMachineHTTP.etl", 7601, 3397, 0),
            new Case("microsoft_Tx-KernelNetwork.etl", 7601, 8924, 0),
            new Case("microsoft_Tx-Process.etl", 7600, 10_344, 0),
            new Case("microsoft_Tx-WsRm01.etl", 7910, 71, 0),
            new Case("microsoft_ebpf-for-windows-ebpforwindows.etl", 26308, 13_872, 0),
            new Case("microsoft_krabsetw-powershell.etl", 22623, 114, 0),
            new Case("microsoft_perfview-SelfDescribingSingleEvent.etl", 22000, 23, 0),
            new Case("microsoft_perfview-smallEtlFile.etl", 10586, 2, 0),
            new Case("Alan-Jowett_sonde-test.etl", 29559, 112, 0),
            new Case("rbeesley_hw3d-trace.etl", 22621, 3, 0));

    @ParameterizedTest
    @FieldSource("TRACES")
    void readsEachEvent(Case trace) throws IOException {
        TraceReading reading;
        try (CaptureReader reader = Captures.open(FOLDER.resolve(trace.file()))) {
            reading = TraceReading.of(reader);
        }

        assertThat(reading.problem()).isEmpty();
        assertThat(reading.facts().build()).isEqualTo(trace.build());
        assertThat(reading.facts().lostEvents()).isEqualTo(trace.lost());
        assertThat(reading.facts().events().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(trace.events());
    }

    @Test
    void namesComponentsByWhatFollowsThePackets() throws IOException {
        try (CaptureReader reader = Captures.open(FOLDER.resolve("demikernel-ws2022-PktMon.etl"))) {
            TraceReading reading = TraceReading.of(reader);

            assertThat(reading.packets().getFirst().point())
                    .isEqualTo("Microsoft Hyper-V Network Adapter #3 (Miniport 59)");
            assertThat(reading.facts().components()).hasSize(44);
            assertThat(reading.facts().filters()).hasSize(1);
        }
    }
}
