package hopline.flows.state.log;

/// From when to when one file of a component's log goes.
///
/// @param lines how many lines with a time it has
/// @param lastLine the number of the last of them
public record LogSpan(String file, String component, String first, String last, long lines, int lastLine) {}
