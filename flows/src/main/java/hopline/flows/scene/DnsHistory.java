package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.Journey;
import hopline.flows.DnsExchange;
import hopline.flows.Flow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What each client asked for and was told, to tell a search list at work from a name that is missing.
///
/// Resolvers append the suffixes of a search list one by one until a name exists: each miss on the way is answered
/// NXDOMAIN by design. Bounded: questions beyond [#MAX_QUESTIONS] are forgotten.
public final class DnsHistory {

    static final int MAX_QUESTIONS = 50_000;

    private static final String SERVICES = ".svc.";
    private static final int NO_ERROR = 0;
    private static final long UNANSWERED = Long.MAX_VALUE;

    /// Labels of a pod's name below its headless service, not counting the cluster's domain:
    /// `pod.service.namespace.svc`.
    private static final int LONGEST_SERVICE_NAME = 4;

    /// Variants of a name that a client asks for are told apart up to this number.
    private static final int MAX_VARIANTS = 256;

    private static final class Asked {

        private final long nanos;
        private final DnsQuestion question;
        private final long answeredNanos;
        private final int responseCode;

        /// Found when first compared, by whichever thread compares: few questions ever are.
        private volatile @Nullable List<String> labels;

        private Asked(long nanos, DnsExchange exchange, DnsQuestion question) {
            Journey response = exchange.response();
            this.nanos = nanos;
            this.question = question;
            this.answeredNanos = response == null ? UNANSWERED : response.last().epochNanos();
            this.responseCode = exchange.responseCode();
        }

        private boolean isAnswered() {
            return answeredNanos != UNANSWERED;
        }

        private boolean isFound() {
            return isAnswered() && responseCode == NO_ERROR;
        }

        private List<String> labels() {
            List<String> known = labels;
            if (known == null) {
                known = DnsHistory.labels(question.name());
                labels = known;
            }
            return known;
        }
    }

