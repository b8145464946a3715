package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.decode.Dissector;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Journeys;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.Neighbor;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import hopline.decode.stage.TimeOrder;
import hopline.flows.FlowTable;
import hopline.flows.event.EventLog;
import hopline.flows.path.Coverage;
import hopline.flows.rule.CaptureQuality;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Scene;
import hopline.flows.state.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs the whole of it: captures and the cluster's lists in, an [Analysis] out.
///
/// The passes: clocks are compared, when there are several nodes; then all inputs are read side by side, their stages
/// put into the order of time, tied into journeys, and the journeys collected into flows; then the network is learnt
/// from the flows; then the rules judge them, in part beside the reading. One run per instance.
public final class Analyzer {

    private static final int RECORDS_AT_A_TIME = 256;
    private static final int PROGRESS_EVERY = 1 << 16;

    private final List<CaptureInput> inputs;
    private final AnalysisOptions options;
    private final Progress progress;
    private final CapturePoints points = new CapturePoints();
    private final List<InputReader> readers = new ArrayList<>();
    private final EventLog events = new EventLog();
    private final Assessment assessment;
    private boolean enough;
    private @Nullable Predicate<Stage> wanted;

    private Analyzer(List<CaptureInput> inputs, Cluster cluster, AnalysisOptions options, Progress progress) {
        this.inputs = inputs;
        this.options = options;
        this.progress = progress;
        this.assessment = new Assessment(cluster, points.all(), this::coverage, events, options.maxFlows());
    }

    /// Analyses `inputs`. Inputs that cannot be read, or only in part, say so in [Analysis#inputs].
    public static Analysis analyze(
            List<CaptureInput> inputs, Cluster cluster, AnalysisOptions options, Progress progress) {
        return new Analyzer(inputs, cluster, options, progress).run();
    }

    /// Reads `inputs` as [#analyze] does, and hands on packet by packet, in the order of first stages, until
    /// `packets` wants no more. A journey is the visitor's only during the call, unless it is kept.
    ///
    /// @param packets false when it has seen enough
    public static void forEachPacket(
            List<CaptureInput> inputs, AnalysisOptions options, Progress progress, Predicate<Journey> packets) {
        new Analyzer(inputs, Cluster.EMPTY, options, progress).visit(packets);
    }

    /// The same for some of the packets only, which is faster.
    ///
    /// @param wanted whether an appearance matters; those that do not are left out of the journeys
    public static void forEachPacket(
            List<CaptureInput> inputs,
            AnalysisOptions options,
            Progress progress,
            Predicate<Stage> wanted,
            Predicate<Journey> packets) {
        Analyzer analyzer = new Analyzer(inputs, Cluster.EMPTY, options, progress);
        analyzer.wanted = wanted;
        analyzer.visit(packets);
    }

    private void visit(Predicate<Journey> packets) {
        Dissector dissector = new Dissector(options.vxlanPorts());
        Clocks clocks = Clocks.of(inputs, dissector, progress);
        StagePool pool = new StagePool();
        Journeys journeys = new Journeys(journey -> enough = enough || !packets.test(journey));
        TimeOrder order = new TimeOrder(journeys);
        open(clocks, dissector, pool);
        read(order, pool);
        order.finish();
        journeys.finish();
        readers.forEach(InputReader::close);
    }

    private Analysis run() {
        Dissector dissector = new Dissector(options.vxlanPorts());
        Clocks clocks = Clocks.of(inputs, dissector, progress);
        StagePool pool = new StagePool();
        FlowTable table = new FlowTable(assessment::add);
        Journeys journeys = new Journeys(journey -> accept(journey, table));
        TimeOrder order = new TimeOrder(journeys);
        open(clocks, dissector, pool);
        long records = read(order, pool);
        order.finish();
        journeys.finish();
        assessment.end();
        table.finish();
        progress.at("judging", records);
        List<InputFacts> facts = readers.stream().map(InputReader::facts).toList();
        Scene scene = assessment.judge(qualities(facts, clocks));
        readers.forEach(InputReader::close);
        List<Finding> findings = assessment.findings();
        return new Analysis(
                facts,
                clocks.facts(),
                points.all(),
                facts.stream().mapToLong(InputFacts::records).sum(),
                journeys.begun(),
                table.total(),
                assessment.verdicts(),
                assessment.reports(findings),
                findings,
                scene,
                limits(journeys, table, order));
    }

