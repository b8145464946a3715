package hopline.cli.filter;

import hopline.capture.CapturePoint;
import hopline.flows.analysis.Analysis;
import hopline.flows.state.Cluster;
import hopline.flows.state.NamespacedName;
import hopline.flows.state.Node;
import hopline.flows.state.Pod;
import hopline.flows.state.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names that the lists and the captures know. Nothing passes a filter that asks for another.
///
/// @param names one of each sort that filters ask for
public record Vocabulary(List<Names<?>> names) {

    /// Names of one sort.
    ///
    /// @param <T> what they are kept as
    /// @param sort what has them, in a word, as the options say it
    /// @param known all there are
    /// @param asked which of them a filter's value stands for
    public record Names<T>(String sort, Set<T> known, Function<String, Predicate<T>> asked) {

        /// Whether `value` stands for any of them.
        public boolean hold(String value) {
            return known.stream().anyMatch(asked.apply(value));
        }

        /// All of them, in order.
        public List<String> all() {
            return known.stream().map(Object::toString).toList();
        }
    }

    /// That of `analysis`.
    public static Vocabulary of(Analysis analysis) {
        Cluster cluster = analysis.scene().cluster();
        Set<NamespacedName> pods = sorted(cluster.pods().stream().map(Pod::id));
        Set<NamespacedName> services = sorted(cluster.services().stream().map(Service::id));
        Set<String> nodes = sorted(Stream.concat(
                analysis.points().stream().map(CapturePoint::node),
                cluster.nodes().stream().map(Node::name)));
        return new Vocabulary(List.of(
                new Names<>("pod", pods, Filters::name),
                new Names<>("service", services, Filters::name),
                new Names<>("namespace", namespaces(pods, services), Predicate::isEqual),
                new Names<>("node", nodes, NamePattern::of),
                new Names<>("point", sorted(analysis.points().stream().map(CapturePoint::name)), NamePattern::of)));
    }

    private static Set<String> namespaces(Set<NamespacedName> pods, Set<NamespacedName> services) {
        return sorted(Stream.concat(pods.stream(), services.stream()).map(NamespacedName::namespace));
    }

    private static <T> Set<T> sorted(Stream<T> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    /// Those that `kind` asks for; empty when it asks for something else than a name.
    public Optional<Names<?>> of(FilterKind kind) {
        String sort = kind.option().replaceFirst("^(from|to)-|-name$", "");
        return names.stream().filter(candidate -> candidate.sort().equals(sort)).findFirst();
    }
}
