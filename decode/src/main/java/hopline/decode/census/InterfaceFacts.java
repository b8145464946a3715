package hopline.decode.census;

import hopline.capture.CaptureInterface;

/// What an interface of a capture logged.
///
/// @param description as the file describes it
/// @param records how many records it logged
public record InterfaceFacts(CaptureInterface description, long records) {}
