package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.Journey;
import hopline.flows.DnsExchange;
import hopline.flows.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What each client asked for and was told, to tell a search list at work from a name that is missing.
///
/// Resolvers append the suffixes of a search list one by one until a name exists: each miss on the way is answered
/// NXDOMAIN by design. Bounded: names beyond `MAX_NAMES` are forgotten.
public final class DnsHistory {

    private static final int MAX_NAMES = 200_000;
    private static final int NO_ERROR = 0;

    private record Answer(long nanos, String name, int type, boolean found) {}

    private final Map<Address, List<Answer>> answers = new HashMap<>();
    private int size;

    /// None yet.
    public DnsHistory() {}

    /// Learns the answers in one flow.
    public void learn(Flow flow) {
        if (flow.dns() == null) {
            return;
        }
        for (DnsExchange exchange : flow.dns().all()) {
            Journey response = exchange.response();
            if (response != null
                    && exchange.question() != null
                    && size < MAX_NAMES) {
                answers.computeIfAbsent(response.last().destinationAddress(), client -> new ArrayList<>(1))
                        .add(new Answer(
                                response.last().epochNanos(),
                                exchange.question().name(),
                                exchange.question().type(),
                                exchange.responseCode() == NO_ERROR && exchange.answers() > 0));
                size++;
            }
        }
    }

    /// Whether `client` was told a variant of `name` within `nanos` of `when`: one that begins with the same labels and
    /// differs in what a search list appends.
    public boolean foundVariant(Address client, String name, long when, long nanos) {
        return answers.getOrDefault(client, List.of()).stream()
                .filter(answer -> answer.found() && Math.abs(answer.nanos() - when) <= nanos)
                .anyMatch(answer -> isVariant(answer.name(), name));
    }

    /// When `client` was told what it asks in `question` within `nanos` after `when`, nanoseconds since 1970.
    public Optional<Long> answeredAfter(Address client, DnsQuestion question, long when, long nanos) {
        return answers.getOrDefault(client, List.of()).stream()
                .filter(answer -> answer.nanos() >= when && answer.nanos() - when <= nanos)
                .filter(answer -> answer.type() == question.type() && answer.name().equalsIgnoreCase(question.name()))
                .map(Answer::nanos)
                .findFirst();
    }

    private static boolean isVariant(String answered, String missing) {
        List<String> found = labels(answered);
        List<String> asked = labels(missing);
        int same = 0;
        while (same < found.size() && same < asked.size() && found.get(same).equals(asked.get(same))) {
            same++;
        }
        if (same == 0) {
            return false;
        }
        List<String> foundSuffix = found.subList(same, found.size());
        List<String> askedSuffix = asked.subList(same, asked.size());
        return endsWith(askedSuffix, foundSuffix) || endsWith(foundSuffix, askedSuffix) || isOfCluster(askedSuffix);
    }

    /// Below the cluster's domain there are only services and pods: any other name there was made by a search list.
    public static boolean isMadeBySearching(String name) {
        List<String> labels = labels(name);
        int size = labels.size();
        return size > 3
                && labels.subList(size - 2, size).equals(List.of("cluster", "local"))
                && !List.of("svc", "pod").contains(labels.get(size - 3));
    }

    private static List<String> labels(String name) {
        return List.of(name.toLowerCase(Locale.ROOT).split("\\."));
    }

    private static boolean endsWith(List<String> labels, List<String> end) {
        int from = labels.size() - end.size();
        return from >= 0 && labels.subList(from, labels.size()).equals(end);
    }

    /// What the kubelet puts into a pod's search list.
    private static boolean isOfCluster(List<String> suffix) {
        return suffix.contains("svc") || suffix.equals(List.of("cluster", "local"));
    }
}
