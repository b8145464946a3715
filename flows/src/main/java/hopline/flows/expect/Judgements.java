package hopline.flows.expect;

import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.expect.Judgement.Difference;
import hopline.flows.expect.Judgement.Ruling;
import hopline.flows.path.Passage;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import hopline.flows.state.collection.CollectedState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An analysis in the light of the nodes' state: each reported flow judged, each finding with the rule that is
/// responsible or missing, and no finding about what nodes and cluster agree on.
///
/// Two walks are compared with what was captured. One follows what is *programmed*: it tells which rule did what was
/// seen. The other follows what the cluster's lists *demand*: where both agree with the capture, what looked wrong to
/// a rule is as it must be, and the finding falls silent.
public final class Judgements {

    /// Rules that judge a translation, a tunnel or a way by packets alone.
    private static final Set<String> GUESSING = Set.of(
            "snat-unexpected",
            "snat-missing",
            "snat-wrong-source",
            "icmp-not-translated",
            "service-not-translated",
            "service-wrong-backend",
            "service-wrong-port",
            "vxlan-not-encapsulated",
            "vxlan-wrong-remote",
            "vxlan-wrong-source",
            "wrong-next-hop",
            "asymmetric-path");

    /// What rules are about that the state can answer: kinds of [Action]; nothing for losses, which any step may
    /// explain.
    private static final Map<String, String> SUBJECTS = Map.ofEntries(
            Map.entry("service-not-translated", "dnat"),
            Map.entry("service-wrong-backend", "dnat"),
            Map.entry("service-wrong-port", "dnat"),
            Map.entry("reply-not-restored", "undnat"),
            Map.entry("hairpin-not-translated", "snat"),
            Map.entry("snat-unexpected", "snat"),
            Map.entry("snat-missing", "snat"),
            Map.entry("snat-wrong-source", "snat"),
            Map.entry("snat-port-collision", "snat"),
            Map.entry("icmp-not-translated", "snat"),
            Map.entry("vxlan-vni-mismatch", "encap"),
            Map.entry("vxlan-port-mismatch", "encap"),
            Map.entry("vxlan-wrong-remote", "encap"),
            Map.entry("vxlan-wrong-source", "encap"),
            Map.entry("vxlan-inner-mac-mismatch", "encap"),
            Map.entry("vxlan-not-encapsulated", "route"),
            Map.entry("l2-rewrite-missing", "mac"),
            Map.entry("wrong-next-hop", "route"),
            Map.entry("asymmetric-path", "route"),
            Map.entry("routing-loop", "route"),
            Map.entry("packet-vanished", ""),
            Map.entry("lost-between-nodes", ""),
            Map.entry("packet-dropped", ""),
            Map.entry("ttl-expired", ""),
            Map.entry("icmp-unreachable", ""),
            Map.entry("api-server-unreachable", ""),
            Map.entry("connection-unanswered", ""),
            Map.entry("dns-unanswered", ""));

    /// Kinds of [Action] that a later end does not explain.
    private static final Set<String> TRANSLATIONS = Set.of("dnat", "undnat", "snat", "mac");

    private final Analysis analysis;
    private final Judge programmed;
    private final Judge demanded;
    private final Map<Long, FlowReport> reports = new HashMap<>();
    private final Map<Passage, Optional<Judgement>> judged = new HashMap<>();
    private final Map<String, Citation> citations = new HashMap<>();
    private final Set<String> confirmed = new HashSet<>();

    private Judgements(Analysis analysis, CollectedState state) {
        this.analysis = analysis;
        DemandedRules rules = new DemandedRules(state);
        this.programmed = new Judge(Walker.of(state, rules), false);
        this.demanded = new Judge(Walker.demanded(state, rules), true);
        analysis.flows().forEach(report -> reports.put(report.flow().flow().number(), report));
    }

    /// Judges `analysis` by `state`.
    ///
    /// @param state with the cluster's lists that the analysis was made with
    public static Judgements of(Analysis analysis, CollectedState state) {
        Judgements judgements = new Judgements(analysis, state);
        analysis.findings().forEach(judgements::cite);
        return judgements;
    }

