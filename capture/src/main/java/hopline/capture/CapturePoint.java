package hopline.capture;

/// Where a packet was seen: an interface or component of a node.
///
/// @param id counts from 0 in the order points become known in one analysis
/// @param node the node the capture was made on
/// @param name the interface's own name; unique within its node
public record CapturePoint(int id, String node, String name) {

    @Override
    public String toString() {
        return node + " " + name;
    }
}
