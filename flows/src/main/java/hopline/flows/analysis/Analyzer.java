package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.decode.Dissector;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Journeys;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageBlock;
import hopline.decode.stage.StageDetail.Neighbor;
import hopline.decode.stage.TimeOrder;
import hopline.flows.FlowTable;
import hopline.flows.analysis.StageBatch.Logged;
import hopline.flows.event.EventLog;
import hopline.flows.rule.Finding;
import hopline.flows.scene.CaptureQuality;
import hopline.flows.scene.Scene;
import hopline.flows.state.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs the whole of it: captures and the cluster's lists in, an [Analysis] out.
///
/// The passes: clocks are compared, when there are several nodes; then all inputs are read side by side, ahead of what
/// follows: their stages are put into the order of time, tied into journeys, and the journeys collected into flows;
/// then the network is learnt from the flows; then the rules judge them, in part beside the reading. One run per
/// instance.
public final class Analyzer {

    /// The reading is told of whenever so many more records were read: a power of two.
    private static final int PROGRESS_BITS = 16;

    private final List<CaptureInput> inputs;
    private final Cluster cluster;
    private final AnalysisOptions options;
    private final Progress progress;
    private final CapturePoints points = new CapturePoints();

    /// The points of what was tied; others may have been read ahead.
    private final List<CapturePoint> known = new ArrayList<>();

    private final CaptureTimes times = new CaptureTimes();
    private final EventLog events = new EventLog();
    private final Assessment assessment;
    private boolean enough;

    /// Of no meaning; that it is kept lets nobody think that it need not be computed.
    private long fetched;

    private @Nullable Predicate<Stage> wanted;

    private Analyzer(List<CaptureInput> inputs, Cluster cluster, AnalysisOptions options, Progress progress) {
        this.inputs = inputs;
        this.cluster = cluster;
        this.options = options;
        this.progress = progress;
        this.assessment = new Assessment(cluster, known, times::coverage, events, options.maxFlows());
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
        Journeys journeys = new Journeys(journey -> enough = enough || !packets.test(journey));
        TimeOrder order = new TimeOrder(journeys);
        try (ReadAhead ahead = new ReadAhead(inputs, clocks, dissector, points)) {
            read(ahead, order);
        }
        order.finish();
        journeys.finish();
    }

    private Analysis run() {
        Dissector dissector = new Dissector(options.vxlanPorts());
        Clocks clocks = Clocks.of(inputs, dissector, progress);
        FlowTable table = new FlowTable(assessment::add, this::isFromService);
        Journeys journeys = new Journeys(into(table));
        TimeOrder order = new TimeOrder(journeys);
        try (ReadAhead ahead = new ReadAhead(inputs, clocks, dissector, points)) {
            long records = read(ahead, order);
            order.finish();
            journeys.finish();
            assessment.end();
            table.finish();
            progress.at("judging", records);
            return judged(ahead.facts(), clocks, journeys, table, order);
        }
    }

    private Analysis judged(
            List<InputFacts> facts, Clocks clocks, Journeys journeys, FlowTable table, TimeOrder order) {
        known.clear();
        known.addAll(points.all()); // those without a record as well
        Scene scene = assessment.judge(qualities(facts, clocks));
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

    /// Ties all that is read; returns how many records that was.
    private long read(ReadAhead ahead, TimeOrder order) {
        ahead.start();
        long records = 0;
        for (StageBatch batch = ahead.next(); batch != null && !enough; batch = ahead.next()) {
            known.addAll(batch.newPoints());
            take(batch, order);
            order.advance(batch.readUntil());
            long before = records;
            records += batch.stages().size();
            if (records >> PROGRESS_BITS != before >> PROGRESS_BITS) {
                progress.at("reading", records);
            }
        }
        return records;
    }

    private void take(StageBatch batch, TimeOrder order) {
        int done = 0;
        for (Logged logged : batch.logged()) {
            take(batch, done, logged.before(), order);
            done = logged.before();
            assessment.add(logged.node(), logged.event(), logged.epochNanos());
        }
        take(batch, done, batch.stages().size(), order);
    }

    private void take(StageBatch batch, int from, int until, TimeOrder order) {
        StageBlock stages = batch.stages();
        for (int i = from; i < until; i++) {
            times.note(stages.point(i), stages.file(i), stages.epochNanos(i));
            if (wanted == null || wanted.test(stages.stage(i))) {
                order.add(stages, i);
            }
        }
    }

    private Journeys.Next into(FlowTable table) {
        return new Journeys.Next() {
            @Override
            public void add(Journey journey) {
                accept(journey, table);
            }

            @Override
            public void expect(List<Journey> journeys) {
                fetched += table.expect(journeys);
            }
        };
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

    private boolean isFromService(Stage stage) {
        return !cluster.isEmpty()
                && cluster.service(stage.sourceAddress(), stage.sourcePort(), stage.protocol(), stage.epochNanos())
                        .isPresent();
    }

    private List<CaptureQuality> qualities(List<InputFacts> facts, Clocks clocks) {
        List<CaptureQuality> captures = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            captures.add(quality(facts.get(i), clocks, i));
        }
        return captures;
    }

    private CaptureQuality quality(InputFacts facts, Clocks clocks, int input) {
        Set<String> names = Set.copyOf(facts.capturePoints());
        List<CapturePoint> at = points.all().stream()
                .filter(point -> point.node().equals(facts.node()) && names.contains(point.name()))
                .toList();
        return new CaptureQuality(
                facts.file(),
                facts.node(),
                at,
                facts.records(),
                facts.lostRecords(),
                facts.losesEvents(),
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
