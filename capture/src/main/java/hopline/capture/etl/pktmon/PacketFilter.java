package hopline.capture.etl.pktmon;

/// A filter that decided what was logged, as text.
///
/// @param id what [LoggedPacket#filter] refers to
/// @param conditions those it has, such as `TCP port 80`; empty when everything matches
public record PacketFilter(int id, String name, String conditions) {}
