package hopline.capture.etl.pktmon;

import hopline.capture.etl.EventData;
import hopline.capture.etl.TraceEvent;
import org.jspecify.annotations.Nullable;

/// One appearance or drop of a packet: events 160 (appearance), 170 (drop) and 240 (as 160, since 21H1).
///
/// ```
///  0 u64 PktGroupId       8 u16 PktNumber   10 u16 AppearanceCount  12 u16 DirTag     14 u16 PacketType
/// 16 u16 ComponentId     18 u16 EdgeId      20 u16 FilterId         22 u32 DropReason 26 u32 DropLocation
/// 30 u16 OriginalPayloadSize                32 u16 LoggedPayloadSize                  34 payload
/// ```
///
/// Real traces of Server 2022 and later showed 160 and 170; 240 was built from the specification.
///
/// @param group the same for all appearances of a packet up to Server 2022; newer builds give each event its own
/// @param number counts the packets of one list from 1
/// @param appearance counts within the group; always 0 since Windows 11 24H2 and Server 2025
/// @param edge which side of the component; 0 in drops
/// @param filter which filter let it through; 0 when none was set
/// @param dropReason see [DropReasons]; 0 unless dropped
/// @param dropLocation see [DropLocations]; 0 unless dropped
/// @param originalSize octets of the packet, at most 65,535
/// @param octets what was logged of it
public record LoggedPacket(
        boolean dropped,
        long group,
        int number,
        int appearance,
        int direction,
        int type,
        int component,
        int edge,
        int filter,
        int dropReason,
        int dropLocation,
        int originalSize,
        EventData octets) {

    /// What the event tells, or null when it is none of a packet or shorter than its layout.
    public static @Nullable LoggedPacket of(TraceEvent event) {
        int id = event.id();
        if (id != PktMon.FRAME && id != PktMon.FRAME_DROPPED && id != PktMon.FRAME_NEWER) {
            return null;
        }
        EventData data = event.payload();
        LoggedPacket packet = read(id == PktMon.FRAME_DROPPED, data);
        return data.isExceeded() ? null : packet;
    }

    private static LoggedPacket read(boolean dropped, EventData data) {
        return new LoggedPacket(
                dropped,
                data.i64(),
                data.u16(),
                data.u16(),
                data.u16(),
                data.u16(),
                data.u16(),
                data.u16(),
                data.u16(),
                data.i32(),
                data.i32(),
                data.u16(),
                payload(data));
    }

    /// As much of it as there is: the size is only what the event says.
    private static EventData payload(EventData data) {
        int logged = data.u16();
        return data.slice(Math.min(logged, data.remaining()));
    }
}
