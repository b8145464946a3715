package hopline.flows.expect;

import java.util.List;

/// What must happen to a packet, by the state of the nodes: every way it may go.
///
/// @param packet as it begins
/// @param start where it begins
/// @param walks one at least
/// @param omitted ways beyond those that are listed
public record Expectation(Headers packet, Walker.Start start, List<Walk> walks, long omitted) {

    public Expectation {
        walks = List.copyOf(walks);
    }

    /// What the state does not tell, of all walks.
    public List<Doubt> doubts() {
        return walks.stream().flatMap(walk -> walk.doubts().stream()).distinct().toList();
    }
}
