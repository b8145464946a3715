package hopline.flows.rule;

import hopline.decode.Endpoint;
import hopline.flows.state.Backend;
import hopline.flows.state.Backends;
import java.util.stream.Collectors;

/// Endpoints of a service as text.
final class Endpoints {

    private static final int MAX_LISTED = 8;

    private Endpoints() {}

    /// `10.0.0.1:80 or 10.0.0.2:80`, in the order of addresses; long lists are cut.
    static String list(Backends backends) {
        if (backends.eligible().isEmpty()) {
            return "nothing: no endpoint is ready";
        }
        String listed = backends.eligible().stream()
                .map(Backend::endpoint)
                .sorted()
                .limit(MAX_LISTED)
                .map(Endpoint::toString)
                .collect(Collectors.joining(" or "));
        int more = backends.eligible().size() - MAX_LISTED;
        return more > 0 ? listed + " or one of " + more + " more" : listed;
    }
}