    /// What the state says of a passage of `flow`.
    public Optional<Judgement> judgement(FlowCase flow, Passage passage) {
        boolean isForward = flow.forward().contains(passage);
        return judged.computeIfAbsent(passage, key -> programmed.judge(flow, passage, isForward));
    }

    /// What the cluster's lists demand of a passage of `flow`, whatever its nodes have programmed.
    public Optional<Judgement> demanded(FlowCase flow, Passage passage) {
        return demanded.judge(flow, passage, flow.forward().contains(passage));
    }

    /// What the state says of a finding.
    public Optional<Citation> citation(Finding finding) {
        return Optional.ofNullable(citations.get(finding.id()));
    }

    /// Whether the state leaves no other cause.
    private boolean isCertain(Finding finding) {
        return finding.certain() || confirmed.contains(finding.id());
    }

    private List<FlowReport> flows(Finding finding) {
        return finding.flows().stream()
                .flatMap(number -> Optional.ofNullable(reports.get(number)).stream())
                .toList();
    }

    private void cite(Finding finding) {
        for (FlowReport report : flows(finding)) {
            for (Passage passage : telling(finding, report.flow())) {
                Optional<Judgement> judgement = judgement(report.flow(), passage);
                Optional<Citation> citation = judgement.flatMap(found -> citation(finding, found));
                if (citation.isPresent()) {
                    citations.put(finding.id(), citation.get());
                    if (judgement.get().walk().doubts().isEmpty()) {
                        confirmed.add(finding.id());
                    }
                    return;
                }
            }
        }
    }

    /// The passages that pass the finding's place, those that prove it first.
    private static List<Passage> telling(Finding finding, FlowCase flow) {
        List<Passage> all = new ArrayList<>(flow.forward());
        all.addAll(flow.reverse());
        List<Passage> passing = new ArrayList<>();
        for (Passage passage : all) {
            boolean proves = passage.path().stages().stream().anyMatch(finding.evidence()::contains);
            boolean passes =
                    passage.path().stages().stream().anyMatch(finding.lead().place()::saw);
            if (proves) {
                passing.addFirst(passage);
            } else if (passes) {
                passing.add(passage);
            }
        }
        return passing;
    }

    private static Optional<Citation> citation(Finding finding, Judgement judgement) {
        Optional<Difference> difference = judgement.difference();
        if (!SUBJECTS.containsKey(finding.rule())) {
            return Optional.empty();
        }
        if (judgement.ruling() == Ruling.CONTRADICTED && difference.isPresent()) {
            return difference.get().expected().map(step -> contradicted(judgement, difference.get(), step));
        }
        if (judgement.ruling() == Ruling.UNEXPLAINED) {
            return Optional.empty();
        }
        return TRANSLATIONS.contains(SUBJECTS.getOrDefault(finding.rule(), ""))
                ? programmed(finding, judgement)
                : ended(judgement).or(() -> programmed(finding, judgement));
    }

    /// The state leads elsewhere than the packet went.
    private static Citation contradicted(Judgement judgement, Difference difference, Step step) {
        boolean goesNoFurther = difference.stage() >= judgement.passage().path().size();
        String found = goesNoFurther ? "the packet was not seen again" : "it was seen otherwise";
        String rule = step.rule().map(by -> " by " + by).orElse("");
        String text = goesNoFurther && step.action() instanceof Action.Pass
                ? "the state leads it on to " + step.place() + "; nothing programmed there stops it"
                : step.place() + ", " + step.layer() + " should "
                        + step.action().text() + rule + "; " + found;
        return new Citation(text, step.rule().stream().toList(), step.rule().isEmpty());
    }

