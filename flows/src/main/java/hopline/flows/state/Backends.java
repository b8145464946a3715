package hopline.flows.state;

import hopline.decode.Endpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The endpoints behind one port of a service at one moment.
public final class Backends {

    /// No endpoints.
    static final Backends NONE = new Backends(List.of());

    private final Map<Endpoint, Backend> byEndpoint = new LinkedHashMap<>();
    private final List<Backend> all;
    private final List<Backend> eligible;

    private Backends(Collection<Backend> backends) {
        backends.forEach(this::add);
        this.all = List.copyOf(byEndpoint.values());
        this.eligible = choose();
    }

    /// An endpoint may be in two slices while it moves from one to the other: the better state counts.
    static Backends of(Collection<Backend> backends) {
        return new Backends(backends);
    }

    private void add(Backend backend) {
        byEndpoint.merge(backend.endpoint(), backend, (a, b) -> rank(b) > rank(a) ? b : a);
    }

    private static int rank(Backend backend) {
        return (backend.ready() ? 2 : 0) + (backend.serving() ? 1 : 0);
    }

    private List<Backend> choose() {
        List<Backend> ready = matching(Backend::ready);
        return ready.isEmpty() ? matching(backend -> backend.serving() && backend.terminating()) : ready;
    }

    private List<Backend> matching(Predicate<Backend> wanted) {
        return all.stream().filter(wanted).toList();
    }

    /// Every known endpoint, ready or not, in the lists' order.
    public List<Backend> all() {
        return all;
    }

    /// Those a new connection may be sent to: the ready ones or, when none is ready, those that still serve while
    /// they terminate, as kube-proxy chooses
    /// ([Virtual IPs](https://kubernetes.io/docs/reference/networking/virtual-ips/)).
    public List<Backend> eligible() {
        return eligible;
    }

    /// The backend at `endpoint`, ready or not.
    public Optional<Backend> at(Endpoint endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    /// What is left of them where a traffic policy is [TrafficPolicy#LOCAL].
    public Backends on(String nodeName) {
        return all.stream()
                .filter(backend -> backend.nodeName().equals(Optional.of(nodeName)))
                .collect(Collectors.collectingAndThen(Collectors.toList(), Backends::of));
    }

    @Override
    public String toString() {
        return byEndpoint.keySet().toString();
    }
}
