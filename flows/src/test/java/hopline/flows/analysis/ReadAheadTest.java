package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Captures;
import hopline.capture.ForwardingReader;
import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import hopline.decode.Dissector;
import hopline.decode.stage.Stage;
import hopline.flows.site.Recording;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.state.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is read on a thread of its own, and what becomes of it when something goes wrong there or here.
class ReadAheadTest {

    private static final int MANY = 4_000;

    private final Dissector dissector = new Dissector();

    private ReadAhead ahead(List<CaptureInput> inputs) {
        Clocks clocks = Clocks.of(inputs, dissector, Progress.NONE);
        return new ReadAhead(inputs, clocks, dissector, new CapturePoints());
    }

    private static Site busy() {
        return new Site(Style.OVERLAY).scan("shop/cart", MANY).inOrder();
    }

    private record Seen(int file, long record) {}

    @Test
    void handsOnEachRecordOnceAndThoseOfAFileInTheirOrder() {
        List<CaptureInput> inputs = Site.inputs(busy().files());
        List<Seen> seen = new ArrayList<>();
        int batches = 0;

        try (ReadAhead ahead = ahead(inputs)) {
            ahead.start();
            for (StageBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
                batches++;
                for (int i = 0; i < batch.stages().size(); i++) {
                    Stage stage = batch.stages().stage(i);
                    seen.add(new Seen(stage.file(), stage.record()));
                }
            }
            assertThat(ahead.facts()).hasSameSizeAs(inputs);
            for (int file = 0; file < inputs.size(); file++) {
                int wanted = file;
                assertThat(seen.stream().filter(one -> one.file() == wanted).map(Seen::record))
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .hasSize((int) ahead.facts().get(file).records());
            }
        }
        assertThat(batches).isGreaterThan(4); // as many as there are, so that some were filled again
    }

    @Test
    void newPointsComeWithTheFirstBatchThatShowsThem() {
        List<String> known = new ArrayList<>();

        try (ReadAhead ahead = ahead(Site.inputs(busy().files()))) {
            ahead.start();
            for (StageBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
                batch.newPoints().forEach(point -> known.add(point.node() + " " + point.name()));
                for (int i = 0; i < batch.stages().size(); i++) {
                    CapturePoint point = batch.stages().point(i);
                    assertThat(known).contains(point.node() + " " + point.name());
                }
            }
        }
        assertThat(known).doesNotHaveDuplicates();
    }

    @Test
    void whoeverWantsNoMoreStopsItAndAllIsClosed() {
        List<CaptureInput> inputs = Site.inputs(busy().files());
        AtomicInteger open = new AtomicInteger();
        List<CaptureInput> watched = inputs.stream()
                .map(input -> new CaptureInput(input.name(), input.node(), () -> {
                    open.incrementAndGet();
                    return new ForwardingReader(input.opener().open()) {
                        @Override
                        public void close() throws IOException {
                            open.decrementAndGet();
                            super.close();
                        }
                    };
                }))
                .toList();

        try (ReadAhead ahead = ahead(watched)) {
            ahead.start();
            assertThat(ahead.next()).isNotNull();
        }

        assertThat(open).hasValue(0);
    }

    /// Pieces of a long capture follow each other: only those are open that are being read.
    @Test
    void ofManyCapturesFewAreOpenAtATime() {
        CaptureInput whole = Site.inputs(busy().files()).getFirst();
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CaptureInput> pieces = IntStream.range(0, 50)
                .mapToObj(i -> new CaptureInput(
                        "one_0000" + i + "_20261121073818.pcapng",
                        Optional.of("one"),
                        () -> new Piece(whole.opener().open(), i * 3_600_000_000_000L, open, most)))
                .toList();

        long records = 0;
        try (ReadAhead ahead = ahead(pieces)) {
            most.set(0);
            ahead.start();
            for (StageBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
                records += batch.stages().size();
            }
            assertThat(ahead.facts())
                    .extracting(InputFacts::records)
                    .containsOnly(ahead.facts().getFirst().records());
        }

        assertThat(records).isEqualTo(50L * MANY);
        assertThat(most.get()).isLessThan(3);
        assertThat(open).hasValue(0);
    }

    /// A capture that was made later, and counts how many are open.
    private static final class Piece extends ForwardingReader {

        private final long laterNanos;
        private final AtomicInteger open;

        private Piece(CaptureReader reader, long laterNanos, AtomicInteger open, AtomicInteger most) {
            super(reader);
            this.laterNanos = laterNanos;
            this.open = open;
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
        }

