package hopline.flows.analysis;

import hopline.decode.Dissector;
import hopline.decode.stage.ClockEstimate;
import hopline.decode.stage.ClockEstimate.Era;
import hopline.decode.stage.ClockSurvey;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.flows.analysis.InputReader.Decoders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// How the inputs' clocks run against that of the first input's node.
///
/// Needs a pass over all inputs of its own, which is spared when all are of one node.
final class Clocks {

    private static final int PROGRESS_EVERY = 1 << 16;
    private static final int NONE = -1;

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
        Decoders decoders = new Decoders(dissector, new StagePool());
        for (int i = 0; i < inputs.size(); i++) {
            try (InputReader reader = reader(inputs.get(i), i, decoders, new CapturePoints())) {
                nodes.add(reader.node());
            }
        }
        return nodes;
    }

    private static InputReader reader(CaptureInput input, int i, Decoders decoders, CapturePoints points) {
        InputReader reader =
                new InputReader(input, i, ClockEstimate.same(), points, decoders, (node, event, nanos) -> {});
        reader.begin();
        return reader;
    }

    private static ClockSurvey survey(List<CaptureInput> inputs, Dissector dissector, Progress progress) {
        ClockSurvey survey = new ClockSurvey();
        StagePool pool = new StagePool();
        Decoders decoders = new Decoders(dissector, pool);
        CapturePoints points = new CapturePoints();
        long records = 0;
        for (int i = 0; i < inputs.size(); i++) {
            try (InputReader reader = reader(inputs.get(i), i, decoders, points)) {
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

    /// Places clock after clock, each by the placed one it shares most packets with. All inputs of a node share one:
    /// pieces of a capture, or captures of one interface each.
    private static List<ClockEstimate> place(List<String> nodes, ClockSurvey survey) {
        List<String> names = nodes.stream().distinct().toList();
        List<Integer> nodeOf = nodes.stream().map(names::indexOf).toList();
        int[][] shared = survey.shared(nodeOf, names.size());
        ClockEstimate[] inputs = new ClockEstimate[nodes.size()];
        Arrays.setAll(inputs, i -> nodeOf.get(i) == 0 ? ClockEstimate.same() : new ClockEstimate(List.of(), 0));
        Map<Integer, ClockEstimate> placed = new TreeMap<>(Map.of(0, ClockEstimate.same()));
        for (int node = next(shared, placed.keySet()); node != NONE; node = next(shared, placed.keySet())) {
            int reference = nearest(shared[node], placed.keySet());
            Pairing pairing =
                    new Pairing(survey, nodeOf, reference, node, Objects.requireNonNull(placed.get(reference)));
            ClockEstimate joint = pairing.ofNode();
            placed.put(node, joint);
            pairing.place(joint, inputs);
        }
        return List.of(inputs);
    }

    /// The node not placed yet that shares most packets with a placed one, or none.
    private static int next(int[][] shared, Set<Integer> placed) {
        int best = NONE;
        int most = 0;
        for (int node = 0; node < shared.length; node++) {
            int pairs = placed.contains(node) ? 0 : shared[node][nearest(shared[node], placed)];
            if (pairs > most) {
                best = node;
                most = pairs;
            }
        }
        return best;
    }

    private static int nearest(int[] shared, Set<Integer> placed) {
        int best = 0;
        for (int node : placed) {
            best = shared[node] > shared[best] ? node : best;
        }
        return best;
    }

    /// A node whose clock is compared with another's, which is placed.
    ///
    /// @param nodeOf the node of each input
    /// @param placed how the reference's clock runs
    private record Pairing(ClockSurvey survey, List<Integer> nodeOf, int reference, int node, ClockEstimate placed) {

        private ClockEstimate ofNode() {
            return of(input -> nodeOf.get(input) == node);
        }

        private ClockEstimate of(IntPredicate inputs) {
            return shifted(survey.estimate(input -> nodeOf.get(input) == reference, inputs), placed);
        }

        /// One clock that was not set and does not drift is the same for all inputs of its node. Else each tells for
        /// itself, as far as it can.
        private void place(ClockEstimate joint, ClockEstimate[] estimates) {
            boolean isSteady =
                    joint.eras().size() == 1 && joint.eras().getFirst().consistent();
            boolean isAlone = Collections.frequency(nodeOf, node) == 1;
            for (int i = 0; i < estimates.length; i++) {
                if (nodeOf.get(i) == node) {
                    estimates[i] = isSteady || isAlone ? joint : ofInput(i, joint);
                }
            }
        }

        private ClockEstimate ofInput(int input, ClockEstimate joint) {
            ClockEstimate own = of(other -> other == input);
            return own.pairs() > 0
                    ? own
                    : new ClockEstimate(joint.mainEra().stream().toList(), 0);
        }
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
