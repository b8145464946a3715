package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureInterface;
import hopline.capture.CapturePoint;
import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.ForwardingReader;
import hopline.flows.site.Recording;
import hopline.flows.state.Cluster;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Captures that nobody makes on purpose: what is kept for them stays within its bounds, and what is said of
/// them is right, or a limit is told.
class BoundsTest {

    private static final int RECORDS = 70_000;
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long STEP = 10_000;
    private static final long YEAR = 365L * 86_400 * 1_000_000_000;

    /// Datagrams of different conversations, at those interfaces and times.
    private static Analysis analyze(int interfaces, IntUnaryOperator at, IntToLongFunction time) {
        List<String> points =
                IntStream.range(0, interfaces).mapToObj(i -> "if" + i).toList();
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            byte[] frame = datagram(i);
            recordings.add(
                    new Recording("odd", points.get(at.applyAsInt(i)), time.applyAsLong(i), i, frame, frame.length));
        }
        byte[] capture = Recording.pcapng("odd", points, recordings, 0);
        CaptureInput input = new CaptureInput(
                "odd.pcapng", Optional.empty(), () -> Captures.open(new ByteArrayInputStream(capture)));
        return Analyzer.analyze(List.of(input), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);
    }

    private static byte[] datagram(int number) {
        return ByteBuffer.allocate(50)
                .putInt(0x02000000)
                .putShort((short) 1)
                .putInt(0x02000000)
                .putShort((short) 2)
                .putShort((short) 0x0800)
                .putInt(0x45000000 | 36)
                .putInt(number << 16 | 0x4000)
                .putInt(64 << 24 | 17 << 16)
                .putInt(0x0a010000 | number & 0xffff)
                .putInt(0x0a020000 | number >> 16)
                .putInt(20_000 << 16 | 9)
                .putInt(16 << 16)
                .putLong(number)
                .array();
    }

    @Test
    void aYearBetweenTwoPacketsIsNoGapInWhatIsKnown() {
        Analysis analysis = analyze(1, i -> 0, i -> START + i * STEP + (i < RECORDS / 2 ? 0 : YEAR));

        assertThat(analysis.distinctPackets()).isEqualTo(RECORDS);
        assertThat(analysis.flowsTotal()).isEqualTo(RECORDS);
        assertThat(analysis.limits())
                .noneMatch(limit -> limit.contains("behind others") || limit.contains("in flight"));
    }

    @Test
    void timeThatGoesBackwardsIsTold() {
        Analysis analysis = analyze(1, i -> 0, i -> START + (RECORDS - i) * 1_000 * STEP);

        assertThat(analysis.distinctPackets()).isEqualTo(RECORDS);
        assertThat(analysis.flowsTotal()).isEqualTo(RECORDS);
        assertThat(analysis.limits())
                .anyMatch(limit -> limit.contains("stand more than 2 s behind others"))
                .anyMatch(limit -> limit.contains("packets were in flight"));
    }

    @Test
    void thousandsOfInterfacesAreAsManyPoints() {
        Analysis analysis = analyze(4_096, i -> i % 4_096, i -> START + i * STEP);

        assertThat(analysis.points()).hasSize(4_096);
        assertThat(analysis.distinctPackets()).isEqualTo(RECORDS);
        assertThat(analysis.flowsTotal()).isEqualTo(RECORDS);
    }

    /// What a reader is asked, counted.
    private static final class CountingReader extends ForwardingReader {

        private final AtomicLong looks;

        CountingReader(CaptureReader reader, AtomicLong looks) {
            super(reader);
            this.looks = looks;
        }

        @Override
        public List<CaptureInterface> interfaces() {
            List<CaptureInterface> all = super.interfaces();
            return new AbstractList<>() {
                @Override
                public CaptureInterface get(int index) {
                    looks.incrementAndGet();
                    return all.get(index);
                }

                @Override
                public int size() {
                    return all.size();
                }
            };
        }

        @Override
        public List<String> comments(int section) {
            looks.incrementAndGet();
            return super.comments(section);
        }
    }

    @Test
    void namesakesAreToldApartWithoutComparingEachWithEach() {
        List<String> names = Collections.nCopies(4_096, "eth0");
        byte[] frame = datagram(0);
        byte[] capture =
                Recording.pcapng("odd", names, List.of(new Recording("odd", "eth0", START, 0, frame, frame.length)), 0);
        AtomicLong looks = new AtomicLong();
        CaptureInput input = new CaptureInput(
                "odd.pcapng",
                Optional.empty(),
                () -> new CountingReader(Captures.open(new ByteArrayInputStream(capture)), looks));

        Analysis analysis = Analyzer.analyze(List.of(input), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);

        assertThat(analysis.points())
                .extracting(CapturePoint::name)
                .startsWith("eth0", "eth0 #2", "eth0 #3")
                .endsWith("eth0 #4096")
                .doesNotHaveDuplicates();
        assertThat(looks).hasValueLessThan(4 * 4_096);
    }

    @Test
    void whatIsTheSameDoesNotDependOnTheOrderOfInterfaces() {
        Analysis forth = analyze(8, i -> i % 8, i -> START + i * STEP);
        Analysis back = analyze(8, i -> 7 - i % 8, i -> START + i * STEP);

        assertThat(back.flowsTotal()).isEqualTo(forth.flowsTotal());
        assertThat(back.verdicts()).isEqualTo(forth.verdicts());
        assertThat(back.limits()).isEqualTo(forth.limits());
    }
}
