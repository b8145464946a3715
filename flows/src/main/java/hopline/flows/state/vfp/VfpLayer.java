package hopline.flows.state.vfp;

import hopline.flows.state.Source;
import java.util.OptionalInt;

/// A layer of a port.
public record VfpLayer(String port, String name, OptionalInt priority, Source source) {}
