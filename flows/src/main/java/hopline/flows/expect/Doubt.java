package hopline.flows.expect;

/// What the state that was read does not tell, and what file would settle it.
///
/// @param what as a clause
/// @param settledBy the file or command
public record Doubt(String what, String settledBy) {}
