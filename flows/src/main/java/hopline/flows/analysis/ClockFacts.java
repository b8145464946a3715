package hopline.flows.analysis;

/// How one node's clock was found to run against the reference node's.
///
/// @param offsetNanos how far it is ahead, negative when behind; of a clock that was set while capturing, for most of
///     the capture
/// @param uncertaintyNanos the true offset is off by at most this
/// @param pairs packets that both clocks stamped
public record ClockFacts(String node, String relativeTo, long offsetNanos, long uncertaintyNanos, int pairs) {}
