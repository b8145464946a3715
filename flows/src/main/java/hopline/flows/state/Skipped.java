package hopline.flows.state;

/// Something in a file that could not be used, and how often.
///
/// @param reason what, expected and found, such as `pod: status.podIPs is text, not a list`
/// @param first the first item it was found in
public record Skipped(String reason, String first, int count) {}
