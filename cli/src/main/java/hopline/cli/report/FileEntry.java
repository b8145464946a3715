package hopline.cli.report;

import hopline.decode.census.CaptureFacts;

/// One file of `info`'s answer.
///
/// @param file as the user named it, or where it lies in the folder that was named
public record FileEntry(String file, CaptureFacts facts) {}
