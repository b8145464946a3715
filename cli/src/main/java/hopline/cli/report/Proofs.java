package hopline.cli.report;

import hopline.capture.CapturePoint;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.InputFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a set of captures can prove, and what it cannot.
final class Proofs {

    private static final int MAX_NAMES = 6;

    private Proofs() {}

    /// What it can, a sentence each.
    static List<String> of(Analysis analysis) {
        List<String> sentences = new ArrayList<>();
        Map<String, List<CapturePoint>> byNode = byNode(analysis);
        addInside(byNode, sentences);
        Set<String> compared = new LinkedHashSet<>(byNode.keySet());
        compared.retainAll(sharing(analysis));
        if (!compared.isEmpty()) {
            sentences.add("what is lost or delayed between " + names(compared));
        }
        return sentences;
    }

    /// The nodes of which some packet was seen on another, too: nothing else tells what becomes of packets in between.
    private static Set<String> sharing(Analysis analysis) {
        Set<String> nodes = new HashSet<>();
        analysis.clocks().stream().filter(clock -> clock.pairs() > 0).forEach(clock -> {
            nodes.add(clock.node());
            nodes.add(clock.relativeTo());
        });
        return nodes;
    }

    /// What it cannot, and why; a sentence each.
    static List<String> gapsOf(Analysis analysis) {
        List<String> sentences = new ArrayList<>();
        addOnePoints(byNode(analysis), sentences);
        addMissing(analysis, sentences);
        if (analysis.scene().cluster().isEmpty()) {
            sentences.add("who is who: without lists from kubectl, pods and services have no names, and translations"
                    + " cannot be held against endpoints");
        }
        addLosses(analysis, sentences);
        return sentences;
    }

    private static void addLosses(Analysis analysis, List<String> sentences) {
        Map<String, Long> lost = analysis.inputs().stream()
                .filter(input -> input.lostRecords() > 0)
                .collect(Collectors.groupingBy(
                        input -> input.losesEvents() ? "event" : "packet",
                        TreeMap::new,
                        Collectors.summingLong(InputFacts::lostRecords)));
        if (!lost.isEmpty()) {
            sentences.add("every loss: the capturing system itself lost "
                    + lost.entrySet().stream()
                            .map(kind -> TextReport.plural(kind.getValue(), kind.getKey()))
                            .collect(Collectors.joining(" and ")));
        }
    }

    /// The nodes in the order in which their captures were named.
    private static Map<String, List<CapturePoint>> byNode(Analysis analysis) {
        Map<String, List<CapturePoint>> byNode = new LinkedHashMap<>();
        analysis.inputs().forEach(input -> byNode.put(input.node(), new ArrayList<>()));
        analysis.points().forEach(point -> byNode.computeIfAbsent(point.node(), node -> new ArrayList<>())
                .add(point));
        byNode.values().removeIf(List::isEmpty);
        return byNode;
    }

    private static void addInside(Map<String, List<CapturePoint>> byNode, List<String> sentences) {
        Set<String> inside = byNode.entrySet().stream()
                .filter(node -> node.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!inside.isEmpty()) {
            sentences.add("what is rewritten, encapsulated or lost inside " + names(inside));
        }
    }

    private static void addOnePoints(Map<String, List<CapturePoint>> byNode, List<String> sentences) {
        byNode.forEach((node, points) -> {
            if (points.size() == 1) {
                CapturePoint only = points.getFirst();
                sentences.add("what happens inside " + node + ": it was captured at one point"
                        + (only.isNamedAfterNode() ? "" : ", " + only.name()));
            }
        });
    }

    private static void addMissing(Analysis analysis, List<String> sentences) {
        Set<String> missing = analysis.scene().whereabouts().uncaptured();
        if (!missing.isEmpty()) {
            sentences.add("what happens on " + names(missing) + ": not captured");
        }
    }

    private static String names(Set<String> names) {
        List<String> listed = names.stream().limit(MAX_NAMES).toList();
        int more = names.size() - listed.size();
        if (more > 0) {
            return String.join(", ", listed) + " and " + more + " more";
        }
        int last = listed.size() - 1;
        return last < 1
                ? String.join("", listed)
                : String.join(", ", listed.subList(0, last)) + " and " + listed.get(last);
    }
}
