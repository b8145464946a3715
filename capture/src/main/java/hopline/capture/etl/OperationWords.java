package hopline.capture.etl;

import hopline.capture.event.Action;
import hopline.capture.event.Matter.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes an operation of an event by the words of its name and fields, for providers that tell what they do only by
/// them: `CreateLoadBalancer`, `VM_PORT_SUCCESSFULLY_DELETED`.
public final class OperationWords {

    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\\d+");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w.:])(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\\w.])");
    private static final Pattern ERROR_FIELD =
            Pattern.compile("(?i)(nt)?status|hr|h?result|error(code|message)?|failurecode");
    private static final Pattern NAME_FIELD = Pattern.compile("(?i).*(name|id|guid|vip|address|prefix)");

    private static final int MAX_ABOUT = 16;
    private static final int MAX_SUBJECT = 120;

    private static final Map<Action, Set<String>> VERBS = Map.of(
            Action.FAILED,
            Set.of("failed", "failure", "fail", "failing", "error", "prevented", "conflict"),
            Action.REMOVED,
            Set.of(
                    "removed",
                    "removing",
                    "remove",
                    "removal",
                    "deleted",
                    "deleting",
                    "delete",
                    "deletion",
                    "disconnected",
                    "disconnect",
                    "detach",
                    "detached",
                    "destroy",
                    "destroyed",
                    "unbind",
                    "clear",
                    "unteamed"),
            Action.CREATED,
            Set.of(
                    "created",
                    "creating",
                    "create",
                    "creation",
                    "added",
                    "adding",
                    "add",
                    "addition",
                    "connected",
                    "connect",
                    "attach",
                    "attached",
                    "initialized",
                    "bind",
                    "enabled"),
            Action.CHANGED,
            Set.of(
                    "changed",
                    "changing",
                    "change",
                    "updated",
                    "updating",
                    "update",
                    "modified",
                    "modifying",
                    "modify",
                    "modification",
                    "set",
                    "apply",
                    "applied",
                    "applying",
                    "relearned",
                    "operational"));

    private static final Set<String> FILLERS = Set.of(
            "vm",
            "vms",
            "successfully",
            "succeeded",
            "success",
            "complete",
            "info",
            "event",
            "to",
            "for",
            "start",
            "stop");

    private static final Map<String, String> SHORT = Map.of(
            "lb", "load balancer", "elb", "load balancer", "acl", "ACL", "nic", "NIC", "vlan", "VLAN", "nat", "NAT");

    private OperationWords() {}

    /// What the event says was done, by its words.
    ///
    /// @param subjects the fields that say to what, the first that holds something
    /// @param routine so frequent that it is only counted
    public static Operation read(DescribedEvent event, boolean routine, String... subjects) {
        Action action = Action.TOLD;
        String attempted = "";
        List<String> kind = new ArrayList<>();
        for (String word : words(event.name())) {
            Action verb = verb(word);
            if (verb != Action.TOLD) {
                attempted = verb == Action.FAILED || !attempted.isEmpty() ? attempted : word;
                action = action == Action.FAILED || (action != Action.TOLD && verb != Action.FAILED) ? action : verb;
            } else if (!FILLERS.contains(word)) {
                kind.add(SHORT.getOrDefault(word, word));
            }
        }
        String error = error(event);
        boolean failed = action == Action.FAILED || !error.isEmpty();
        if (failed && !attempted.isEmpty()) {
            error = attempted + (error.isEmpty() ? "" : ", " + error);
        }
        List<String> about = about(event);
        String subject = event.first(subjects);
        if (subject.isEmpty() && !about.isEmpty()) {
            subject = about.getFirst();
        }
        return new Operation(
                failed ? Action.FAILED : action,
                kind.isEmpty() ? event.name() : String.join(" ", kind),
                subject.length() <= MAX_SUBJECT ? subject : subject.substring(0, MAX_SUBJECT) + "…",
                about,
                error,
                routine && !failed);
    }

    private static List<String> words(String name) {
        return WORD.matcher(name)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Action verb(String word) {
        for (Map.Entry<Action, Set<String>> verbs : VERBS.entrySet()) {
            if (verbs.getValue().contains(word)) {
                return verbs.getKey();
            }
        }
        return Action.TOLD;
    }

    /// All addresses in the event, then what its fields call names and ids.
    private static List<String> about(DescribedEvent event) {
        Set<String> about = new LinkedHashSet<>();
        event.fields()
                .values()
                .forEach(value ->
                        ADDRESS.matcher(value).results().limit(MAX_ABOUT).forEach(found -> about.add(found.group(1))));
        event.fields().forEach((name, value) -> {
            if (!value.isBlank()
                    && value.length() <= MAX_SUBJECT
                    && NAME_FIELD.matcher(name).matches()) {
                about.add(value);
            }
        });
        return about.stream().limit(MAX_ABOUT).toList();
    }

    /// The first field that is called an error and holds one.
    private static String error(DescribedEvent event) {
        for (Map.Entry<String, String> field : event.fields().entrySet()) {
            if (ERROR_FIELD.matcher(field.getKey()).matches()) {
                String value = field.getValue();
                long number = event.number(field.getKey(), Long.MIN_VALUE);
                if (number != 0 && number != Long.MIN_VALUE) {
                    return event.error(field.getKey());
                }
                if (number == Long.MIN_VALUE && !value.isBlank()) {
                    return value.length() <= MAX_SUBJECT ? value : value.substring(0, MAX_SUBJECT) + "…";
                }
            }
        }
        return "";
    }
}
