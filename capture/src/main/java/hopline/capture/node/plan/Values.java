package hopline.capture.node.plan;

import java.util.List;
import java.util.Map;

/// What a plan says, key by key.
record Values(Map<String, List<String>> of) {

    List<String> all(String key) {
        return of.getOrDefault(key, List.of());
    }

    String one(String key, String usual) throws PlanException {
        List<String> values = all(key);
        if (values.size() > 1) {
            throw new PlanException(key + " has one value, not " + values.size());
        }
        return values.isEmpty() ? usual : values.getFirst();
    }

    boolean flag(String key, boolean usual) throws PlanException {
        String value = one(key, String.valueOf(usual));
        return switch (value) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new PlanException(key + " is true or false, not " + value);
        };
    }
}
