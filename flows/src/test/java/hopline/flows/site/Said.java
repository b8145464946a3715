package hopline.flows.site;

import java.util.List;

/// A finding in short.
///
/// @param at the capture point, as `node point`
/// @param flows the flows it names, as `initiator > target`
public record Said(String severity, String rule, String at, String expected, String actual, List<String> flows) {}
