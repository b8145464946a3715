package hopline.flows.state.pktmon;

import hopline.flows.state.Source;

/// What a component counted.
///
/// @param component its name, or its id where only that was printed
/// @param isDrop it counts what was dropped
public record PktmonCounter(
        String component, String name, boolean isDrop, long packetsIn, long packetsOut, Source source) {}
