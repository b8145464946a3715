package hopline.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which of many findings are told where there is room for a few: as many of each rule as there is room for, so that
/// thousands of one rule do not hide the only one of another.
///
/// @param places of those that are told, in their order
/// @param rest how many more there are of each rule, in the order of the rules
public record FairShare(List<Integer> places, Map<String, Integer> rest) {

    /// Chooses among findings.
    ///
    /// @param rules of the findings, in their order
    /// @param most that are told
    public static FairShare of(List<String> rules, int most) {
        Map<String, List<Integer>> byRule = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            byRule.computeIfAbsent(rules.get(i), rule -> new ArrayList<>()).add(i);
        }
        TreeSet<Integer> told = new TreeSet<>();
        for (int round = 0; told.size() < Math.min(most, rules.size()); round++) {
            for (List<Integer> places : byRule.values()) {
                if (round < places.size() && told.size() < most) {
                    told.add(places.get(round));
                }
            }
        }
        Map<String, Integer> rest = new LinkedHashMap<>();
        byRule.forEach((rule, places) -> {
            places.removeAll(told);
            if (!places.isEmpty()) {
                rest.put(rule, places.size());
            }
        });
        return new FairShare(List.copyOf(told), rest);
    }

    /// What is not told, in words; empty when all is.
    String further() {
        if (rest.isEmpty()) {
            return "";
        }
        int count = rest.values().stream().mapToInt(Integer::intValue).sum();
        String each = rest.entrySet().stream()
                .map(rule -> rule.getKey() + " ×" + Numerals.grouped(rule.getValue()))
                .collect(Collectors.joining(", "));
        return "and " + TextReport.plural(count, "further finding") + " (" + each + "); --format json lists all";
    }
}
