package hopline.flows.state.pktmon;

import hopline.flows.state.Source;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A component of the packet monitor. Its id holds until the machine starts anew.
///
/// @param properties by name in lower case, such as `ifindex` or `switch name`
public record PktmonComponent(
        OptionalInt id, String name, String type, OptionalLong mac, Map<String, String> properties, Source source) {

    public PktmonComponent {
        properties = Map.copyOf(properties);
    }
}
