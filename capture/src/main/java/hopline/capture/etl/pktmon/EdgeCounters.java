package hopline.capture.etl.pktmon;

/// What passed one side of a component, or was dropped in it, since monitoring began, whatever filters let be logged.
///
/// @param edge its number within the component; 0 for drops, which have none
/// @param name such as `Upper`; empty for drops
public record EdgeCounters(
        int edge,
        String name,
        Direction directionIn,
        long packetsIn,
        long octetsIn,
        Direction directionOut,
        long packetsOut,
        long octetsOut) {}
