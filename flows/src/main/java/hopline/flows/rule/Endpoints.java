package hopline.flows.rule;

import hopline.flows.state.Backends;
import java.util.List;

/// Endpoints of a service as text.
final class Endpoints {

    private static final int MAX_LISTED = 8;

    private Endpoints() {}

    /// `10.0.0.1:80 or 10.0.0.2:80`; long lists are cut.
    static String list(Backends backends) {
        List<String> endpoints = backends.eligible().stream()
                .map(backend -> backend.endpoint().toString())
                .sorted()
                .toList();
        if (endpoints.isEmpty()) {
            return "nothing: no endpoint is ready";
        }
        String listed = String.join(" or ", endpoints.subList(0, Math.min(MAX_LISTED, endpoints.size())));
        int more = endpoints.size() - MAX_LISTED;
        return more > 0 ? listed + " or one of " + more + " more" : listed;
    }
}
