package hopline.flows.expect;

import org.jspecify.annotations.Nullable;

/// Where a packet is.
///
/// @param node the node's name; empty between nodes
/// @param point what people call it there: a pod's name, a port, an interface
public record Place(String node, String point, Kind kind) {

    /// The kinds of place.
    public enum Kind {
        /// A pod's own network.
        POD,
        /// The port of the virtual switch that a pod is at.
        POD_PORT,
        /// The virtual switch, or a bridge.
        SWITCH,
        /// The port of the virtual switch that the node itself is at.
        HOST_PORT,
        /// The node's own network stack.
        HOST,
        /// The port of the virtual switch that leads to the node's adapter.
        EXTERNAL_PORT,
        /// An interface of a Linux node, as a capture names it.
        INTERFACE,
        /// Between nodes.
        WIRE
    }

    /// As in `win-a pod port`.
    @Override
    public String toString() {
        return node.isEmpty() ? point : node + " " + point;
    }

    /// What records have by themselves is linked at run time, which a short capture waits for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place that && node.equals(that.node) && point.equals(that.point) && kind == that.kind;
    }

    @Override
    public int hashCode() {
        return (node.hashCode() * 31 + point.hashCode()) * 31 + kind.hashCode();
    }
}
