package hopline.flows.state.vfp;

import hopline.flows.state.Source;

/// Something that VFP says of a port outside its rules: `Blocked : TRUE`, a counter, a NAT range.
///
/// @param port the port's GUID in lower case; empty when the text does not say
/// @param direction `IN`, `OUT`, or empty
/// @param key in lower case
public record PortReading(String port, String direction, String key, String value, Source source) {}