    /// The state ends the packet where it was seen last.
    private static Optional<Citation> ended(Judgement judgement) {
        if (!(judgement.walk().outcome() instanceof Outcome.Dropped dropped)) {
            return Optional.empty();
        }
        Step last = judgement.walk().steps().getLast();
        return Optional.of(new Citation(
                dropped.at() + " drops it: " + dropped.reason(),
                last.rule().stream().toList(),
                last.rule().isEmpty()));
    }

    /// What was seen is programmed so: the last step of the kind that the finding is about, or none.
    private static Optional<Citation> programmed(Finding finding, Judgement judgement) {
        String wanted = SUBJECTS.getOrDefault(finding.rule(), "");
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Step found = null;
        for (Step step : judgement.walk().steps()) {
            boolean isWanted = wanted.equals(step.action().kind());
            found = isWanted && step.rule().isPresent() ? step : found;
        }
        if (found == null) {
            return Optional.of(new Citation("no rule that was read does what is missing", List.of(), true));
        }
        RuleRef rule = found.rule().orElseThrow();
        String text = "programmed so: " + found.place() + ", " + found.layer() + ": "
                + found.action().text() + " by " + rule;
        return Optional.of(new Citation(text, List.of(rule), false));
    }

    /// Whether everything that it rests on is as programmed and as demanded.
    private boolean isExplained(Finding finding) {
        List<FlowReport> flows = flows(finding);
        if (!GUESSING.contains(finding.rule()) || flows.isEmpty()) {
            return false;
        }
        int looked = 0;
        for (FlowReport report : flows) {
            for (Passage passage : telling(finding, report.flow())) {
                looked++;
                boolean isForward = report.flow().forward().contains(passage);
                boolean agrees = isConfirmed(judgement(report.flow(), passage))
                        && isConfirmed(demanded.judge(report.flow(), passage, isForward));
                if (!agrees) {
                    return false;
                }
            }
        }
        return looked > 0;
    }

    private static boolean isConfirmed(Optional<Judgement> judgement) {
        return judgement.filter(found -> found.ruling() == Ruling.CONFIRMED).isPresent();
    }

    /// The analysis without the findings that nodes and cluster agree on, and with those certain that the state
    /// leaves no other cause for.
    public Analysis refined() {
        List<Finding> kept = new ArrayList<>();
        Set<String> silent = new HashSet<>();
        for (Finding finding : analysis.findings()) {
            if (isExplained(finding)) {
                silent.add(finding.id());
            } else {
                kept.add(isCertain(finding) ? certain(finding) : finding);
            }
        }
        List<FlowReport> flows = new ArrayList<>();
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        verdicts.putAll(analysis.verdicts());
        for (FlowReport report : analysis.flows()) {
            flows.add(refined(report, silent, verdicts));
        }
        return new Analysis(
                analysis.inputs(),
                analysis.clocks(),
                analysis.points(),
                analysis.records(),
                analysis.distinctPackets(),
                analysis.flowsTotal(),
                verdicts,
                flows,
                kept,
                analysis.scene(),
                analysis.limits());
    }

    private static Finding certain(Finding finding) {
        return new Finding(
                finding.id(),
                finding.lead(),
                finding.severity(),
                true,
                finding.flows(),
                finding.flowCount(),
                finding.packets(),
                finding.firstNanos(),
                finding.lastNanos(),
                finding.effects(),
                finding.evidence());
    }

    /// A flow that was called mistranslated only by what fell silent arrived as it should.
    private static FlowReport refined(FlowReport report, Set<String> silent, Map<Verdict, Long> verdicts) {
        List<String> findings =
                report.findings().stream().filter(id -> !silent.contains(id)).toList();
        if (findings.size() == report.findings().size()) {
            return report;
        }
        Verdict verdict = report.verdict() == Verdict.MISTRANSLATED && findings.isEmpty()
                ? Verdict.ofArrival(report.flow())
                : report.verdict();
        verdicts.merge(report.verdict(), -1L, Long::sum);
        verdicts.merge(verdict, 1L, Long::sum);
        verdicts.values().removeIf(count -> count == 0);
        return new FlowReport(report.id(), report.flow(), verdict, findings);
    }
}