    private void open(Clocks clocks, Dissector dissector, StagePool pool) {
        for (int i = 0; i < inputs.size(); i++) {
            InputReader reader =
                    new InputReader(inputs.get(i), i, points, dissector, new StageReader(pool), assessment::add);
            reader.setClock(clocks.of(i));
            readers.add(reader);
        }
    }

    /// Reads all inputs side by side, always from the one that is furthest behind in time.
    private long read(TimeOrder order, StagePool pool) {
        long records = 0;
        for (InputReader reader = furthestBehind(); reader != null && !enough; reader = furthestBehind()) {
            for (int i = 0; i < RECORDS_AT_A_TIME && !reader.isAtEnd(); i++) {
                Stage stage = reader.next();
                if (stage != null) {
                    if (wanted == null || wanted.test(stage)) {
                        order.add(stage);
                    }
                    pool.giveBack(stage);
                    if (++records % PROGRESS_EVERY == 0) {
                        progress.at("reading", records);
                    }
                }
            }
            order.advance(readUntil());
        }
        return records;
    }

    private @Nullable InputReader furthestBehind() {
        InputReader behind = null;
        for (InputReader reader : readers) {
            if (!reader.isAtEnd() && (behind == null || reader.latestNanos() < behind.latestNanos())) {
                behind = reader;
            }
        }
        return behind;
    }

    private long readUntil() {
        long until = Long.MAX_VALUE;
        for (InputReader reader : readers) {
            if (!reader.isAtEnd()) {
                until = Math.min(until, reader.latestNanos());
            }
        }
        return until;
    }

    private void accept(Journey journey, FlowTable table) {
        Stage first = journey.first();
        if (first.detail() instanceof Neighbor message) {
            assessment.add(message, journey);
        } else if (first.isIp()) {
            if (first.isFragment()) {
                assessment.addFragment(journey);
            }
            table.add(journey);
        }
    }

    /// When each node was captured, as far as was read.
    private Coverage coverage() {
        Map<String, Coverage.Span> spans = new HashMap<>();
        readers.forEach(reader -> reader.addSpans(spans));
        return new Coverage(spans);
    }

    private List<CaptureQuality> qualities(List<InputFacts> facts, Clocks clocks) {
        List<CaptureQuality> captures = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            captures.add(quality(facts.get(i), clocks, i));
        }
        return captures;
    }

    private CaptureQuality quality(InputFacts facts, Clocks clocks, int input) {
        List<CapturePoint> at = points.all().stream()
                .filter(point -> point.node().equals(facts.node())
                        && facts.capturePoints().contains(point.name()))
                .toList();
        return new CaptureQuality(
                facts.file(),
                facts.node(),
                at,
                facts.records(),
                facts.lostRecords(),
                facts.problem(),
                clocks.of(input),
                clocks.isReference(input),
                facts.firstNanos(),
                facts.lastNanos());
    }

    private List<String> limits(Journeys journeys, FlowTable table, TimeOrder order) {
        List<String> limits = new ArrayList<>();
        if (order.outOfOrder() > 0) {
            limits.add(
                    order.outOfOrder() + " records stand more than 2 s behind others; their order was not put right");
        }
        if (journeys.closedEarly() > 0) {
            limits.add(journeys.closedEarly()
                    + " packets were in flight beyond the table's size and may be counted twice");
        }
        if (table.retiredEarly() > 0) {
            limits.add(
                    table.retiredEarly() + " idle flows made room for newer ones; if they went on, they count twice");
        }
        limits.addAll(events.limits());
        limits.addAll(assessment.limits());
        return limits;
    }
}