    /// Variants of a name agree in their first label, in lower case here.
    private record Key(Address client, String label) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && client.equals(that.client) && label.equals(that.label);
        }

        @Override
        public int hashCode() {
            return client.hashCode() * 31 + label.hashCode();
        }
    }

    private final Map<Key, List<Asked>> questions = new HashMap<>();
    private final Set<List<String>> clusterDomains = new HashSet<>();

    /// What the last name that taught a domain ends in, from [#SERVICES] on: most others end in the same.
    private String knownEnd = "";

    private int size;
    private long forgotten;

    /// Nothing asked yet.
    public DnsHistory() {}

    /// Learns the questions in one flow.
    public void learn(Flow flow) {
        if (flow.dns() != null) {
            for (DnsExchange exchange : flow.dns().all()) {
                learn(exchange);
            }
        }
    }

    private void learn(DnsExchange exchange) {
        Journey query = exchange.query();
        DnsQuestion question = exchange.question();
        if (query == null || question == null) {
            return;
        }
        if (size >= MAX_QUESTIONS) {
            forgotten++;
            return;
        }
        Asked asked = new Asked(query.first().epochNanos(), exchange, question);
        List<Asked> variants =
                questions.computeIfAbsent(key(query.first().sourceAddress(), question.name()), k -> new ArrayList<>(1));
        if (variants.size() < MAX_VARIANTS) {
            variants.add(asked);
            size++;
        } else {
            forgotten++;
        }
        if (asked.isFound()) {
            learnDomain(asked);
        }
    }

    /// Questions beyond those remembered.
    public long forgotten() {
        return forgotten;
    }

    private static Key key(Address client, String name) {
        int dot = name.indexOf('.');
        return new Key(client, (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT));
    }

    private void learnDomain(Asked existing) {
        String name = existing.question.name();
        int services = name.lastIndexOf(SERVICES);
        boolean known = name.length() - knownEnd.length() == services && name.endsWith(knownEnd);
        if (services >= 0 && !known && learnDomain(existing.labels())) {
            knownEnd = name.substring(services);
        }
    }

    /// What follows `svc` in a name that exists is the cluster's domain. False when it teaches none.
    private boolean learnDomain(List<String> labels) {
        int svc = labels.lastIndexOf("svc");
        boolean tells = svc >= 2 && svc + 1 < labels.size() && clusterDomains.size() < MAX_VARIANTS;
        if (tells) {
            clusterDomains.add(List.copyOf(labels.subList(svc + 1, labels.size())));
        }
        return tells;
    }

    /// When `client` was told what it asks in `question` within `nanos` after `when`, nanoseconds since 1970.
    public Optional<Long> answeredAfter(Address client, DnsQuestion question, long when, long nanos) {
        return questions.getOrDefault(key(client, question.name()), List.of()).stream()
                .filter(asked -> asked.answeredNanos >= when && asked.answeredNanos - when <= nanos)
                .filter(asked -> asked.question.type() == question.type()
                        && asked.question.name().equalsIgnoreCase(question.name()))
                .map(asked -> asked.answeredNanos)
                .findFirst();
    }

    /// Whether a miss of `name` is only a search list at work: within `nanos` of `when` `client` asked for a
    /// variant that was found, or of which the answer was not seen; or the name was made by a search list, and
    /// was not seen to be missing without suffixes.
    public boolean isSearching(Address client, String name, long when, long nanos) {
        List<Asked> variants = variants(client, name, when, nanos);
        return variants.stream().anyMatch(asked -> asked.isFound() || !asked.isAnswered())
                || (isMadeBySearching(labels(name))
                        && variants.stream().allMatch(asked -> isMadeBySearching(asked.labels())));
    }

    /// Whether it ends in what the kubelet puts into search lists: another name of the list may follow.
    public boolean endsInClusterDomain(String name) {
        List<String> labels = labels(name);
        return IntStream.range(1, labels.size()).anyMatch(from -> isClusterDomain(labels.subList(from, labels.size())));
    }

    /// Whether `client` asked for anything else that a search list makes of the same name, within `nanos` of `when`.
    public boolean hasVariants(Address client, String name, long when, long nanos) {
        return !variants(client, name, when, nanos).isEmpty();
    }

    /// The shortest variant of a missing name that `client` asked for: what it was after, without suffixes.
    public String withoutSearching(Address client, String name, long when, long nanos) {
        return variants(client, name, when, nanos).stream()
                .min((a, b) -> Integer.compare(a.labels().size(), b.labels().size()))
                .filter(asked -> asked.labels().size() < labels(name).size())
                .map(asked -> asked.question.name())
                .orElse(name);
    }

    private List<Asked> variants(Address client, String name, long when, long nanos) {
        List<String> labels = labels(name);
        return questions.getOrDefault(key(client, name), List.of()).stream()
                .filter(asked -> Math.abs(asked.nanos - when) <= nanos)
                .filter(asked -> !asked.labels().equals(labels) && isVariant(asked.labels(), labels))
                .toList();
    }

    /// Both begin with the same labels, and differ in what a search list appends.
    private boolean isVariant(List<String> other, List<String> name) {
        int same = 0;
        while (same < other.size() && same < name.size() && other.get(same).equals(name.get(same))) {
            same++;
        }
        if (same == 0) {
            return false;
        }
        List<String> otherSuffix = other.subList(same, other.size());
        List<String> suffix = name.subList(same, name.size());
        return endsWith(suffix, otherSuffix) || endsWith(otherSuffix, suffix) || isOfCluster(suffix);
    }

    private static List<String> labels(String name) {
        return List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1));
    }

    private static boolean endsWith(List<String> labels, List<String> end) {
        int from = labels.size() - end.size();
        return from >= 0 && labels.subList(from, labels.size()).equals(end);
    }

    /// What the kubelet puts into a pod's search list.
    private boolean isOfCluster(List<String> suffix) {
        return suffix.contains("svc") || isClusterDomain(suffix);
    }

    private boolean isClusterDomain(List<String> labels) {
        return labels.equals(List.of("cluster", "local")) || clusterDomains.contains(labels);
    }

    /// Below the cluster's domain there are only services and pods, with names of few labels: any other name there was
    /// made by a search list.
    private boolean isMadeBySearching(List<String> labels) {
        for (int from = 1; from < labels.size(); from++) {
            if (isClusterDomain(labels.subList(from, labels.size()))) {
                boolean ofService = List.of("svc", "pod").contains(labels.get(from - 1));
                return !ofService
                        || (from > LONGEST_SERVICE_NAME && !labels.getFirst().startsWith("_"));
            }
        }
        return false;
    }
}
