package hopline.capture.etl.pktmon;

import hopline.capture.etl.EventData;
import hopline.capture.etl.TraceEvent;

/// One appearance or drop of a packet: events 160 (appearance), 170 (drop) and 240 (as 160, since 21H1), and those
/// that [ParsedPacket] puts into their form.
///
/// ```
///  0 u64 PktGroupId       8 u16 PktNumber   10 u16 AppearanceCount  12 u16 DirTag     14 u16 PacketType
/// 16 u16 ComponentId     18 u16 EdgeId      20 u16 FilterId         22 u32 DropReason 26 u32 DropLocation
/// 30 u16 OriginalPayloadSize                32 u16 LoggedPayloadSize                  34 payload
/// ```
///
/// Real traces of Server 2022 and later showed 160 and 170; 240 was built from the specification. Reused: it is a
/// view into the event it was set to.
final class LoggedPacket {

    private static final int LENGTH = 34;

    private final ParsedPacket parsed = new ParsedPacket();
    private final EventData logged = new EventData(new byte[0], 0, 0);
    private EventData octets = logged;
    private byte[] array = {};
    private int at;
    private boolean dropped;
    private boolean rebuilt;
    private boolean grouped;

    /// Whether an event of that number is one of a packet.
    static boolean isPacket(int event) {
        return event == PktMon.FRAME
                || event == PktMon.FRAME_DROPPED
                || event == PktMon.FRAME_NEWER
                || ParsedPacket.isParsed(event);
    }

    /// Points at `event`; false when it is none of a packet or shorter than its layout.
    boolean set(TraceEvent event) {
        int id = event.id();
        if (!isPacket(id)) {
            return false;
        }
        point(event, id);
        if (octets.remaining() < LENGTH) {
            return false;
        }
        array = octets.array();
        at = octets.offset();
        octets.skip(LENGTH);
        octets.truncate(EventData.u16(array, at + 32)); // as much of it as there is
        return true;
    }

    private void point(TraceEvent event, int id) {
        rebuilt = ParsedPacket.isParsed(id);
        if (rebuilt) {
            octets = parsed.read(event);
            dropped = ParsedPacket.isDrop(id);
            grouped = ParsedPacket.hasGroup(id);
        } else {
            event.payload(logged);
            octets = logged;
            dropped = id == PktMon.FRAME_DROPPED;
            grouped = true;
        }
    }

    /// Its octets were put together from the fields of the event; see [ParsedPacket].
    boolean isRebuilt() {
        return rebuilt;
    }

    /// Whether [#group], [#number] and [#appearance] are told.
    boolean isGrouped() {
        return grouped;
    }

    boolean isDropped() {
        return dropped;
    }

    /// The same for all appearances of a packet up to Server 2022; newer builds give each event its own.
    long group() {
        return EventData.i64(array, at);
    }

    /// Counts the packets of one list from 1.
    int number() {
        return EventData.u16(array, at + 8);
    }

    /// Counts within the group; always 0 since Windows 11 24H2 and Server 2025.
    int appearance() {
        return EventData.u16(array, at + 10);
    }

    /// See [Direction].
    int direction() {
        return EventData.u16(array, at + 12);
    }

    /// See [PacketType].
    int type() {
        return EventData.u16(array, at + 14);
    }

    int component() {
        return EventData.u16(array, at + 16);
    }

    /// Which side of the component; 0 in drops.
    int edge() {
        return EventData.u16(array, at + 18);
    }

    /// Which filter let it through; 0 when none was set.
    int filter() {
        return EventData.u16(array, at + 20);
    }

    /// See [DropReasons]; 0 unless dropped.
    int dropReason() {
        return EventData.i32(array, at + 22);
    }

    /// See [DropLocations]; 0 unless dropped.
    int dropLocation() {
        return EventData.i32(array, at + 26);
    }

    /// Octets of the packet, at most 65,535.
    int originalSize() {
        return EventData.u16(array, at + 30);
    }

    /// What was logged of it.
    EventData octets() {
        return octets;
    }
}
