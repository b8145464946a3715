package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.capture.event.SystemEvent;
import hopline.decode.stage.Journey;
import hopline.decode.stage.StageDetail.Neighbor;
import hopline.flows.Flow;
import hopline.flows.event.EventLog;
import hopline.flows.path.Coverage;
import hopline.flows.path.Fates;
import hopline.flows.path.Topology;
import hopline.flows.path.Whereabouts;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Findings;
import hopline.flows.rule.Findings.Judgement;
import hopline.flows.rule.Observation;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.CaptureQuality;
import hopline.flows.scene.DnsHistory;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Fragments;
import hopline.flows.scene.Habits;
import hopline.flows.scene.ResentSegments;
import hopline.flows.scene.Resolutions;
import hopline.flows.scene.Scene;
import hopline.flows.state.Cluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Learns the network from flows, then lets the rules judge them.
///
/// The more flows are known the better they are judged, so they wait for each other. Bounded: when too many wait they
/// are judged by what is known by then, and only those worth reporting stay in memory. That is done beside the reading;
/// what the rules look at meanwhile does not change, so that the outcome is the same as if the reading had waited.
final class Assessment {

    /// Flows that wait to be judged, at most.
    private static final int MAX_WAITING = 10_000;

    /// Stages that those flows keep, at most.
    private static final long MAX_STAGES = 80_000;

    /// Flows whose places are learnt before their habits are: as many as stay in the processor's cache.
    private static final int LEARNT_AT_ONCE = 1_024;

    /// Flows that are looked at side by side. What is seen in them is taken in their order, and what waits for that is
    /// kept: of all flows at once it would be half.
    private static final int LOOKED_AT_ONCE = 2_048;

    /// Packets that wait to be learnt from until a judgement is made, at most.
    private static final int MAX_DEFERRED = 4_096;

    private final Cluster cluster;
    private final List<CapturePoint> points;
    private final Supplier<Coverage> coverage;
    private final EventLog events;
    private final Topology topology = new Topology();
    private final Resolutions resolutions = new Resolutions();
    private final DnsHistory dns = new DnsHistory();
    private final ResentSegments resent = new ResentSegments();
    private final Habits habits;
    private final Fragments fragments = new Fragments();
    private final Findings findings = new Findings();
    private final Shortlist shortlist;
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private List<Flow> waiting = new ArrayList<>();
    private long waitingStages;

    /// Of those that were learnt from and not judged yet, the ones that sent something again.
    private final List<Flow> resending = new ArrayList<>();

    private final Beside judging = new Beside();
    private final List<Runnable> deferred = new ArrayList<>();
    private boolean ending;

    /// Starts with nothing known.
    ///
    /// @param points all capture points, growing as they are found
    /// @param coverage when each node was captured, as far as was read
    /// @param events what the systems logged beside packets, growing as it is read
    /// @param maxFlows how many flows to keep for the report
    Assessment(Cluster cluster, List<CapturePoint> points, Supplier<Coverage> coverage, EventLog events, int maxFlows) {
        this.cluster = cluster;
        this.habits = new Habits(cluster);
        this.points = points;
        this.coverage = coverage;
        this.events = events;
        this.shortlist = new Shortlist(maxFlows);
    }

    /// Takes a flow of which nothing more is expected.
    void add(Flow flow) {
        waiting.add(flow);
        waitingStages += flow.keptStages();
        if (!ending && (waiting.size() > MAX_WAITING || waitingStages > MAX_STAGES)) {
            judgeWaiting();
        }
    }

    /// Takes a message of ARP or neighbour discovery.
    void add(Neighbor message, Journey journey) {
        learn(journey, () -> resolutions.add(message, journey));
    }

    /// Takes a fragment of a datagram, which belongs to a flow as well.
    void addFragment(Journey journey) {
        learn(journey, () -> fragments.add(journey));
    }

    /// Takes what a system logged beside packets. The rules look at that, and must find it as it was.
    void add(String node, SystemEvent event, long epochNanos) {
        settle();
        events.add(node, event, epochNanos);
    }

    private void learn(Journey journey, Runnable learning) {
        if (judging.isBusy() && deferred.size() < MAX_DEFERRED) {
            journey.keep();
            deferred.add(learning);
        } else {
            settle();
            learning.run();
        }
    }

    /// Waits for the judgement that is being made, and learns what came meanwhile.
    private void settle() {
        judging.await();
        deferred.forEach(Runnable::run);
        deferred.clear();
    }

    /// All flows that are still to come will come at once, and no more are read: they may wait for each other.
    void end() {
        ending = true;
    }

