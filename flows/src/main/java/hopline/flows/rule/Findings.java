package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.rule.Observation.Place;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.ResentSegments.Share;
import hopline.flows.scene.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Brings observations of one cause together.
///
/// Of what the rules see in one flow, the first error is its cause, and what follows are its effects. Bounded: at most
/// `MAX_CAUSES` causes of one rule are told apart, so that none crowds out another; observations beyond are counted.
public final class Findings {

    /// Causes of one rule that are told apart.
    public static final int MAX_CAUSES = 1_000;

    /// Flows a finding lists.
    public static final int MAX_FLOWS = 100;

    private static final int MAX_EVIDENCE = 24;

    private static final int NO_POINT = -1;

    /// What makes observations one cause.
    private record Cause(String rule, String node, int point, String what) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cause that
                    && point == that.point
                    && node.equals(that.node)
                    && rule.equals(that.rule)
                    && what.equals(that.what);
        }

        @Override
        public int hashCode() {
            return ((what.hashCode() * 31 + rule.hashCode()) * 31 + node.hashCode()) * 31 + point;
        }
    }

    private static final class Gathering {

        private final Observation lead;
        private final List<Long> flows = new ArrayList<>();
        private final List<Stage> evidence = new ArrayList<>();
        private final Map<String, Long> effects = new TreeMap<>();
        private final Set<Address> suspects = new HashSet<>();
        private Severity severity;
        private boolean certain;
        private long flowCount;
        private long packets;
        private Optional<Share> share = Optional.empty();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        private Gathering(Observation lead) {
            this.lead = lead;
            this.severity = lead.severity();
        }

        private void add(Observation observation) {
            severity = severity.compareTo(observation.severity()) <= 0 ? severity : observation.severity();
            certain |= observation.certain();
            packets += observation.proof().packets();
            share = observation
                    .share()
                    .map(more -> share.map(more::plus).orElse(more))
                    .or(() -> share);
            first = Math.min(first, observation.proof().firstNanos());
            last = Math.max(last, observation.proof().lastNanos());
            suspects.addAll(observation.suspects());
            for (Stage stage : observation.proof().evidence()) {
                if (evidence.size() < MAX_EVIDENCE) {
                    evidence.add(stage);
                }
            }
        }

        /// Whether `flow`, which was added last, is among those listed.
        private boolean names(Flow flow) {
            return flows.getLast() == flow.number();
        }

        private Finding finding(String id) {
            return new Finding(
                    id,
                    share.map(lead::counting).orElse(lead),
                    severity,
                    certain,
                    flows,
                    flowCount,
                    packets,
                    first,
                    last,
                    Collections.unmodifiableMap(effects),
                    evidence);
        }
    }

    private final Map<Cause, Gathering> gatherings = new LinkedHashMap<>();
    private final Map<String, Integer> causes = new HashMap<>();
    private long omitted;

    /// None yet.
    public Findings() {}

    /// What the rules make of one flow.
    ///
    /// @param named some finding names it
    public record Judgement(Verdict verdict, boolean named) {}

    /// What all rules see in a flow, in their order. Changes nothing, so that flows may be looked at side by side.
    public static List<Observation> look(FlowCase flow, Scene scene) {
        List<Observation> seen = new ArrayList<>(0);
        List<FlowRule> rules = Rules.concerning(flow);
        // No lambda for each rule of each flow: see what was learnt in bench/README.md.
        for (int i = 0; i < rules.size(); i++) {
            Optional<Observation> observation = rules.get(i).check(flow, scene);
            if (observation.isPresent()) {
                seen.add(observation.get());
            }
        }
        return seen;
    }

    /// Takes what was seen in a flow.
    public Judgement take(FlowCase flow, List<Observation> seen) {
        boolean named = false;
        Gathering cause = null;
        for (Observation observation : seen) {
            if (cause != null) {
                cause.effects.merge(observation.rule().id(), 1L, Long::sum);
            } else {
                Gathering gathering = gather(observation, flow.flow());
                named |= gathering != null && gathering.names(flow.flow());
                cause = observation.severity() == Severity.ERROR ? gathering : null;
            }
        }
        return new Judgement(Verdict.of(flow, seen), named);
    }

    private @Nullable Gathering gather(Observation observation, Flow flow) {
        Gathering gathering = gathering(observation);
        if (gathering != null) {
            gathering.flowCount++;
            if (gathering.flows.size() < MAX_FLOWS) {
                gathering.flows.add(flow.number());
            }
        }
        return gathering;
    }

    private @Nullable Gathering gathering(Observation observation) {
        Place place = observation.place();
        int point = place.point().map(CapturePoint::id).orElse(NO_POINT);
        Cause cause = new Cause(observation.rule().id(), place.node(), point, observation.cause());
        Gathering gathering = gatherings.get(cause);
        if (gathering == null) {
            if (causes.getOrDefault(cause.rule(), 0) >= MAX_CAUSES) {
                omitted++;
                return null;
            }
            causes.merge(cause.rule(), 1, Integer::sum);
            gathering = new Gathering(observation);
            gatherings.put(cause, gathering);
        }
        gathering.add(observation);
        return gathering;
    }

    /// Lets the rules about the captures as a whole look; call once, after all flows.
    public void judge(Scene scene) {
        for (SceneRule rule : Rules.ofScene()) {
            for (Observation observation : rule.check(scene)) {
                if (!isEffect(observation)) {
                    gathering(observation);
                }
            }
        }
    }

    /// Something else already explains why nobody is at those addresses.
    private boolean isEffect(Observation observation) {
        for (Gathering gathering : gatherings.values()) {
            if (!Collections.disjoint(gathering.suspects, observation.suspects())) {
                if (!gathering.lead.rule().id().equals(observation.rule().id())) {
                    gathering.effects.merge(observation.rule().id(), 1L, Long::sum);
                }
                return true;
            }
        }
        return false;
    }

    /// Observations of causes beyond those told apart.
    public long omitted() {
        return omitted;
    }

    private static int bySeverity(Gathering a, Gathering b) {
        int order = a.severity.compareTo(b.severity);
        order = order != 0 ? order : Long.compare(b.flowCount, a.flowCount);
        return order != 0 ? order : Long.compare(a.first, b.first);
    }

    /// All findings, the most serious first, then those that concern most flows.
    public List<Finding> all() {
        List<Gathering> ordered =
                gatherings.values().stream().sorted(Findings::bySeverity).toList();
        List<Finding> findings = new ArrayList<>();
        for (Gathering gathering : ordered) {
            findings.add(gathering.finding("n" + (findings.size() + 1)));
        }
        return findings;
    }

    /// Which findings name which flow, by [Flow#number].
    public static Map<Long, List<String>> byFlow(List<Finding> findings) {
        Map<Long, List<String>> byFlow = new HashMap<>();
        for (Finding finding : findings) {
            for (Long flow : finding.flows()) {
                byFlow.computeIfAbsent(flow, f -> new ArrayList<>(1)).add(finding.id());
            }
        }
        return byFlow;
    }
}
