package hopline.flows.state.kubernetes;

import java.util.List;
import java.util.Map;

/// What labels an object must have; none at all selects every object. Kubernetes API reference,
/// `LabelSelector`.
///
/// @param labels that it must have with these values
/// @param requirements that must hold besides
public record LabelSelector(Map<String, String> labels, List<Requirement> requirements) {

    public LabelSelector {
        labels = Map.copyOf(labels);
        requirements = List.copyOf(requirements);
    }

    /// One of `matchExpressions`.
    ///
    /// @param operator `In`, `NotIn`, `Exists`, `DoesNotExist`
    public record Requirement(String key, String operator, List<String> values) {

        public Requirement {
            values = List.copyOf(values);
        }

        private boolean holds(Map<String, String> labels) {
            boolean has = labels.containsKey(key);
            boolean isAmong = has && values.contains(labels.get(key));
            return switch (operator) {
                case "In" -> isAmong;
                case "NotIn" -> !isAmong;
                case "Exists" -> has;
                case "DoesNotExist" -> !has;
                default -> false;
            };
        }

        @Override
        public String toString() {
            return key + " " + operator + (values.isEmpty() ? "" : " " + String.join("|", values));
        }
    }

    /// Whether an object with those labels is selected. A requirement with an unknown operator selects nothing.
    public boolean matches(Map<String, String> present) {
        return present.entrySet().containsAll(labels.entrySet())
                && requirements.stream().allMatch(requirement -> requirement.holds(present));
    }

    /// Whether an object may be selected of which only this label is known.
    public boolean mayMatch(String key, String value) {
        Map<String, String> known = Map.of(key, value);
        return labels.getOrDefault(key, value).equals(value)
                && requirements.stream()
                        .filter(requirement -> requirement.key().equals(key))
                        .allMatch(requirement -> requirement.holds(known));
    }
}
