package hopline.cli.packet;

import hopline.capture.CaptureRecord;

/// A record as it was read, and what link type it begins with.
///
/// @param linkType as pcap counts link types
public record KeptRecord(CaptureRecord record, int linkType) {}
