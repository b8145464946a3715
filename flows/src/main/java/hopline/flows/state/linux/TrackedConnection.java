package hopline.flows.state.linux;

import hopline.decode.Endpoint;
import hopline.flows.state.Source;

/// A connection that the kernel tracks. Where its reply does not come from its destination it was DNATed,
/// where the reply does not go to its source it was SNATed.
///
/// @param protocol `tcp`, `udp`, …
/// @param state `ESTABLISHED`, or empty for protocols without states
/// @param isReplied whether anything came back
public record TrackedConnection(
        String protocol,
        String state,
        Endpoint source,
        Endpoint destination,
        Endpoint replySource,
        Endpoint replyDestination,
        boolean isReplied,
        Source at) {

    /// Whether its destination was translated.
    public boolean isDestinationTranslated() {
        return !replySource.equals(destination);
    }

    /// Whether its source was translated.
    public boolean isSourceTranslated() {
        return !replyDestination.equals(source);
    }
}
