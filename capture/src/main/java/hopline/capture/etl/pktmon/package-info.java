/// The events of Microsoft-Windows-PktMon, the packet monitor of Windows: [LoggedPacket]s, each at an edge of a
/// [Component], dropped for one of [DropReasons] or not; and what [Rundown] lists when monitoring stops.
@org.jspecify.annotations.NullMarked
package hopline.capture.etl.pktmon;
