package hopline.cli.redact;

/// A file that was redacted.
///
/// @param source what it was made from
/// @param name of the result, relative to the folder it is in
/// @param records of a capture; 0 for texts
public record RedactedFile(String source, String name, long records) {}
