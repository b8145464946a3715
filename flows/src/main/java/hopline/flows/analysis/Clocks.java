package hopline.flows.analysis;

import hopline.decode.Dissector;
import hopline.decode.stage.ClockEstimate;
import hopline.decode.stage.ClockEstimate.Era;
import hopline.decode.stage.ClockSurvey;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How the inputs' clocks run against that of the first input's node.
///
/// Needs a pass over all inputs of its own, which is spared when all are of one node.
final class Clocks {

    private static final int PROGRESS_EVERY = 1 << 16;

    private final List<String> nodes;
    private final List<ClockEstimate> estimates;

    private Clocks(List<String> nodes, List<ClockEstimate> estimates) {
        this.nodes = nodes;
        this.estimates = estimates;
    }

    /// Surveys `inputs`.
    static Clocks of(List<CaptureInput> inputs, Dissector dissector, Progress progress) {
        if (inputs.size() < 2) { // a pipe can be opened only once
            return new Clocks(
                    Collections.nCopies(inputs.size(), ""), Collections.nCopies(inputs.size(), ClockEstimate.same()));
        }
        List<String> nodes = nodes(inputs, dissector);
        if (nodes.stream().distinct().count() < 2) {
            return new Clocks(nodes, Collections.nCopies(nodes.size(), ClockEstimate.same()));
        }
        return new Clocks(nodes, place(nodes, survey(inputs, dissector, progress)));
    }

    private static List<String> nodes(List<CaptureInput> inputs, Dissector dissector) {
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            try (InputReader reader = reader(inputs, i, dissector, new StagePool())) {
                nodes.add(reader.node());
            }
        }
        return nodes;
    }

    private static InputReader reader(List<CaptureInput> inputs, int i, Dissector dissector, StagePool pool) {
        InputReader reader = new InputReader(
                inputs.get(i),
                i,
                ClockEstimate.same(),
                new CapturePoints(),
                dissector,
                new StageReader(pool),
                (node, event, nanos) -> {});
        reader.begin();
        return reader;
    }

    private static ClockSurvey survey(List<CaptureInput> inputs, Dissector dissector, Progress progress) {
        ClockSurvey survey = new ClockSurvey();
        StagePool pool = new StagePool();
        long records = 0;
        for (int i = 0; i < inputs.size(); i++) {
            try (InputReader reader = reader(inputs, i, dissector, pool)) {
                for (Stage stage = reader.next(); stage != null; stage = reader.next()) {
                    if (!survey.add(i, stage)) {
                        pool.giveBack(stage);
                    }
                    if (++records % PROGRESS_EVERY == 0) {
                        progress.at("comparing clocks", records);
                    }
                }
            }
        }
        return survey;
    }

    /// Places clock after clock, each by the placed one it shares most packets with.
    private static List<ClockEstimate> place(List<String> nodes, ClockSurvey survey) {
        Map<Integer, ClockEstimate> placed = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).equals(nodes.getFirst())) {
                placed.put(i, ClockEstimate.same());
            }
        }
        boolean progress = true;
        while (progress && placed.size() < nodes.size()) {
            progress = placeNext(nodes, survey, placed);
        }
        List<ClockEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            estimates.add(placed.getOrDefault(i, new ClockEstimate(List.of(), 0)));
        }
        return estimates;
    }

    private static boolean placeNext(List<String> nodes, ClockSurvey survey, Map<Integer, ClockEstimate> placed) {
        int best = -1;
        ClockEstimate bestEstimate = null;
        for (int i = 0; i < nodes.size(); i++) {
            for (int reference : placed.containsKey(i) ? List.<Integer>of() : List.copyOf(placed.keySet())) {
                if (nodes.get(i).equals(nodes.get(reference))) {
                    continue;
                }
                ClockEstimate estimate = survey.estimate(reference, i);
                if (estimate.pairs() > 0 && (bestEstimate == null || estimate.pairs() > bestEstimate.pairs())) {
                    best = i;
                    bestEstimate = shifted(estimate, Objects.requireNonNull(placed.get(reference)));
                }
            }
        }
        if (bestEstimate == null) {
            return placeNamesake(nodes, placed);
        }
        placed.put(best, bestEstimate);
        return true;
    }

    /// An input that shares no packets with others still shares its clock with the other inputs of its node.
    private static boolean placeNamesake(List<String> nodes, Map<Integer, ClockEstimate> placed) {
        for (int i = 0; i < nodes.size(); i++) {
            for (int other : List.copyOf(placed.keySet())) {
                if (!placed.containsKey(i) && nodes.get(i).equals(nodes.get(other))) {
                    placed.put(i, Objects.requireNonNull(placed.get(other)));
                    return true;
                }
            }
        }
        return false;
    }

    /// What holds against a placed clock, against the reference.
    private static ClockEstimate shifted(ClockEstimate estimate, ClockEstimate reference) {
        long offset = reference.mainEra().map(Era::offsetNanos).orElse(0L);
        long uncertainty = reference.mainEra().map(Era::uncertaintyNanos).orElse(0L);
        List<Era> eras = estimate.eras().stream()
                .map(era -> new Era(
                        era.afterRecord(),
                        era.byRecord(),
                        era.middleNanos(),
                        era.offsetNanos() + offset,
                        era.uncertaintyNanos() + uncertainty,
                        era.consistent(),
                        era.pairs()))
                .toList();
        return new ClockEstimate(eras, estimate.pairs());
    }

    /// Of the numbered input.
    ClockEstimate of(int input) {
        return estimates.get(input);
    }

    /// Whether the numbered input is of the node whose clock the others are compared with.
    boolean isReference(int input) {
        return nodes.get(input).equals(nodes.getFirst());
    }

    /// One entry for each other node whose clock could be compared.
    List<ClockFacts> facts() {
        Map<String, ClockFacts> byNode = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            ClockEstimate estimate = estimates.get(i);
            String node = nodes.get(i);
            if (!isReference(i) && estimate.mainEra().isPresent()) {
                Era era = estimate.mainEra().get();
                byNode.putIfAbsent(
                        node,
                        new ClockFacts(
                                node, nodes.getFirst(), era.offsetNanos(), era.uncertaintyNanos(), estimate.pairs()));
            }
        }
        return List.copyOf(byNode.values());
    }
}
