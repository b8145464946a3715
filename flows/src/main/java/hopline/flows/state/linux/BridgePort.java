package hopline.flows.state.linux;

import hopline.flows.state.Source;

/// A port of a bridge, and whether it sends packets back to where they came from.
public record BridgePort(String name, String bridge, boolean hairpin, Source source) {}