    /// Judges what still waits, and the captures as a whole; returns all that is known of the network.
    Scene judge(List<CaptureQuality> captures) {
        settle();
        fragments.finish();
        learn(waiting);
        events.settle();
        Scene scene = scene(coverage.get(), points, captures);
        judge(waiting, scene);
        findings.judge(scene);
        return scene;
    }

    private void judgeWaiting() {
        List<Flow> flows = waiting;
        waiting = new ArrayList<>();
        waitingStages = 0;
        settle();
        events.settle();
        List<CapturePoint> known = List.copyOf(points);
        Coverage covered = coverage.get();
        judging.begin(() -> {
            learn(flows);
            judge(flows, scene(covered, known, List.of()));
        });
    }

    private Scene scene(Coverage covered, List<CapturePoint> known, List<CaptureQuality> captures) {
        Whereabouts whereabouts = new Whereabouts(topology, cluster, covered);
        return new Scene(whereabouts, known, resolutions, dns, resent, habits, fragments, events, captures);
    }

    private void judge(List<Flow> flows, Scene scene) {
        Whereabouts whereabouts = scene.whereabouts();
        Fates fates = new Fates(whereabouts, events, fragments::goesOnInPieces);
        for (Flow flow : resending) {
            resent.add(FlowCase.of(flow, whereabouts, fates));
        }
        resending.clear();
        for (int from = 0; from < flows.size(); from += LOOKED_AT_ONCE) {
            flows.subList(from, Math.min(from + LOOKED_AT_ONCE, flows.size())).parallelStream()
                    .map(flow -> look(FlowCase.of(flow, whereabouts, fates), scene))
                    .forEachOrdered(this::take);
        }
    }

    private void learn(List<Flow> flows) {
        flows.forEach(topology::learnOrder);
        resolutions.examples().forEach(topology::learnOrder);
        learnPlacesAndHabits(flows);
        for (Journey example : resolutions.examples()) {
            topology.learnPlaces(example);
            habits.learn(example);
        }
    }

    /// Habits are learnt beside, and behind: learning places brings the stages of a packet into their order.
    private void learnPlacesAndHabits(List<Flow> flows) {
        CompletableFuture<Void> habitsLearnt = CompletableFuture.completedFuture(null);
        for (int from = 0; from < flows.size(); from += LEARNT_AT_ONCE) {
            List<Flow> some = flows.subList(from, Math.min(from + LEARNT_AT_ONCE, flows.size()));
            some.forEach(topology::learnPlaces);
            habitsLearnt = habitsLearnt.thenRunAsync(() -> some.forEach(this::learnHabits));
        }
        Beside.join(habitsLearnt);
    }

    private void learnHabits(Flow flow) {
        dns.learn(flow);
        resent.count(flow);
        if (flow.tcp() != null && flow.tcp().retransmissions() > 0) {
            resending.add(flow);
        }
        habits.learn(flow);
    }

    private record Look(FlowCase flow, List<Observation> seen) {}

    private static Look look(FlowCase flow, Scene scene) {
        return new Look(flow, Findings.look(flow, scene));
    }

    private void take(Look look) {
        Judgement judgement = findings.take(look.flow(), look.seen());
        verdicts.merge(judgement.verdict(), 1L, Long::sum);
        shortlist.add(new Shortlist.Entry(look.flow(), judgement.verdict(), judgement.named()));
    }

    /// How many flows met which end.
    Map<Verdict, Long> verdicts() {
        return Collections.unmodifiableMap(verdicts);
    }

    List<Finding> findings() {
        return findings.all();
    }

    /// Which bounds were hit, in sentences; empty when none.
    List<String> limits() {
        List<String> limits = new ArrayList<>(topology.limits());
        if (resolutions.omitted() > 0) {
            limits.add(resolutions.omitted()
                    + " messages of ARP or neighbour discovery are of pairs beyond those remembered");
        }
        if (dns.forgotten() > 0) {
            limits.add(dns.forgotten()
                    + " DNS questions were not remembered; search lists may be taken for missing names");
        }
        if (findings.omitted() > 0) {
            limits.add(findings.omitted() + " observations concern causes beyond the first " + Findings.MAX_CAUSES
                    + " of their rule");
        }
        return limits;
    }

    /// The flows to report, the most worth it first, with the findings that name them.
    List<FlowReport> reports(List<Finding> all) {
        Map<Long, List<String>> named = Findings.byFlow(all);
        return shortlist.inOrder().stream()
                .map(entry -> {
                    long number = entry.flow().flow().number();
                    return new FlowReport(
                            FlowReport.id(number),
                            entry.flow(),
                            entry.verdict(),
                            named.getOrDefault(number, List.of()));
                })
                .toList();
    }
}
