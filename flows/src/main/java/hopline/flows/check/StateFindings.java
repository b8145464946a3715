package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Collects what the rules see: what agrees in rule, node, expected and actual is one finding with all its
/// evidence. Bounded: of one rule `MAX_FINDINGS` are told, those beyond are counted.
public final class StateFindings {

    /// More places than anyone looks up.
    private static final int MAX_EVIDENCE = 20;

    /// Findings of one rule.
    static final int MAX_FINDINGS = 1_000;

    private record Cause(String rule, String node, String expected, String actual) {}

    private static final class Draft {
        private final StateRule rule;
        private final Severity severity;
        private final Claim claim;
        private final boolean certain;
        private final Set<Source> evidence = new LinkedHashSet<>();
        private final Set<String> titles = new HashSet<>();

        /// What the title names is one of those that it holds for.
        Claim told() {
            int others = titles.size() - 1;
            return others == 0
                    ? claim
                    : new Claim(
                            claim.title() + " (and " + others + " more alike)",
                            claim.expected(),
                            claim.actual(),
                            claim.advice());
        }

        Draft(StateRule rule, Severity severity, Claim claim, boolean certain) {
            this.rule = rule;
            this.severity = severity;
            this.claim = claim;
            this.certain = certain;
        }
    }

    private final Map<Cause, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<String, Long> omitted = new TreeMap<>();

    /// Nothing yet.
    public StateFindings() {}

    /// Adds what is certain.
    void add(StateRule rule, Severity severity, String node, Claim claim, Stream<Source> evidence) {
        add(rule, severity, node, claim, true, evidence);
    }

    /// Adds what something else might explain.
    void addLikely(StateRule rule, Severity severity, String node, Claim claim, Stream<Source> evidence) {
        add(rule, severity, node, claim, false, evidence);
    }

    /// Adds what is certain where the cluster's lists are of the same time as the node's state: what changed between
    /// them is no fault, and so it is no error where they are not.
    void addByLists(StateRule rule, Severity severity, NodeView node, Claim claim, Stream<Source> evidence) {
        Optional<String> apart = node.apart();
        Severity most = apart.isPresent() && severity == Severity.ERROR ? Severity.WARNING : severity;
        Claim advised = apart.map(claim::advising).orElse(claim);
        add(rule, most, node.name(), advised, apart.isEmpty(), evidence);
    }

    private void add(
            StateRule rule, Severity severity, String node, Claim claim, boolean certain, Stream<Source> evidence) {
        Cause cause = new Cause(rule.id(), node, claim.expected(), claim.actual());
        Draft draft = drafts.get(cause);
        if (draft == null) {
            if (told.getOrDefault(rule.id(), 0) >= MAX_FINDINGS) {
                omitted.merge(rule.id(), 1L, Long::sum);
                return;
            }
            told.merge(rule.id(), 1, Integer::sum);
            draft = new Draft(rule, severity, claim, certain);
            drafts.put(cause, draft);
        }
        draft.titles.add(claim.title());
        evidence.limit(MAX_EVIDENCE - Math.min(MAX_EVIDENCE, draft.evidence.size()))
                .forEach(draft.evidence::add);
    }

    /// Whether that rule has seen nothing on that node so far.
    boolean none(StateRule rule, String node) {
        return drafts.keySet().stream()
                .noneMatch(
                        cause -> cause.rule().equals(rule.id()) && cause.node().equals(node));
    }

    /// How often each rule saw what is beyond the findings that are told of it; empty when none did.
    public Map<String, Long> omitted() {
        return Collections.unmodifiableMap(omitted);
    }

    /// The findings, worst first, otherwise in the order of the rules.
    public List<StateFinding> all() {
        List<Map.Entry<Cause, Draft>> ordered = new ArrayList<>(drafts.entrySet());
        ordered.sort(Comparator.comparing(entry -> entry.getValue().severity));
        List<StateFinding> findings = new ArrayList<>();
        for (Map.Entry<Cause, Draft> entry : ordered) {
            Draft draft = entry.getValue();
            findings.add(new StateFinding(
                    "s" + (findings.size() + 1),
                    draft.rule,
                    draft.severity,
                    entry.getKey().node(),
                    draft.told(),
                    draft.certain,
                    List.copyOf(draft.evidence)));
        }
        return findings;
    }
}