        @Override
        public @Nullable CaptureRecord next() throws IOException {
            CaptureRecord record = super.next();
            if (record != null) {
                record.set(
                        record.number(),
                        record.interfaceIndex(),
                        record.epochNanos() + laterNanos,
                        record.originalLength());
            }
            return record;
        }

        @Override
        public void close() throws IOException {
            open.decrementAndGet();
            super.close();
        }
    }

    @Test
    void whatReadingThrowsIsThrownToWhoeverTakes() {
        CaptureInput input = Site.inputs(busy().files()).getFirst();
        CaptureInput broken = new CaptureInput(input.name(), input.node(), () -> failing(input));

        try (ReadAhead ahead = ahead(List.of(broken))) {
            ahead.start();
            assertThatThrownBy(() -> {
                        StageBatch batch = ahead.next();
                        while (batch != null) {
                            batch = ahead.next();
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("broken");
        }
    }

    private static CaptureReader failing(CaptureInput input) throws IOException {
        return new ForwardingReader(input.opener().open()) {
            @Override
            public @Nullable CaptureRecord next() throws IOException {
                if (records() > 700) {
                    throw new IllegalArgumentException("broken");
                }
                return super.next();
            }
        };
    }

    /// Nobody can end a read from a pipe whose other end is silent; nobody needs to wait for it either.
    @Test
    void aSilentPipeHoldsNobodyUp() {
        byte[] whole = busy().files().values().iterator().next();
        CountDownLatch over = new CountDownLatch(1);
        InputStream silent = new InputStream() {
            @Override
            public int read() {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };
        CaptureInput pipe = new CaptureInput(
                "pipe",
                Optional.empty(),
                () -> Captures.open(new SequenceInputStream(new ByteArrayInputStream(whole), silent)));

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try (ReadAhead ahead = ahead(List.of(pipe))) {
                ahead.start();
                assertThat(ahead.next()).isNotNull();
            }
        });
        over.countDown();
    }

    /// Tells so many events before each of its records, and before its end.
    private static final class TalkativeReader extends ForwardingReader {

        private final int events;
        private SystemEvent.@Nullable Listener listener;

        TalkativeReader(CaptureReader reader, int events) {
            super(reader);
            this.events = events;
        }

        @Override
        public void hear(SystemEvent.Listener newListener) {
            listener = newListener;
        }

        @Override
        public @Nullable CaptureRecord next() throws IOException {
            CaptureRecord record = super.next();
            for (int i = 0; i < events && listener != null; i++) {
                listener.heard(event(i));
            }
            return record;
        }
    }

    private static SystemEvent event(int id) {
        return new SystemEvent(
                id,
                "VfpExt",
                id,
                "Exhausted",
                EventLayout.PUBLISHED,
                0,
                new Matter.PortsExhausted("", 6, Optional.empty()));
    }

    @Test
    void eventsFillBatchesHoweverManyStandBetweenTwoRecords() {
        int each = 30_000;
        List<Recording> records = List.of(
                new Recording("a", "eth0", 1_000, 0, new byte[60], 60),
                new Recording("a", "eth0", 2_000, 1, new byte[60], 60));
        byte[] capture = Recording.pcapng("a", List.of("eth0"), records, 0);
        CaptureInput input = new CaptureInput(
                "talkative",
                Optional.empty(),
                () -> new TalkativeReader(Captures.open(new ByteArrayInputStream(capture)), each));
        List<Integer> heard = new ArrayList<>();
        int stages = 0;

        try (ReadAhead ahead = ahead(List.of(input))) {
            ahead.start();
            for (StageBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
                assertThat(batch.logged()).hasSizeLessThanOrEqualTo(StageBatch.MAX_EVENTS);
                batch.logged().forEach(logged -> heard.add(logged.event().id()));
                stages += batch.stages().size();
            }
        }

        assertThat(stages).isEqualTo(2);
        assertThat(heard)
                .isEqualTo(IntStream.range(0, 3 * each).mapToObj(i -> i % each).toList());
    }

    @Test
    void eventsOfACaptureWithoutPacketsAreKeptOrTold() {
        byte[] capture = Recording.pcapng("a", List.of("eth0"), List.of(), 0);
        CaptureInput input = new CaptureInput(
                "talkative",
                Optional.empty(),
                () -> new TalkativeReader(Captures.open(new ByteArrayInputStream(capture)), 100_000));

        Analysis analysis = Analyzer.analyze(List.of(input), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);

        assertThat(analysis.limits())
                .containsExactly(
                        "80000 events beyond those kept were not joined to packets, nor stand in the timeline");
    }
}
